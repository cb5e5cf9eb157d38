//! The sums of one pass over all purchases, and how they merge.

use crate::infer::SHARED;
use crate::model::PURCHASE_BASIS;
use crate::train::fixed_point::{Merge, ScoreSum, Sums};
use crate::train::graph::Graph;
use crate::train::state::start::KNOTS;

/// Parameters of one fit group, in the order of the Newton step: the basis for small, for large,
/// the shared terms.
pub(super) const PARAMETERS: usize = 2 * PURCHASE_BASIS + SHARED;

/// The sums of some customers.
#[derive(Clone)]
pub(super) struct PurchaseOutcomeSums {
    /// By fit group.
    pub(super) groups: Vec<GroupSums>,
    /// By scale and label, of the thresholds of too small and too large.
    pub(super) thresholds: Vec<Vec<[ScoreSum; 2]>>,
    /// Of the trend at each knot.
    pub(super) trend: [[ScoreSum; 2]; KNOTS],
}

/// The sums of one fit group.
#[derive(Clone)]
pub(super) struct GroupSums {
    pub(super) cases: u64,
    pub(super) gradient: Sums,
    /// Upper triangle; `None` if it is not wanted, as it takes most of the time of a pass.
    pub(super) curvature: Option<Sums>,
}

/// The mean curvature of the cases of one fit group: upper triangle.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct GroupCurvature(pub(super) Vec<f64>);

impl GroupCurvature {
    /// Entries of a curvature.
    pub(super) const LENGTH: usize = PARAMETERS * PARAMETERS;

    /// Of these sums, which must have it.
    pub(super) fn new(sums: &GroupSums) -> Self {
        let cases = sums.cases.max(1) as f64;
        let sums = sums.curvature.as_ref().expect("a pass that sums curvatures");
        Self((0..Self::LENGTH).map(|at| sums.get(at) / cases).collect())
    }

    /// The entry at (i, j) for so many cases.
    pub(super) fn of(&self, cases: u64, i: usize, j: usize) -> f64 {
        self.0[i.min(j) * PARAMETERS + i.max(j)] * cases as f64
    }
}

impl PurchaseOutcomeSums {
    pub(super) fn new(graph: &Graph) -> Self {
        Self::empty(graph, Some(Sums::new(GroupCurvature::LENGTH)))
    }

    /// Without the curvatures.
    pub(super) fn of_gradients(graph: &Graph) -> Self {
        Self::empty(graph, None)
    }

    fn empty(graph: &Graph, curvature: Option<Sums>) -> Self {
        let group = GroupSums { cases: 0, gradient: Sums::new(PARAMETERS), curvature };
        let labels = |labels: usize| vec![[ScoreSum::default(); 2]; labels];
        Self {
            groups: vec![group; graph.groups.len()],
            thresholds: graph.scales.iter().map(|scale| labels(scale.labels.len())).collect(),
            trend: Default::default(),
        }
    }
}

impl Merge for GroupSums {
    fn merge(&mut self, other: &Self) {
        self.cases += other.cases;
        self.gradient.merge(&other.gradient);
        if let (Some(own), Some(other)) = (&mut self.curvature, &other.curvature) {
            own.merge(other);
        }
    }
}

impl Merge for PurchaseOutcomeSums {
    fn merge(&mut self, other: &Self) {
        self.groups.merge(&other.groups);
        self.thresholds.merge(&other.thresholds);
        self.trend.merge(&other.trend);
    }
}
