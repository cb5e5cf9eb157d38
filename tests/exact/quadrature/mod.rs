//! The exact posterior of one customer: every latent on a grid, every factor as in
//! `model/README.md`. The likelihood of each purchase is computed jointly for choice and outcome,
//! and they are multiplied.

mod customer;
mod grid;
mod likelihood;
mod posterior;
mod probabilities;

pub(crate) use grid::{FINE, Grid, USUAL};
pub(crate) use posterior::posterior;
pub(crate) use probabilities::chances;
