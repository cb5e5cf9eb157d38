//! The belief about one customer that their prior and the sites of their purchases give.

use crate::infer::{Belief, Sites};
use crate::math::Gaussian;
use crate::model::TRAITS;
use crate::train::events::{Customer, OrderLine};
use crate::train::graph::Graph;
use crate::train::state::{Broadcast, Parameters};
use nalgebra::{DMatrix, DVector};

/// The prior of one customer on the axes of the fit groups that they bought in.
#[derive(Clone, Debug)]
pub(crate) struct CustomerPrior {
    /// Fit groups, rising; an index into them is an axis of the belief.
    pub(crate) groups: Vec<usize>,
    /// Mean latent size on each axis, steps.
    pub(crate) size_means: DVector<f64>,
    pub(crate) trait_means: [f64; TRAITS],
    /// Factor on the variance of the latent sizes.
    pub(crate) widening: f64,
}

impl CustomerPrior {
    /// `groups` is memory to use again.
    pub(crate) fn new(
        graph: &Graph,
        parameters: &Parameters,
        customer: &Customer,
        lines: &[OrderLine],
        mut groups: Vec<usize>,
    ) -> Self {
        groups.clear();
        for line in lines {
            let g = graph.group_of(line.article);
            if !groups.contains(&g) {
                groups.push(g);
            }
        }
        groups.sort_unstable();
        let features = &customer.features.known;
        let means = groups.iter().map(|&g| parameters.groups[g].size.mean_of_known(features));
        Self {
            size_means: DVector::from_iterator(groups.len(), means),
            trait_means: std::array::from_fn(|i| parameters.traits[i].mean_of_known(features)),
            widening: parameters.widening(&customer.missing),
            groups,
        }
    }

    /// The axis of a fit group that the customer bought in.
    pub(crate) fn axis(&self, group: usize) -> usize {
        self.groups.iter().position(|&g| g == group).expect("collected from the same lines")
    }

    /// The belief from this prior and the sites of all lines.
    pub(crate) fn belief(
        &self,
        broadcast: Broadcast<'_>,
        lines: &[OrderLine],
        sites: &[Sites],
    ) -> Belief {
        let (graph, parameters) = (broadcast.graph, broadcast.parameters);
        let n = self.groups.len();
        let covariance = DMatrix::from_fn(n, n, |i, j| {
            self.widening * parameters.covariance[(self.groups[i], self.groups[j])]
        });
        let traits = std::array::from_fn(|i| {
            Gaussian::new(self.trait_means[i], parameters.traits[i].variance)
        });
        let mut belief = Belief::new(self.size_means.clone(), covariance, traits);
        for (line, sites) in lines.iter().zip(sites) {
            belief.observe(self.axis(graph.group_of(line.article)), sites.size());
            let traits = sites.traits();
            belief.traits = std::array::from_fn(|i| belief.traits[i].combine(traits[i]));
        }
        belief
    }
}
