//! The passes over all cases: the first chooses the weight of P(fits) and collects what the advised
//! size lacks, the second learns how far probabilities are supported.

use super::advised::{AdvisedCase, learn_advised};
use super::cases::each_case;
use super::rule::{Success, WEIGHTS};
use super::shown::Shown;
use super::sums::{AdviceSums, FARTHEST};
use crate::error::Error;
use crate::infer::{Evidence, Projection, class_chances};
use crate::train::events::{OrderLine, Partition, PartitionStore, each_customers_lines};
use crate::train::fixed_point::Merge;
use crate::train::graph::Graph;
use crate::train::state::{Beliefs, Broadcast, Parameters};
use crate::train::threads::{in_threads, sum_in_threads};

/// A fit group's estimates count beside those of the whole shop with its number of cases over this.
const SHOP_CASES: f64 = 1000.0;
/// Fewer cases than this in a shop tell nothing; the rule then stays at its start.
const MIN_CASES: f64 = 200.0;
/// With a smaller slope outcomes hardly depend on the size, and P(fits) does not tell sizes apart:
/// its differences are then between those who take them. Probit units per step.
const MIN_SLOPE: f64 = 0.2;
/// A probability is supported if it is right within this, or within two standard errors. Purchases
/// for others and habits, which are in the history and not in the prediction, take part of it.
const SUPPORTED: f64 = 0.07;
/// Standard error beyond which a distance has too few cases to support anything.
const MAX_ERROR: f64 = 0.03;
/// Fewer stated misfits than this in a fit group, and success is that a purchase was kept.
const MIN_STATED: usize = 20;

/// Learns the rule of advice of every fit group, and what probabilities of advised sizes lack.
pub(in crate::train) fn learn_advice(
    graph: &Graph,
    store: &dyn PartitionStore,
    beliefs: &Beliefs,
    parameters: &mut Parameters,
) -> Result<(), Error> {
    let success = successes(graph, store)?;
    let none = || vec![AdviceSums::default(); graph.groups.len()];
    let broadcast = Broadcast { graph, parameters, beliefs };
    let collected = in_threads(store, |queue| {
        let (mut sums, mut advised) = (none(), Vec::new());
        let mut partition = Partition::default();
        while queue.read(&mut partition)?.is_some() {
            each_case(broadcast, &mut partition, |case| {
                if let Some(shown) = Shown::new(case, success[case.group]) {
                    add_gains(&shown, &mut sums[case.group]);
                    advised.extend(AdvisedCase::new(&shown));
                }
            });
        }
        Ok((sums, advised))
    })?;
    let mut gains = none();
    let cases: Vec<Vec<AdvisedCase>> = collected
        .into_iter()
        .map(|(sums, cases)| {
            gains.merge(&sums);
            cases
        })
        .collect();
    choose_weights(&gains, parameters);
    learn_advised(&cases, parameters);
    drop(cases);
    let broadcast = Broadcast { graph, parameters, beliefs };
    let sums = sum_in_threads(store, |queue| {
        let mut sums = none();
        let mut partition = Partition::default();
        while queue.read(&mut partition)?.is_some() {
            each_case(broadcast, &mut partition, |case| {
                let weight = broadcast.parameters.groups[case.group].advice.weight;
                if let Some(shown) = Shown::new(case, success[case.group]) {
                    add_distance(&shown, case.ranking.named(weight), &mut sums[case.group]);
                }
            });
        }
        Ok(sums)
    })?;
    for (group, sums) in parameters.groups.iter_mut().zip(&sums) {
        group.advice.reach = reach(sums, group.advice.weight);
    }
    Ok(())
}

