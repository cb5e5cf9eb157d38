//! What of the beliefs about articles is published.
//!
//! Two protections, apart or together: what fewer than so many customers stand behind is
//! [`withheld`], and the rest may be [`released`] with noise. Training itself and the private files
//! are not touched by either.

mod beliefs;
mod budget;
mod noise;
mod released;
mod said;
mod withheld;

#[cfg(test)]
mod tests;

pub use budget::{Privacy, delta, rho};

use super::graph::Graph;
use super::state::{ArticleBelief, State};
use crate::math::Gaussian;

/// Beliefs as they are published.
pub(crate) struct Published {
    pub(crate) brands: Vec<ArticleBelief>,
    pub(crate) articles: Vec<ArticleBelief>,
    /// Of each article.
    pub(crate) grades: Vec<Gaussian>,
    pub(crate) cuts: Vec<f64>,
    /// Of each slot.
    pub(crate) deviations: Vec<Gaussian>,
    pub(crate) popularity: Vec<f64>,
}

/// The beliefs of a state, as far as they may be published.
pub(crate) fn published(
    graph: &Graph,
    state: &State,
    least: usize,
    privacy: Option<&Privacy>,
) -> Published {
    match privacy {
        None => withheld::withheld(graph, state, least),
        Some(privacy) => {
            let mut frame = state.frame(graph);
            let release = released::release(graph, &frame, privacy);
            beliefs::beliefs(graph, &mut frame, &release, least)
        }
    }
}
