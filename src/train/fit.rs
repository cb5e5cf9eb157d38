//! The loop of training: sweeps, with a learning step after each, until the evidence settles.

use super::advice::learn_advice;
use super::checkpoint;
use super::day_zero::DayZero;
use super::events::{MemoryStore, PartitionStore, copy_sites, each_customers_lines};
use super::graph::Graph;
use super::learn::{
    Before, add_momentum, centre_choice_offsets, learn_labels, step_hyperparameters, update_beliefs,
};
use super::purchase_outcome::{KeptOutcomes, learn_purchase_outcomes};
use super::reports::SweepReport;
use super::settings::Settings;
use super::state::{Beliefs, Broadcast, Parameters, StartCounts};
use super::sweep::{
    CatalogueSums, EvidenceSums, SweepOptions, SweepSums, sum_catalogue, sweep_in_threads,
};
use crate::error::Error;
use std::collections::HashSet;

/// Sweeps before training may stop: lengths are found on the way, and in small shops brand spreads
/// move on for as long while evidence hardly does.
const MIN_SWEEPS: usize = 16;
/// Measurement regressions cost half as much as a sweep.
const REGRESS_EVERY: usize = 2;
/// Sweeps over all customers once hyperparameters are known from a sample.
const FULL_SWEEPS: usize = 4;
/// Sweeps over the sample for each two that a small shop may take. They cost little there, and the
/// labels' parameters go on moving when the evidence hardly does.
const SAMPLE_SWEEPS: usize = 3;
/// The first of these hold the hyperparameters, until the beliefs about articles have caught up.
const HELD_SWEEPS: usize = 2;

/// What follows the sweeps is learned on the sample if it has so many purchases, or where all are
/// ten times as many: 51,000 of 154,000 rentals lost .0006 of the AUC.
const ENOUGH_PURCHASES: usize = 200_000;

/// Where the customers are.
#[derive(Debug)]
pub(super) struct Stores {
    pub(super) all: Box<dyn PartitionStore>,
    /// Customers on whom hyperparameters are learned first, and on whom what follows the sweeps is
    /// learned; `None` where they are all. They have the order of `all`.
    pub(super) sample: Option<MemoryStore>,
    /// Digest of all that the sweeps depend on.
    pub(super) fingerprint: u64,
}

/// Parameters and beliefs after the last sweep.
#[derive(Debug)]
pub(super) struct Fitted {
    pub(super) parameters: Parameters,
    pub(super) beliefs: Beliefs,
    /// What a later training needs to learn the outcomes of purchases on.
    pub(super) outcomes: KeptOutcomes,
    /// The messages to all articles, if they were not too large to be kept.
    pub(super) messages: Option<CatalogueSums>,
    pub(super) sweeps: Vec<SweepReport>,
}

/// Some sweeps over one store.
#[derive(Clone, Copy, Debug)]
struct Phase {
    sample: bool,
    max: usize,
    /// Sweeps before it may end.
    min: usize,
    /// The first sweeps, which change beliefs alone.
    held: usize,
    /// Weight of fresh messages against those of the sweep before, after the first sweep.
    damping: f64,
}

/// The damping that moves messages as far in one sweep as this one does in two. Hyperparameters
/// hardly move once they are known from a sample, so the beliefs need less caution.
fn twice(damping: f64) -> f64 {
    1.0 - (1.0 - damping) * (1.0 - damping)
}

/// Most sweeps over all customers of a training with a sample or without.
pub(super) fn max_sweeps(settings: &Settings, has_sample: bool) -> usize {
    if has_sample { FULL_SWEEPS.min(settings.sweeps) } else { settings.sweeps }
}

/// Sweeps over the sample, if there is one.
pub(super) fn sample_sweeps(settings: &Settings) -> usize {
    settings.sweeps * SAMPLE_SWEEPS / 2
}

