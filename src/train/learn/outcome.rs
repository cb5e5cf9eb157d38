//! One Newton step of the outcome parameters of a fit group.

use super::step::LONGEST_STEP;
use crate::model::{BASIS, Group, OutcomeTerms};
use crate::train::sweep::{GroupSums, OUTCOME_PARAMETERS};
use nalgebra::{Cholesky, SMatrix, SVector};

/// Prior precision of the outcome terms about 0, in the order of their basis.
pub(super) const TERM_RIDGE: [f64; BASIS] = [1e-3, 10.0, 30.0];
/// Prior precision of the slopes about their start.
const SLOPE_RIDGE: f64 = 1.0;
/// Prior precision of the difference of the two slopes. Outcomes alone hardly tell the garments'
/// slope from the scale of their offsets, so it stays with the customers' slope unless the data
/// clearly say otherwise.
const SLOPE_TIE: f64 = 200.0;
/// Part of a Newton step of the outcome terms that is taken: traits, spreads and labels' thresholds
/// take up the same evidence at the same time.
const NEWTON: f64 = 0.6;
/// Slopes below this would say that size does not matter at all, and leave nothing to learn from.
const MIN_SLOPE: f64 = 0.02;
/// The slopes' prior mean.
const SLOPE_MEAN: f64 = 0.5;

/// Index of the slope of a chosen size among the outcome parameters; the slope of the garment
/// follows.
const CHOSEN_SLOPE: usize = 2 * BASIS;
const SLOPE: usize = CHOSEN_SLOPE + 1;

/// A step is never longer than [`LONGEST_STEP`]: Newton from a far start overshoots.
pub(super) fn step_outcome(group: &mut Group, sums: &GroupSums) {
    let outcome = &mut group.outcome;
    let mut gradient = SVector::<f64, OUTCOME_PARAMETERS>::from_fn(|i, _| {
        sums.gradient.get(i) - ridge(i) * distance(outcome, i)
    });
    let mut curvature = SMatrix::<f64, OUTCOME_PARAMETERS, OUTCOME_PARAMETERS>::from_fn(|i, j| {
        let at = i.min(j) * OUTCOME_PARAMETERS + i.max(j);
        sums.curvature.get(at) + if i == j { ridge(i) } else { 0.0 }
    });
    // The tie between the two slopes.
    let apart = outcome.slope - outcome.chosen_slope;
    gradient[CHOSEN_SLOPE] += SLOPE_TIE * apart;
    gradient[SLOPE] -= SLOPE_TIE * apart;
    for (i, j, tie) in [
        (CHOSEN_SLOPE, CHOSEN_SLOPE, SLOPE_TIE),
        (SLOPE, SLOPE, SLOPE_TIE),
        (CHOSEN_SLOPE, SLOPE, -SLOPE_TIE),
        (SLOPE, CHOSEN_SLOPE, -SLOPE_TIE),
    ] {
        curvature[(i, j)] += tie;
    }
    let Some(cholesky) = Cholesky::new(curvature) else { return };
    let step = cholesky.solve(&gradient);
    let longest = step.amax().max(LONGEST_STEP) / LONGEST_STEP;
    let step = step * (NEWTON / longest);
    for i in 0..CHOSEN_SLOPE {
        outcome.terms[i / BASIS][i % BASIS] += step[i];
    }
    outcome.slope = (outcome.slope + step[SLOPE]).max(MIN_SLOPE);
    outcome.chosen_slope =
        (outcome.chosen_slope + step[CHOSEN_SLOPE]).clamp(-outcome.slope, outcome.slope);
}

/// How far an outcome parameter is from its prior mean.
fn distance(outcome: &OutcomeTerms, i: usize) -> f64 {
    match i {
        CHOSEN_SLOPE => outcome.chosen_slope - SLOPE_MEAN,
        SLOPE => outcome.slope - SLOPE_MEAN,
        _ => outcome.terms[i / BASIS][i % BASIS],
    }
}

/// Prior precision of an outcome parameter.
fn ridge(i: usize) -> f64 {
    match i {
        CHOSEN_SLOPE | SLOPE => SLOPE_RIDGE,
        _ => TERM_RIDGE[i % BASIS],
    }
}
