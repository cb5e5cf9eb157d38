//! Reads and writes tables: CSV, JSON lines and Parquet, as Arrow record batches.
//!
//! A batch knows the file and the row number of each of its rows, so that messages can name them.
//! Text formats become string columns and Parquet keeps its types. [`Cells`] reads text, numbers
//! and days from a column of any type.

mod batch;
mod cells;
mod codes;
mod csv;
mod csv_detect;
mod csv_form;
mod encoding;
mod form;
mod format;
mod json;
mod json_objects;
mod lists;
mod options;
mod parquet;
mod places;
mod record;
mod source;
mod text_file;
mod write;

#[cfg(test)]
mod tests;

pub use batch::{Batch, BrokenRow};
pub(crate) use cells::NOT_FINITE;
pub use cells::{CellProblem, Cells, number_of_text};
pub use codes::{Coder, translate};
pub use form::{FileForm, describe};
pub use format::{Format, is_writable};
pub use options::{FileOptions, delimiter, encoding as encoding_name, header_row};
pub use places::Places;
pub use source::{Source, WantedColumns, files_at, missing_column};
pub use write::{Writer, encoded_length};
