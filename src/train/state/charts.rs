//! What brands' size charts add to the expected offsets of their articles.

use super::parameters::Parameters;
use crate::train::graph::Graph;

/// How much the size chart of an article's brand adds to the offset that its fit group expects.
pub(crate) fn chart_offset(graph: &Graph, parameters: &Parameters, article: usize) -> f64 {
    brand_chart_offset(graph, parameters, graph.articles[article].brand as usize)
}

/// The same for any article of a brand.
pub(crate) fn brand_chart_offset(graph: &Graph, parameters: &Parameters, brand: usize) -> f64 {
    parameters.chart_trust * graph.chart_offsets.get(brand).copied().unwrap_or(0.0)
}
