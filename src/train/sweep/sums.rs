//! The sums of a sweep over some customers, and how they merge.

use super::article_sums::CatalogueSums;
use crate::model::{BASIS, TRAITS};
use crate::train::fixed_point::{Merge, ScoreSum, Sum, Sums};
use crate::train::graph::{Graph, ScaleNode};
use crate::train::state::REGRESSED;

/// Outcome parameters of one group, in the order of the Newton step: the basis for small, for
/// large, the slope of a chosen size, the slope.
pub(crate) const OUTCOME_PARAMETERS: usize = 2 * BASIS + 2;

/// All sums that learning needs from a sweep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SweepSums {
    /// By fit group.
    pub(crate) groups: Vec<GroupSums>,
    /// By pair of fit groups, row by row; those with the smaller group first are used.
    pub(crate) pairs: Vec<PairSums>,
    /// Of the variance of each trait.
    pub(crate) traits: [ScoreSum; TRAITS],
    pub(crate) missing: MissingSums,
    /// By scale.
    pub(crate) scales: Vec<ScaleSums>,
    /// By fit group, then by trait that measurements predict; `None` unless asked for.
    pub(crate) regressions: Option<Vec<RegressionSums>>,
    /// By article and size.
    pub(crate) catalogue: CatalogueSums,
}

/// Sums of one fit group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GroupSums {
    /// Newton gradient of the outcome parameters.
    pub(crate) gradient: Sums,
    /// Upper triangle of their curvature.
    pub(crate) curvature: Sums,
    /// Of the logarithm of the choice's scale.
    pub(crate) choice_scale: ScoreSum,
    pub(crate) awareness: ScoreSum,
    pub(crate) others: OthersSums,
    /// Of the intercept of "comes back for another reason".
    pub(crate) returning: ScoreSum,
    /// Of the variance of the latent size.
    pub(crate) size_variance: ScoreSum,
    /// Of the mean of the latent size.
    pub(crate) size_mean: ScoreSum,
    /// Returns whose reason has nothing to do with the size, and misfits: all, and those without a
    /// reason given.
    pub(crate) unrelated: Sum,
    pub(crate) misfits: Sum,
    pub(crate) unknown_unrelated: Sum,
    pub(crate) unknown_misfits: Sum,
    pub(crate) purchases: Sum,
    pub(crate) outcomes: EvidenceSums,
    pub(crate) choices: EvidenceSums,
}

/// The log evidence of some observations, nats, and their number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct EvidenceSums {
    pub(crate) log_evidence: Sum,
    pub(crate) count: Sum,
}

/// Choices: how many are for somebody else than the customer, and which positions are taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct OthersSums {
    /// Expected number of choices for somebody else.
    pub(crate) number: Sum,
    /// Positions taken, and their squares.
    pub(crate) position: Sum,
    pub(crate) square: Sum,
}

/// Second moments of customers with purchases in two fit groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct PairSums {
    pub(crate) product: Sum,
    pub(crate) first_square: Sum,
    pub(crate) second_square: Sum,
    pub(crate) customers: Sum,
}

/// Fisher scoring of what missing measurements add to the variance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MissingSums {
    /// Information matrix, row by row.
    pub(crate) information: Sums,
    pub(crate) score: Sums,
}

/// Sums of one scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ScaleSums {
    pub(crate) labels: Vec<LabelSums>,
    /// Of each affinity, label by label.
    pub(crate) affinity: Vec<ScoreSum>,
    /// Of the logarithm of the scale's noise.
    pub(crate) noise: ScoreSum,
}

/// Sums of one label.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct LabelSums {
    pub(crate) position: ScoreSum,
    pub(crate) length: ScoreSum,
    pub(crate) appeal: ScoreSum,
    /// The information that two of them have about each other.
    pub(crate) position_length: Sum,
    pub(crate) position_appeal: Sum,
    pub(crate) length_appeal: Sum,
}

/// A weighted least-squares regression on the measurement features and a constant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RegressionSums {
    /// Upper triangle of the normal matrix.
    pub(crate) normal: Sums,
    pub(crate) right: Sums,
}

