//! Collects the order lines of a history by customer and puts the customers into partitions.

use super::customer::Customer;
use super::evidence::read_evidence;
use super::measurement_set::MeasurementSet;
use super::order_line::OrderLine;
use super::partition::{CustomerPurchases, PartitionBuilder};
use super::store::PartitionStore;
use crate::error::Error;
use crate::infer::Evidence;
use crate::model::{Features, MeasurementValue};
use crate::train::columns::Columns;
use crate::train::graph::{ArticleIndex, CustomerMeasurements, CustomerRows, Graph};

/// Customers of one partition: enough that a task costs much more than handing it out.
pub(crate) const PARTITION_CUSTOMERS: usize = 2048;

/// The purchases of every customer, with how many of their returns a kept size names the reason of.
pub(crate) fn collect_purchases<'a>(
    columns: &'a Columns,
    rows: &'a CustomerRows,
    measured: &'a CustomerMeasurements,
    graph: &'a Graph,
    articles: &'a ArticleIndex,
) -> impl Iterator<Item = (CustomerPurchases, usize)> + 'a {
    rows.evidence().enumerate().map(|(customer, (id, rows))| {
        let mut lines = sorted_lines(columns, rows, graph, articles);
        let named_by_bracket = read_evidence(&mut lines, |slot| graph.start_position(slot));
        let (features, missing) = features(measured, customer);
        let customer = Customer { id, features, missing };
        (CustomerPurchases { customer, lines }, named_by_bracket)
    })
}

/// Stores customers in partitions of `size`, in their order.
pub(crate) fn store_partitions(
    graph: &Graph,
    customers: impl Iterator<Item = CustomerPurchases>,
    size: usize,
    store: &mut dyn PartitionStore,
) -> Result<(), Error> {
    let mut partition = PartitionBuilder::default();
    let mut customers = customers.peekable();
    while customers.peek().is_some() {
        customers.by_ref().take(size).for_each(|purchases| partition.push(graph, &purchases));
        partition.store(store)?;
    }
    Ok(())
}

/// The order lines of a customer, by day, article, size and outcome.
fn sorted_lines(
    columns: &Columns,
    rows: &[u32],
    graph: &Graph,
    articles: &ArticleIndex,
) -> Vec<OrderLine> {
    let line = |&row: &u32| {
        let r = row as usize;
        let article = articles[columns.article.codes[r] as usize].expect("collected from the rows");
        let label = columns.size.values[columns.size.codes[r] as usize].as_str();
        OrderLine {
            article,
            slot: graph.slot(article, label).expect("collected from the rows"),
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

/// Features of a customer, and the measurements that are missing.
fn features(measured: &CustomerMeasurements, customer: usize) -> (Features, MeasurementSet) {
    let CustomerMeasurements { definitions, values } = measured;
    let value = |name: &str| -> Option<&MeasurementValue> {
        definitions.iter().position(|m| m.name == name).map(|i| &values[i][customer])
    };
    let mut missing = MeasurementSet::default();
    for (i, (definition, values)) in definitions.iter().zip(values).enumerate() {
        if !definition.knows(&values[customer]) {
            missing.insert(i);
        }
    }
    (Features::new(definitions, &value), missing)
}
