//! Simulation-based calibration (Talts, Betancourt, Simpson, Vehtari and Gelman 2018; Cook, Gelman
//! and Rubin 2006): truths and histories are drawn from the model, and the ranks of the truths in
//! their posteriors must be uniform.
//!
//! - `customer.rs`: the posterior of a customer, with the true model.
//! - `pipeline.rs`: whole shops. Training sees only the history and learns every parameter;
//!   everything that it publishes is compared with the truth.

#[path = "../exact/shop.rs"]
mod shop;

mod customer;
mod draw;
mod pipeline;
mod ranks;
mod world;
