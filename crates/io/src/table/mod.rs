//! Tables of any format as Arrow record batches that remember where each row came from.
//!
//! One row of the outside world is a line of CSV or JSONL or a row of Parquet; inside there is only
//! Arrow. Text formats become string columns, Parquet keeps its types, and [`Cells`] reads text,
//! numbers and days out of any of them.

mod atomic;
mod cells;
mod codes;
mod csv;
mod dates;
mod jsonl;
mod lines;
mod parquet;
mod source;
mod write;

#[cfg(test)]
mod tests;

pub use atomic::AtomicFile;
pub use cells::Cells;
pub use codes::{encode, filter, map};
pub use dates::{iso_date, parse_day};
pub use source::{Columns, Source, missing};
pub use write::Writer;

use crate::failure::{Failure, Row};
use arrow_array::RecordBatch;
use std::path::Path;
use std::sync::Arc;

/// Most rows in one batch of a text file or a Parquet file.
const BATCH_ROWS: usize = 1 << 16;
/// Longest line or CSV record, in bytes. Longer ones are damage: a quote left open, or not a text
/// file.
const RECORD_CAP: usize = 16 << 20;

/// Some rows of one file.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The columns asked for, in the order asked for.
    pub rows: RecordBatch,
    /// The file they stand in.
    pub file: Arc<Path>,
    /// Rows that could not be read properly, by index in this batch, ascending. Their cells are
    /// whatever could be read.
    pub broken: Vec<(usize, String)>,
    places: Places,
}

#[derive(Clone, Debug)]
enum Places {
    /// Rows of a Parquet file, the first of the batch having this number.
    Rows(u64),
    /// Lines of a text file, one for each row.
    Lines(Vec<u64>),
}

impl Batch {
    /// Where row `index` of this batch stands in its file.
    pub fn row(&self, index: usize) -> Row {
        match &self.places {
            Places::Rows(first) => Row::Row(first + index as u64),
            Places::Lines(lines) => Row::Line(lines[index]),
        }
    }

    /// A failure at row `index`.
    pub fn failure(&self, index: usize, problem: impl Into<String>) -> Failure {
        Failure::new(problem).in_file(&self.file).at(self.row(index))
    }

    /// The cells of a column of this batch.
    pub fn cells(&self, column: &str) -> Result<Cells<'_>, Failure> {
        let array = self.rows.column_by_name(column).ok_or_else(|| {
            Failure::new("is not in the table").in_file(&self.file).column(column)
        })?;
        Cells::new(array.as_ref()).ok_or_else(|| {
            Failure::new(format!("holds {}, not single values", array.data_type()))
                .in_file(&self.file)
                .column(column)
                .remedy("write it out as text, numbers or dates")
        })
    }

    /// Fails if any row of this batch could not be read: for readers that have nowhere to put such
    /// rows.
    pub fn whole(self) -> Result<Self, Failure> {
        match self.broken.first() {
            Some((index, why)) => Err(self.failure(*index, why.clone())),
            None => Ok(self),
        }
    }
}
