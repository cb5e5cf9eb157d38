//! Learns the next parameters and beliefs from the sums of a sweep.

mod articles;
mod brands;
mod effects;
mod hyperparameters;
mod labels;
mod ridge;
mod step;
mod trend;
mod variances;

pub(crate) use articles::gather;
pub(crate) use brands::pass_brands;
pub(crate) use hyperparameters::step as step_hyperparameters;
pub(crate) use labels::learn as learn_labels;
pub(crate) use trend::learn as learn_trend;
