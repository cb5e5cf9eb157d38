//! Reports unusable rows: the first of them as a failure, or all of them in a file of rejects.

use super::column_use::{ColumnUse, Purpose};
use super::input::Input;
use crate::failure::{Failure, RowNumber};
use crate::progress::count;
use crate::table::{Batch, Places, Writer};
use crate::vocabulary::StandardColumn;
use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use std::path::Path;
use std::sync::Arc;

/// Stands for the column if the row as a whole is the problem.
pub(super) const WHOLE_ROW: usize = usize::MAX;

/// A problem of a row.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    /// The index of the row over all batches.
    pub(super) row: u32,
    /// The index of the column among the uses of columns.
    pub(super) column: usize,
    /// The problem, as the end of a sentence that begins with the value.
    pub(super) what: Arc<str>,
}

/// The unusable rows in order, each with its first problem. Rows that the conditions leave out do
/// not count, except those that could not be read: their cells may be wrong, and so the conditions
/// cannot judge them.
pub(super) fn bad_rows<'a>(
    places: &Places,
    problems: impl Iterator<Item = &'a Problem>,
    selected: &[bool],
) -> Vec<Problem> {
    let broken = places.broken();
    let broken = broken.map(|(row, what)| Problem { row, column: WHOLE_ROW, what: what.into() });
    // A broken row comes first: that it could not be read explains its other problems.
    let mut bad: Vec<Problem> = broken.chain(problems.cloned()).collect();
    bad.sort_by_key(|problem| problem.row);
    bad.dedup_by_key(|problem| problem.row);
    bad.retain(|problem| selected[problem.row as usize] || problem.column == WHOLE_ROW);
    bad
}

/// A failure for the first of the unusable rows, with the number of the others.
pub(super) fn first_failure(input: &Input, uses: &[ColumnUse], bad: &[Problem]) -> Option<Failure> {
    let problem = bad.first()?;
    let mut failure = input.places.failure(problem.row, &*problem.what);
    if let Some(column) = uses.get(problem.column) {
        failure = failure.column(&column.name);
        // Messages end up in logs, where ids of customers and of their orders must not appear.
        let private = matches!(
            column.purpose,
            Purpose::OtherCustomerId
                | Purpose::Standard(StandardColumn::CustomerId | StandardColumn::OrderId)
        );
        if !private && let Ok(Some(text)) = input.text(problem.row, &column.name) {
            failure = failure.value(&text);
        }
    }
    if bad.len() > 1 {
        let others = bad.len() as u64 - 1;
        failure = failure.also(&format!(
            "{} other row{} cannot be used either",
            count(others),
            if others == 1 { "" } else { "s" }
        ));
    }
    Some(
        failure
            .remedy("correct the file, or move unusable rows to another file with --rejects FILE"),
    )
}

/// A table with unusable rows.
pub(super) struct RejectedRows<'a> {
    pub(super) input: &'a Input,
    pub(super) uses: &'a [ColumnUse],
    pub(super) bad: &'a [Problem],
}

/// Writes the unusable rows as text, each with its file, its row number, the column of its problem
/// and the problem. If there are none, the file has only a header. `names` are the columns of the
/// file; a table without one of them leaves it empty.
pub(super) fn write(
    path: &Path,
    names: &[String],
    tables: &[RejectedRows<'_>],
) -> Result<(), Failure> {
    const ADDED: [&str; 4] = ["inseam_file", "inseam_row", "inseam_column", "inseam_reason"];
    let names_and_added = names.iter().map(String::as_str).chain(ADDED);
    let fields = names_and_added.map(|name| Field::new(name, DataType::Utf8, true));
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    let mut writer = Writer::create_private(path, &schema)?;
    for RejectedRows { input, uses, bad } in tables {
        let mut rest = *bad;
        let mut first_row = 0;
        let mut batches = input.batches();
        while !rest.is_empty()
            && let Some(batch) = batches.next().transpose()?
        {
            let end = first_row + batch.rows.num_rows();
            let here = rest.partition_point(|problem| (problem.row as usize) < end);
            let (of_batch, later) = rest.split_at(here);
            rest = later;
            if !of_batch.is_empty() {
                let columns = columns(&batch, first_row, names, uses, of_batch)?;
                let rows = RecordBatch::try_new(Arc::clone(&schema), columns)
                    .map_err(|e| Failure::new(e.to_string()).in_file(path))?;
                writer.write(&rows)?;
            }
            first_row = end;
        }
    }
    writer.finish()
}

/// The columns of the file of rejects, for the unusable rows of one batch, whose first row has the
/// index `first_row` over all batches.
fn columns(
    batch: &Batch,
    first_row: usize,
    names: &[String],
    uses: &[ColumnUse],
    bad: &[Problem],
) -> Result<Vec<ArrayRef>, Failure> {
    let index = |problem: &Problem| problem.row as usize - first_row;
    let mut columns: Vec<ArrayRef> = Vec::new();
    for name in names {
        let cells = match batch.rows.column_by_name(name) {
            Some(_) => Some(batch.cells(name)?),
            None => None,
        };
        columns.push(strings(bad, |problem| {
            cells.as_ref()?.verbatim(index(problem)).map(|text| text.into_owned())
        }));
    }
    columns.push(strings(bad, |_| Some(batch.file.display().to_string())));
    columns.push(strings(bad, |problem| match batch.row_number(index(problem)) {
        RowNumber::Line(n) | RowNumber::Row(n) => Some(n.to_string()),
    }));
    columns
        .push(strings(bad, |problem| uses.get(problem.column).map(|column| column.name.clone())));
    columns.push(strings(bad, |problem| Some(problem.what.to_string())));
    Ok(columns)
}

/// A column of texts, one for each problem.
fn strings(bad: &[Problem], text: impl Fn(&Problem) -> Option<String>) -> ArrayRef {
    let mut builder = StringBuilder::new();
    bad.iter().for_each(|problem| builder.append_option(text(problem)));
    Arc::new(builder.finish())
}
