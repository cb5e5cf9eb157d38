//! How good a model is: metrics, calibration, baselines, protocols and reports.
//!
//! Layers, lowest first:
//!
//! - `metrics`, `calibration`: figures of probabilities and of what happened;
//! - `history`: the rows of a purchase history, and their order;
//! - `baselines`, `predict`, `beliefs`, `returns`: what predicts a purchase;
//! - `kept_size`: one kept purchase, and where its size ranks;
//! - `off_policy`: what rules that name sizes would do if they were followed;
//! - `measured_purchase`: one purchase, predicted and compared with what happened;
//! - `protocols`: which purchases training sees, and which are measured;
//! - `html`, `report`: the figures as text, JSON and a web page.

mod baselines;
mod beliefs;
mod calibration;
mod history;
mod html;
pub mod kept_size;
mod measured_purchase;
mod metrics;
pub mod off_policy;
pub mod predict;
pub mod protocols;
pub mod report;
pub mod returns;
