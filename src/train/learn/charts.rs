//! Learns how far brands' size charts can be trusted (`model/README.md`, section 13).

use crate::train::graph::Graph;
use crate::train::state::{ArticleBelief, Beliefs, Parameters, start};

/// Prior precision of the trust about its start: sd .3.
const PRECISION: f64 = 11.0;
/// Most trust: charts may understate the differences between brands.
const MAX_TRUST: f64 = 1.5;

/// Regresses the offsets of brands on what their charts say of them. `beliefs` are about the part
/// of each offset that the chart does not explain with the present trust.
pub(super) fn learn_chart_trust(graph: &Graph, parameters: &mut Parameters, beliefs: &Beliefs) {
    let trust = parameters.chart_trust;
    let (mut information, mut right) = (PRECISION, PRECISION * start::CHART_TRUST);
    for ((node, belief), &chart) in
        graph.brands.iter().zip(&beliefs.brands).zip(&graph.chart_offsets)
    {
        let group = &parameters.groups[usize::from(node.group)];
        let evidence = belief.offset.remove(ArticleBelief::brand_prior(group).offset);
        let seen = evidence.widen(group.offset_variance.brand);
        information += seen.precision * chart * chart;
        right += chart * (seen.precision_mean + seen.precision * trust * chart);
    }
    parameters.chart_trust = (right / information).clamp(0.0, MAX_TRUST);
}
