//! The belief about one customer that their prior and the messages of their purchases give.

use crate::infer::{Belief, Messages};
use crate::math::Gaussian;
use crate::train::graph::{Graph, OrderLine};
use crate::train::state::State;
use nalgebra::{DMatrix, DVector};

/// The axis of a fit group in a customer's belief.
pub(crate) fn axis_of(groups: &[usize], group: usize) -> usize {
    groups.iter().position(|&x| x == group).expect("the groups were collected from the same lines")
}

/// A customer's belief from prior and messages, and its prior mean; `groups` receives the fit
/// groups they bought in, by axis.
pub(crate) fn belief(
    graph: &Graph,
    state: &State,
    customer: usize,
    lines: &[OrderLine],
    messages: &[Messages],
    groups: &mut Vec<usize>,
) -> (Belief, DVector<f64>) {
    groups.clear();
    for line in lines {
        let g = graph.group_of(line);
        if !groups.contains(&g) {
            groups.push(g);
        }
    }
    groups.sort_unstable();
    let features = graph.features(customer);
    let n = groups.len();
    let widening = state.widening(graph, customer);
    let prior =
        DVector::from_iterator(n, groups.iter().map(|&g| state.groups[g].size.mean(features)));
    let covariance =
        DMatrix::from_fn(n, n, |i, j| widening * state.covariance[(groups[i], groups[j])]);
    let traits = std::array::from_fn(|i| {
        Gaussian::new(state.traits[i].mean(features), state.traits[i].variance)
    });
    let mut belief = Belief::new(prior.clone(), covariance, traits);
    for (line, said) in lines.iter().zip(messages) {
        belief.observe(axis_of(groups, graph.group_of(line)), said.size());
        let traits = said.traits();
        belief.traits = std::array::from_fn(|i| belief.traits[i].combine(traits[i]));
    }
    (belief, prior)
}
