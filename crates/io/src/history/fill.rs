//! Completes columns that only the first of several rows has.

use crate::failure::Failure;
use crate::pipeline::Fill;
use crate::table::{Batch, Source, missing_column};
use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use std::collections::HashMap;
use std::sync::Arc;

/// The first value that each group of rows has in one column, by the group's text.
type FirstValues = HashMap<String, String>;

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
pub(super) fn filled(mut batches: Vec<Batch>, fill: Option<&Fill>) -> Result<Vec<Batch>, Failure> {
    let Some(fill) = fill else { return Ok(batches) };
    let has = |name: &str| batches.first().is_some_and(|b| b.rows.column_by_name(name).is_some());
    let columns: Vec<&String> = fill.columns.iter().filter(|column| has(column)).collect();
    for column in columns {
        let mut first = FirstValues::new();
        for batch in &batches {
            let (groups, cells) = (batch.cells(&fill.by)?, batch.cells(column)?);
            for row in 0..cells.len() {
                if let (Some(group), Some(value)) = (groups.text(row), cells.text(row))
                    && !first.contains_key(&*group)
                {
                    first.insert(group.into_owned(), value.into_owned());
                }
            }
        }
        for batch in &mut batches {
            let column_filled = filled_column(batch, &fill.by, column, &first)?;
            replace(batch, column, column_filled)?;
        }
    }
    Ok(batches)
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
        let known = || groups.text(row).and_then(|group| first.get(&*group));
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
