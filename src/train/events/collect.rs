//! Collects the order lines of a history by customer and puts the customers into partitions.

use super::customer::Customer;
use super::evidence::read_evidence;
use super::measurement_set::MeasurementSet;
use super::order_line::OrderLine;
use super::partition::{CustomerPurchases, PartitionBuilder};
use super::store::PartitionStore;
use crate::error::Error;
use crate::infer::Evidence;
use crate::model::{KnownFeatures, MeasurementValue};
use crate::train::columns::Columns;
use crate::train::graph::{ArticleIndex, CustomerMeasurements, CustomerRows, Graph, SizeIndex};

/// Customers of one partition: enough that a task costs much more than handing it out.
pub(crate) const PARTITION_CUSTOMERS: usize = 2048;

/// The purchases of one customer with evidence, by their index, with how many of their returns a
/// kept size names the reason of.
pub(crate) fn collect_purchases(
    columns: &Columns,
    rows: &CustomerRows,
    measured: &CustomerMeasurements,
    graph: &Graph,
    (articles, sizes): (&ArticleIndex, &SizeIndex),
    customer: usize,
) -> (CustomerPurchases, usize) {
    let (id, rows) = rows.evidence_of(customer);
    let mut lines = sorted_lines(columns, rows, graph, articles, sizes);
    let named_by_bracket = read_evidence(&mut lines, |slot| graph.start_position(slot));
    let (features, missing) = features(measured, graph, customer);
    let customer = Customer { id, features, missing };
    (CustomerPurchases { customer, lines }, named_by_bracket)
}

/// Puts customers into partitions of a store, in their order.
pub(crate) struct Partitioner<'g> {
    graph: &'g Graph,
    /// Customers of a partition.
    size: usize,
    partition: PartitionBuilder,
    customers: usize,
}

impl<'g> Partitioner<'g> {
    pub(crate) fn new(graph: &'g Graph, size: usize) -> Self {
        let partition = PartitionBuilder::default();
        Self { graph, size, partition, customers: 0 }
    }

    /// Adds the next customer.
    pub(crate) fn push(
        &mut self,
        purchases: &CustomerPurchases,
        store: &mut dyn PartitionStore,
    ) -> Result<(), Error> {
        self.partition.push(self.graph, purchases);
        self.customers += 1;
        if self.customers.is_multiple_of(self.size) { self.partition.store(store) } else { Ok(()) }
    }

    /// Stores the last customers.
    pub(crate) fn finish(mut self, store: &mut dyn PartitionStore) -> Result<(), Error> {
        if self.partition.is_empty() { Ok(()) } else { self.partition.store(store) }
    }
}

/// The order lines of a customer, by day, article, size and outcome.
fn sorted_lines(
    columns: &Columns,
    rows: &[u32],
    graph: &Graph,
    articles: &ArticleIndex,
    sizes: &SizeIndex,
) -> Vec<OrderLine> {
    let line = |&row: &u32| {
        let r = row as usize;
        let article = articles[columns.article.codes[r] as usize].expect("collected from the rows");
        let slot = sizes.slot(graph, article, columns.size.codes[r]);
        OrderLine {
            article,
            slot: slot.expect("collected from the rows"),
            outcome: columns.outcome[r],
            evidence: Evidence::None,
            weight: 1.0,
            day: columns.day.as_ref().map_or(0, |d| d[r]),
        }
    };
    let mut lines: Vec<OrderLine> = rows.iter().map(line).collect();
    lines.sort_unstable_by_key(|l| (l.day, l.article, l.slot, l.outcome));
    lines
}

/// Features of a customer, and the measurements that are missing. Measurements that the history
/// does not have are missing for all; where nobody is measured, there are no features at all.
fn features(
    measured: &CustomerMeasurements,
    graph: &Graph,
    customer: usize,
) -> (KnownFeatures, MeasurementSet) {
    let CustomerMeasurements { definitions, values } = measured;
    debug_assert!(definitions.iter().zip(&graph.measurements).all(|(a, b)| a.name == b.name));
    let value = |i: usize| values.get(i).map_or(&MeasurementValue::Missing, |v| v.of(customer));
    let mut missing = MeasurementSet::default();
    for (i, definition) in graph.measurements.iter().enumerate() {
        let known = values.get(i).is_some_and(|values| definition.knows(values.of(customer)));
        if !known {
            missing.insert(i);
        }
    }
    if !graph.measured {
        return (KnownFeatures { widening: 1.0, ..KnownFeatures::default() }, missing);
    }
    let values = (0..graph.measurements.len()).map(value);
    (KnownFeatures::new(&graph.measurements, values), missing)
}
