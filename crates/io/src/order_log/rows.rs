//! The rows of an order log in memory.

use super::pseudonym::Pseudonyms;
use crate::failure::Failure;
use crate::history::Statements;
use inseam::train::{Coded, Columns, IdDigest, MeasurementColumn};
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

/// Statements about order lines, with customers, orders and lines under pseudonyms.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoggedRows {
    /// The columns, without catalogue and charts.
    pub columns: Columns,
    /// The number of pieces of each row.
    pub quantities: Vec<f64>,
    /// For each row whether it states its outcome.
    pub stated: Vec<bool>,
    /// For each row the SHA-256 of its file.
    pub file: Coded,
}

impl LoggedRows {
    /// The number of rows.
    pub fn len(&self) -> usize {
        self.stated.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.stated.is_empty()
    }

    /// The statements of files with these digests. `numbers` are the measurements, and whether each
    /// is a number in this log. The ids of orders and lines are pseudonyms already.
    pub(super) fn new(
        statements: Statements,
        digests: Vec<String>,
        numbers: &BTreeMap<String, bool>,
        pseudonyms: &Pseudonyms,
    ) -> Result<Self, Failure> {
        let mut columns = statements.columns;
        let rows = statements.stated.len();
        let customers = columns.customer.values.iter_mut();
        customers.for_each(|id| *id = pseudonyms.of_customer(id));
        for (name, column) in &mut columns.measurements {
            coerce(name, column, numbers.get(name).copied())?;
        }
        Ok(Self {
            columns,
            quantities: statements.quantities.unwrap_or_else(|| vec![1.0; rows]),
            stated: statements.stated,
            file: Coded { values: digests, codes: statements.file_of_row },
        })
    }

    /// Adds the rows of another log behind these.
    pub(super) fn append(&mut self, other: Self) {
        let rows = self.len();
        let more = other.len();
        self.quantities.extend(other.quantities);
        self.stated.extend(other.stated);
        append(&mut self.file, other.file);
        let (into, from) = (&mut self.columns, other.columns);
        append(&mut into.customer, from.customer);
        append(&mut into.article, from.article);
        append(&mut into.size, from.size);
        into.outcome.extend(from.outcome);
        for (into, from) in [
            (&mut into.group, from.group),
            (&mut into.category, from.category),
            (&mut into.brand, from.brand),
        ] {
            append_optional(into, from, rows, more);
        }
        for (into, from) in [(&mut into.order, from.order), (&mut into.line, from.line)] {
            if into.is_some() || from.is_some() {
                let ids = into.get_or_insert_with(|| vec![IdDigest::MISSING; rows]);
                ids.extend(from.unwrap_or_else(|| vec![IdDigest::MISSING; more]));
            }
        }
        append_optional(&mut into.system, from.system, rows, more);
        if into.day.is_some() || from.day.is_some() {
            let days = into.day.get_or_insert_with(|| vec![0; rows]);
            days.extend(from.day.unwrap_or_else(|| vec![0; more]));
        }
        let mut of_other: BTreeMap<String, MeasurementColumn> =
            from.measurements.into_iter().collect();
        for (name, column) in &mut into.measurements {
            match (column, of_other.remove(name)) {
                (MeasurementColumn::Number(x), Some(MeasurementColumn::Number(y))) => x.extend(y),
                (MeasurementColumn::Word(x), Some(MeasurementColumn::Word(y))) => append(x, y),
                (MeasurementColumn::Number(x), _) => x.resize(rows + more, f64::NAN),
                (MeasurementColumn::Word(x), _) => x.codes.resize(rows + more, Coded::MISSING),
            }
        }
    }
}

/// Makes a measurement of one day what it is in the log: a file may have no value of it.
fn coerce(name: &str, column: &mut MeasurementColumn, number: Option<bool>) -> Result<(), Failure> {
    let other = match (&*column, number) {
        (MeasurementColumn::Word(words), Some(true)) if words.values.is_empty() => {
            MeasurementColumn::Number(vec![f64::NAN; words.codes.len()])
        }
        (MeasurementColumn::Number(numbers), Some(false)) if numbers.iter().all(|x| x.is_nan()) => {
            MeasurementColumn::Word(Coded {
                values: Vec::new(),
                codes: vec![Coded::MISSING; numbers.len()],
            })
        }
        (MeasurementColumn::Word(_), Some(true)) => {
            return Err(Failure::new(format!(
                "the measurement {name} has words, but had numbers in earlier files"
            )));
        }
        (MeasurementColumn::Number(_), Some(false)) => {
            return Err(Failure::new(format!(
                "the measurement {name} has numbers, but had words in earlier files"
            )));
        }
        _ => return Ok(()),
    };
    *column = other;
    Ok(())
}

/// Adds `more` rows of a column behind `rows`; either part may lack the column.
fn append_optional<T: Clone + Eq + Hash>(
    into: &mut Option<Coded<T>>,
    from: Option<Coded<T>>,
    rows: usize,
    more: usize,
) {
    let missing = |n: usize| Coded { values: Vec::new(), codes: vec![Coded::MISSING; n] };
    if into.is_some() || from.is_some() {
        append(into.get_or_insert_with(|| missing(rows)), from.unwrap_or_else(|| missing(more)));
    }
}

fn append<T: Clone + Eq + Hash>(into: &mut Coded<T>, from: Coded<T>) {
    let Coded { values, codes } = from;
    // The log has many values, the files of a day few: only these are looked up.
    let mut known: HashMap<T, u32> = values.iter().map(|v| (v.clone(), Coded::MISSING)).collect();
    for (value, code) in into.values.iter().zip(0..) {
        if let Some(known) = known.get_mut(value) {
            *known = code;
        }
    }
    let code = |value: T| {
        let code = known.get_mut(&value).expect("made of the same values");
        if *code == Coded::MISSING {
            *code = into.values.len() as u32;
            into.values.push(value);
        }
        *code
    };
    let new: Vec<u32> = values.into_iter().map(code).collect();
    let code = |code: &u32| new.get(*code as usize).copied().unwrap_or(Coded::MISSING);
    into.codes.extend(codes.iter().map(code));
}
