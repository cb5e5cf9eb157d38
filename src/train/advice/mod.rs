//! Learns how to advise, once all beliefs are settled: the weight of P(fits) beside the choice, and
//! what the probability of the advised size lacks, from the purchases in which customers happened
//! to take the size that a rule names (`model/README.md`, section 7).

mod advised;
mod cases;
mod learn;
mod rule;
mod shown;
mod sums;

pub(super) use learn::learn_advice;