/// What counts as success in each fit group.
fn successes(graph: &Graph, store: &dyn PartitionStore) -> Result<Vec<Success>, Error> {
    // Returns that name the size as the reason, all with a reason, and all without.
    let mut counts = vec![[0_usize; 3]; graph.groups.len()];
    let mut count = |line: &OrderLine| {
        let [misfits, stated, unstated] = &mut counts[graph.group_of(line.article)];
        match line.evidence {
            Evidence::Known(0 | 2) | Evidence::SmallOrLarge => {
                *misfits += 1;
                *stated += 1;
            }
            Evidence::Unrelated => *stated += 1,
            Evidence::Unknown | Evidence::Bracketed(_) => *unstated += 1,
            Evidence::Known(_) | Evidence::None => {}
        }
    };
    each_customers_lines(graph, store, |_, lines| lines.iter().for_each(&mut count))?;
    let success = |[misfits, stated, unstated]: [usize; 3]| match misfits >= MIN_STATED {
        true => Success::Fitted { return_weight: (stated + unstated) as f64 / stated as f64 },
        false => Success::Kept,
    };
    Ok(counts.into_iter().map(success).collect())
}

/// Adds the gain of every rule.
fn add_gains(shown: &Shown<'_>, sums: &mut AdviceSums) {
    sums.cases.add(shown.observed.weight);
    let worth = |weight: f64| shown.doubly_robust(shown.case.ranking.named(weight));
    let by_choice = worth(WEIGHTS[0]);
    for (gain, weight) in sums.gains.iter_mut().zip(WEIGHTS).skip(1) {
        gain.add(worth(weight) - by_choice);
    }
}

/// Adds how often cases at the distance of this one from the `advised` size succeeded, and were
/// predicted to.
fn add_distance(shown: &Shown<'_>, advised: usize, sums: &mut AdviceSums) {
    let distance = (shown.case.taken + FARTHEST).checked_sub(advised);
    if let Some(sums) = distance.and_then(|distance| sums.distances.get_mut(distance)) {
        sums.weight.add(shown.importance);
        sums.weight_square.add(shown.importance * shown.importance);
        sums.success.add(shown.importance * shown.y());
        let [small, large] = shown.case.shown().map(Projection::probability);
        let predicted = shown.predicted(class_chances(small, large));
        sums.predicted.add(shown.importance * predicted);
    }
}

/// Chooses for each fit group the weight with the largest gain over the choice alone, by the doubly
/// robust estimate. The estimate of the whole shop counts as so many cases more.
fn choose_weights(sums: &[AdviceSums], parameters: &mut Parameters) {
    let mut shop = AdviceSums::default();
    sums.iter().for_each(|sums| shop.merge(sums));
    let cases = shop.cases.get();
    if cases < MIN_CASES {
        return;
    }
    for (group, sums) in parameters.groups.iter_mut().zip(sums) {
        if group.outcome.slope < MIN_SLOPE {
            group.advice.weight = 0.0;
            continue;
        }
        let gain =
            |rule: usize| sums.gains[rule].get() + SHOP_CASES / cases * shop.gains[rule].get();
        let best =
            (1..WEIGHTS.len()).fold(0, |best, i| if gain(i) > gain(best) { i } else { best });
        group.advice.weight = WEIGHTS[best];
    }
}

/// How many sizes on either side of the advised one have a probability that the cases support.
///
/// Where the probabilities to fit do not help to rank the sizes, their differences are not
/// supported at all.
fn reach(sums: &AdviceSums, weight: f64) -> u8 {
    if weight < 1.0 {
        return 0;
    }
    let supported = |distance: usize| {
        [FARTHEST - distance, FARTHEST + distance].iter().all(|&i| {
            let sums = &sums.distances[i];
            let weight = sums.weight.get();
            let error = 0.5 * sums.weight_square.get().sqrt() / weight;
            let off = (sums.success.get() - sums.predicted.get()).abs() / weight;
            error <= MAX_ERROR && off <= SUPPORTED.max(2.0 * error)
        })
    };
    (1..=FARTHEST).take_while(|&distance| supported(distance)).count() as u8
}
