//! What the reader did with the files of a history: how they are written, which rows it left out,
//! what it guessed.

use crate::failure::{RowNumber, shown};
use crate::progress::count;
use crate::table::{FileForm, Places, Source};
use std::fmt;
use std::path::PathBuf;

/// What the reader did with the files of a history.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReadingReport {
    /// The files, with how they are written.
    pub files: Vec<FileRead>,
    /// The number of rows of the history's files.
    pub rows: u64,
    /// The rows that are no purchase to train on, by the reason.
    pub left_out: Vec<Finding>,
    /// How the reader understood rows that may be understood in another way.
    pub guesses: Vec<Finding>,
    /// What is probably wrong with the files or the pipeline.
    pub warnings: Vec<Finding>,
}

/// How a finding about rows that cannot be used begins.
pub const UNUSABLE: &str = "unusable: ";
/// The problem of a name of a variant that names no size. Shops sell things without sizes too.
pub const NAMES_NO_SIZE: &str = "names no size";

/// A file that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct FileRead {
    /// Its path.
    pub path: PathBuf,
    /// How it is written.
    pub form: FileForm,
}

/// Something that the reader found in some rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What it is, without the number of rows.
    pub what: String,
    /// In how many rows; 0 if it concerns the table as a whole.
    pub rows: u64,
    /// The first of them.
    pub first: Option<RowExample>,
}

/// A row as an example.
#[derive(Clone, Debug, PartialEq)]
pub struct RowExample {
    /// The file of the row.
    pub file: PathBuf,
    /// The number of the row in its file.
    pub row: RowNumber,
}

impl ReadingReport {
    /// Adds the files of a table, and what is unusual about how they are written.
    pub(super) fn add_files(&mut self, source: &Source) {
        for (path, form) in source.forms() {
            for guess in form.guesses() {
                let what = format!("{} {guess}", shown(&path.display().to_string()));
                self.guesses.push(Finding { what, rows: 0, first: None });
            }
            self.files.push(FileRead { path: path.to_owned(), form: form.clone() });
        }
    }
}

impl Finding {
    /// A finding about the table as a whole.
    pub(super) fn general(what: impl Into<String>) -> Self {
        Self { what: what.into(), rows: 0, first: None }
    }

    /// A finding in these rows, which have these places; `None` for no rows.
    pub(super) fn in_rows(
        what: impl Into<String>,
        places: &Places,
        rows: impl Iterator<Item = u32>,
    ) -> Option<Self> {
        let mut rows = rows.peekable();
        let first = *rows.peek()?;
        let found = places.find(first);
        let first = found.map(|(file, row)| RowExample { file: file.to_path_buf(), row });
        Some(Self { what: what.into(), rows: rows.count() as u64, first })
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.rows > 0 {
            write!(f, "{} row{}: ", count(self.rows), if self.rows == 1 { "" } else { "s" })?;
        }
        f.write_str(&self.what)?;
        if let Some(RowExample { file, row }) = &self.first {
            let (RowNumber::Line(number) | RowNumber::Row(number)) = row;
            let kind = if matches!(row, RowNumber::Line(_)) { "line" } else { "row" };
            let file = shown(&file.file_name().unwrap_or_default().to_string_lossy());
            write!(f, " (first: {file}, {kind} {number})")?;
        }
        Ok(())
    }
}
