//! The format of a table, which the ending of its file's name tells.

use crate::failure::Failure;
use std::fmt;
use std::path::Path;

/// The format of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text with delimiters: `.csv`, `.tsv`, `.tab`, `.psv`, `.txt`, and the same followed by
    /// `.gz`.
    Csv,
    /// JSON: `.jsonl`, `.ndjson`, `.json`, and the same followed by `.gz`.
    Json,
    /// `.parquet`.
    Parquet,
}

impl Format {
    /// The format that the ending of the file's name tells, or a failure that lists the endings.
    pub(super) fn from_path(path: &Path) -> Result<Self, Failure> {
        let (ending, packed) = ending(path);
        match ending.as_str() {
            "csv" | "tsv" | "tab" | "psv" | "txt" => Ok(Self::Csv),
            "jsonl" | "ndjson" | "json" => Ok(Self::Json),
            "parquet" if !packed => Ok(Self::Parquet),
            "xlsx" | "xls" | "xlsm" | "ods" => {
                Err(Failure::new("is a spreadsheet; its ending is that of no known table format")
                    .in_file(path)
                    .remedy(
                        "save the sheet as \"CSV UTF-8\" (.csv), with the columns of ids as text",
                    ))
            }
            _ => Err(Failure::new("has an ending of no known table format")
                .in_file(path)
                .remedy("expected .csv, .tsv, .txt, .jsonl or .json, also with .gz, or .parquet")),
        }
    }

    /// The format to write a table in: one of the formats that Inseam writes.
    pub(super) fn for_writing(path: &Path) -> Result<Self, Failure> {
        let format = Self::from_path(path);
        match ending(path).0.as_str() {
            "csv" | "tsv" | "jsonl" | "ndjson" | "parquet" => format,
            _ => Err(Failure::new("has an ending of no table format that Inseam writes")
                .in_file(path)
                .remedy("expected .csv, .csv.gz, .jsonl, .jsonl.gz or .parquet")),
        }
    }
}

/// Whether the ending of the file's name is that of a format that Inseam writes.
pub fn is_writable(path: &Path) -> bool {
    Format::for_writing(path).is_ok()
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Csv => "delimited text",
            Self::Json => "JSON",
            Self::Parquet => "Parquet",
        })
    }
}

/// The ending of a file's name in lower case, without `.gz`, and whether `.gz` follows it.
fn ending(path: &Path) -> (String, bool) {
    let name = path.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
    let text = name.strip_suffix(".gz").unwrap_or(&name);
    let ending = text.rsplit_once('.').map_or("", |(_, ending)| ending);
    (ending.to_owned(), text != name)
}

/// Whether the file's name ends in `.gz`.
pub(super) fn is_gzip(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gz"))
}
