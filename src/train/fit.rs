//! The loop of training: sweeps, with a learning step after each, until the evidence settles.

use super::advice::learn_advice;
use super::events::PartitionStore;
use super::graph::Graph;
use super::learn::{learn_labels, step_hyperparameters, update_beliefs};
use super::purchase_outcome::learn_purchase_outcomes;
use super::reports::SweepReport;
use super::settings::Settings;
use super::state::{Beliefs, Broadcast, Parameters, StartCounts};
use super::sweep::{CatalogueSums, EvidenceSums, SweepOptions, SweepSums, sweep_in_threads};
use crate::error::Error;

/// Sweeps before training may stop: lengths are found on the way, and in small shops brand spreads
/// move on for as long while evidence hardly does.
const MIN_SWEEPS: usize = 24;
/// Measurement regressions cost as much as a sweep.
const REGRESS_EVERY: usize = 3;

/// Parameters and beliefs after the last sweep.
#[derive(Debug)]
pub(super) struct Fitted {
    pub(super) parameters: Parameters,
    pub(super) beliefs: Beliefs,
    pub(super) sweeps: Vec<SweepReport>,
}

/// Sweeps over the partitions until the evidence settles. `progress` is called after every sweep.
///
/// # Errors
/// [`Error::Storage`] where the store cannot be read or written.
pub(super) fn fit(
    graph: &Graph,
    store: &mut dyn PartitionStore,
    settings: &Settings,
    progress: &mut dyn FnMut(&SweepReport),
) -> Result<Fitted, Error> {
    let mut parameters = Parameters::start(graph, &StartCounts::new(graph, store)?);
    let mut beliefs = Beliefs::prior(graph, &parameters);
    disable(settings, &mut parameters);
    let mut messages = CatalogueSums::new(graph);
    let mut reports: Vec<SweepReport> = Vec::new();
    for number in 1..=settings.sweeps {
        let regress = graph.width > 0 && (number <= 2 || number.is_multiple_of(REGRESS_EVERY));
        let damping = if number == 1 { 1.0 } else { settings.damping };
        let options = SweepOptions { damping, regress };
        drop(std::mem::take(&mut messages));
        let broadcast = Broadcast { graph, parameters: &parameters, beliefs: &beliefs };
        let sums = sweep_in_threads(broadcast, store, options)?;
        learn(graph, &mut parameters, &mut beliefs, &sums, number);
        disable(settings, &mut parameters);
        let report = report(number, settings.sweeps, &sums);
        progress(&report);
        messages = sums.catalogue;
        let settled = reports.last().is_some_and(|last: &SweepReport| {
            let change = (report.outcome_log_evidence - last.outcome_log_evidence).abs()
                + (report.choice_log_evidence - last.choice_log_evidence).abs();
            number > MIN_SWEEPS && !regress && change < settings.tolerance
        });
        reports.push(report);
        if settled {
            break;
        }
    }
    // The last messages under the last variances of brands and articles, so that all that is
    // published belongs together.
    update_beliefs(graph, &mut parameters, &mut beliefs, &messages);
    learn_purchase_outcomes(graph, store, &beliefs, &mut parameters, settings.without)?;
    learn_advice(graph, store, &beliefs, &mut parameters)?;
    Ok(Fitted { parameters, beliefs, sweeps: reports })
}

/// One learning step after a sweep.
fn learn(
    graph: &Graph,
    parameters: &mut Parameters,
    beliefs: &mut Beliefs,
    sums: &SweepSums,
    number: usize,
) {
    let scores = update_beliefs(graph, parameters, beliefs, &sums.catalogue);
    step_hyperparameters(graph, parameters, sums, &scores, number);
    learn_labels(graph, parameters, &sums.scales, number);
}

/// Disables the term of the model that the settings leave out.
fn disable(settings: &Settings, parameters: &mut Parameters) {
    if let Some(term) = settings.without {
        term.disable(parameters);
    }
    parameters.refresh();
}

fn report(sweep: usize, max_sweeps: usize, sums: &SweepSums) -> SweepReport {
    let mean = |evidence: &dyn Fn(usize) -> EvidenceSums| {
        let groups = || (0..sums.groups.len()).map(evidence);
        let count = groups().map(|e| e.count.get()).sum::<f64>();
        groups().map(|e| e.log_evidence.get()).sum::<f64>() / count.max(1.0)
    };
    SweepReport {
        sweep,
        max_sweeps,
        outcome_log_evidence: mean(&|g| sums.groups[g].outcomes),
        choice_log_evidence: mean(&|g| sums.groups[g].choices),
    }
}
