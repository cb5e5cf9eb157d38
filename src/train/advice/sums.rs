//! The sums over all cases, and how they merge.

use super::rule::WEIGHTS;
use crate::train::fixed_point::{Merge, Sum};

/// Farthest distance of the size taken from the one that a rule names, in sizes, on either side.
pub(super) const FARTHEST: usize = 3;

/// The sums of one fit group.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct AdviceSums {
    /// Number of cases.
    pub(super) cases: Sum,
    /// For the rule with each of [`WEIGHTS`], its gain over the first, the choice alone: the
    /// differences of the doubly robust terms. Such a term is the prediction for the size that the
    /// rule names, plus, in that size, the error of the prediction over the probability of the
    /// choice.
    pub(super) gains: [Sum; WEIGHTS.len()],
    /// By distance of the size taken from the advised one.
    pub(super) distances: [DistanceSums; 2 * FARTHEST + 1],
}

/// The sums of the cases in sizes at one distance.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct DistanceSums {
    pub(super) weight: Sum,
    pub(super) weight_square: Sum,
    pub(super) success: Sum,
    /// Weighted probability to succeed, as predicted.
    pub(super) predicted: Sum,
}

impl Merge for AdviceSums {
    fn merge(&mut self, other: &Self) {
        self.cases.merge(&other.cases);
        self.gains.merge(&other.gains);
        self.distances.merge(&other.distances);
    }
}

impl Merge for DistanceSums {
    fn merge(&mut self, other: &Self) {
        self.weight.merge(&other.weight);
        self.weight_square.merge(&other.weight_square);
        self.success.merge(&other.success);
        self.predicted.merge(&other.predicted);
    }
}
