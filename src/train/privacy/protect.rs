//! Entry point: publishes the beliefs about articles as they are, with few customers withheld, or
//! with noise.

use super::budget::Privacy;
use super::noisy_beliefs::noisy_beliefs;
use super::published::PublishedBeliefs;
use super::released::release;
use super::withheld::withhold;
use crate::error::Error;
use crate::train::events::PartitionStore;
use crate::train::state::{Beliefs, Broadcast};

/// The beliefs about articles and brands, as far as they may be published: with noise where
/// `privacy` asks for it, and without the estimates that fewer than `min_customers` customers
/// support.
pub(crate) fn published_beliefs(
    broadcast: Broadcast<'_>,
    store: &dyn PartitionStore,
    min_customers: usize,
    privacy: Option<&Privacy>,
) -> Result<PublishedBeliefs, Error> {
    let Some(privacy) = privacy else { return withhold(broadcast, store, min_customers) };
    let Broadcast { graph, parameters, .. } = broadcast;
    let mut priors = Beliefs::prior(graph, parameters);
    let broadcast = Broadcast { beliefs: &priors, ..broadcast };
    let release = release(broadcast, store, privacy)?;
    Ok(noisy_beliefs(graph, parameters, &mut priors, &release, min_customers))
}
