//! Checks the rows of a history, reads its labels and systems, and drops repeated and pending rows.

use crate::error::Error;
use crate::outcome::Outcome;
use crate::size::{Label, System};
use crate::train::columns::{Coded, Columns, MeasurementColumn, history_error};
use std::collections::HashSet;

/// The rows of a history that are evidence.
#[derive(Debug)]
pub(crate) struct EvidenceRows {
    /// Indices of the rows, rising.
    pub(crate) rows: Vec<u32>,
    /// Codes of the customers in these rows, sorted.
    pub(crate) customers: Vec<u32>,
    /// Normal form of each distinct text of the size column.
    pub(crate) labels: Vec<String>,
    /// Size system of each distinct text of the system column.
    pub(super) systems: Vec<System>,
    /// Rows that repeat an earlier one.
    pub(crate) duplicates: usize,
    /// Rows still inside their return window.
    pub(crate) pending: usize,
}

impl EvidenceRows {
    /// # Errors
    /// [`Error::History`] for columns of different lengths, a missing id, an unreadable label or
    /// system, and a history without evidence.
    pub(crate) fn read(columns: &Columns) -> Result<Self, Error> {
        let count = columns.outcome.len();
        check_lengths(columns, count)?;
        let labels = canonical_labels(columns)?;
        let systems = parse_systems(columns)?;
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
        Ok(Self { rows, customers, labels, systems, duplicates, pending })
    }
}

/// Refuses columns of different lengths, and rows without a customer, an article or a size.
fn check_lengths(columns: &Columns, rows: usize) -> Result<(), Error> {
    let optional =
        [&columns.group, &columns.category, &columns.brand, &columns.system, &columns.order];
    let coded = [Some(&columns.customer), Some(&columns.article), Some(&columns.size)];
    let wrong = coded
        .into_iter()
        .chain(optional.into_iter().map(Option::as_ref))
        .flatten()
        .any(|c| c.codes.len() != rows)
        || columns.day.as_ref().is_some_and(|d| d.len() != rows)
        || columns.measurements.iter().any(|(_, m)| match m {
            MeasurementColumn::Number(v) => v.len() != rows,
            MeasurementColumn::Word(c) => c.codes.len() != rows,
        });
    if wrong {
        return Err(history_error(format!(
            "columns of different lengths; all must have {rows} rows, as the outcomes have"
        )));
    }
    if rows > u32::MAX as usize {
        return Err(history_error(format!("{rows} rows; one training takes at most {}", u32::MAX)));
    }
    for (name, c) in [
        ("customer_id", &columns.customer),
        ("article_id", &columns.article),
        ("size", &columns.size),
    ] {
        if let Some(row) = c.codes.iter().position(|&code| code as usize >= c.values.len()) {
            return Err(history_error(format!(
                "row {}: no {name}; every purchase needs one",
                row + 1
            )));
        }
    }
    Ok(())
}

fn canonical_labels(columns: &Columns) -> Result<Vec<String>, Error> {
    let mut out = Vec::with_capacity(columns.size.values.len());
    for (code, text) in columns.size.values.iter().enumerate() {
        match Label::parse(text) {
            Ok(label) => out.push(label.as_str().to_owned()),
            Err(e) => {
                let row = columns
                    .size
                    .codes
                    .iter()
                    .position(|&c| c as usize == code)
                    .map_or(0, |r| r + 1);
                return Err(history_error(format!("row {row}: {e}")));
            }
        }
    }
    Ok(out)
}

fn parse_systems(columns: &Columns) -> Result<Vec<System>, Error> {
    let Some(column) = &columns.system else { return Ok(Vec::new()) };
    let parse = |text: &String| {
        if text.trim().is_empty() {
            return Ok(System::Unspecified);
        }
        System::parse(text).ok_or_else(|| {
            let known: Vec<&str> = System::ALL.iter().map(|s| s.name()).collect();
            history_error(format!(
                "unknown size system {text:?}; known are {} and their short forms",
                known.join(", ")
            ))
        })
    };
    column.values.iter().map(parse).collect()
}

/// Rows that do not repeat an earlier one in customer, article, size, day, order and outcome.
fn deduplicated(columns: &Columns, rows: usize) -> Vec<u32> {
    let mut seen = HashSet::with_capacity(rows);
    (0..rows as u32)
        .filter(|&r| {
            let r = r as usize;
            // Without a date and an order, two equal rows may well be two purchases.
            let (Some(day), order) = (&columns.day, &columns.order) else { return true };
            let order = order.as_ref().map_or(Coded::MISSING, |o| o.codes[r]);
            let (customer, article) = (columns.customer.codes[r], columns.article.codes[r]);
            seen.insert((
                customer,
                article,
                columns.size.codes[r],
                day[r],
                order,
                columns.outcome[r],
            ))
        })
        .collect()
}
