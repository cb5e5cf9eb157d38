//! Summaries of the body measurements: what each column is, and the last known value of every
//! customer.

use super::measurement_counts::MeasurementCounts;
use crate::model::{Measurement, MeasurementKind, MeasurementValue};
use crate::train::columns::{Columns, MeasurementColumn};
use std::collections::HashMap;

/// Number of customers that are counted together; the result does not depend on it.
const CUSTOMERS_PER_PART: usize = 1 << 16;

/// The measurements of a history.
#[derive(Debug, Default)]
pub(crate) struct CustomerMeasurements {
    /// The measurements that tell customers apart.
    pub(crate) definitions: Vec<Measurement>,
    /// Of each measurement the last known value of every customer.
    pub(crate) values: Vec<Vec<MeasurementValue>>,
}

/// Day, number and word of a customer's last known value.
type Last<'a> = Option<(i32, f64, &'a str)>;

impl CustomerMeasurements {
    /// `customers` are the codes of the customers whose measurements count, sorted.
    pub(crate) fn collect(columns: &Columns, customers: &[u32]) -> Self {
        let index: HashMap<u32, usize> =
            customers.iter().enumerate().map(|(i, &c)| (c, i)).collect();
        let mut measured = Self::default();
        for (name, column) in &columns.measurements {
            let last = last_values(columns, column, &index);
            let Some(kind) = kind_of_measurement(column, &last) else { continue };
            let value = |last: &Last<'_>| match (last, &kind) {
                (Some((_, x, _)), MeasurementKind::Numeric { .. }) => MeasurementValue::Number(*x),
                (Some((_, _, word)), MeasurementKind::Categorical { .. }) => {
                    MeasurementValue::Word((*word).to_owned())
                }
                (None, _) => MeasurementValue::Missing,
            };
            measured.values.push(last.iter().map(value).collect());
            measured.definitions.push(Measurement { name: name.clone(), kind, missing: 0.0 });
        }
        measured
    }
}

/// The last known value of one measurement of every customer.
fn last_values<'a>(
    columns: &Columns,
    column: &'a MeasurementColumn,
    index: &HashMap<u32, usize>,
) -> Vec<Last<'a>> {
    let day = |r: usize| columns.day.as_ref().map_or(0, |d| d[r]);
    let mut last: Vec<Last<'_>> = vec![None; index.len()];
    for r in 0..columns.outcome.len() {
        let Some(&c) = index.get(&columns.customer.codes[r]) else { continue };
        let value = match column {
            MeasurementColumn::Number(v) if v[r].is_finite() => (day(r), v[r], ""),
            MeasurementColumn::Word(w) if !w.text(r).is_empty() => (day(r), 0.0, w.text(r)),
            _ => continue,
        };
        // On the same day the larger value wins: any rule does that does not depend on the order
        // of the rows.
        let later = |old: &(i32, f64, &str)| {
            value.0.cmp(&old.0).then(value.1.total_cmp(&old.1)).then(value.2.cmp(old.2)).is_gt()
        };
        if last[c].as_ref().is_none_or(later) {
            last[c] = Some(value);
        }
    }
    last
}

/// What the column is, from the last known values; `None` where it tells nothing.
fn kind_of_measurement(column: &MeasurementColumn, last: &[Last<'_>]) -> Option<MeasurementKind> {
    let parts = last.chunks(CUSTOMERS_PER_PART).map(|part| counts(column, part));
    let merged = parts.reduce(|mut merged, part| {
        merged.merge(part);
        merged
    });
    merged?.kind()
}

/// How many of these customers have each value.
fn counts<'a>(column: &MeasurementColumn, last: &[Last<'a>]) -> MeasurementCounts<'a> {
    let known = last.iter().flatten();
    match column {
        MeasurementColumn::Number(_) => MeasurementCounts::of_numbers(known.map(|v| v.1)),
        MeasurementColumn::Word(_) => MeasurementCounts::of_words(known.map(|v| v.2)),
    }
}
