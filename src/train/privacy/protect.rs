//! Chooses how the beliefs about articles are protected before they are published.

use super::beliefs::beliefs;
use super::budget::Privacy;
use super::published::PublishedBeliefs;
use super::released::release;
use super::withheld::withheld;
use crate::train::graph::Graph;
use crate::train::state::State;

/// The beliefs of a state, as far as they may be published.
pub(crate) fn published_beliefs(
    graph: &Graph,
    state: &State,
    least: usize,
    privacy: Option<&Privacy>,
) -> PublishedBeliefs {
    match privacy {
        None => withheld(graph, state, least),
        Some(privacy) => {
            let mut frame = state.frame(graph);
            let release = release(graph, &frame, privacy);
            beliefs(graph, &mut frame, &release, least)
        }
    }
}
