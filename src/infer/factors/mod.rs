//! The factors of one purchase and their messages (`model/README.md`, sections 2 to 4), one file
//! per factor.
//!
//! `message` holds what the factors share, `purchase` their inputs and outputs. `returns`,
//! `outcome`, `comparison` and `choice` each update one factor's sites; `pass` runs them in order.
//! `prepared` has the outcome of many customers in many garments.

mod choice;
mod comparison;
mod message;
mod outcome;
mod pass;
#[cfg(feature = "private")]
mod prepared;
mod purchase;
mod returns;

pub(crate) use outcome::class_chances;
#[cfg(feature = "private")]
pub(crate) use prepared::{PreparedCustomer, PreparedGarment};
#[cfg(feature = "train")]
pub(crate) use purchase::{FactorStats, OutcomeFactorStats, SlopeTerm};
pub(crate) use purchase::{Garment, PurchaseFactors, SizeChoice};
