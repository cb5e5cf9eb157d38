//! Summaries of the body measurements: what each column is, and the last known value of every
//! customer.

use super::measurement_counts::MeasurementCounts;
use super::rows::CustomerRows;
use crate::model::{Measurement, MeasurementKind, MeasurementValue};
use crate::train::columns::{Columns, MeasurementColumn};

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
    /// Reads the measurements of the customers with evidence, in all of their rows.
    pub(crate) fn collect(columns: &Columns, rows: &CustomerRows) -> Self {
        let mut measured = Self::default();
        for (name, column) in &columns.measurements {
            let last: Vec<Last<'_>> =
                rows.all().map(|rows| last_value(columns, column, rows)).collect();
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

/// The last known value of one measurement in a customer's rows. On the same day the larger value
/// wins: any rule does that does not depend on the order of the rows.
fn last_value<'a>(columns: &Columns, column: &'a MeasurementColumn, rows: &[u32]) -> Last<'a> {
    let known = |&row: &u32| {
        let r = row as usize;
        let day = columns.day.as_ref().map_or(0, |d| d[r]);
        match column {
            MeasurementColumn::Number(v) => v[r].is_finite().then(|| (day, v[r], "")),
            MeasurementColumn::Word(w) => (!w.text(r).is_empty()).then(|| (day, 0.0, w.text(r))),
        }
    };
    rows.iter()
        .filter_map(known)
        .max_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(b.2)))
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
