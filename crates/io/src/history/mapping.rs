//! Finds the columns of a history in its files.

use super::options::size_option;
use crate::failure::Failure;
use crate::pipeline::{
    Fill, Mapping, NamedColumns, OneOrMany, Pipeline, RowConditions, find_columns, find_header,
};
use crate::platforms::find_article_and_size;
use crate::table::{Source, missing_column};
use crate::vocabulary::{StandardColumn, folded};
use std::collections::BTreeMap;

/// The usual headers of e-mail addresses, which tell apart customers without an account.
const EMAIL: &str = "customeremail billingemail email emailaddress contactemail buyeremail";

/// The columns of Shopify's export of orders with the order and with the title of the line.
const ORDER_OF_LINES: &str = "Name";
const LINE_NAME: &str = "Lineitem name";

/// The columns to fill: those of the pipeline, or else those columns of conditions that Shopify's
/// export of orders has only on the first line of an order; and the columns of statuses.
pub(super) fn columns_to_fill(
    given: Option<&Fill>,
    mapping: &Mapping,
    conditions: &RowConditions,
    statuses: &[String],
) -> Option<Fill> {
    let orders = mapping.get(StandardColumn::OrderId).filter(|order| *order == ORDER_OF_LINES);
    given.cloned().or_else(|| {
        let of_order = |column: &&String| !column.starts_with("Lineitem");
        Some(Fill {
            by: orders?.to_owned(),
            columns: conditions.keys().chain(statuses).filter(of_order).cloned().collect(),
        })
    })
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
    find_by_content(&named, &mut columns, source)?;
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

/// Finds the columns of sizes and articles by what they hold, where the pipeline does not name them
/// and their headers do not tell: the size may be a part of the names of variants, and an SKU may
/// name one size of an article.
fn find_by_content(
    named: &NamedColumns<'_>,
    columns: &mut BTreeMap<StandardColumn, String>,
    source: &Source,
) -> Result<(), Failure> {
    use StandardColumn::{ArticleId, Size};
    let is_open = |wanted| named.iter().any(|(column, name)| *column == wanted && name.is_none());
    let size_unknown = is_open(Size) && !columns.contains_key(&Size);
    let sku = columns.get(&ArticleId).is_none_or(|name| is_sku(name));
    let article_unknown = is_open(ArticleId) && sku;
    if !size_unknown && !article_unknown {
        return Ok(());
    }
    let found = find_article_and_size(source, columns.get(&Size).map(String::as_str))?;
    for (column, unknown) in [(Size, size_unknown), (ArticleId, article_unknown)] {
        if let Some(name) = found.get(column).filter(|_| unknown) {
            columns.insert(column, name.to_owned());
        }
    }
    Ok(())
}

/// Whether a header is that of an SKU.
fn is_sku(header: &str) -> bool {
    folded(header).is_some_and(|header| header.ends_with("sku"))
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
