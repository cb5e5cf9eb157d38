//! A batch: some rows of one file, each with its row number.

use super::cells::Cells;
use crate::failure::{Failure, RowNumber};
use arrow_array::RecordBatch;
use std::path::Path;
use std::sync::Arc;

/// The largest number of rows in one batch.
pub(super) const MAX_BATCH_ROWS: usize = 1 << 16;

/// Some rows of one file.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The wanted columns, in the order in which the caller listed them.
    pub rows: RecordBatch,
    /// The file that has these rows.
    pub file: Arc<Path>,
    /// The rows that the reader could not read properly, in ascending order. Their cells hold
    /// whatever the reader could read.
    pub broken: Vec<BrokenRow>,
    /// The numbers of the rows in the file.
    pub(super) numbers: RowNumbers,
}

/// A row that the reader could not read properly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenRow {
    /// The row's index in its batch.
    pub index: usize,
    /// What is wrong, as the end of a sentence that begins with the row.
    pub problem: String,
}

/// The numbers of a batch's rows in their file.
#[derive(Clone, Debug)]
pub(super) enum RowNumbers {
    /// Consecutive rows of a Parquet file, with the number of the first.
    From(u64),
    /// The line of a text file on which each row begins.
    Lines(Vec<u64>),
}

/// Reads a file batch by batch.
pub(super) trait ReadBatches {
    /// Reads the next batch; `None` if there are no further rows. Sets `ended` if it has reached
    /// the end of the file.
    fn read(&mut self, ended: &mut bool) -> Result<Option<Batch>, Failure>;
}

/// The batches of a file, up to its end or to the first failure, after which the position in the
/// file is undefined.
pub(super) struct BatchesOf<R> {
    reader: R,
    ended: bool,
}

impl<R> BatchesOf<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, ended: false }
    }
}

impl<R: ReadBatches> Iterator for BatchesOf<R> {
    type Item = Result<Batch, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let batch = self.reader.read(&mut self.ended);
        self.ended |= !matches!(batch, Ok(Some(_)));
        batch.transpose()
    }
}

impl Batch {
    /// The number of row `index` of this batch in its file.
    pub fn row_number(&self, index: usize) -> RowNumber {
        match &self.numbers {
            RowNumbers::From(first) => RowNumber::Row(first + index as u64),
            RowNumbers::Lines(lines) => RowNumber::Line(lines[index]),
        }
    }

    /// A failure that names row `index` of this batch.
    pub fn failure(&self, index: usize, problem: impl Into<String>) -> Failure {
        Failure::new(problem).in_file(&self.file).at(self.row_number(index))
    }

    /// The cells of a column of this batch. Fails if the batch has no such column, or if the
    /// column's values are lists or structures.
    pub fn cells(&self, column: &str) -> Result<Cells<'_>, Failure> {
        let array = self.rows.column_by_name(column).ok_or_else(|| {
            Failure::new("is not in the table").in_file(&self.file).column(column)
        })?;
        Cells::new(array.as_ref()).ok_or_else(|| {
            Failure::new(format!("holds {}, not single values", array.data_type()))
                .in_file(&self.file)
                .column(column)
                .remedy("write the column as text, numbers or dates")
        })
    }

    /// This batch, or a failure that names its first broken row. For callers that cannot put
    /// broken rows aside.
    pub fn require_readable(self) -> Result<Self, Failure> {
        match self.broken.first() {
            Some(row) => Err(self.failure(row.index, row.problem.clone())),
            None => Ok(self),
        }
    }
}
