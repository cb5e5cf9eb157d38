//! Simulation-based calibration (Talts, Betancourt, Simpson, Vehtari and Gelman 2018; Cook, Gelman
//! and Rubin 2006): truths and histories are drawn from the model itself, and each truth must lie
//! in each part of its posterior as often as that part says.
//!
//! - `customer.rs`: a customer's posterior, the model given.
//! - `pipeline.rs`: whole shops. Training sees the history alone and learns every parameter; all
//!   that it publishes is held against the truth.

#[path = "../exact/shop.rs"]
mod shop;

mod customer;
mod draw;
mod pipeline;
mod ranks;
mod world;
