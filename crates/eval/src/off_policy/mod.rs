//! What advice does if it is followed: estimates from purchases that training has not seen
//! (`docs/evaluation.md`).
//!
//! Lowest first: `success` (what counts, and which purchases tell it), `rules` (the size that each
//! rule names), `choice` (one purchase), `cases` (all as a table), `figures` (the estimates).

mod cases;
mod choice;
mod figures;
mod rules;
mod success;

pub use cases::RuleCase;
pub(crate) use cases::rule_cases;
pub(crate) use choice::MeasuredChoice;
pub(crate) use figures::{OffPolicyFigures, RuleFigures};
pub(crate) use rules::Menu;
pub use rules::{RULES, Rule};
pub(crate) use success::{Success, SuccessSummary, Successes};
