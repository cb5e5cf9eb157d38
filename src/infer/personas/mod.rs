//! The persons behind one account: how many there are, whose each purchase was, and the posterior
//! of each (`model/README.md`, section 11).
//!
//! A mother orders for her daughter, a couple shares a login: one latent size cannot explain such a
//! history, and its mean fits nobody. `search` finds the most probable assignments of purchases to
//! persons; `account` turns them into personas and into a mixture for the next purchase.

mod account;
mod search;

#[cfg(test)]
mod tests;

pub use account::{Persona, Personas, personas};
