//! The exact posterior of one customer: every latent on a grid, every factor as in
//! `model/README.md`.
//!
//! The outcome of a chosen size is evidence on the latent size only through the choice's outcome
//! shift, so there is no joint density to integrate. Instead, the documented messages are passed as
//! functions on grids, without fitting Gaussians, until they no longer change.

mod customer;
mod grid;
mod likelihood;
mod posterior;
mod probabilities;

pub(crate) use grid::{FINE, Grid, USUAL};
pub(crate) use posterior::posterior;
pub(crate) use probabilities::chances;
