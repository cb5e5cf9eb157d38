//! Continues a training whose history has changed a little: passes over the customers whose
//! purchases have changed, under parameters that stay.

use super::carry::ChangedCustomers;
use super::events::PartitionStore;
use super::fit::{Fitted, Stores, customers_to_learn_from, report};
use super::fixed_point::Merge;
use super::graph::Graph;
use super::learn::update_beliefs;
use super::purchase_outcome::{FreshCases, KeptOutcomes, follow_purchase_outcomes};
use super::reports::SweepReport;
use super::settings::Settings;
use super::state::{Beliefs, Broadcast, DayCounts, Parameters, start_trend};
use super::sweep::{CatalogueSums, SweepOptions, sum_catalogue, sweep_in_threads};
use crate::error::Error;
use crate::model::Trend;

/// Passes over the changed customers. After these, further ones change hardly any belief: their
/// messages are small changes of a training that has settled.
const PASSES: usize = 3;

/// What is left to do after the sites of the training before were carried over.
#[derive(Debug)]
pub(super) struct Carried {
    pub(super) parameters: Parameters,
    pub(super) changed: ChangedCustomers,
    /// The messages of all other customers to the articles.
    pub(super) others: CatalogueSums,
    /// What predicts the outcomes of purchases, as of the training before.
    pub(super) outcomes: KeptOutcomes,
}

/// Finds the beliefs. Those about articles are the product of the messages of all purchases; only
/// the changed customers get new messages.
pub(super) fn refit(
    graph: &Graph,
    carried: Carried,
    stores: &mut Stores,
    settings: &Settings,
    progress: &mut dyn FnMut(&SweepReport),
) -> Result<Fitted, Error> {
    let Carried { mut parameters, mut changed, others, outcomes } = carried;
    let sample = customers_to_learn_from(graph, stores)?;
    let all = &mut *stores.all;
    let mut beliefs = Beliefs::prior(graph, &parameters);
    let with_others = |mut sums: CatalogueSums| {
        sums.merge(&others);
        sums
    };
    let mut messages = with_others(sum_catalogue(graph, &changed.store)?);
    update_beliefs(graph, &mut parameters, &mut beliefs, &messages);
    let mut sweeps = Vec::new();
    if !changed.ids.is_empty() {
        for pass in 0..PASSES {
            let options = SweepOptions {
                // A message that is new is taken as it is.
                damping: if pass == 0 { 1.0 } else { settings.damping },
                learn: false,
                regress: false,
            };
            let broadcast = Broadcast { graph, parameters: &parameters, beliefs: &beliefs };
            let sums = sweep_in_threads(broadcast, &changed.store, options)?;
            changed.store.end_sweep(&mut Vec::new)?;
            let report = report(pass + 1, PASSES, false, &sums);
            messages = with_others(sums.catalogue);
            update_beliefs(graph, &mut parameters, &mut beliefs, &messages);
            sweeps.push(report);
            progress(&report);
        }
        changed.put_back(all)?;
    }
    // How often customers report misfits drifts from week to week: the trend has knots up to now.
    let days = start_trend(&DayCounts::new(graph, all)?).days;
    let values = days.iter().map(|&day| parameters.trend.at(day)).collect();
    parameters.trend = Trend { days, values };
    let fresh = FreshCases {
        all,
        changed: &changed.store,
        changed_ids: &changed.ids,
        sample: sample.as_ref(),
    };
    let broadcast = Broadcast { graph, parameters: &parameters, beliefs: &beliefs };
    let (outcomes, parameters) =
        follow_purchase_outcomes(broadcast, outcomes, fresh, settings.without)?;
    Ok(Fitted { parameters, beliefs, outcomes, messages: Some(messages), sweeps })
}
