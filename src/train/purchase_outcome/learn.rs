//! The loop: passes over all cases with a Newton step after each.

use super::cases::{Case, Cases, collect};
use super::fresh::FreshCases;
use super::kept::KeptOutcomes;
use super::pass::add_case;
use super::sums::{GroupCurvature, GroupSums, PARAMETERS, PurchaseOutcomeSums};
use crate::error::Error;
use crate::infer::{SHARED, shared_terms};
use crate::math::Score;
use crate::model::{PURCHASE_BASIS, PurchaseTerms};
use crate::train::events::PartitionStore;
use crate::train::fixed_point::ScoreSum;
use crate::train::graph::Graph;
use crate::train::learn::{LONGEST_STEP, learn_trend, newton_step};
use crate::train::model_term::ModelTerm;
use crate::train::state::{Beliefs, Broadcast, Labels, Parameters};
use crate::train::threads::sum_items;
use nalgebra::{Cholesky, SMatrix, SVector};

/// Passes over the cases; further ones change no probability by more than 1e-3.
const PASSES: usize = 8;
/// Passes from where an earlier training ended.
const FOLLOWING_PASSES: usize = 2;
/// Prior precision of the terms about 0, in the order of their basis.
const TERM_RIDGE: [f64; PURCHASE_BASIS] = [1e-3, 10.0, 30.0, 10.0, 10.0];
/// Prior precision of the shared terms about where they start: no lean, slopes as in the outcome
/// factors, factors of 1.
const SHARED_RIDGE: [f64; SHARED] = [10.0, 1.0, 100.0, 100.0, 100.0, 100.0];
/// Prior precision of a label's thresholds: sd .1 probit units.
const THRESHOLD_PRECISION: f64 = 100.0;
/// Part of a Newton step that is taken: the labels' thresholds and the trend take up the same
/// evidence at the same time.
const NEWTON: f64 = 0.8;

/// Learns the terms of purchases made, the thresholds of labels and the trend. No belief depends on
/// them. `without` is the term of the model that is left out. Returns what a later training needs
/// to learn on.
pub(in crate::train) fn learn_purchase_outcomes(
    graph: &Graph,
    store: &dyn PartitionStore,
    beliefs: &Beliefs,
    parameters: &mut Parameters,
    without: Option<ModelTerm>,
) -> Result<KeptOutcomes, Error> {
    let starts = starts(parameters);
    for (group, start) in parameters.groups.iter_mut().zip(&starts) {
        group.purchase.clone_from(start);
    }
    let cases = collect(Broadcast { graph, parameters, beliefs }, store, |_| true)?;
    let mut curvatures = Vec::new();
    for _ in 0..PASSES {
        let sums = sum(graph, parameters, &cases, PurchaseOutcomeSums::new(graph));
        curvatures = sums.groups.iter().map(GroupCurvature::new).collect();
        step(graph, parameters, &starts, &sums, &curvatures, without);
    }
    Ok(KeptOutcomes { cases, turn: 0, curvatures })
}

/// Learns on from where an earlier training ended: a few steps follow the few purchases of a day.
/// The cases of changed customers are new, and so are those of some partitions in turn, because the
/// beliefs about articles have changed. The cases of all others and the curvatures stay as they
/// were `kept`.
pub(in crate::train) fn follow_purchase_outcomes(
    broadcast: Broadcast<'_>,
    mut kept: KeptOutcomes,
    fresh: FreshCases<'_>,
    without: Option<ModelTerm>,
) -> Result<(KeptOutcomes, Parameters), Error> {
    kept.renew(broadcast, fresh)?;
    let graph = broadcast.graph;
    let mut parameters = broadcast.parameters.clone();
    let starts = starts(&parameters);
    for _ in 0..FOLLOWING_PASSES {
        let sums = sum(graph, &parameters, &kept.cases, PurchaseOutcomeSums::of_gradients(graph));
        step(graph, &mut parameters, &starts, &sums, &kept.curvatures, without);
    }
    Ok((kept, parameters))
}

/// Where the terms of each fit group start, and what their prior has them about.
fn starts(parameters: &Parameters) -> Vec<PurchaseTerms> {
    parameters.groups.iter().map(|group| PurchaseTerms::like(&group.outcome)).collect()
}

/// The sums of all cases, each as `empty` has it.
fn sum(
    graph: &Graph,
    parameters: &Parameters,
    cases: &Cases,
    empty: PurchaseOutcomeSums,
) -> PurchaseOutcomeSums {
    let add = |case: &Case, sums: &mut _| add_case(graph, parameters, case, sums);
    sum_items(std::slice::from_ref(&cases.cases), || empty.clone(), add)
}

