//! Protects customers in the published beliefs about articles.
//!
//! Two protections, apart or together: estimates that few customers support are [`withheld`], and
//! the rest may be [`released`] with noise. Neither changes training itself or the private files.

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
