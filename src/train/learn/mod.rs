//! Learns the next parameters and beliefs from the merged sums of a sweep.

mod articles;
mod brands;
mod charts;
mod choice;
mod covariance;
mod effects;
mod hyperparameters;
mod labels;
mod lengths;
mod outcome;
mod positions;
mod regressions;
mod ridge;
mod step;
mod trend;
mod variances;

pub(crate) use articles::update_beliefs;
pub(crate) use brands::pass_brands;
pub(crate) use hyperparameters::step_hyperparameters;
pub(crate) use labels::learn_labels;
pub(crate) use step::{LONGEST_STEP, newton_step};
pub(crate) use trend::learn_trend;
pub(crate) use variances::VarianceScores;
