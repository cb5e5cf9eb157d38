//! One damped Newton step of a parameter.

use crate::train::fixed_point::Sums;

/// Longest step in one sweep, steps, or whatever the unit is.
pub(super) const LONGEST_STEP: f64 = 0.3;

/// A Newton step from a score and its information, under a prior about 0 of this precision.
pub(super) fn step(sums: &Sums, at: usize, precision: f64, now: f64) -> f64 {
    // Half the way: neighbouring labels share their evidence, and all move at once.
    let step = 0.5 * (sums.get(at) - precision * now) / (sums.get(at + 1) + precision);
    step.clamp(-LONGEST_STEP, LONGEST_STEP)
}
