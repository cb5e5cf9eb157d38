//! Entry point: trains a model from the columns of a history (graph, partitions, `fit`, `publish`).

use super::columns::Columns;
use super::events::{
    CustomerPurchases, PARTITION_CUSTOMERS, Partition, collect_purchases, into_partitions,
};
use super::fit::fit;
use super::graph::{CustomerMeasurements, CustomerRows, Graph};
use super::model_term::ModelTerm;
use super::privacy::published_beliefs;
use super::publish::publish;
use super::reports::{HistorySummary, SweepReport};
use super::settings::Settings;
use super::size_report::SizeReport;
use super::state::Broadcast;
use super::trained::Trained;
use crate::error::Error;

/// Trains a model. `progress` is called after every sweep.
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
    let Prepared { graph, customers, summary } = prepare(columns, settings.without)?;
    if let Some(privacy) = &settings.privacy {
        privacy.check(summary.customers)?;
    }
    let partitions = into_partitions(&graph, customers, PARTITION_CUSTOMERS);
    Ok(train_partitions(&graph, partitions, summary, settings, progress))
}

/// Finds the size runs and fit groups of a history, as training does, and trains nothing.
///
/// # Errors
/// As [`train`].
pub fn examine_sizes(columns: &Columns) -> Result<SizeReport, Error> {
    let rows = CustomerRows::read(columns)?;
    let (graph, _) = Graph::build(columns, &rows, Vec::new(), true)?;
    Ok(graph.report)
}

/// A history as training sees it.
pub(super) struct Prepared {
    /// The static tables.
    pub(super) graph: Graph,
    pub(super) customers: Vec<CustomerPurchases>,
    pub(super) summary: HistorySummary,
}

/// Reads a history; `without` is the term of the model that the settings leave out.
pub(super) fn prepare(columns: &Columns, without: Option<ModelTerm>) -> Result<Prepared, Error> {
    let rows = CustomerRows::read(columns)?;
    let mut measured = CustomerMeasurements::default();
    if without != Some(ModelTerm::Measurements) {
        measured = CustomerMeasurements::collect(columns, &rows);
    }
    let size_runs = without != Some(ModelTerm::SizeRuns);
    let (graph, articles) = Graph::build(columns, &rows, measured.definitions.clone(), size_runs)?;
    let (customers, named_by_bracket) =
        collect_purchases(columns, &rows, &measured, &graph, &articles);
    let summary = HistorySummary {
        rows: columns.outcome.len(),
        duplicates: rows.duplicates,
        pending: rows.pending,
        named_by_bracket,
        customers: customers.len(),
        articles: graph.articles.len(),
    };
    Ok(Prepared { graph, customers, summary })
}

/// Trains on partitions of the customers. The result does not depend on how they are partitioned.
pub(super) fn train_partitions(
    graph: &Graph,
    mut partitions: Vec<Partition>,
    summary: HistorySummary,
    settings: &Settings,
    progress: &mut dyn FnMut(&SweepReport),
) -> Trained {
    let fitted = fit(graph, &mut partitions, settings, progress);
    let broadcast = Broadcast { graph, parameters: &fitted.parameters, beliefs: &fitted.beliefs };
    let published =
        |min_customers, privacy| published_beliefs(broadcast, &partitions, min_customers, privacy);
    let privacy = settings.privacy.as_ref();
    let public = published(settings.min_customers, privacy);
    let known = (settings.min_customers > 1 || privacy.is_some()).then(|| published(1, None));
    // All partitions are dropped together, after this: dropped one by one, they would leave holes
    // among what is published, which the allocator cannot give back.
    publish(graph, fitted, &partitions, summary, public, known)
}
