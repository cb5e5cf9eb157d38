//! How a file of delimited text is written.

/// How a file of delimited text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CsvForm {
    pub(super) delimiter: u8,
    /// The line of the header, from 1. Lines above it are skipped.
    pub(super) header_row: u64,
    /// Whether a quote mark at the beginning of a field opens a quoted field.
    pub(super) quoting: bool,
    /// The byte that ends a line: `\n`, or `\r` in files of old programs.
    pub(super) line_end: u8,
}
