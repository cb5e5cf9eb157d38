//! How large a training is, before it begins.

use super::fixed_point::GaussianSum;
use super::graph::{ArticleNode, Graph, Slot};
use super::state::ArticleBelief;
use super::sweep::ArticleSums;
use crate::math::Gaussian;

/// How large a history is for training.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TrainingSize {
    /// Purchases that are evidence.
    pub purchases: usize,
    /// Customers with such purchases.
    pub customers: usize,
    /// Articles, those of the catalogue included.
    pub articles: usize,
    /// Sizes of all articles.
    pub sizes: usize,
    /// Sizes on offer, summed over the purchases.
    pub offered: usize,
    /// Bytes of the order lines in the store; an upper bound where customers have measurements.
    pub line_bytes: usize,
    /// Bytes of the sites in the store.
    pub site_bytes: usize,
    /// Bytes that the tables, beliefs and sums of articles take in one thread, and in each further
    /// one.
    pub table_bytes: [usize; 2],
    /// Most sweeps over all customers.
    pub max_sweeps: usize,
    /// Customers of the sample that comes first, about; 0 without one.
    pub sample_customers: usize,
    /// Sweeps over the sample; 0 without one.
    pub sample_sweeps: usize,
}

/// Bytes of the tables, beliefs and sums of articles in one thread, and in each further one.
pub(super) fn table_bytes(graph: &Graph) -> [usize; 2] {
    let (articles, sizes) = (graph.articles.len(), graph.slots.len());
    let sums = articles * size_of::<ArticleSums>() + sizes * size_of::<GaussianSum>();
    let beliefs = articles * (size_of::<ArticleBelief>() + 3 * size_of::<Gaussian>())
        + sizes * size_of::<Gaussian>();
    let tables = articles * size_of::<ArticleNode>() + sizes * size_of::<Slot>();
    [tables + beliefs + sums, sums]
}
