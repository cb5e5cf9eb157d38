//! Reads the columns of a history, leaves rows out and puts unusable rows aside.

use super::column_use::{ColumnUse, Purpose, column_uses};
use super::rejects;
use super::rows::select_rows;
use super::values::{ReadColumn, Values, read_column};
use crate::failure::Failure;
use crate::pipeline::{Mapping, Pipeline, RowConditions, find_columns};
use crate::table::{Source, missing_column};
use crate::vocabulary::StandardColumn;
use inseam::outcome::Outcome;
use inseam::train::Columns;
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// A history, as read from its files.
#[derive(Clone, Debug)]
pub struct History {
    /// The columns that training takes, with the catalogue.
    pub columns: Columns,
    /// The names of the columns in the files.
    pub mapping: Mapping,
    /// How many rows were read, left out and rejected.
    pub counts: RowCounts,
}

/// How many rows were read, left out and rejected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowCounts {
    /// All rows of the files.
    pub read: u64,
    /// The rows that the pipeline's `where` leaves out.
    pub left_out: u64,
    /// The unusable rows, which the reader has put into the file of rejects.
    pub rejected: u64,
}

/// Reads the rows of these files that meet the conditions, without the catalogue. If `rejects` is a
/// path, writes unusable rows there; if not, the first of them is a failure.
pub(super) fn read(
    pipeline: &Pipeline,
    paths: &[PathBuf],
    conditions: &RowConditions,
    rejects: Option<&Path>,
) -> Result<History, Failure> {
    let source = Source::open(paths)?;
    let mapping = history_mapping(pipeline, &source)?;
    let uses = column_uses(&mapping, conditions, &source)?;
    // A column with several uses is read once.
    let mut names: Vec<String> = uses.iter().map(|column| column.name.clone()).collect();
    names.sort();
    names.dedup();
    let batches = source.read(&names)?;
    let rows: usize = batches.iter().map(|batch| batch.rows.num_rows()).sum();

    let read: Vec<ReadColumn> = uses
        .par_iter()
        .enumerate()
        .map(|(index, column)| read_column(pipeline, &batches, index, column))
        .collect::<Result<_, _>>()?;
    let mut keep = selected_rows(&uses, &read, conditions, rows);
    let left_out = keep.iter().filter(|keep| !**keep).count();
    if left_out == rows {
        return Err(nothing_selected(rows, conditions).in_file(source.first_file()));
    }

    let bad = rejects::bad_rows(&batches, read.iter().flat_map(|column| &column.problems), &keep);
    match rejects {
        None => {
            if let Some(failure) = rejects::first_failure(&batches, &uses, &bad) {
                return Err(failure);
            }
        }
        Some(path) => rejects::write(path, &batches, &names, &uses, &bad)?,
    }
    bad.iter().for_each(|problem| keep[problem.row as usize] = false);
    if keep.iter().all(|keep| !keep) {
        return Err(Failure::new(format!("has {rows} rows, and none of them can be used"))
            .in_file(source.first_file()));
    }
    let counts =
        RowCounts { read: rows as u64, left_out: left_out as u64, rejected: bad.len() as u64 };
    let mut columns = gather(&uses, read, rows);
    if left_out > 0 || !bad.is_empty() {
        columns = select_rows(&columns, &keep);
    }
    mark_pending(pipeline, &mut columns);
    Ok(History { columns, mapping, counts })
}

/// The failure for a history of which no row is selected.
fn nothing_selected(rows: usize, conditions: &RowConditions) -> Failure {
    if rows == 0 {
        return Failure::new("has no rows");
    }
    let conditions = conditions.iter();
    let conditions: Vec<String> =
        conditions.map(|(column, values)| format!("{column} = {:?}", values.texts())).collect();
    Failure::new("has no row that meets the conditions")
        .remedy(format!("where: {}", conditions.join(", ")))
}

/// Finds the columns of the history in its files.
fn history_mapping(pipeline: &Pipeline, source: &Source) -> Result<Mapping, Failure> {
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
    let mapping = Mapping { columns, measurements: history.measurements.clone() };
    for column in [StandardColumn::CustomerId, StandardColumn::ArticleId, StandardColumn::Size] {
        mapping.require(column, source, "history")?;
    }
    Ok(mapping)
}

/// For each row, whether it meets all conditions.
fn selected_rows(
    uses: &[ColumnUse],
    read: &[ReadColumn],
    conditions: &RowConditions,
    rows: usize,
) -> Vec<bool> {
    let mut selected = vec![true; rows];
    let columns = uses.iter().zip(read);
    for (column, read) in columns.filter(|(column, _)| column.purpose == Purpose::Condition) {
        let (Values::Texts(coded), Some(wanted)) = (&read.values, conditions.get(&column.name))
        else {
            continue;
        };
        let good: Vec<bool> =
            coded.values.iter().map(|value| wanted.texts().contains(value)).collect();
        for (selected, &code) in selected.iter_mut().zip(&coded.codes) {
            *selected &= good.get(code as usize).copied().unwrap_or(false);
        }
    }
    selected
}

/// Puts the columns that were read into the struct that training takes.
fn gather(uses: &[ColumnUse], read: Vec<ReadColumn>, rows: usize) -> Columns {
    let mut columns = Columns::default();
    let mut outcomes = None;
    for (column, read) in uses.iter().zip(read) {
        match (&column.purpose, read.values) {
            (Purpose::Standard(standard), Values::Texts(coded)) => match standard {
                StandardColumn::CustomerId => columns.customer = coded,
                StandardColumn::ArticleId => columns.article = coded,
                StandardColumn::Group => columns.group = Some(coded),
                StandardColumn::Category => columns.category = Some(coded),
                StandardColumn::Brand => columns.brand = Some(coded),
                StandardColumn::OrderId => columns.order = Some(coded),
                // Their values are of other types.
                StandardColumn::Size
                | StandardColumn::SizeSystem
                | StandardColumn::Outcome
                | StandardColumn::OrderedAt
                | StandardColumn::Sizes => {}
            },
            (_, Values::Sizes(values)) => columns.size = values,
            (_, Values::Systems(values)) => columns.system = Some(values),
            (_, Values::Outcomes(values)) => outcomes = Some(values),
            (_, Values::Days(values)) => columns.day = Some(values),
            (Purpose::Measurement(name), Values::Measurement(values)) => {
                columns.measurements.push((name.clone(), values))
            }
            _ => {}
        }
    }
    columns.outcome = outcomes.unwrap_or_else(|| vec![Outcome::Kept; rows]);
    columns
}

/// Marks kept purchases that are younger than the return window as pending.
fn mark_pending(pipeline: &Pipeline, columns: &mut Columns) {
    let (Some(window), Some(days)) = (pipeline.train.return_window_days, &columns.day) else {
        return;
    };
    let today = pipeline.train.today.or_else(|| days.iter().copied().max()).unwrap_or_default();
    for (outcome, &day) in columns.outcome.iter_mut().zip(days) {
        if *outcome == Outcome::Kept && i64::from(today) - i64::from(day) < i64::from(window) {
            *outcome = Outcome::Pending;
        }
    }
}
