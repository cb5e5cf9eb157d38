//! Learns the next parameters and beliefs from the merged sums of a sweep.

mod articles;
mod brands;
mod centre;
mod charts;
mod choice;
mod covariance;
mod effects;
mod hyperparameters;
mod label_step;
mod labels;
mod lengths;
mod momentum;
mod outcome;
mod positions;
mod regressions;
mod ridge;
mod step;
mod trend;
mod variances;

pub(crate) use articles::update_beliefs;
pub(crate) use brands::pass_brands;
pub(crate) use centre::centre_choice_offsets;
pub(crate) use hyperparameters::step_hyperparameters;
pub(crate) use labels::learn_labels;
pub(crate) use momentum::{Before, add_momentum};
pub(crate) use step::{LONGEST_STEP, newton_step};
pub(crate) use trend::learn_trend;
pub(crate) use variances::VarianceScores;
