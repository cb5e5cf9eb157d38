//! One pass over all cases.

use super::cases::Case;
use super::sums::{GroupSums, PARAMETERS, PurchaseOutcomeSums};
use crate::infer::{PurchaseFeatures, PurchaseProbit, shared_terms};
use crate::math::Score;
use crate::model::{PURCHASE_BASIS, PurchaseTerms};
use crate::train::graph::Graph;
use crate::train::state::Parameters;

/// Adds the derivatives of the log likelihood of one outcome by every parameter.
pub(super) fn add_case(
    graph: &Graph,
    parameters: &Parameters,
    case: &Case,
    sums: &mut PurchaseOutcomeSums,
) {
    let (scale, label) = (usize::from(case.scale), usize::from(case.label));
    let group = usize::from(graph.scales[scale].group);
    sums.groups[group].cases += 1;
    let terms = &parameters.groups[group].purchase;
    let thresholds = parameters.labels[scale].thresholds[label];
    let trend = parameters.trend.at(case.day);
    let level = [0, 1].map(|k| thresholds[k] + trend[k]);
    let features: PurchaseFeatures = case.features();
    let unexplained = parameters.groups[group].returns.unexplained;
    let [small, fits, large] = case.class_weights(|| features.chances(terms, level), unexplained);
    for (k, yes, no) in [(0, small, fits + large), (1, large, fits)] {
        let probit = features.probit(k, terms, level[k]);
        let mut score = Score::ZERO;
        for (answer, weight) in [(true, yes), (false, no)] {
            if weight > 0.0 {
                let pull = probit.projection.pull(answer);
                score +=
                    Score { score: pull.gradient, information: pull.curvature }.weighed(weight);
            }
        }
        if score == Score::ZERO {
            continue;
        }
        add_factor(&mut sums.groups[group], k, terms, &probit, score);
        sums.thresholds[scale][label][k].add(score);
        for (knot, weight) in parameters.trend.weights(case.day).into_iter().flatten() {
            sums.trend[knot][k].add(score.weighed(weight));
        }
    }
}

/// Adds the derivatives by the parameters of a fit group.
fn add_factor(
    sums: &mut GroupSums,
    k: usize,
    terms: &PurchaseTerms,
    probit: &PurchaseProbit,
    Score { score, information }: Score,
) {
    // The argument is mean / sqrt(variance), and the shared terms are in both.
    let pulled = probit.projection.mean / probit.projection.variance;
    let terms = shared_terms(terms);
    let mut row = [0.0; PARAMETERS];
    row[k * PURCHASE_BASIS..][..PURCHASE_BASIS].copy_from_slice(&probit.basis);
    for (i, m) in probit.shared.into_iter().enumerate() {
        row[2 * PURCHASE_BASIS + i] = m.mean - terms[i] * m.variance * pulled;
    }
    for (i, x) in row.into_iter().enumerate().filter(|(_, x)| *x != 0.0) {
        sums.gradient.add(i, score * x);
        let Some(curvature) = &mut sums.curvature else { continue };
        for (j, y) in row.into_iter().enumerate().skip(i).filter(|(_, y)| *y != 0.0) {
            curvature.add(i * PARAMETERS + j, information * x * y);
        }
    }
}
