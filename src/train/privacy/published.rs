//! The beliefs about articles and brands that a model file publishes.

use crate::math::Gaussian;
use crate::train::state::ArticleBelief;

/// Beliefs as they are published.
pub(crate) struct PublishedBeliefs {
    pub(crate) brands: Vec<ArticleBelief>,
    pub(crate) articles: Vec<ArticleBelief>,
    /// Of each article.
    pub(crate) grades: Vec<Gaussian>,
    pub(crate) cuts: Vec<f64>,
    /// Of each slot.
    pub(crate) deviations: Vec<Gaussian>,
    pub(crate) popularity: Vec<f64>,
}
