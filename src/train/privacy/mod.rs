//! What of the beliefs about articles is published.
//!
//! Two protections, apart or together: what fewer than so many customers stand behind is
//! [`withheld`], and the rest may be [`released`] with noise. Training itself and the private files
//! are not touched by either.

mod budget;
mod customer_scores;
mod noise;
mod noisy_beliefs;
mod protect;
mod published;
mod released;
mod withheld;

#[cfg(test)]
mod tests;

pub use budget::{Privacy, delta, rho};
pub(crate) use protect::published_beliefs;
pub(crate) use published::PublishedBeliefs;