impl SweepSums {
    pub(crate) fn new(graph: &Graph, regress: bool) -> Self {
        let groups = graph.groups.len();
        let missing = graph.measurements.len();
        let m = graph.width + 1;
        let regression = RegressionSums { normal: Sums::new(m * m), right: Sums::new(m) };
        let numbers = graph.measured_numbers();
        Self {
            groups: vec![GroupSums::new(); groups],
            pairs: vec![PairSums::default(); groups * groups],
            traits: Default::default(),
            missing: MissingSums {
                information: Sums::new(missing * missing),
                score: Sums::new(missing),
            },
            scales: graph.scales.iter().map(|scale| ScaleSums::new(scale, numbers)).collect(),
            regressions: regress.then(|| vec![regression; groups + REGRESSED]),
            catalogue: CatalogueSums::new(graph),
        }
    }
}

impl GroupSums {
    fn new() -> Self {
        Self {
            gradient: Sums::new(OUTCOME_PARAMETERS),
            curvature: Sums::new(OUTCOME_PARAMETERS * OUTCOME_PARAMETERS),
            choice_scale: ScoreSum::default(),
            awareness: ScoreSum::default(),
            others: OthersSums::default(),
            returning: ScoreSum::default(),
            size_variance: ScoreSum::default(),
            size_mean: ScoreSum::default(),
            unrelated: Sum::default(),
            misfits: Sum::default(),
            unknown_unrelated: Sum::default(),
            unknown_misfits: Sum::default(),
            purchases: Sum::default(),
            outcomes: EvidenceSums::default(),
            choices: EvidenceSums::default(),
        }
    }
}

impl EvidenceSums {
    pub(super) fn add(&mut self, log_evidence: f64) {
        self.log_evidence.add(log_evidence);
        self.count.add(1.0);
    }
}

impl ScaleSums {
    fn new(scale: &ScaleNode, numbers: usize) -> Self {
        let labels = scale.labels.len();
        Self {
            labels: vec![LabelSums::default(); labels],
            affinity: vec![ScoreSum::default(); labels * numbers],
            noise: ScoreSum::default(),
        }
    }
}

impl Merge for SweepSums {
    fn merge(&mut self, other: &Self) {
        self.groups.merge(&other.groups);
        self.pairs.merge(&other.pairs);
        self.traits.merge(&other.traits);
        self.missing.information.merge(&other.missing.information);
        self.missing.score.merge(&other.missing.score);
        self.scales.merge(&other.scales);
        if let (Some(sums), Some(other)) = (&mut self.regressions, &other.regressions) {
            sums.merge(other);
        }
        self.catalogue.merge(&other.catalogue);
    }
}

impl Merge for GroupSums {
    fn merge(&mut self, other: &Self) {
        self.gradient.merge(&other.gradient);
        self.curvature.merge(&other.curvature);
        self.choice_scale.merge(&other.choice_scale);
        self.awareness.merge(&other.awareness);
        self.others.merge(&other.others);
        self.returning.merge(&other.returning);
        self.size_variance.merge(&other.size_variance);
        self.size_mean.merge(&other.size_mean);
        self.unrelated.merge(&other.unrelated);
        self.misfits.merge(&other.misfits);
        self.unknown_unrelated.merge(&other.unknown_unrelated);
        self.unknown_misfits.merge(&other.unknown_misfits);
        self.purchases.merge(&other.purchases);
        self.outcomes.merge(&other.outcomes);
        self.choices.merge(&other.choices);
    }
}

impl Merge for EvidenceSums {
    fn merge(&mut self, other: &Self) {
        self.log_evidence.merge(&other.log_evidence);
        self.count.merge(&other.count);
    }
}

impl Merge for OthersSums {
    fn merge(&mut self, other: &Self) {
        self.number.merge(&other.number);
        self.position.merge(&other.position);
        self.square.merge(&other.square);
    }
}

impl Merge for PairSums {
    fn merge(&mut self, other: &Self) {
        self.product.merge(&other.product);
        self.first_square.merge(&other.first_square);
        self.second_square.merge(&other.second_square);
        self.customers.merge(&other.customers);
    }
}

impl Merge for ScaleSums {
    fn merge(&mut self, other: &Self) {
        self.labels.merge(&other.labels);
        self.affinity.merge(&other.affinity);
        self.noise.merge(&other.noise);
    }
}

impl Merge for LabelSums {
    fn merge(&mut self, other: &Self) {
        self.position.merge(&other.position);
        self.length.merge(&other.length);
        self.appeal.merge(&other.appeal);
        self.position_length.merge(&other.position_length);
        self.position_appeal.merge(&other.position_appeal);
        self.length_appeal.merge(&other.length_appeal);
    }
}

impl Merge for RegressionSums {
    fn merge(&mut self, other: &Self) {
        self.normal.merge(&other.normal);
        self.right.merge(&other.right);
    }
}
