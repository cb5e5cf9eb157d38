//! The beliefs about articles and brands that a model file publishes.

use crate::math::Gaussian;
use crate::train::state::ArticleBelief;

/// Beliefs about all brands, articles and sizes, as they are published.
#[derive(Debug)]
pub(crate) struct PublishedBeliefs {
    pub(crate) brands: Vec<ArticleBelief>,
    pub(crate) articles: Vec<ArticleBelief>,
    /// By article.
    pub(crate) grades: Vec<Gaussian>,
    /// By article: means, steps.
    pub(crate) choice_offsets: Vec<f64>,
    /// By slot: means, log weights.
    pub(crate) popularity: Vec<f64>,
}
