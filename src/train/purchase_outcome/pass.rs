//! One pass over the purchases of a partition.

use super::sums::{GroupSums, PARAMETERS, PurchaseOutcomeSums};
use crate::error::Error;
use crate::infer::{Belief, Evidence, PurchaseOutcome, PurchaseProbit, Sites, shared_terms};
use crate::math::Score;
use crate::model::PURCHASE_BASIS;
use crate::train::events::{CustomerView, OrderLine, Partition};
use crate::train::state::{Broadcast, Menu};
use crate::train::sweep::CustomerPrior;
use crate::train::threads::Queue;

/// The derivatives of the log likelihood of all outcomes by every parameter.
pub(super) fn sum(
    broadcast: Broadcast<'_>,
    queue: &Queue<'_>,
) -> Result<PurchaseOutcomeSums, Error> {
    let mut sums = PurchaseOutcomeSums::new(broadcast.graph);
    let mut partition = Partition::default();
    while queue.read(&mut partition)?.is_some() {
        partition.each_customer(broadcast.graph, |view| add_customer(broadcast, view, &mut sums));
    }
    Ok(sums)
}

fn add_customer(broadcast: Broadcast<'_>, view: &CustomerView<'_>, sums: &mut PurchaseOutcomeSums) {
    let Broadcast { graph, parameters, .. } = broadcast;
    let prior = CustomerPrior::new(graph, parameters, view.customer, view.lines, Vec::new());
    let belief = prior.belief(broadcast, view.lines, view.sites);
    for (line, sites) in view.lines.iter().zip(view.sites) {
        let axis = prior.axis(graph.group_of(line.article));
        add_line(broadcast, line, sites, axis, &belief, sums);
    }
}

fn add_line(
    broadcast: Broadcast<'_>,
    line: &OrderLine,
    sites: &Sites,
    axis: usize,
    belief: &Belief,
    sums: &mut PurchaseOutcomeSums,
) {
    let Broadcast { graph, parameters, .. } = broadcast;
    let node = &graph.articles[line.article as usize];
    let (group, scale) = (usize::from(node.group), usize::from(node.scale));
    let label = usize::from(graph.slots[line.slot as usize].label);
    let thresholds = parameters.labels[scale].thresholds[label];
    let trend = parameters.trend.at(line.day);
    let factors = broadcast.event(line, sites, axis, Menu { offers: &[], taken: 0 });
    let messages = sites.traits();
    let purchase = PurchaseOutcome {
        garment: factors.garment,
        terms: &parameters.groups[group].purchase,
        level: [0, 1].map(|k| thresholds[k] + trend[k]),
        size: belief.size(axis).remove(sites.size()),
        traits: std::array::from_fn(|i| belief.traits[i].remove(messages[i])),
    };
    let unrelated = factors.returned(purchase.traits);
    let unexplained = factors.returns.unexplained;
    let Some([small, fits, large]) =
        class_weights(line.evidence, &purchase, [unrelated, unexplained])
    else {
        return;
    };
    for (k, yes, no) in [(0, small, fits + large), (1, large, fits)] {
        let probit = purchase.probit(k);
        let mut score = Score::ZERO;
        for (answer, weight) in [(true, yes), (false, no)] {
            if weight > 0.0 {
                let pull = probit.projection.pull(answer);
                score +=
                    Score { score: pull.gradient, information: pull.curvature }.weighed(weight);
            }
        }
        add_factor(&mut sums.groups[group], k, &purchase, &probit, score);
        sums.thresholds[scale][label][k].add(score);
        for (knot, weight) in parameters.trend.weights(line.day).into_iter().flatten() {
            sums.trend[knot][k].add(score.weighed(weight));
        }
    }
}

/// Weights of too small, fits and too large; `None` where the outcome is no evidence on them. They
/// sum to less than one where the purchase may have come back for another reason.
///
/// `unrelated` is the probability of such a return, `unexplained` how much more often it lacks a
/// reason.
fn class_weights(
    evidence: Evidence,
    purchase: &PurchaseOutcome<'_>,
    [unrelated, unexplained]: [f64; 2],
) -> Option<[f64; 3]> {
    match evidence {
        Evidence::Unknown => {
            let [small, _, large] = purchase.chances().map(|chance| (1.0 - unrelated) * chance);
            let all = small + large + unrelated * unexplained;
            Some([small / all, 0.0, large / all])
        }
        evidence => evidence.size_classes(|| purchase.chances()),
    }
}

/// Adds the derivatives by the parameters of a fit group.
fn add_factor(
    sums: &mut GroupSums,
    k: usize,
    purchase: &PurchaseOutcome<'_>,
    probit: &PurchaseProbit,
    Score { score, information }: Score,
) {
    // The argument is mean / sqrt(variance), and the shared terms are in both.
    let pulled = probit.projection.mean / probit.projection.variance;
    let terms = shared_terms(purchase.terms);
    let mut row = [0.0; PARAMETERS];
    row[k * PURCHASE_BASIS..][..PURCHASE_BASIS].copy_from_slice(&probit.basis);
    for (i, (mean, variance)) in probit.shared.into_iter().enumerate() {
        row[2 * PURCHASE_BASIS + i] = mean - terms[i] * variance * pulled;
    }
    for (i, x) in row.into_iter().enumerate().filter(|(_, x)| *x != 0.0) {
        sums.gradient.add(i, score * x);
        for (j, y) in row.into_iter().enumerate().skip(i).filter(|(_, y)| *y != 0.0) {
            sums.curvature.add(i * PARAMETERS + j, information * x * y);
        }
    }
}
