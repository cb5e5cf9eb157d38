//! Reads rows as statements about order lines, for a log that decides later which of them count.

use super::gathered::Gathered;
use super::ids::DigestOfId;
use super::read::{Opened, RowCounts, Rows, Table, Unmatched, open};
use super::report::ReadingReport;
use super::rows::{retain, retain_rows};
use crate::failure::Failure;
use crate::pipeline::{Mapping, Pipeline};
use crate::table::Places;
use inseam::train::Columns;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Rows as their files state them, of which it is open which count.
#[derive(Clone, Debug)]
pub struct Statements {
    /// The columns, without catalogue and charts.
    pub columns: Columns,
    /// The number of pieces of each row, if there is such a column.
    pub quantities: Option<Vec<f64>>,
    /// For each row whether it states its outcome.
    pub stated: Vec<bool>,
    /// The files that have rows.
    pub files: Vec<Arc<Path>>,
    /// For each row the index of its file.
    pub file_of_row: Vec<u32>,
    /// The names of the columns in the files.
    pub mapping: Mapping,
    /// How many rows were read, left out and rejected.
    pub counts: RowCounts,
    /// What the reader did with the files and rows.
    pub report: ReadingReport,
}

/// Reads the rows of these files as training does, but leaves open which of them count: rows that
/// restate an order line, take back another one or have come back are still there. There may be no
/// rows at all. If `rejects` is a path, writes unusable rows there; if not, the first of them is a
/// failure. `digest` makes the digests of ids.
pub fn read_statements(
    pipeline: &Pipeline,
    paths: &[PathBuf],
    rejects: Option<&Path>,
    digest: DigestOfId<'_>,
) -> Result<Statements, Failure> {
    let conditions = &pipeline.history.conditions;
    let Opened { mut table, mut gathered, bad, left_out } =
        open(pipeline, paths, conditions, Rows::Any, digest)?;
    table.stop_at_unusable(rejects, &bad, None)?;
    table.report_unusable(&bad);
    table.resolved_lines(&mut gathered)?;
    if let Some(path) = rejects {
        table.write_rejects(path, &bad, None, Unmatched::default())?;
    }
    let Table { keep, input, mapping, report, .. } = table;
    let (files, mut file_of_row) = files(&input.places);
    let Gathered { mut columns, mut quantities, mut stated, .. } = gathered;
    stated.resize(keep.len(), false);
    retain(&mut file_of_row, &keep);
    retain(&mut stated, &keep);
    quantities.iter_mut().for_each(|quantities| retain(quantities, &keep));
    retain_rows(&mut columns, &keep);
    let counts = RowCounts { read: report.rows, left_out, rejected: bad.len() as u64 };
    Ok(Statements { file_of_row, stated, quantities, columns, files, mapping, counts, report })
}

/// The files of the rows, and for each row the index of its file.
fn files(places: &Places) -> (Vec<Arc<Path>>, Vec<u32>) {
    let mut files: Vec<Arc<Path>> = Vec::new();
    let mut file_of_row = Vec::with_capacity(places.rows());
    for (file, end) in places.files() {
        if files.last() != Some(file) {
            files.push(Arc::clone(file));
        }
        file_of_row.resize(end, files.len() as u32 - 1);
    }
    (files, file_of_row)
}
