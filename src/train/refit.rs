//! Continues a training whose history has changed a little: passes over the customers whose
//! purchases have changed, under parameters that stay.

use super::carry::ChangedCustomers;
use super::events::PartitionStore;
use super::fit::{Fitted, Stores, report, store_to_learn_from};
use super::fixed_point::Merge;
use super::graph::Graph;
use super::learn::update_beliefs;
use super::purchase_outcome::{LearnFrom, learn_purchase_outcomes};
use super::reports::SweepReport;
use super::settings::Settings;
use super::state::{Beliefs, Broadcast, Parameters, StartCounts, start_trend};
use super::sweep::{CatalogueSums, SweepOptions, sum_catalogue, sweep_in_threads};
use crate::error::Error;
use crate::model::Trend;

/// Passes over the changed customers. After these, further ones change hardly any belief: their
/// messages are small changes of a training that has settled.
const PASSES: usize = 6;

/// What is left to do after the sites of the training before were carried over.
#[derive(Debug)]
pub(super) struct Carried {
    pub(super) parameters: Parameters,
    pub(super) changed: ChangedCustomers,
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
    let Carried { mut parameters, mut changed } = carried;
    let Stores { all, sample, .. } = stores;
    let all = &mut **all;
    let mut beliefs = Beliefs::prior(graph, &parameters);
    let others = sum_catalogue(graph, all, |customer| !changed.ids.contains(&customer))?;
    let with_others = |mut sums: CatalogueSums| {
        sums.merge(&others);
        sums
    };
    let sums = with_others(sum_catalogue(graph, &changed.store, |_| true)?);
    update_beliefs(graph, &mut parameters, &mut beliefs, &sums);
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
            let sums = with_others(sums.catalogue);
            update_beliefs(graph, &mut parameters, &mut beliefs, &sums);
            sweeps.push(report);
            progress(&report);
        }
        changed.put_back(all)?;
    }
    // How often customers report misfits drifts from week to week: the trend has knots up to now.
    let counts = StartCounts::new(graph, all)?;
    let days = start_trend(&counts).days;
    let values = days.iter().map(|&day| parameters.trend.at(day)).collect();
    parameters.trend = Trend { days, values };
    let known = store_to_learn_from(graph, all, sample.as_mut())?;
    let (without, from) = (settings.without, LearnFrom::EarlierTraining);
    learn_purchase_outcomes(graph, known, &beliefs, &mut parameters, without, from)?;
    Ok(Fitted { parameters, beliefs, sweeps })
}
