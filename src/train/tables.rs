//! A history as training sees it: the static tables and the rows, which become the partitions of a
//! store.

use super::carry::{Kept, Matched, PreviousTraining};
use super::columns::{Columns, sample_rank};
use super::day_zero::DayZero;
use super::events::{
    CustomerPurchases, LINE, MemoryStore, PartitionBuilder, PartitionStore, Partitioner,
    collect_purchases, customer_bytes, site_bytes,
};
use super::fingerprint::fingerprint;
use super::fit::{Stores, max_sweeps, sample_sweeps};
use super::graph::{ArticleIndex, CustomerMeasurements, CustomerRows, Graph, SizeIndex};
use super::model_term::ModelTerm;
use super::reports::HistorySummary;
use super::sample::Sample;
use super::settings::Settings;
use super::threads::in_order;
use super::training_size::{TrainingSize, table_bytes};
use crate::error::Error;
use crate::model::Measurement;
use std::borrow::Cow;
use xxhash_rust::xxh64::{Xxh64, xxh64};

/// What a history has in common with the training before, or why it does not suit that.
pub(super) type Common = Result<(Kept, Matched), String>;

/// The static tables, and what was found on the way.
struct GraphTables {
    graph: Graph,
    articles: ArticleIndex,
    day_zero: Option<DayZero>,
}

impl GraphTables {
    /// Builds the tables; with those of a training `before`, articles keep their scales.
    fn build(
        columns: &Columns,
        rows: &CustomerRows,
        measurements: &[Measurement],
        settings: &Settings,
        before: Option<&Graph>,
    ) -> Result<Self, Error> {
        let size_runs = settings.without != Some(ModelTerm::SizeRuns);
        let (mut graph, articles) =
            Graph::build(columns, rows, measurements.to_vec(), size_runs, before)?;
        let wanted = settings.body_prior && settings.without != Some(ModelTerm::Measurements);
        let day_zero = if wanted { DayZero::new(&mut graph, &columns.charts) } else { None };
        Ok(Self { graph, articles, day_zero })
    }
}

/// A history as training sees it.
pub(super) struct Tables<'c> {
    columns: Cow<'c, Columns>,
    rows: CustomerRows,
    measured: CustomerMeasurements,
    /// The static tables.
    pub(super) graph: Graph,
    /// The prior of the regressions on measurements, if the settings ask for it.
    pub(super) day_zero: Option<DayZero>,
    articles: ArticleIndex,
    sizes: SizeIndex,
}

impl<'c> Tables<'c> {
    /// Reads a history.
    pub(super) fn read(columns: Cow<'c, Columns>, settings: &Settings) -> Result<Self, Error> {
        Self::read_after(columns, settings, None).map(|(tables, _)| tables)
    }

    /// Reads a history that continues the one of the training `before`, if there is one and this
    /// one suits it. Returns what they have in common, or why it does not.
    pub(super) fn read_after(
        mut columns: Cow<'c, Columns>,
        settings: &Settings,
        before: Option<&PreviousTraining>,
    ) -> Result<(Self, Option<Common>), Error> {
        let rows = CustomerRows::read(&columns)?;
        release(&mut columns, |columns| {
            columns.customer.codes = Vec::new();
            (columns.order, columns.line) = (None, None);
        });
        let mut measured = CustomerMeasurements::default();
        if settings.without != Some(ModelTerm::Measurements) {
            measured = CustomerMeasurements::collect(&columns, &rows);
        }
        release(&mut columns, |columns| columns.measurements = Vec::new());
        let mut graph_tables = None;
        let common = before.map(|before| {
            let kept = Kept::read(&before.tables, settings)?;
            let definitions = kept.defined(&measured.definitions);
            let graph = Some(&kept.graph);
            // If the history itself cannot be used, reading it from nothing reports that.
            let found = GraphTables::build(&columns, &rows, &definitions, settings, graph)
                .map_err(|e| e.to_string())?;
            let matched = Matched::new(&kept.graph, &found.graph)?;
            measured.definitions = definitions;
            graph_tables = Some(found);
            Ok((kept, matched))
        });
        let found = match graph_tables {
            Some(found) => found,
            None => GraphTables::build(&columns, &rows, &measured.definitions, settings, None)?,
        };
        release(&mut columns, |columns| {
            (columns.group, columns.category) = (None, None);
            (columns.brand, columns.system) = (None, None);
        });
        let GraphTables { graph, articles, day_zero } = found;
        let sizes = SizeIndex::new(&graph, &columns.size);
        Ok((Self { columns, rows, measured, graph, day_zero, articles, sizes }, common))
    }

