//! One step of the parameters of the choice, and of "comes back for another reason".

use super::outcome::TERM_RIDGE;
use super::step::LONGEST_STEP;
use crate::math::Score;
use crate::model::{Choice, Returns};
use crate::train::sweep::GroupSums;

/// Prior precision of the logarithm of the choice's scale about where it is.
const SCALE_RIDGE: f64 = 1.0;
/// Prior precision of awareness and outcome shifts about 0: the weight of ten purchases one step
/// off.
const SHIFT_RIDGE: f64 = 10.0;

/// One Newton step of each parameter of the choice. The latent size is not observed, and the
/// information that this takes away makes the steps cautious, as EM's steps are.
pub(super) fn step_choice(choice: &mut Choice, sums: &GroupSums) {
    let step = |at: Score, ridge: f64, now: f64| {
        let step = (at.score - ridge * now) / (at.information + ridge);
        if step.is_finite() { step.clamp(-LONGEST_STEP, LONGEST_STEP) } else { 0.0 }
    };
    let scale = libm::exp(step(sums.choice_scale.get(), SCALE_RIDGE, 0.0));
    choice.scale = (choice.scale * scale).clamp(0.05, 20.0);
    let awareness = step(sums.awareness.get(), SHIFT_RIDGE, choice.awareness);
    choice.awareness = (choice.awareness + awareness).clamp(0.0, 1.0);
    for (shift, sum) in choice.outcome_shift.iter_mut().zip(sums.outcome_shift) {
        *shift = (*shift + step(sum.get(), SHIFT_RIDGE, *shift)).clamp(-2.0, 2.0);
    }
}

/// One Newton step of how readily something comes back for other reasons than its size, and half
/// the way to how much oftener such a return has no reason given.
pub(super) fn step_returns(returns: &mut Returns, sums: &GroupSums) {
    let Score { score, information } = sums.returning.get();
    let ridge = TERM_RIDGE[0];
    let step = (score - ridge * returns.intercept) / (information + ridge);
    if step.is_finite() {
        returns.intercept =
            (returns.intercept + step.clamp(-LONGEST_STEP, LONGEST_STEP)).clamp(-5.0, 5.0);
    }
    // One return without a reason beforehand in each: where nobody gives reasons, the two shares
    // are 1.
    let of_unrelated = (sums.unknown_unrelated.get() + 1.0) / (sums.unrelated.get() + 1.0);
    let of_misfits = (sums.unknown_misfits.get() + 1.0) / (sums.misfits.get() + 1.0);
    returns.unexplained =
        (0.5 * returns.unexplained + 0.5 * of_unrelated / of_misfits).clamp(1e-3, 1e3);
}
