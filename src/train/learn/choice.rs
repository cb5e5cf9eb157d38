//! One step of the parameters of the choice, and of "comes back for another reason".

use super::outcome::TERM_RIDGE;
use super::step::LONGEST_STEP;
use crate::math::Score;
use crate::model::{Choice, Others, Returns};
use crate::train::sweep::GroupSums;

/// Prior precision of the logarithm of the choice's scale about where it is.
const SCALE_RIDGE: f64 = 1.0;
/// Prior mean of the share of purchases for somebody else, and its weight in purchases.
const OTHERS_MEAN: f64 = 0.05;
const OTHERS_WEIGHT: f64 = 20.0;
/// Least variance of the positions that others take, steps squared.
const MIN_OTHERS_VARIANCE: f64 = 0.25;
/// Prior precision of awareness about 0: the weight of ten purchases one step off.
const AWARENESS_RIDGE: f64 = 10.0;

/// One Newton step of each parameter of the choice. The latent size is not observed, and the
/// information that this takes away makes the steps cautious, as EM's steps are.
pub(super) fn step_choice(choice: &mut Choice, sums: &GroupSums) {
    let step = |at: Score, ridge: f64, now: f64| {
        let step = (at.score - ridge * now) / (at.information + ridge);
        if step.is_finite() { step.clamp(-LONGEST_STEP, LONGEST_STEP) } else { 0.0 }
    };
    let scale = libm::exp(step(sums.choice_scale.get(), SCALE_RIDGE, 0.0));
    choice.scale = (choice.scale * scale).clamp(0.05, 20.0);
    let awareness = step(sums.awareness.get(), AWARENESS_RIDGE, choice.awareness);
    choice.awareness = (choice.awareness + awareness).clamp(0.0, 1.0);
    step_others(&mut choice.others, sums);
}

/// The next share of purchases for somebody else, by expectation and maximisation, and which
/// positions are taken.
fn step_others(others: &mut Others, sums: &GroupSums) {
    let (n, seen) = (sums.choices.count.get(), sums.others);
    if n == 0.0 {
        return;
    }
    let share = (seen.number.get() + OTHERS_MEAN * OTHERS_WEIGHT) / (n + OTHERS_WEIGHT);
    others.share = share.clamp(1e-4, 0.5);
    others.mean = seen.position.get() / n;
    let variance = seen.square.get() / n - others.mean * others.mean;
    others.variance = variance.max(MIN_OTHERS_VARIANCE);
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
