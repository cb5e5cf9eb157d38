//! Completes columns that only the first of several rows has.

use crate::failure::Failure;
use crate::pipeline::Fill;
use crate::table::{Batch, Source, WantedColumns, missing_column};
use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use inseam::train::IdDigest;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

/// The first value that each group of rows has in one column. A group may be an order, so there are
/// many of them, and few different values.
#[derive(Default)]
struct FirstValues {
    /// The index of each group's value.
    of_group: HashMap<IdDigest, u32>,
    values: Vec<String>,
    index: HashMap<String, u32>,
}

impl FirstValues {
    /// Notes a value of a group.
    fn add(&mut self, group: &str, value: &str) {
        let Entry::Vacant(entry) = self.of_group.entry(IdDigest::of(group)) else { return };
        let known = self.index.get(value).copied();
        entry.insert(known.unwrap_or_else(|| {
            let new = self.values.len() as u32;
            self.values.push(value.to_owned());
            self.index.insert(value.to_owned(), new);
            new
        }));
    }

    fn value_of(&self, group: &str) -> Option<&String> {
        let index = self.of_group.get(&IdDigest::of(group))?;
        self.values.get(*index as usize)
    }
}

/// Adds the column that says which rows belong together to the names of the columns to read, if one
/// of them is filled. Fails if the source lacks one of these columns.
pub(super) fn add_group(
    names: &mut Vec<String>,
    fill: Option<&Fill>,
    source: &Source,
) -> Result<(), Failure> {
    let Some(fill) = fill else { return Ok(()) };
    let mut all = fill.columns.iter().chain([&fill.by]);
    if let Some(name) = all.find(|name| !source.has(name)) {
        return Err(missing_column(source.first_file(), name, source.columns()));
    }
    if fill.columns.iter().any(|column| names.contains(column)) {
        names.push(fill.by.clone());
    }
    Ok(())
}

/// The batches with the empty cells of the filled columns completed, as far as they have those
/// columns. Filled columns become texts.
pub(super) fn filled(batches: Vec<Batch>, fill: Option<&Fill>) -> Result<Vec<Batch>, Failure> {
    let (Some(fill), Some(first)) = (fill, batches.first()) else { return Ok(batches) };
    let names: Vec<String> =
        first.rows.schema().fields().iter().map(|field| field.name().clone()).collect();
    let Some(mut filler) = Filler::empty(&names, fill) else { return Ok(batches) };
    batches.iter().try_for_each(|batch| filler.add(batch))?;
    batches.into_iter().map(|batch| filler.fill(batch)).collect()
}

/// Completes the filled columns of a table, batch by batch.
pub(super) struct Filler {
    /// The column that says which rows belong together.
    by: String,
    /// The filled columns that the table has.
    columns: Vec<(String, FirstValues)>,
}

impl Filler {
    fn empty(names: &[String], fill: &Fill) -> Option<Self> {
        let has = |column: &&String| names.contains(column);
        let columns: Vec<_> = fill
            .columns
            .iter()
            .filter(has)
            .map(|column| (column.clone(), FirstValues::default()))
            .collect();
        (!columns.is_empty()).then(|| Self { by: fill.by.clone(), columns })
    }

    /// Reads the first values of all groups of rows, which later batches may have. `None` if none
    /// of these columns is filled.
    pub(super) fn read(
        source: &Source,
        names: &[String],
        fill: &Fill,
    ) -> Result<Option<Self>, Failure> {
        let Some(mut filler) = Self::empty(names, fill) else { return Ok(None) };
        let mut wanted: Vec<String> = filler.columns.iter().map(|(name, _)| name.clone()).collect();
        wanted.push(fill.by.clone());
        wanted.sort();
        wanted.dedup();
        for batch in source.batches(WantedColumns::Named(&wanted)) {
            filler.add(&batch?)?;
        }
        Ok(Some(filler))
    }

    /// Whether a column is filled.
    pub(super) fn fills(fill: &Fill, column: &str) -> bool {
        fill.columns.iter().any(|name| name == column)
    }

    fn add(&mut self, batch: &Batch) -> Result<(), Failure> {
        let groups = batch.cells(&self.by)?;
        for (column, first) in &mut self.columns {
            let cells = batch.cells(column)?;
            for row in 0..cells.len() {
                if let (Some(group), Some(value)) = (groups.text(row), cells.text(row)) {
                    first.add(&group, &value);
                }
            }
        }
        Ok(())
    }

    /// The batch with its empty cells completed.
    pub(super) fn fill(&self, mut batch: Batch) -> Result<Batch, Failure> {
        for (column, first) in &self.columns {
            let column_filled = filled_column(&batch, &self.by, column, first)?;
            replace(&mut batch, column, column_filled)?;
        }
        Ok(batch)
    }
}

/// A column of a batch as text, with its empty cells filled.
fn filled_column(
    batch: &Batch,
    by: &str,
    column: &str,
    first: &FirstValues,
) -> Result<ArrayRef, Failure> {
    let (groups, cells) = (batch.cells(by)?, batch.cells(column)?);
    let mut texts = StringBuilder::new();
    for row in 0..cells.len() {
        let known = || groups.text(row).and_then(|group| first.value_of(&group));
        match cells.text(row) {
            Some(text) => texts.append_value(text),
            None => texts.append_option(known()),
        }
    }
    Ok(Arc::new(texts.finish()))
}

/// Puts another array in the place of a column.
fn replace(batch: &mut Batch, column: &str, array: ArrayRef) -> Result<(), Failure> {
    let schema = batch.rows.schema();
    let Ok(index) = schema.index_of(column) else { return Ok(()) };
    let mut fields: Vec<Arc<Field>> = schema.fields().iter().cloned().collect();
    fields[index] = Arc::new(Field::new(column, DataType::Utf8, true));
    let mut arrays = batch.rows.columns().to_vec();
    arrays[index] = array;
    batch.rows = RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)
        .map_err(|error| Failure::new(error.to_string()).in_file(&batch.file))?;
    Ok(())
}
