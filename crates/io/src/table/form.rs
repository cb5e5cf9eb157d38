//! How the file of a table is written.

use super::csv_detect;
use super::csv_form::CsvForm;
use super::format::Format;
use super::json_objects::{self, JsonForm};
use super::options::FileOptions;
use super::text_file;
use crate::failure::Failure;
use encoding_rs::{Encoding, UTF_8};
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// How the file of a table is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileForm {
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Csv(CsvForm, &'static Encoding),
    Json(JsonForm, &'static Encoding),
    Parquet,
}

/// Finds how a file is written. `options` win over what the file's bytes show.
pub fn describe(path: &Path, options: &FileOptions) -> Result<FileForm, Failure> {
    let format = Format::from_path(path)?;
    if format == Format::Parquet {
        return Ok(FileForm { kind: Kind::Parquet });
    }
    let encoding = match options.encoding {
        Some(encoding) => encoding,
        None => text_file::encoding(path)?,
    };
    let (beginning, whole) = text_file::beginning(path, encoding)?;
    let kind = if format == Format::Csv {
        Kind::Csv(csv_detect::find(&beginning, whole, options), encoding)
    } else {
        let file: Arc<Path> = path.into();
        Kind::Json(json_objects::find_form(&file, encoding, &beginning)?, encoding)
    };
    Ok(FileForm { kind })
}

impl FileForm {
    pub(super) fn kind(&self) -> &Kind {
        &self.kind
    }

    /// The format of the file.
    pub fn format(&self) -> Format {
        match self.kind {
            Kind::Csv(..) => Format::Csv,
            Kind::Json(..) => Format::Json,
            Kind::Parquet => Format::Parquet,
        }
    }

    /// The name of the encoding, as the pipeline file names it; `None` for Parquet.
    pub fn encoding(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Csv(_, encoding) | Kind::Json(_, encoding) => Some(encoding.name()),
            Kind::Parquet => None,
        }
    }

    /// The character between two fields; `None` for formats without one.
    pub fn delimiter(&self) -> Option<char> {
        self.csv().map(|form| char::from(form.delimiter))
    }

    /// The line of the header, from 1; `None` for formats without one.
    pub fn header_row(&self) -> Option<u64> {
        self.csv().map(|form| form.header_row)
    }

    /// Whether a quote mark at the beginning of a field opens a quoted field; `None` for formats
    /// without such fields.
    pub fn quoting(&self) -> Option<bool> {
        self.csv().map(|form| form.quoting)
    }

    fn csv(&self) -> Option<&CsvForm> {
        if let Kind::Csv(form, _) = &self.kind { Some(form) } else { None }
    }

    /// What about the form is a guess that a reader of the report should see: anything but UTF-8
    /// with the header on the first line, or plain JSON lines.
    pub fn guesses(&self) -> Vec<String> {
        let mut guesses = Vec::new();
        if let Kind::Csv(_, encoding) | Kind::Json(_, encoding) = self.kind
            && encoding != UTF_8
        {
            guesses.push(format!("is read as {}", encoding.name()));
        }
        if let Some(form) = self.csv() {
            if form.header_row > 1 {
                guesses.push(format!("has its header on line {}", form.header_row));
            }
            if !form.quoting {
                guesses.push("has quote marks that are text".to_owned());
            }
        }
        if let Kind::Json(JsonForm::ArrayIn(key), _) = &self.kind {
            guesses.push(format!("has its rows in the array \"{}\"", crate::failure::shown(key)));
        }
        guesses
    }
}

impl fmt::Display for FileForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Parquet => f.write_str("Parquet"),
            Kind::Json(form, encoding) => {
                let rows = match form {
                    JsonForm::Lines => "JSON lines".to_owned(),
                    JsonForm::Array => "a JSON array".to_owned(),
                    JsonForm::ArrayIn(key) => {
                        format!("the JSON array \"{}\"", crate::failure::shown(key))
                    }
                };
                write!(f, "{rows}, {}", encoding.name())
            }
            Kind::Csv(form, encoding) => {
                let delimiter = match form.delimiter {
                    b'\t' => "tabs".to_owned(),
                    byte => format!("\"{}\"", char::from(byte).escape_default()),
                };
                write!(f, "text separated by {delimiter}, {}", encoding.name())?;
                write!(f, ", header on line {}", form.header_row)?;
                if form.quoting { Ok(()) } else { f.write_str(", no quoting") }
            }
        }
    }
}
