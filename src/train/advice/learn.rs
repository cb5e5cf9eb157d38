//! The passes over all cases: first the weight of P(fits), then what the advised size lacks.

use super::cases::{Case, for_each_case};
use super::rule::{Observed, Success, WEIGHTS, named};
use super::sums::{AdviceSums, FARTHEST};
use crate::error::Error;
use crate::infer::Evidence;
use crate::model::AdviceRule;
use crate::train::events::{OrderLine, Partition, PartitionStore, each_customers_lines};
use crate::train::fixed_point::Merge;
use crate::train::graph::Graph;
use crate::train::learn::newton_step;
use crate::train::off_policy::CLIP;
use crate::train::state::{Beliefs, Broadcast, Parameters};
use crate::train::threads::sum_in_threads;

/// A fit group's estimates count beside those of the whole shop with its number of cases over this.
const SHOP_CASES: f64 = 1000.0;
/// Fewer cases than this in a shop tell nothing; the rule then stays at its start.
const MIN_CASES: f64 = 200.0;
/// With a smaller slope outcomes hardly depend on the size, and P(fits) does not tell sizes apart:
/// its differences are then between those who take them. Probit units per step.
const MIN_SLOPE: f64 = 0.2;
/// Passes for what the advised size lacks; each takes half a Newton step.
const PASSES: usize = 8;
/// Prior precision of what the advised size lacks about 0: sd a tenth.
const ADVISED_PRECISION: f64 = 100.0;
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
    let sums = |parameters: &Parameters, add: fn(&Shown<'_>, &mut AdviceSums)| {
        let broadcast = Broadcast { graph, parameters, beliefs };
        sum_in_threads(store, |queue| {
            let mut sums = vec![AdviceSums::default(); graph.groups.len()];
            let mut partition = Partition::default();
            while queue.read(&mut partition)?.is_some() {
                for_each_case(broadcast, &mut partition, |case| {
                    let rule = parameters.groups[case.group].advice;
                    if let Some(shown) = Shown::new(case, success[case.group], rule) {
                        add(&shown, &mut sums[case.group]);
                    }
                });
            }
            Ok(sums)
        })
    };
    choose_weights(&sums(parameters, add_gains)?, parameters);
    for _ in 0..PASSES {
        let sums = sums(parameters, add_advised)?;
        for (group, sums) in parameters.groups.iter_mut().zip(&sums) {
            for (advised, sum) in group.outcome.advised.iter_mut().zip(sums.advised) {
                *advised += newton_step(sum.get(), ADVISED_PRECISION, *advised);
            }
        }
    }
    let sums = sums(parameters, add_distance)?;
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

/// A case with what it shows.
struct Shown<'c> {
    case: &'c Case<'c>,
    success: Success,
    observed: Observed,
    /// Chances of too small, fits and too large, and those to fit alone, by size.
    chances: Vec<[f64; 3]>,
    fits: Vec<f64>,
    /// Weight of the case for a rule that names the size taken.
    importance: f64,
    /// The size that the present rule of the fit group names.
    advised: usize,
}

impl<'c> Shown<'c> {
    fn new(case: &'c Case<'c>, success: Success, rule: AdviceRule) -> Option<Self> {
        let observed = success.observed(case.evidence)?;
        let chances: Vec<[f64; 3]> = (0..case.sizes.len()).map(|i| case.chances(i)).collect();
        let fits: Vec<f64> = chances.iter().map(|chances| chances[1]).collect();
        let importance = observed.weight / case.chosen[case.taken].max(CLIP);
        let advised = named(case.chosen, &fits, rule.weight);
        Some(Self { case, success, observed, chances, fits, importance, advised })
    }

    fn y(&self) -> f64 {
        f64::from(u8::from(self.observed.success))
    }

    /// The doubly robust term of the rule with this weight.
    fn doubly_robust(&self, weight: f64) -> f64 {
        let size = named(self.case.chosen, &self.fits, weight);
        let predicted = self.success.predicted(self.case, self.chances[size]);
        let error = if size == self.case.taken { self.y() - predicted } else { 0.0 };
        self.observed.weight * predicted + self.importance * error
    }
}

/// Adds the gain of every rule.
fn add_gains(shown: &Shown<'_>, sums: &mut AdviceSums) {
    sums.cases.add(shown.observed.weight);
    let by_choice = shown.doubly_robust(WEIGHTS[0]);
    for (gain, weight) in sums.gains.iter_mut().zip(WEIGHTS).skip(1) {
        gain.add(shown.doubly_robust(weight) - by_choice);
    }
}

/// Adds how often cases at the distance of this one succeeded, and were predicted to.
fn add_distance(shown: &Shown<'_>, sums: &mut AdviceSums) {
    let distance = (shown.case.taken + FARTHEST).checked_sub(shown.advised);
    if let Some(sums) = distance.and_then(|distance| sums.distances.get_mut(distance)) {
        sums.weight.add(shown.importance);
        sums.weight_square.add(shown.importance * shown.importance);
        sums.success.add(shown.importance * shown.y());
        let predicted = shown.success.predicted(shown.case, shown.case.chances_shown());
        sums.predicted.add(shown.importance * predicted);
    }
}

/// Adds what the predictions of an advised size lack, from a case in that size.
fn add_advised(shown: &Shown<'_>, sums: &mut AdviceSums) {
    let &Shown { case, success, importance, advised, .. } = shown;
    if advised != case.taken || !matches!(success, Success::Fitted { .. }) {
        return;
    }
    let factors = &case.sizes[case.taken];
    let Some(weights) = class_weights(case) else { return };
    let residuals = factors.advised_residuals(case.shown_size, case.belief.traits, weights);
    for (sum, residual) in sums.advised.iter_mut().zip(residuals) {
        sum.add(residual.weighed(importance));
    }
}

/// Weights of too small, fits and too large in an outcome; `None` where it does not tell.
fn class_weights(case: &Case<'_>) -> Option<[f64; 3]> {
    match case.evidence {
        Evidence::Unrelated => Some([0.0, 1.0, 0.0]),
        evidence => evidence.size_classes(|| case.chances(case.taken)),
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