/// Sweeps over the customers until the evidence settles. `progress` is called after every sweep.
///
/// # Errors
/// [`Error::Storage`] where a store cannot be read or written.
pub(super) fn fit(
    graph: &Graph,
    day_zero: Option<&DayZero>,
    stores: &mut Stores,
    settings: &Settings,
    progress: &mut dyn FnMut(&SweepReport),
) -> Result<Fitted, Error> {
    let Stores { all, sample, fingerprint } = stores;
    let store = &mut **all;
    let mut run = Run::start(graph, day_zero, store, settings)?;
    let max = max_sweeps(settings, sample.is_some());
    let damping = settings.damping;
    let alone = Phase { sample: false, max, min: MIN_SWEEPS, held: 0, damping };
    let mut phase = alone;
    if sample.is_some() {
        phase = Phase { min: max, held: HELD_SWEEPS, damping: twice(settings.damping), ..alone };
    }
    if let Some(state) = store.resume(*fingerprint)? {
        let Run { parameters, beliefs, before, .. } = &mut run;
        run.reports = checkpoint::restore(&state, parameters, beliefs, before)?;
    } else if let Some(sample) = sample {
        let sweeps = sample_sweeps(settings);
        run.sweep(sample, Phase { sample: true, max: sweeps, min: sweeps, ..alone }, progress)?;
        run.beliefs = Beliefs::prior(graph, &run.parameters);
    }
    let messages = match run.sweep(store, phase, progress)? {
        Some(messages) => messages,
        None => sum_catalogue(graph, store)?,
    };
    let Run { mut parameters, mut beliefs, reports, .. } = run;
    // The last messages under the last variances of brands and articles, so that all that is
    // published belongs together.
    update_beliefs(graph, &mut parameters, &mut beliefs, &messages);
    drop(messages);
    let known = store_to_learn_from(graph, store, sample.as_mut())?;
    let outcomes =
        learn_purchase_outcomes(graph, known, &beliefs, &mut parameters, settings.without)?;
    learn_advice(graph, known, &beliefs, &mut parameters)?;
    if let Some(day_zero) = day_zero.filter(|_| !graph.measured) {
        parameters.add_bodies(graph, day_zero);
    }
    Ok(Fitted { parameters, beliefs, outcomes, messages: None, sweeps: reports })
}

/// The store that what follows the sweeps is learned from: that of the sample, with its sites of
/// now, if it is enough.
fn store_to_learn_from<'s>(
    graph: &Graph,
    all: &'s dyn PartitionStore,
    sample: Option<&'s mut MemoryStore>,
) -> Result<&'s dyn PartitionStore, Error> {
    match sample {
        Some(sample) if is_enough(graph, sample, all)? => {
            copy_sites(graph, all, sample)?;
            Ok(sample)
        }
        _ => Ok(all),
    }
}

/// The customers that what follows the sweeps is learned from; `None` for all.
pub(super) fn customers_to_learn_from(
    graph: &Graph,
    stores: &Stores,
) -> Result<Option<HashSet<u32>>, Error> {
    let Some(sample) = &stores.sample else { return Ok(None) };
    if !is_enough(graph, sample, &*stores.all)? {
        return Ok(None);
    }
    let mut customers = HashSet::new();
    each_customers_lines(graph, sample, |customer, _| customers.extend([customer]))?;
    Ok(Some(customers))
}

/// Whether what follows the sweeps can be learned on a sample of the customers.
fn is_enough(
    graph: &Graph,
    sample: &dyn PartitionStore,
    all: &dyn PartitionStore,
) -> Result<bool, Error> {
    let purchases = |store: &dyn PartitionStore| -> Result<usize, Error> {
        let mut purchases = 0;
        each_customers_lines(graph, store, |_, lines| purchases += lines.len())?;
        Ok(purchases)
    };
    Ok(purchases(sample)? >= ENOUGH_PURCHASES || purchases(all)? >= 10 * ENOUGH_PURCHASES)
}

/// Parameters and beliefs on their way.
struct Run<'r> {
    graph: &'r Graph,
    settings: &'r Settings,
    parameters: Parameters,
    beliefs: Beliefs,
    /// What momentum needs of the sweep before.
    before: Before,
    reports: Vec<SweepReport>,
}

impl<'r> Run<'r> {
    fn start(
        graph: &'r Graph,
        day_zero: Option<&DayZero>,
        store: &dyn PartitionStore,
        settings: &'r Settings,
    ) -> Result<Self, Error> {
        let mut parameters = Parameters::start(graph, &StartCounts::new(graph, store)?);
        if let Some(day_zero) = day_zero {
            parameters.expect_bodies(graph, day_zero);
        }
        let beliefs = Beliefs::prior(graph, &parameters);
        disable(settings, &mut parameters);
        let (before, reports) = (Before::default(), Vec::new());
        Ok(Self { graph, settings, parameters, beliefs, before, reports })
    }

