//! Finds the columns of a history in its files.

use super::options::size_option;
use crate::failure::Failure;
use crate::pipeline::{Mapping, OneOrMany, Pipeline, find_columns, find_header};
use crate::table::{Source, missing_column};
use crate::vocabulary::StandardColumn;

/// The usual headers of e-mail addresses, which tell apart customers without an account.
const EMAIL: &str = "customeremail billingemail email emailaddress contactemail buyeremail";

/// The columns of Shopify's export of orders with the order and with the title of the line.
const ORDER_OF_LINES: &str = "Name";
const LINE_NAME: &str = "Lineitem name";

/// Whether the column is one of an export of orders that gives what concerns the order as a whole
/// only on its first line, and if so, whether it concerns the order.
pub(super) fn is_on_first_line_only(column: &str, order: &str) -> bool {
    order == ORDER_OF_LINES && !column.starts_with("Lineitem")
}

/// Finds the columns of the history in its files.
pub(super) fn history_mapping(pipeline: &Pipeline, source: &Source) -> Result<Mapping, Failure> {
    let history = &pipeline.history;
    let named = history.columns.by_standard_column();
    let mut columns = find_columns(&named, source)?;
    for name in history.measurements.values() {
        if !source.has(name) {
            return Err(missing_column(source.first_file(), name, source.columns()));
        }
        // The column of a measurement has no standard meaning, unless the pipeline gives it one.
        columns.retain(|standard, column| {
            column != name || named.iter().any(|(other, name)| other == standard && name.is_some())
        });
    }
    if history.columns.size.is_none()
        && let Some(size) = columns.get_mut(&StandardColumn::Size)
    {
        *size = size_option(size, source)?;
    }
    // Shopify's orders have their number in a column that has other things elsewhere.
    if history.columns.order_id.is_none() && source.has(ORDER_OF_LINES) && source.has(LINE_NAME) {
        columns.entry(StandardColumn::OrderId).or_insert_with(|| ORDER_OF_LINES.to_owned());
    }
    let mut mapping = Mapping {
        columns,
        measurements: history.measurements.clone(),
        other_customer_ids: Vec::new(),
    };
    for column in [StandardColumn::CustomerId, StandardColumn::ArticleId, StandardColumn::Size] {
        mapping.require(column, source, "history")?;
    }
    mapping.other_customer_ids = other_customer_ids(pipeline, &mapping, source)?;
    Ok(mapping)
}

/// The further columns of customers: those that the pipeline names, or that of the e-mail address
/// if the pipeline leaves it to the reader to find the customer.
fn other_customer_ids(
    pipeline: &Pipeline,
    mapping: &Mapping,
    source: &Source,
) -> Result<Vec<String>, Failure> {
    match pipeline.history.columns.customer_id.as_ref().map(OneOrMany::texts) {
        Some(names) => {
            let others = names.get(1..).unwrap_or_default();
            match others.iter().find(|name| !source.has(name)) {
                Some(name) => Err(missing_column(source.first_file(), name, source.columns())),
                None => Ok(others.to_vec()),
            }
        }
        None => {
            let first = mapping.get(StandardColumn::CustomerId);
            let email = find_header(source, EMAIL).filter(|name| Some(name.as_str()) != first);
            Ok(email.filter(|name| source.every_file_has(name)).into_iter().collect())
        }
    }
}
