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
    pub(crate) values: Vec<CustomerValues>,
}

/// The values of one measurement.
#[derive(Debug)]
pub(crate) enum CustomerValues {
    /// One for each customer.
    Own(Vec<MeasurementValue>),
    /// Few distinct ones, and the index of each customer's.
    Shared(Vec<MeasurementValue>, Vec<u32>),
}

impl CustomerValues {
    /// The value of a customer.
    pub(crate) fn of(&self, customer: usize) -> &MeasurementValue {
        match self {
            Self::Own(values) => &values[customer],
            Self::Shared(values, of_customer) => &values[of_customer[customer] as usize],
        }
    }
}

/// Day and number, or the code of the word, of a customer's last known value.
type Last = Option<(i32, f64, u32)>;

impl CustomerMeasurements {
    /// Reads the measurements of the customers with evidence, in all of their rows.
    pub(crate) fn collect(columns: &Columns, rows: &CustomerRows) -> Self {
        let mut measured = Self::default();
        for (name, column) in &columns.measurements {
            let last: Vec<Last> =
                rows.all().map(|rows| last_value(columns, column, rows)).collect();
            let Some(kind) = kind_of_measurement(column, &last) else { continue };
            measured.values.push(values(column, &last));
            measured.definitions.push(Measurement { name: name.clone(), kind, missing: 0.0 });
        }
        measured
    }
}

/// The last known value of one measurement in a customer's rows. On the same day the larger value
/// wins: any rule does that does not depend on the order of the rows.
fn last_value(columns: &Columns, column: &MeasurementColumn, rows: &[u32]) -> Last {
    let word = |code: u32| match column {
        MeasurementColumn::Word(words) => words.values[code as usize].as_str(),
        MeasurementColumn::Number(_) => "",
    };
    let known = |&row: &u32| {
        let r = row as usize;
        let day = columns.day.as_ref().map_or(0, |d| d[r]);
        match column {
            MeasurementColumn::Number(v) => v[r].is_finite().then(|| (day, v[r], 0)),
            MeasurementColumn::Word(w) => {
                w.value(r).filter(|word| !word.is_empty()).map(|_| (day, 0.0, w.codes[r]))
            }
        }
    };
    rows.iter().filter_map(known).max_by(|a, b| {
        a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then_with(|| word(a.2).cmp(word(b.2)))
    })
}

/// The last known values as those of the customers.
fn values(column: &MeasurementColumn, last: &[Last]) -> CustomerValues {
    match column {
        MeasurementColumn::Number(_) => {
            let value = |last: &Last| {
                last.map_or(MeasurementValue::Missing, |(_, x, _)| MeasurementValue::Number(x))
            };
            CustomerValues::Own(last.iter().map(value).collect())
        }
        MeasurementColumn::Word(words) => {
            let missing = words.values.len() as u32;
            let known = words.values.iter().cloned().map(MeasurementValue::Word);
            let values = known.chain([MeasurementValue::Missing]).collect();
            let code = |last: &Last| last.map_or(missing, |(_, _, code)| code);
            CustomerValues::Shared(values, last.iter().map(code).collect())
        }
    }
}

/// What the column is, from the last known values; `None` where it tells nothing.
fn kind_of_measurement(column: &MeasurementColumn, last: &[Last]) -> Option<MeasurementKind> {
    let parts = last.chunks(CUSTOMERS_PER_PART).map(|part| counts(column, part));
    let merged = parts.reduce(|mut merged, part| {
        merged.merge(part);
        merged
    });
    merged?.kind()
}

/// How many of these customers have each value.
fn counts<'c>(column: &'c MeasurementColumn, last: &[Last]) -> MeasurementCounts<'c> {
    let known = last.iter().flatten();
    match column {
        MeasurementColumn::Number(_) => MeasurementCounts::of_numbers(known.map(|v| v.1)),
        MeasurementColumn::Word(words) => {
            let mut counts = vec![0; words.values.len()];
            known.for_each(|(_, _, code)| counts[*code as usize] += 1);
            let words = words.values.iter().map(String::as_str).zip(counts);
            MeasurementCounts::of_words(words.filter(|(_, count)| *count > 0))
        }
    }
}
