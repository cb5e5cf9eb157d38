//! Checks the rows of a history, and drops repeated and pending rows.

use crate::error::Error;
use crate::outcome::Outcome;
use crate::train::columns::{Columns, MeasurementColumn, history_error};
use std::collections::HashSet;

/// The rows of a history that are evidence.
#[derive(Debug)]
pub(crate) struct EvidenceRows {
    /// Indices of the rows, rising.
    pub(crate) rows: Vec<u32>,
    /// Codes of the customers in these rows, sorted.
    pub(crate) customers: Vec<u32>,
    /// Rows that repeat an earlier one.
    pub(crate) duplicates: usize,
    /// Rows still inside their return window.
    pub(crate) pending: usize,
}

impl EvidenceRows {
    /// # Errors
    /// [`Error::History`] for columns of different lengths, a missing id, and a history without
    /// evidence.
    pub(crate) fn read(columns: &Columns) -> Result<Self, Error> {
        let count = columns.outcome.len();
        check_lengths(columns, count)?;
        let distinct = deduplicated(columns, count);
        let duplicates = count - distinct.len();
        let mut rows = distinct;
        rows.retain(|&row| columns.outcome[row as usize] != Outcome::Pending);
        let pending = count - duplicates - rows.len();
        if rows.is_empty() {
            return Err(history_error(format!(
                "no purchase in it is evidence ({count} rows, {pending} of them pending); at least one must be kept or returned",
            )));
        }
        let mut customers: Vec<u32> =
            rows.iter().map(|&row| columns.customer.codes[row as usize]).collect();
        customers.sort_unstable();
        customers.dedup();
        Ok(Self { rows, customers, duplicates, pending })
    }
}

/// Refuses columns of different lengths, and rows without a customer, an article or a size.
fn check_lengths(columns: &Columns, rows: usize) -> Result<(), Error> {
    let required = [
        ("customer_id", &columns.customer.codes, columns.customer.values.len()),
        ("article_id", &columns.article.codes, columns.article.values.len()),
        ("size", &columns.size.codes, columns.size.values.len()),
    ];
    let optional =
        [&columns.group, &columns.category, &columns.brand, &columns.order, &columns.line];
    let lengths = required
        .iter()
        .map(|(_, codes, _)| codes.len())
        .chain(optional.into_iter().flatten().map(|c| c.codes.len()))
        .chain(columns.system.as_ref().map(|c| c.codes.len()))
        .chain(columns.day.as_ref().map(Vec::len))
        .chain(columns.measurements.iter().map(|(_, m)| match m {
            MeasurementColumn::Number(v) => v.len(),
            MeasurementColumn::Word(c) => c.codes.len(),
        }));
    if lengths.into_iter().any(|length| length != rows) {
        return Err(history_error(format!(
            "columns of different lengths; all must have {rows} rows, as the outcomes have"
        )));
    }
    if rows > u32::MAX as usize {
        return Err(history_error(format!("{rows} rows; one training takes at most {}", u32::MAX)));
    }
    for (name, codes, values) in required {
        if let Some(row) = codes.iter().position(|&code| code as usize >= values) {
            return Err(history_error(format!(
                "row {}: no {name}; every purchase needs one",
                row + 1
            )));
        }
    }
    Ok(())
}

/// Rows that do not repeat an earlier one.
fn deduplicated(columns: &Columns, rows: usize) -> Vec<u32> {
    let mut seen = HashSet::with_capacity(rows);
    let is_new = |&row: &u32| {
        columns.purchase_identity(row as usize).is_none_or(|identity| seen.insert(identity))
    };
    (0..rows as u32).filter(is_new).collect()
}
