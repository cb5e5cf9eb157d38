//! Entry points: trains a model from the columns of a history (graph, partitions, `fit`,
//! `publish`).

use super::carry::{Kept, Matched, PreviousTraining, carried_parameters, carry_sites};
use super::columns::Columns;
use super::day_zero::DayZero;
use super::events::{MemoryStore, PARTITION_CUSTOMERS, PartitionStore};
use super::fit::{Stores, fit};
use super::graph::{CustomerRows, Graph};
use super::privacy::published_beliefs;
use super::publish::{Learned, publish};
use super::purchase_outcome::KeptOutcomes;
use super::refit::{Carried, refit};
use super::reports::{HistorySummary, SweepReport};
use super::settings::Settings;
use super::size_report::SizeReport;
use super::state::Broadcast;
use super::tables::Tables;
use super::trained::Trained;
use super::training_size::TrainingSize;
use crate::error::Error;
use std::borrow::Cow;

/// Trains a model in memory. `progress` is called after every sweep.
///
/// # Errors
/// [`Error::History`] naming the row or value that cannot be used: columns of different lengths, a
/// missing id, an unreadable size label or size system, too many fit groups or measurements, no row
/// that is evidence, or privacy settings out of range.
pub fn train(
    columns: &Columns,
    settings: &Settings,
    progress: &mut dyn FnMut(&SweepReport),
) -> Result<Trained, Error> {
    let in_memory = |_: &TrainingSize| -> Result<Box<dyn PartitionStore>, Error> {
        Ok(Box::new(MemoryStore::default()))
    };
    Training::new(Cow::Borrowed(columns), settings, None, in_memory)?.run(progress)?.into_trained()
}

/// Finds the size runs and fit groups of a history, as training does, and trains nothing.
///
/// # Errors
/// As [`train`].
pub fn examine_sizes(columns: &Columns) -> Result<SizeReport, Error> {
    let rows = CustomerRows::read(columns)?;
    let (graph, _) = Graph::build(columns, &rows, Vec::new(), true, None)?;
    Ok(graph.report)
}

/// A history that is ready for training: the static tables in memory, the customers in a store. The
/// columns of the history are no longer needed.
#[derive(Debug)]
pub struct Training {
    graph: Graph,
    day_zero: Option<DayZero>,
    stores: Stores,
    summary: HistorySummary,
    settings: Settings,
    /// What is left to do if this continues a training; `None` if it begins from nothing.
    carried: Option<Carried>,
    /// Why it begins from nothing although there was a training before, as the end of a sentence.
    refusal: Option<String>,
}

impl Training {
    /// Reads a history into the store that `store` makes for its size, which must be empty.
    /// Customers enter the store in the order of the distinct texts of the customer column. Columns
    /// that it owns give their memory back as soon as they are not needed any more.
    ///
    /// With the training `before`, this one continues from it if sizes, fit groups and measurements
    /// are the same: parameters stay, and only customers whose purchases or measurements have
    /// changed get new messages. [`Training::refusal`] tells if it begins from nothing
    /// nevertheless.
    ///
    /// # Errors
    /// As [`train`], and [`Error::Storage`] where a store fails.
    pub fn new(
        columns: Cow<'_, Columns>,
        settings: &Settings,
        before: Option<&PreviousTraining>,
        store: impl FnOnce(&TrainingSize) -> Result<Box<dyn PartitionStore>, Error>,
    ) -> Result<Self, Error> {
        let (tables, common) = Tables::read_after(columns, settings, before)?;
        let (kept, refusal) = match common.transpose() {
            Ok(kept) => (kept, None),
            Err(why) => (None, Some(why)),
        };
        let size = tables.size(settings);
        if let Some(privacy) = &settings.privacy {
            privacy.check(size.customers)?;
        }
        let (mut stores, named_by_bracket) =
            tables.store(|customer| customer, PARTITION_CUSTOMERS, store(&size)?, settings)?;
        let summary = tables.summary(size.customers, named_by_bracket);
        let Tables { graph, day_zero, .. } = tables;
        let carried = match (before, kept) {
            (Some(before), Some((kept, matched))) => {
                Some(carry(before, &kept, (&graph, &matched), &mut stores)?)
            }
            _ => None,
        };
        let settings = settings.clone();
        Ok(Self { graph, day_zero, stores, summary, settings, carried, refusal })
    }

    /// Why this training begins from nothing although there was a training before: the end of a
    /// sentence. `None` if it does not.
    #[must_use]
    pub fn refusal(&self) -> Option<&str> {
        self.refusal.as_deref()
    }

    /// How many customers have other purchases or measurements than in the training before; `None`
    /// if this training begins from nothing.
    #[must_use]
    pub fn changed_customers(&self) -> Option<usize> {
        self.carried.as_ref().map(|carried| carried.changed.ids.len())
    }

    /// What became of the rows.
    #[must_use]
    pub fn summary(&self) -> HistorySummary {
        self.summary
    }

    /// Trains. `progress` is called after every sweep. The result does not depend on the store, nor
    /// on how the customers are partitioned.
    ///
    /// # Errors
    /// [`Error::Storage`] where the store fails.
    pub fn run(self, progress: &mut dyn FnMut(&SweepReport)) -> Result<Learned, Error> {
        let Self { graph, day_zero, mut stores, summary, settings, carried, .. } = self;
        let fitted = match carried {
            Some(carried) => refit(&graph, carried, &mut stores, &settings, progress)?,
            None => fit(&graph, day_zero.as_ref(), &mut stores, &settings, progress)?,
        };
        let mut store = stores.all;
        store.end_sweeps()?;
        let (parameters, beliefs) = (&fitted.parameters, &fitted.beliefs);
        let broadcast = Broadcast { graph: &graph, parameters, beliefs };
        let published =
            |min_customers, privacy| published_beliefs(broadcast, &*store, min_customers, privacy);
        let privacy = settings.privacy.as_ref();
        let public = published(settings.min_customers, privacy)?;
        let withheld = settings.min_customers > 1 || privacy.is_some();
        let known = withheld.then(|| published(1, None)).transpose()?;
        Ok(publish(graph, fitted, store, &settings, summary, public, known))
    }
}

/// Carries parameters and sites over to the new tables and partitions.
fn carry(
    before: &PreviousTraining,
    kept: &Kept,
    (graph, matched): (&Graph, &Matched),
    stores: &mut Stores,
) -> Result<Carried, Error> {
    let parameters = carried_parameters(kept, graph, matched);
    // The state of an interrupted training from nothing is another one.
    stores.all.resume(!stores.fingerprint)?;
    let PreviousTraining { partitions, customers, outcomes, .. } = before;
    let all = &mut *stores.all;
    let (changed, others) = carry_sites(kept, &**partitions, customers, (graph, matched), all)?;
    let outcomes = KeptOutcomes::read(outcomes).ok_or_else(|| Error::Storage {
        what: "the outcomes that the training before has kept cannot be read".to_owned(),
    })?;
    let now = |before: u32| customers.get(before as usize).copied().flatten();
    let outcomes = outcomes.carried(matched, now);
    Ok(Carried { parameters, changed, others, outcomes })
}

#[cfg(test)]
impl Training {
    /// From parts.
    pub(super) fn from_parts(graph: Graph, stores: Stores, settings: Settings) -> Self {
        let summary = HistorySummary::default();
        let (carried, refusal) = (None, None);
        Self { graph, day_zero: None, stores, summary, settings, carried, refusal }
    }
}
