//! Rows that cannot be used: the first of them as a failure, or all of them into a file.

use super::read::{Job, Role};
use crate::failure::{Failure, Row};
use crate::pipeline::Field;
use crate::progress::count;
use crate::table::{Batch, Writer};
use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field as ArrowField, Schema};
use std::path::Path;
use std::sync::Arc;

/// The column of a problem with the row as a whole.
const WHOLE_ROW: usize = usize::MAX;

/// What is wrong with a row.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    /// Number of the row over all batches, from 0.
    pub(super) row: u32,
    /// Index of the column among the jobs.
    pub(super) column: usize,
    /// What is wrong, as the end of a sentence that begins with the value.
    pub(super) what: Arc<str>,
}

/// The bad rows among those selected, in order, each with its first problem.
pub(super) fn bad_rows<'a>(
    batches: &[Batch],
    problems: impl Iterator<Item = &'a Problem>,
    selected: &[bool],
) -> Vec<Problem> {
    let mut first_row = 0;
    let mut broken = Vec::new();
    for batch in batches {
        broken.extend(batch.broken.iter().map(|(index, why)| Problem {
            row: (first_row + index) as u32,
            column: WHOLE_ROW,
            what: why.as_str().into(),
        }));
        first_row += batch.rows.num_rows();
    }
    // A row that could not be read has its other problems from that, so it is put first.
    let mut bad: Vec<Problem> = broken.into_iter().chain(problems.cloned()).collect();
    bad.sort_by_key(|problem| problem.row);
    bad.dedup_by_key(|problem| problem.row);
    // What a broken row says of itself may be wrong, so no condition leaves it out.
    bad.retain(|problem| selected[problem.row as usize] || problem.column == WHOLE_ROW);
    bad
}

/// The batch a row is in, and its index there.
fn find(batches: &[Batch], row: u32) -> Option<(&Batch, usize)> {
    let mut index = row as usize;
    for batch in batches {
        if index < batch.rows.num_rows() {
            return Some((batch, index));
        }
        index -= batch.rows.num_rows();
    }
    None
}

/// A failure for the first of the bad rows, with the number of the others.
pub(super) fn first_failure(batches: &[Batch], jobs: &[Job], bad: &[Problem]) -> Option<Failure> {
    let problem = bad.first()?;
    let (batch, index) = find(batches, problem.row)?;
    let mut failure = batch.failure(index, &*problem.what);
    if let Some(job) = jobs.get(problem.column) {
        failure = failure.column(&job.theirs);
        // Ids of customers, and of their orders, have no place in a log.
        let private = matches!(job.role, Role::Field(Field::CustomerId | Field::OrderId));
        if let Some(text) = batch.cells(&job.theirs).ok()?.text(index)
            && !private
        {
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
    Some(failure.remedy("correct the file, or put such rows aside with --rejects FILE"))
}

/// Writes the bad rows as text, with their place and what is wrong with them. Without any, the
/// table has a header only.
pub(super) fn write(
    path: &Path,
    batches: &[Batch],
    names: &[String],
    jobs: &[Job],
    bad: &[Problem],
) -> Result<(), Failure> {
    const EXTRA: [&str; 4] = ["inseam_file", "inseam_row", "inseam_column", "inseam_reason"];
    let fields = names
        .iter()
        .map(String::as_str)
        .chain(EXTRA)
        .map(|name| ArrowField::new(name, DataType::Utf8, true));
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    let mut writer = Writer::create(path, &schema)?;
    let mut rest = bad;
    let mut first_row = 0;
    for batch in batches {
        let end = first_row + batch.rows.num_rows();
        let here = rest.partition_point(|problem| (problem.row as usize) < end);
        let (now, later) = rest.split_at(here);
        rest = later;
        let index = |problem: &Problem| problem.row as usize - first_row;
        if !now.is_empty() {
            let mut columns: Vec<ArrayRef> = Vec::new();
            for name in names {
                let cells = batch.cells(name)?;
                columns.push(strings(
                    now.iter().map(|p| cells.verbatim(index(p)).map(|c| c.into_owned())),
                ));
            }
            columns.push(strings(now.iter().map(|_| Some(batch.file.display().to_string()))));
            columns.push(strings(now.iter().map(|p| match batch.row(index(p)) {
                Row::Line(n) | Row::Row(n) => Some(n.to_string()),
            })));
            columns.push(strings(
                now.iter().map(|p| jobs.get(p.column).map(|job| job.theirs.clone())),
            ));
            columns.push(strings(now.iter().map(|p| Some(p.what.to_string()))));
            let rows = RecordBatch::try_new(Arc::clone(&schema), columns)
                .map_err(|e| Failure::new(e.to_string()).in_file(path))?;
            writer.write(&rows)?;
        }
        first_row = end;
    }
    writer.finish()
}

fn strings(texts: impl Iterator<Item = Option<String>>) -> ArrayRef {
    let mut builder = StringBuilder::new();
    texts.for_each(|text| builder.append_option(text));
    Arc::new(builder.finish())
}
