//! What one purchase adds to the sums of a sweep.

use super::sums::{GroupSums, OUTCOME_PARAMETERS, ScaleSums};
use crate::infer::{
    Choosing, Evidence, FactorStats, OfferedSize, OutcomeFactorStats, Pull, PurchaseFactors,
    SlopeTerm,
};
use crate::math::{Moments, Score};
use crate::model::BASIS;
use crate::train::graph::Slot;

/// Adds the log evidence of outcome and choice.
pub(super) fn add_evidence(sums: &mut GroupSums, stats: &FactorStats) {
    stats.outcome_log_evidence.into_iter().for_each(|evidence| sums.outcomes.add(evidence));
    if stats.choice.is_some() {
        sums.choices.add(stats.choice_log_evidence);
    }
}

/// Adds the scores of the parameters of the choice.
pub(super) fn add_choice(
    sums: &mut GroupSums,
    event: &PurchaseFactors<'_>,
    stats: &FactorStats,
    pull: &Pull,
    choosing: &Choosing,
) {
    sums.choice_scale.add(choosing.scores.scale);
    // Awareness moves the mean that the choice sees, by the offset.
    let Pull { gradient: score, curvature, .. } = *pull;
    let information = curvature.max(0.0);
    sums.awareness.add(Score { score, information }.scaled(-stats.offset));
    let x = event.garment.position;
    sums.others.number.add(1.0 - stats.own);
    sums.others.position.add(x);
    sums.others.square.add(x * x);
}

/// Adds the scores of the labels on offer and of their scale's noise. `slots` are those of the
/// `offers`, `z` the customer's numeric measurements.
pub(super) fn add_labels(
    sums: &mut ScaleSums,
    choosing: &Choosing,
    offers: &[OfferedSize],
    slots: &[Slot],
    wish: Moments,
    z: &[f64],
) {
    sums.noise.add(choosing.scores.scale);
    for (i, (offer, slot)) in offers.iter().zip(slots).enumerate() {
        let label = usize::from(slot.label);
        let weight = choosing.scores.weights[i];
        let of_label = &mut sums.labels[label];
        of_label.position.add(choosing.scores.positions[i]);
        // The logarithm of the weight is appeal + length (wish - length / 2), with the wish's own
        // variance.
        let by_length = wish.mean - offer.length * (1.0 - wish.variance);
        of_label.length.add(weight.scaled(by_length));
        of_label.appeal.add(weight);
        let cross = choosing.scores.crosses[i];
        of_label.position_length.add(cross * by_length);
        of_label.position_appeal.add(cross);
        of_label.length_appeal.add(weight.information * by_length);
        for (sum, &z) in sums.affinity[label * z.len()..].iter_mut().zip(z) {
            sum.add(weight.scaled(z));
        }
    }
}

/// Adds the scores of the outcome parameters.
pub(super) fn add_outcome(sums: &mut GroupSums, event: &PurchaseFactors<'_>, stats: &FactorStats) {
    sums.purchases.add(1.0);
    if stats.outcome_log_evidence.is_none() {
        return;
    }
    if !matches!(event.evidence, Evidence::Known(1) | Evidence::Bracketed(_)) {
        sums.misfits.add(1.0 - stats.unrelated);
        sums.unrelated.add(stats.unrelated);
    }
    if event.evidence == Evidence::Unknown {
        sums.unknown_misfits.add(1.0 - stats.unrelated);
        sums.unknown_unrelated.add(stats.unrelated);
    }
    if let Some(pull) = &stats.returned {
        sums.returning.add(Score { score: pull.gradient, information: pull.curvature });
    }
    for (k, factor) in stats.factors.iter().enumerate() {
        if let Some(factor) = factor {
            add_outcome_factor(sums, event, &stats.basis, k, factor);
        }
    }
}

fn add_outcome_factor(
    sums: &mut GroupSums,
    event: &PurchaseFactors<'_>,
    basis: &[f64; BASIS],
    k: usize,
    factor: &OutcomeFactorStats,
) {
    // The argument is mean / sqrt(variance), and the slopes are in both.
    let pulled = factor.mean / factor.variance;
    let by = |slope: f64, term: SlopeTerm| term.mean - slope * term.variance * pulled;
    let mut row = [0.0; BASIS + 2];
    row[..BASIS].copy_from_slice(basis);
    row[BASIS] = by(event.terms.chosen_slope, factor.chosen);
    row[BASIS + 1] = by(event.terms.slope, factor.garment);
    let Pull { gradient, curvature, .. } = factor.pull;
    let index = |i: usize| if i < BASIS { k * BASIS + i } else { BASIS + i };
    for (a, x) in row.into_iter().enumerate() {
        let i = index(a);
        sums.gradient.add(i, gradient * x);
        for (b, y) in row.into_iter().enumerate().skip(a) {
            sums.curvature.add(i * OUTCOME_PARAMETERS + index(b), curvature * x * y);
        }
    }
}
