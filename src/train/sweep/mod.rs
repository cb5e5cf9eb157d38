//! One pass over the customers: new messages of every purchase, and the sums that learning needs.

mod customer_belief;
mod pass;
mod sums;
mod variance_score;

pub(crate) use customer_belief::{axis_of, belief};
pub(crate) use pass::sweep;
pub(crate) use sums::{SweepSums, TERMS, label, label_width, noise_at, scalar};
pub(crate) use variance_score::variance_score;