    /// Sweeps over a store. Returns the messages to all articles as of the last sweep; `None` if
    /// there was nothing left to do.
    fn sweep(
        &mut self,
        store: &mut dyn PartitionStore,
        phase: Phase,
        progress: &mut dyn FnMut(&SweepReport),
    ) -> Result<Option<CatalogueSums>, Error> {
        let mut messages = None;
        while !self.is_over(phase) {
            // The sums of the sweep before are large.
            drop(messages.take());
            let number = self.reports.len() + 1;
            let done = self.reports.iter().filter(|report| report.sample == phase.sample).count();
            let options = SweepOptions {
                damping: if done == 0 { 1.0 } else { phase.damping },
                learn: done >= phase.held,
                regress: self.regresses(number) && done >= phase.held,
            };
            let (parameters, beliefs) = (&self.parameters, &self.beliefs);
            let broadcast = Broadcast { graph: self.graph, parameters, beliefs };
            let sums = sweep_in_threads(broadcast, store, options)?;
            let report = report(done + 1, phase.max, phase.sample, &sums);
            self.learn(&sums, &report, done < phase.held);
            self.reports.push(report);
            let Self { reports, parameters, beliefs, before, .. } = self;
            store.end_sweep(&mut || checkpoint::save(reports, parameters, beliefs, before))?;
            progress(&report);
            messages = Some(sums.catalogue);
        }
        Ok(messages)
    }

    /// Whether the sweep with this number sums the regressions on measurements.
    fn regresses(&self, number: usize) -> bool {
        self.graph.measured && (number <= 2 || number.is_multiple_of(REGRESS_EVERY))
    }

    /// Whether the evidence of a phase has settled, or it has had all of its sweeps.
    fn is_over(&self, phase: Phase) -> bool {
        let of_phase = || self.reports.iter().filter(|report| report.sample == phase.sample);
        let done = of_phase().count();
        let mut latest = of_phase().rev();
        let (Some(last), Some(before)) = (latest.next(), latest.next()) else {
            return done >= phase.max;
        };
        let change = (last.outcome_log_evidence - before.outcome_log_evidence).abs()
            + (last.choice_log_evidence - before.choice_log_evidence).abs();
        let settled = done > phase.min
            && !self.regresses(self.reports.len())
            && change < self.settings.tolerance;
        settled || done >= phase.max
    }

    /// One learning step after a sweep with this report, of the beliefs alone where hyperparameters
    /// are `held`.
    fn learn(&mut self, sums: &SweepSums, report: &SweepReport, held: bool) {
        let tolerance = self.settings.tolerance;
        let rises = self.reports.last().is_some_and(|last| !falls(last, report, tolerance));
        let number = self.reports.len() + 1;
        let Self { graph, parameters, beliefs, before, .. } = self;
        let scores = update_beliefs(graph, parameters, beliefs, &sums.catalogue);
        let momentum = add_momentum(parameters, before, number, rises && !held);
        if !held {
            step_hyperparameters(graph, parameters, sums, &scores, number);
            learn_labels(graph, parameters, &sums.scales, number);
            momentum.add(parameters);
            centre_choice_offsets(graph, parameters, beliefs);
        }
        disable(self.settings, parameters);
    }
}

/// Disables the term of the model that the settings leave out.
fn disable(settings: &Settings, parameters: &mut Parameters) {
    if let Some(term) = settings.without {
        term.disable(parameters);
    }
    parameters.refresh();
}

/// Whether the evidence has fallen from a sweep to the next one over the same customers. Then the
/// steps were too long, and momentum starts anew.
fn falls(before: &SweepReport, now: &SweepReport, tolerance: f64) -> bool {
    let evidence = |of: &SweepReport| of.outcome_log_evidence + of.choice_log_evidence;
    before.sample == now.sample && evidence(now) < evidence(before) - tolerance
}

/// What a sweep of at most `max_sweeps` has found.
pub(super) fn report(
    sweep: usize,
    max_sweeps: usize,
    sample: bool,
    sums: &SweepSums,
) -> SweepReport {
    let mean = |evidence: &dyn Fn(usize) -> EvidenceSums| {
        let groups = || (0..sums.groups.len()).map(evidence);
        let count = groups().map(|e| e.count.get()).sum::<f64>();
        groups().map(|e| e.log_evidence.get()).sum::<f64>() / count.max(1.0)
    };
    SweepReport {
        sweep,
        max_sweeps,
        sample,
        outcome_log_evidence: mean(&|g| sums.groups[g].outcomes),
        choice_log_evidence: mean(&|g| sums.groups[g].choices),
    }
}
