//! One purchase of one article in one size.

use crate::infer::Evidence;
use crate::outcome::Outcome;

/// One purchase, as indices into the static tables.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct OrderLine {
    pub(crate) article: u32,
    /// Index into the graph's slots.
    pub(crate) slot: u32,
    pub(crate) outcome: Outcome,
    pub(crate) evidence: Evidence,
    /// Weight of its messages to its article, up to 1.
    pub(crate) weight: f64,
    /// Day since 1970-01-01; 0 where the history has none.
    pub(crate) day: i32,
}
