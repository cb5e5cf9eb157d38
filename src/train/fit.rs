//! Fits parameters and beliefs to a history: sweeps, with a learning step after each, until the
//! evidence settles.

use super::graph::Graph;
use super::learn::{gather, learn_labels, learn_trend, step_hyperparameters};
use super::reports::SweepReport;
use super::settings::Settings;
use super::state::State;
use super::sweep::{SweepSums, scalar, sweep};

/// Sweeps before training may stop: lengths are found on the way, and in small shops brand spreads
/// move on for as long while evidence hardly does.
const LEAST_SWEEPS: usize = 24;
/// Measurement regressions cost as much as a sweep.
const REGRESS_EVERY: usize = 3;

/// Everything that is learned of a history, with a report of each sweep.
pub(super) fn fit(
    graph: &Graph,
    settings: &Settings,
    progress: &mut dyn FnMut(&SweepReport),
) -> (State, Vec<SweepReport>) {
    let mut state = State::start(graph);
    let disable =
        |state: &mut State| settings.without.into_iter().for_each(|term| term.disable(state));
    disable(&mut state);
    state.refresh(graph);
    let mut reports: Vec<SweepReport> = Vec::new();
    for number in 1..=settings.sweeps {
        let regress = graph.width > 0 && (number <= 2 || number.is_multiple_of(REGRESS_EVERY));
        let damping = if number == 1 { 1.0 } else { settings.damping };
        let sums = sweep(graph, &mut state, damping, regress);
        let scores = gather(graph, &mut state);
        let before: Vec<_> = state.groups.iter().map(|g| g.outcome.clone()).collect();
        step_hyperparameters(graph, &mut state, &sums, &scores, number);
        learn_labels(graph, &mut state, &sums.labels, number, &before);
        learn_trend(&mut state.trend, &sums.trend);
        disable(&mut state);
        state.refresh(graph);
        let report = report(number, settings.sweeps, &sums);
        progress(&report);
        let settled = reports.last().is_some_and(|last: &SweepReport| {
            let change = (report.outcome_log_evidence - last.outcome_log_evidence).abs()
                + (report.choice_log_evidence - last.choice_log_evidence).abs();
            number > LEAST_SWEEPS && !regress && change < settings.tolerance
        });
        reports.push(report);
        if settled {
            break;
        }
    }
    // The last messages under the last variances of brands and articles, so that what is published
    // belongs together.
    gather(graph, &mut state);
    (state, reports)
}

fn report(sweep: usize, of: usize, sums: &SweepSums) -> SweepReport {
    let total = |i: usize| sums.scalars.iter().map(|s| s.get(i)).sum::<f64>();
    SweepReport {
        sweep,
        of,
        outcome_log_evidence: total(scalar::OUTCOME_LOG) / total(scalar::OUTCOME_COUNT).max(1.0),
        choice_log_evidence: total(scalar::CHOICE_LOG) / total(scalar::CHOICE_COUNT).max(1.0),
    }
}
