//! The sums of one sweep over customers, and how they merge.

use crate::model::{BASIS, Features, TRAITS};
use crate::train::fixed_point::Sums;
use crate::train::graph::Graph;
use crate::train::state::REGRESSED;
use crate::train::state::start::KNOTS;

/// Parameters of one group's outcome terms, in the order of the Newton step: the basis for small,
/// for large, the slope of a chosen size, the slope.
pub(crate) const TERMS: usize = 2 * BASIS + 3;

/// Everything summed over the customers in one sweep, in fixed point.
#[derive(Clone, Debug)]
pub(crate) struct SweepSums {
    /// Per group: Newton gradient and upper triangle of the curvature.
    pub(crate) gradient: Vec<Sums>,
    pub(crate) curvature: Vec<Sums>,
    /// Per group, see [`scalar`].
    pub(crate) scalars: Vec<Sums>,
    /// Per pair of groups (row-major): E[d_g d_h], E[d_g^2], E[d_h^2], n over customers with both.
    pub(crate) pairs: Sums,
    /// Fisher scoring of each trait's variance: numerator, denominator.
    pub(crate) traits: Sums,
    /// Fisher scoring of what missing measurements add: information matrix, then scores.
    pub(crate) missing: Sums,
    /// Per knot and factor: score and information of the trend.
    pub(crate) trend: Sums,
    /// Per scale and label: score of the position, information; the same of its length, and of each
    /// affinity. Last, those of the scale's noise.
    pub(crate) labels: Vec<Sums>,
    /// Per group and, last, per trait that is regressed: upper triangle of the normal matrix and
    /// right side of the regression; empty unless asked for.
    pub(crate) normal: Vec<Sums>,
    pub(crate) right: Vec<Sums>,
}

/// Indices into [`SweepSums::scalars`]; of a parameter of the choice, its score, with the
/// information behind it.
pub(crate) mod scalar {
    pub(crate) const SCALE: usize = 0;
    pub(crate) const AWARENESS: usize = 2;
    pub(crate) const SHIFT: usize = 4;
    pub(crate) const UNKNOWN_UNRELATED: usize = 8;
    pub(crate) const UNKNOWN_MISFITS: usize = 9;
    pub(crate) const UNRELATED: usize = 10;
    pub(crate) const MISFITS: usize = 11;
    pub(crate) const SIZE_TOP: usize = 12;
    pub(crate) const SIZE_BOTTOM: usize = 13;
    pub(crate) const OUTCOME_LOG: usize = 14;
    pub(crate) const OUTCOME_COUNT: usize = 15;
    pub(crate) const CHOICE_LOG: usize = 16;
    pub(crate) const CHOICE_COUNT: usize = 17;
    pub(crate) const COUNT: usize = 18;
    pub(crate) const RETURNING: usize = 19;
    pub(crate) const SIZE_MEAN: usize = 21;
    pub(crate) const LEN: usize = 23;
}

/// Indices into a label's [`SweepSums::labels`]: each a score, with the information behind it.
pub(crate) mod label {
    pub(crate) const POSITION: usize = 0;
    pub(crate) const LENGTH: usize = 2;
    pub(crate) const APPEAL: usize = 4;
    /// By its thresholds in the two outcome factors.
    pub(crate) const THRESHOLDS: usize = 6;
    /// By each z of a customer's measurements, from here on.
    pub(crate) const AFFINITY: usize = 10;
}

/// Sums a label has.
pub(crate) fn label_width(graph: &Graph) -> usize {
    label::AFFINITY + 2 * Features::numbers(&graph.measurements)
}

/// Where the noise of a scale stands in its [`SweepSums::labels`]: after its labels.
pub(crate) fn noise_at(graph: &Graph, scale: usize) -> usize {
    graph.scales[scale].labels.len() * label_width(graph)
}

impl SweepSums {
    pub(super) fn new(graph: &Graph, regress: bool) -> Self {
        let g = graph.groups.len();
        let m = if regress { graph.width + 1 } else { 0 };
        Self {
            gradient: vec![Sums::new(TERMS); g],
            curvature: vec![Sums::new(TERMS * TERMS); g],
            scalars: vec![Sums::new(scalar::LEN); g],
            pairs: Sums::new(g * g * 4),
            traits: Sums::new(2 * TRAITS),
            missing: Sums::new(graph.measurements.len() * (graph.measurements.len() + 1)),
            trend: Sums::new(4 * KNOTS),
            labels: (0..graph.scales.len()).map(|s| Sums::new(noise_at(graph, s) + 2)).collect(),
            normal: vec![Sums::new(m * m); g + REGRESSED],
            right: vec![Sums::new(m); g + REGRESSED],
        }
    }

    pub(super) fn merge(mut self, other: &Self) -> Self {
        fn all(a: &mut [Sums], b: &[Sums]) {
            a.iter_mut().zip(b).for_each(|(a, b)| a.merge(b));
        }
        all(&mut self.gradient, &other.gradient);
        all(&mut self.curvature, &other.curvature);
        all(&mut self.scalars, &other.scalars);
        self.pairs.merge(&other.pairs);
        self.traits.merge(&other.traits);
        self.missing.merge(&other.missing);
        self.trend.merge(&other.trend);
        all(&mut self.labels, &other.labels);
        all(&mut self.normal, &other.normal);
        all(&mut self.right, &other.right);
        self
    }
}
