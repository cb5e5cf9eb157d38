//! Entry points: trains a model from the columns of a history (graph, partitions, `fit`,
//! `publish`).

use super::carry::{Kept, Matched, carried_parameters, carry_sites};
use super::columns::{Columns, sample_rank};
use super::day_zero::DayZero;
use super::events::{
    CustomerPurchases, LINE, MemoryStore, PARTITION_CUSTOMERS, PartitionBuilder, PartitionSource,
    PartitionStore, Partitioner, collect_purchases, customer_bytes, site_bytes,
};
use super::fit::{Stores, fit, max_sweeps, sample_sweeps};
use super::fixed_point::GaussianSum;
use super::graph::{
    ArticleIndex, ArticleNode, CustomerMeasurements, CustomerRows, Graph, SizeIndex, Slot,
};
use super::model_term::ModelTerm;
use super::privacy::published_beliefs;
use super::publish::{Learned, publish};
use super::purchase_outcome::KeptOutcomes;
use super::refit::{Carried, refit};
use super::reports::{HistorySummary, SweepReport};
use super::settings::Settings;
use super::size_report::SizeReport;
use super::state::{ArticleBelief, Broadcast};
use super::sweep::ArticleSums;
use super::threads::in_order;
use super::trained::Trained;
use crate::error::Error;
use crate::math::Gaussian;
use crate::model::Measurement;
use std::borrow::Cow;
use std::fmt::{self, Write};
use xxhash_rust::xxh64::{Xxh64, xxh64};

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
    /// Sizes on offer, summed over the purchases.
    pub offered: usize,
    /// Bytes of the order lines in the store; an upper bound where customers have measurements.
    pub line_bytes: usize,
    /// Bytes of the sites in the store.
    pub site_bytes: usize,
    /// Bytes that the tables, beliefs and sums of articles take in one thread, and in each further
    /// one.
    pub table_bytes: [usize; 2],
    /// Most sweeps over all customers.
    pub max_sweeps: usize,
    /// Customers of the sample that comes first, about; 0 without one.
    pub sample_customers: usize,
    /// Sweeps over the sample; 0 without one.
    pub sample_sweeps: usize,
}

impl TrainingSize {
    /// The size of a history.
    ///
    /// # Errors
    /// As [`train`].
    pub fn of(columns: &Columns, settings: &Settings) -> Result<Self, Error> {
        Ok(Tables::read(Cow::Borrowed(columns), settings)?.size(settings))
    }
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

/// A training that has ended, from which another one can continue.
#[derive(Debug)]
pub struct PreviousTraining {
    /// The bytes of [`Learned::tables`].
    pub tables: Vec<u8>,
    /// The bytes of [`Learned::outcomes`].
    pub outcomes: Vec<u8>,
    /// Its partitions, as [`Learned::keep_partition`] gives them.
    pub partitions: Box<dyn PartitionSource>,
    /// For each of its customers, by index, the index of the customer now: rising, `None` for one
    /// without purchases.
    pub customers: Vec<Option<u32>>,
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

/// What a history has in common with the training before, or why it does not suit that.
type Common = Result<(Kept, Matched), String>;

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
    day_zero: Option<DayZero>,
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
    fn read_after(
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
    fn size(&self, settings: &Settings) -> TrainingSize {
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
        let has_sample = Sample::new(size.customers, wanted).below > 0;
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

/// Changes columns that nobody else has.
fn release(columns: &mut Cow<'_, Columns>, columns_to_drop: impl FnOnce(&mut Columns)) {
    if let Cow::Owned(columns) = columns {
        columns_to_drop(columns);
    }
}

/// Which customers belong to the sample, by a digest of their ids. So the sample depends neither on
/// the order of the rows nor on partitions.
struct Sample {
    /// The ranks below this belong to it.
    below: u32,
}

/// A partition as one thread makes it.
#[derive(Default)]
struct MadePartition {
    all: PartitionBuilder,
    /// Those of its customers who belong to the sample.
    sampled: Vec<CustomerPurchases>,
    named_by_bracket: usize,
}

impl Sample {
    fn new(customers: usize, wanted: usize) -> Self {
        let share = if customers < wanted.saturating_mul(2) {
            0.0
        } else {
            wanted as f64 / customers as f64
        };
        Self { below: (share * 65_536.0).ceil() as u32 }
    }

    fn has(&self, rank: u16) -> bool {
        u32::from(rank) < self.below
    }
}

/// A digest of all that the sweeps depend on: customers and lines by their digest, the tables and
/// the settings by their text.
fn fingerprint(lines: u64, graph: &Graph, settings: &Settings) -> u64 {
    let mut digest = Digest(Xxh64::new(lines));
    // The noise comes after the sweeps, and its secret belongs into no digest.
    let settings = Settings { privacy: None, min_customers: 1, ..settings.clone() };
    let version = env!("CARGO_PKG_VERSION");
    write!(digest, "{version} {settings:?} {graph:?}").expect("a digest takes any text");
    digest.0.digest()
}

struct Digest(Xxh64);

impl fmt::Write for Digest {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text.as_bytes());
        Ok(())
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
    pub(super) fn from_parts(graph: Graph, stores: Stores, settings: Settings) -> Self {
        let summary = HistorySummary::default();
        let (carried, refusal) = (None, None);
        Self { graph, day_zero: None, stores, summary, settings, carried, refusal }
    }
}
