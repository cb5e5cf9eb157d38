//! Entry points: trains a model from the columns of a history (graph, partitions, `fit`,
//! `publish`).

use super::columns::Columns;
use super::events::{
    CustomerPurchases, LINE, MemoryStore, PARTITION_CUSTOMERS, PartitionStore, collect_purchases,
    customer_bytes, site_bytes, store_partitions,
};
use super::fit::fit;
use super::fixed_point::GaussianSum;
use super::graph::{ArticleIndex, ArticleNode, CustomerMeasurements, CustomerRows, Graph, Slot};
use super::model_term::ModelTerm;
use super::privacy::published_beliefs;
use super::publish::{Learned, publish};
use super::reports::{HistorySummary, SweepReport};
use super::settings::Settings;
use super::size_report::SizeReport;
use super::state::{ArticleBelief, Broadcast};
use super::sweep::ArticleSums;
use super::trained::Trained;
use crate::error::Error;
use crate::math::Gaussian;

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
    Training::new(columns, settings, in_memory)?.run(progress)?.into_trained()
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

/// How large a history is for training.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TrainingSize {
    /// Purchases that are evidence.
    pub purchases: usize,
    /// Customers with such purchases.
    pub customers: usize,
    /// Articles, those of the catalogue included.
    pub articles: usize,
    /// Sizes of all articles.
    pub sizes: usize,
    /// Bytes of the order lines in the store; an upper bound where customers have measurements.
    pub line_bytes: usize,
    /// Bytes of the sites in the store.
    pub site_bytes: usize,
    /// Bytes that the tables, beliefs and sums of articles take in one thread, and in each further
    /// one.
    pub table_bytes: [usize; 2],
}

/// A history that is ready for training: the static tables in memory, the customers in a store. The
/// columns of the history are no longer needed.
#[derive(Debug)]
pub struct Training {
    graph: Graph,
    store: Box<dyn PartitionStore>,
    summary: HistorySummary,
    settings: Settings,
}

impl Training {
    /// Reads a history into the store that `store` makes for its size, which must be empty.
    /// Customers enter the store in the order of the distinct texts of the customer column.
    ///
    /// # Errors
    /// As [`train`], and [`Error::Storage`] where the store fails.
    pub fn new(
        columns: &Columns,
        settings: &Settings,
        store: impl FnOnce(&TrainingSize) -> Result<Box<dyn PartitionStore>, Error>,
    ) -> Result<Self, Error> {
        let tables = Tables::read(columns, settings.without)?;
        let mut store = store(&tables.size())?;
        let (mut customers, mut named_by_bracket) = (0, 0);
        let purchases = tables.customers().map(|(purchases, named)| {
            customers += 1;
            named_by_bracket += named;
            purchases
        });
        store_partitions(&tables.graph, purchases, PARTITION_CUSTOMERS, &mut *store)?;
        let summary = tables.summary(customers, named_by_bracket);
        if let Some(privacy) = &settings.privacy {
            privacy.check(summary.customers)?;
        }
        Ok(Self { graph: tables.graph, store, summary, settings: settings.clone() })
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
        let Self { graph, mut store, summary, settings } = self;
        let fitted = fit(&graph, &mut *store, &settings, progress)?;
        let (parameters, beliefs) = (&fitted.parameters, &fitted.beliefs);
        let broadcast = Broadcast { graph: &graph, parameters, beliefs };
        let published =
            |min_customers, privacy| published_beliefs(broadcast, &*store, min_customers, privacy);
        let privacy = settings.privacy.as_ref();
        let public = published(settings.min_customers, privacy)?;
        let withheld = settings.min_customers > 1 || privacy.is_some();
        let known = withheld.then(|| published(1, None)).transpose()?;
        Ok(publish(graph, fitted, store, summary, public, known))
    }
}

/// A history as training sees it.
pub(super) struct Tables<'c> {
    columns: &'c Columns,
    rows: CustomerRows,
    measured: CustomerMeasurements,
    /// The static tables.
    pub(super) graph: Graph,
    articles: ArticleIndex,
}

impl<'c> Tables<'c> {
    /// Reads a history; `without` is the term of the model that the settings leave out.
    pub(super) fn read(columns: &'c Columns, without: Option<ModelTerm>) -> Result<Self, Error> {
        let rows = CustomerRows::read(columns)?;
        let mut measured = CustomerMeasurements::default();
        if without != Some(ModelTerm::Measurements) {
            measured = CustomerMeasurements::collect(columns, &rows);
        }
        let size_runs = without != Some(ModelTerm::SizeRuns);
        let (graph, articles) =
            Graph::build(columns, &rows, measured.definitions.clone(), size_runs)?;
        Ok(Self { columns, rows, measured, graph, articles })
    }

    /// The purchases of every customer, with how many of their returns a kept size names the reason
    /// of.
    pub(super) fn customers(&self) -> impl Iterator<Item = (CustomerPurchases, usize)> {
        collect_purchases(self.columns, &self.rows, &self.measured, &self.graph, &self.articles)
    }

    /// How large the history is.
    fn size(&self) -> TrainingSize {
        let Self { columns, rows, graph, articles, .. } = self;
        let mut size = TrainingSize {
            articles: graph.articles.len(),
            sizes: graph.slots.len(),
            table_bytes: table_bytes(graph),
            ..TrainingSize::default()
        };
        let customer_bytes = customer_bytes(graph);
        for (_, rows) in rows.evidence() {
            size.customers += 1;
            size.purchases += rows.len();
            size.line_bytes += customer_bytes + LINE * rows.len();
            for &row in rows {
                let article = articles[columns.article.codes[row as usize] as usize];
                let sizes = graph.sizes_of(article.expect("collected from the rows"));
                size.site_bytes += site_bytes(sizes);
            }
        }
        size
    }

    fn summary(&self, customers: usize, named_by_bracket: usize) -> HistorySummary {
        HistorySummary {
            rows: self.columns.outcome.len(),
            duplicates: self.rows.duplicates,
            pending: self.rows.pending,
            named_by_bracket,
            customers,
            articles: self.graph.articles.len(),
        }
    }
}

/// Bytes of the tables, beliefs and sums of articles in one thread, and in each further one.
fn table_bytes(graph: &Graph) -> [usize; 2] {
    let (articles, sizes) = (graph.articles.len(), graph.slots.len());
    let sums = articles * size_of::<ArticleSums>() + sizes * size_of::<GaussianSum>();
    let beliefs = articles * (size_of::<ArticleBelief>() + 3 * size_of::<Gaussian>())
        + sizes * size_of::<Gaussian>();
    let tables = articles * size_of::<ArticleNode>() + sizes * size_of::<Slot>();
    [tables + beliefs + sums, sums]
}

#[cfg(test)]
impl Training {
    /// From parts.
    pub(super) fn from_parts(
        graph: Graph,
        store: Box<dyn PartitionStore>,
        settings: Settings,
    ) -> Self {
        Self { graph, store, summary: HistorySummary::default(), settings }
    }
}