/// One step of everything.
fn step(
    graph: &Graph,
    parameters: &mut Parameters,
    starts: &[PurchaseTerms],
    sums: &PurchaseOutcomeSums,
    curvatures: &[GroupCurvature],
    without: Option<ModelTerm>,
) {
    let before: Vec<PurchaseTerms> = parameters.groups.iter().map(|g| g.purchase.clone()).collect();
    let groups = parameters.groups.iter_mut().zip(starts);
    for ((group, start), (sums, curvature)) in groups.zip(sums.groups.iter().zip(curvatures)) {
        step_terms(&mut group.purchase, start, sums, curvature);
    }
    for (g, before) in before.iter().enumerate() {
        let now = &parameters.groups[g].purchase;
        step_thresholds(graph, g, &mut parameters.labels, &sums.thresholds, [before, now]);
    }
    learn_trend(&mut parameters.trend, &sums.trend);
    if let Some(term) = without {
        term.disable(parameters);
    }
}

/// One Newton step of the terms of a fit group, never longer than [`LONGEST_STEP`] in any of them.
fn step_terms(
    terms: &mut PurchaseTerms,
    start: &PurchaseTerms,
    sums: &GroupSums,
    curvature: &GroupCurvature,
) {
    let (now, prior) = (shared_terms(terms), shared_terms(start));
    let own = 2 * PURCHASE_BASIS;
    let ridge = |i: usize| {
        if i < own { TERM_RIDGE[i % PURCHASE_BASIS] } else { SHARED_RIDGE[i - own] }
    };
    let distance = |i: usize| {
        if i < own {
            terms.terms[i / PURCHASE_BASIS][i % PURCHASE_BASIS]
        } else {
            now[i - own] - prior[i - own]
        }
    };
    let gradient =
        SVector::<f64, PARAMETERS>::from_fn(|i, _| sums.gradient.get(i) - ridge(i) * distance(i));
    let curvature = SMatrix::<f64, PARAMETERS, PARAMETERS>::from_fn(|i, j| {
        curvature.of(sums.cases, i, j) + if i == j { ridge(i) } else { 0.0 }
    });
    let Some(cholesky) = Cholesky::new(curvature) else { return };
    let step = cholesky.solve(&gradient);
    let step = step * (NEWTON * LONGEST_STEP / step.amax().max(LONGEST_STEP));
    for i in 0..own {
        terms.terms[i / PURCHASE_BASIS][i % PURCHASE_BASIS] += step[i];
    }
    let shared = [
        &mut terms.lean,
        &mut terms.size,
        &mut terms.garment,
        &mut terms.fussiness,
        &mut terms.preference,
        &mut terms.spread,
    ];
    for (i, term) in shared.into_iter().enumerate() {
        *term += step[own + i];
    }
}

/// Moves the thresholds of all labels of one group. Their common part is taken out, as the group's
/// own terms have it.
fn step_thresholds(
    graph: &Graph,
    group: usize,
    labels: &mut [Labels],
    sums: &[Vec<[ScoreSum; 2]>],
    [before, now]: [&PurchaseTerms; 2],
) {
    // The part of the score that the group's terms of the position have taken in this step.
    let fixed = |terms: &PurchaseTerms, k: usize, x: f64| {
        let [constant, linear, square, ..] = terms.terms[k];
        constant + linear * x + square * x * x
    };
    let scales = || graph.scales.iter().enumerate().filter(|(_, s)| usize::from(s.group) == group);
    for k in 0..2 {
        let (mut total, mut information) = (0.0, 0.0);
        for (s, _) in scales() {
            let Labels { position, thresholds, .. } = &mut labels[s];
            for ((&x, thresholds), sum) in position.iter().zip(thresholds.iter_mut()).zip(&sums[s])
            {
                let sum = sum[k].get();
                let taken = fixed(now, k, x) - fixed(before, k, x);
                let left = Score { score: sum.score - sum.information * taken, ..sum };
                thresholds[k] += newton_step(left, THRESHOLD_PRECISION, thresholds[k]);
                total += sum.information * thresholds[k];
                information += sum.information;
            }
        }
        let mean = if information > 0.0 { total / information } else { 0.0 };
        for (s, _) in scales() {
            labels[s].thresholds.iter_mut().for_each(|thresholds| thresholds[k] -= mean);
        }
    }
}
