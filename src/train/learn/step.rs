//! One damped Newton step of a parameter.

use crate::math::Score;

/// Longest step in one sweep, steps, or whatever the unit is.
pub(crate) const LONGEST_STEP: f64 = 0.3;

/// A Newton step under a prior of this precision; `distance` is how far the parameter is from the
/// prior's mean.
pub(crate) fn newton_step(at: Score, precision: f64, distance: f64) -> f64 {
    // Half the way: neighbouring labels share their evidence, and all move at once.
    let step = 0.5 * (at.score - precision * distance) / (at.information + precision);
    step.clamp(-LONGEST_STEP, LONGEST_STEP)
}
