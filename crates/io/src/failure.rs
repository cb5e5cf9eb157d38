//! The error type of the program: where it went wrong, what was found, and what would be right.

use std::fmt;
use std::path::{Path, PathBuf};

/// How much of a value a message shows, in characters.
const MAX_SHOWN: usize = 80;

/// The number of a row in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowNumber {
    /// The line of a text file, from 1. In CSV line 1 is the header.
    Line(u64),
    /// The row of a Parquet file, from 1.
    Row(u64),
}

/// Why the program stopped. Start with [`Failure::new`] and add what is known. The message has one
/// line, and a second line if there is a remedy.
///
/// Never put a customer's id into a failure, because messages end up in logs.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure(Box<Parts>);

#[derive(Clone, Debug, PartialEq)]
struct Parts {
    file: Option<PathBuf>,
    row: Option<RowNumber>,
    column: Option<String>,
    value: Option<String>,
    problem: String,
    remedy: Option<String>,
    usage: bool,
}

impl Failure {
    /// A failure with exit status 1. `problem` is the end of a sentence that begins with the place
    /// or the value.
    pub fn new(problem: impl Into<String>) -> Self {
        Self(Box::new(Parts {
            file: None,
            row: None,
            column: None,
            value: None,
            problem: problem.into(),
            remedy: None,
            usage: false,
        }))
    }

    /// Makes this an error of usage, with exit status 2.
    pub fn into_usage(mut self) -> Self {
        self.0.usage = true;
        self
    }

    /// A system call that failed on this file. `problem` says what could not be done, as in
    /// "cannot open". Adds a remedy for the common errors.
    pub fn io(file: &Path, problem: &str, error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        let failure = Self::new(format!("{problem}: {error}")).in_file(file);
        match error.kind() {
            ErrorKind::NotFound => {
                failure.remedy("check the path; a relative path starts at the current folder")
            }
            ErrorKind::PermissionDenied => {
                failure.remedy("check the permissions of the file and its folder")
            }
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                failure.remedy("free disk space and run again; the old file is untouched")
            }
            _ => failure,
        }
    }

    /// Names the file.
    pub fn in_file(mut self, file: &Path) -> Self {
        self.0.file = Some(file.to_owned());
        self
    }

    /// Names the row.
    pub fn at(mut self, row: RowNumber) -> Self {
        self.0.row = Some(row);
        self
    }

    /// Names the column, by its name in the file.
    pub fn column(mut self, column: impl Into<String>) -> Self {
        self.0.column = Some(column.into());
        self
    }

    /// Shows the wrong value. Never pass a customer's id.
    pub fn value(mut self, value: &str) -> Self {
        self.0.value = Some(shown(value));
        self
    }

    /// Adds what would be right, or what to do.
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.0.remedy = Some(remedy.into());
        self
    }

    /// Adds a second part to the problem, after a semicolon.
    pub fn also(mut self, more: &str) -> Self {
        self.0.problem.push_str("; ");
        self.0.problem.push_str(more);
        self
    }

    /// The exit status of the program: 1 for bad input, 2 for wrong usage.
    pub fn exit_code(&self) -> u8 {
        if self.0.usage { 2 } else { 1 }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Parts { file, row, column, value, problem, remedy, .. } = &*self.0;
        let mut place = Vec::new();
        place.extend(file.as_ref().map(|file| escaped(&file.to_string_lossy())));
        place.extend(row.map(|row| match row {
            RowNumber::Line(n) => format!("line {n}"),
            RowNumber::Row(n) => format!("row {n}"),
        }));
        place.extend(column.as_ref().map(|column| format!("column \"{}\"", shown(column))));
        if !place.is_empty() {
            write!(f, "{}: ", place.join(", "))?;
        }
        if let Some(value) = value {
            write!(f, "\"{value}\" ")?;
        }
        f.write_str(problem)?;
        if let Some(remedy) = remedy {
            write!(f, "\n  {remedy}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}

/// A value as a message may show it: at most [`MAX_SHOWN`] characters, on one line, without
/// characters that could control a terminal.
pub fn shown(value: &str) -> String {
    let mut short: String = value.chars().take(MAX_SHOWN).collect();
    let rest = value.len() - short.len();
    short = escaped(&short);
    if rest > 0 {
        short.push_str(&format!("... ({rest} more bytes)"));
    }
    short
}

/// Escapes control characters, and those that change the direction of text.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let controls = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
        if c.is_control() || controls { out.extend(c.escape_default()) } else { out.push(c) }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_every_part_in_two_lines() {
        let failure = Failure::new("is not a known outcome")
            .in_file(Path::new("history.csv"))
            .at(RowNumber::Line(17))
            .column("fit")
            .value("smal")
            .remedy("add it to [history.outcomes]");
        assert_eq!(
            failure.to_string(),
            "history.csv, line 17, column \"fit\": \"smal\" is not a known outcome\n  add it to [history.outcomes]"
        );
        assert_eq!(failure.exit_code(), 1);
        assert_eq!(Failure::new("no").into_usage().exit_code(), 2);
    }

    #[test]
    fn shown_values_are_short_and_escaped() {
        assert_eq!(shown("a\u{1b}[2J\n\u{202e}b"), "a\\u{1b}[2J\\n\\u{202e}b");
        let long = "ü".repeat(10_000);
        assert_eq!(shown(&long), format!("{}... (19840 more bytes)", "ü".repeat(80)));
    }
}
