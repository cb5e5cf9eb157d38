//! Learns the outcome of a purchase that was made, once all beliefs are settled: P(outcome | the
//! customer chose this size), from what the choice gives away (`model/README.md`, section 6).

mod cases;
mod fresh;
mod kept;
mod learn;
mod pass;
mod sums;

pub(super) use fresh::FreshCases;
pub(super) use kept::KeptOutcomes;
pub(super) use learn::{follow_purchase_outcomes, learn_purchase_outcomes};
