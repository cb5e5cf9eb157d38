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
    pub(super) gradient: Sums,
    /// Upper triangle.
    pub(super) curvature: Sums,
}

impl PurchaseOutcomeSums {
    pub(super) fn new(graph: &Graph) -> Self {
        let group = GroupSums {
            gradient: Sums::new(PARAMETERS),
            curvature: Sums::new(PARAMETERS * PARAMETERS),
        };
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
        self.gradient.merge(&other.gradient);
        self.curvature.merge(&other.curvature);
    }
}

impl Merge for PurchaseOutcomeSums {
    fn merge(&mut self, other: &Self) {
        self.groups.merge(&other.groups);
        self.thresholds.merge(&other.thresholds);
        self.trend.merge(&other.trend);
    }
}
