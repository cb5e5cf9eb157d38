//! How good a model is on purchases it has not seen: metrics, calibration, baselines, reports.

pub mod ablation;
pub mod after;
pub mod baseline;
pub mod calibration;
pub mod cases;
pub mod html;
pub mod measurements;
pub mod metrics;
pub mod order;
pub mod predict;
pub mod purchases;
pub mod report;
pub mod returned;
pub mod sizes;
pub mod told;