    /// Number of customers with evidence.
    pub(super) fn customers(&self) -> usize {
        self.rows.customers()
    }

    /// The purchases of the customer with this index, with how many of their returns a kept size
    /// names the reason of.
    pub(super) fn purchases(&self, customer: usize) -> (CustomerPurchases, usize) {
        let Self { columns, rows, measured, graph, articles, sizes, .. } = self;
        collect_purchases(columns, rows, measured, graph, (articles, sizes), customer)
    }

    /// How large the history is.
    pub(super) fn size(&self, settings: &Settings) -> TrainingSize {
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
                size.offered += sizes;
                size.site_bytes += site_bytes(sizes);
            }
        }
        let wanted = settings.sample_customers;
        let has_sample = Sample::new(size.customers, wanted).is_some();
        size.max_sweeps = max_sweeps(settings, has_sample);
        if has_sample {
            (size.sample_customers, size.sample_sweeps) = (wanted, sample_sweeps(settings));
        }
        size
    }

    /// Puts all customers into a store in partitions of `size`, in the order in which `customer`
    /// gives their indices, and a sample of them into another one if there are enough. Returns for
    /// how many returns a kept size names the reason, too.
    pub(super) fn store(
        &self,
        customer: impl Fn(usize) -> usize + Sync,
        size: usize,
        mut all: Box<dyn PartitionStore>,
        settings: &Settings,
    ) -> Result<(Stores, usize), Error> {
        let customers = self.customers();
        let sample = Sample::new(customers, settings.sample_customers);
        let make = |partition: usize| {
            let mut made = MadePartition::default();
            let first = partition * size;
            for index in first..(first + size).min(customers) {
                let (purchases, named) = self.purchases(customer(index));
                made.named_by_bracket += named;
                made.all.push(&self.graph, &purchases);
                if sample.has(self.sample_rank(purchases.customer.id as usize)) {
                    made.sampled.push(purchases);
                }
            }
            Ok(made)
        };
        let mut sampled = MemoryStore::default();
        let mut sample_partitions = Partitioner::new(&self.graph, size);
        let mut lines = Xxh64::new(0);
        let (mut named_by_bracket, mut any) = (0, false);
        in_order(customers.div_ceil(size), make, |mut made: MadePartition| -> Result<(), Error> {
            named_by_bracket += made.named_by_bracket;
            lines.update(made.all.lines());
            made.all.store(&mut *all)?;
            any |= !made.sampled.is_empty();
            let mut sampled_too =
                |purchases: &CustomerPurchases| sample_partitions.push(purchases, &mut sampled);
            made.sampled.iter().try_for_each(&mut sampled_too)
        })?;
        sample_partitions.finish(&mut sampled)?;
        let mut fingerprint = fingerprint(lines.digest(), &self.graph, settings);
        if let Some(day_zero) = &self.day_zero {
            let text = format!("{fingerprint} {day_zero:?}");
            fingerprint = xxh64(text.as_bytes(), 0);
        }
        let sample = any.then_some(sampled);
        Ok((Stores { all, sample, fingerprint }, named_by_bracket))
    }

    /// The rank of a customer in the sample.
    fn sample_rank(&self, customer: usize) -> u16 {
        let ranks = self.columns.sample_ranks.as_ref();
        ranks
            .and_then(|ranks| ranks.get(customer).copied())
            .unwrap_or_else(|| sample_rank(&self.columns.customer.values[customer]))
    }

    pub(super) fn summary(&self, customers: usize, named_by_bracket: usize) -> HistorySummary {
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

impl TrainingSize {
    /// The size of a history.
    ///
    /// # Errors
    /// As [`train`](super::train).
    pub fn of(columns: &Columns, settings: &Settings) -> Result<Self, Error> {
        Ok(Tables::read(Cow::Borrowed(columns), settings)?.size(settings))
    }
}

/// A partition as one thread makes it.
#[derive(Default)]
struct MadePartition {
    all: PartitionBuilder,
    /// Those of its customers who belong to the sample.
    sampled: Vec<CustomerPurchases>,
    named_by_bracket: usize,
}

/// Changes columns that nobody else has.
fn release(columns: &mut Cow<'_, Columns>, columns_to_drop: impl FnOnce(&mut Columns)) {
    if let Cow::Owned(columns) = columns {
        columns_to_drop(columns);
    }
}
