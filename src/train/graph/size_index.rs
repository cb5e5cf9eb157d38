//! Finds the slot of an article's size by the code of the size in the history, without comparing
//! texts.

use super::build::Graph;
use crate::size::Label;
use crate::train::columns::Coded;

/// The labels of all scales by rank.
#[derive(Debug)]
pub(crate) struct SizeIndex {
    /// By the code of a size: its rank among all texts of the history and the scales.
    rank: Vec<u32>,
    /// By scale: the ranks of its labels, rising as they do.
    scales: Vec<Vec<u32>>,
}

impl SizeIndex {
    pub(crate) fn new(graph: &Graph, sizes: &Coded<Label>) -> Self {
        let labels = graph.scales.iter().flat_map(|scale| &scale.labels).map(String::as_str);
        let mut texts: Vec<&str> = sizes.values.iter().map(Label::as_str).chain(labels).collect();
        texts.sort_unstable();
        texts.dedup();
        let rank = |text: &str| texts.partition_point(|other| *other < text) as u32;
        Self {
            rank: sizes.values.iter().map(|label| rank(label.as_str())).collect(),
            scales: (graph.scales.iter())
                .map(|scale| scale.labels.iter().map(|label| rank(label)).collect())
                .collect(),
        }
    }

    /// The slot of an article's size by the code of the size; `None` if it is not sold in it.
    pub(crate) fn slot(&self, graph: &Graph, article: u32, size: u32) -> Option<u32> {
        let node = &graph.articles[article as usize];
        let labels = &self.scales[usize::from(node.scale)];
        let label = labels.binary_search(&self.rank[size as usize]).ok()?;
        graph.slot_of_label(article, label as u16)
    }
}
