//! The format of a table, which the ending of its file's name tells.

use crate::failure::Failure;
use std::path::Path;

/// The format of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// `.csv`, `.tsv`, and the same followed by `.gz`.
    Csv,
    /// `.jsonl`, `.ndjson`, and the same followed by `.gz`.
    Jsonl,
    /// `.parquet`.
    Parquet,
}

impl Format {
    /// The format that the ending of the file's name tells, or a failure that lists the endings.
    pub(super) fn from_path(path: &Path) -> Result<Self, Failure> {
        let name = path.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
        let text = name.strip_suffix(".gz").unwrap_or(&name);
        match text.rsplit_once('.').map(|(_, ending)| ending) {
            Some("csv" | "tsv") => Ok(Self::Csv),
            Some("jsonl" | "ndjson") => Ok(Self::Jsonl),
            Some("parquet") if text == name => Ok(Self::Parquet),
            _ => Err(Failure::new("has an ending of no known table format")
                .in_file(path)
                .remedy("expected .csv, .csv.gz, .jsonl, .jsonl.gz or .parquet")),
        }
    }
}

/// Whether the file's name ends in `.gz`.
pub(super) fn is_gzip(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gz"))
}
