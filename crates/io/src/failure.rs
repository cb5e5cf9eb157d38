//! The one error of the program: where, what was found, and what would be right.

use std::fmt;
use std::path::{Path, PathBuf};

/// Longest value that a message repeats, in characters.
const SHOWN: usize = 80;

/// Where in a file something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// Line of a text file, the first being 1 (in CSV that is the header).
    Line(u64),
    /// Row of a Parquet file, the first being 1.
    Row(u64),
}

/// Why the program stopped. Built up from [`Failure::new`]; `Display` is one line, or two where
/// there is something to say about what would be right.
///
/// Never give it a customer's id: messages end up in logs.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure(Box<Parts>);

#[derive(Clone, Debug, PartialEq)]
struct Parts {
    file: Option<PathBuf>,
    row: Option<Row>,
    column: Option<String>,
    value: Option<String>,
    problem: String,
    remedy: Option<String>,
    usage: bool,
}

impl Failure {
    /// A bad input: what is wrong, as the end of a sentence that begins with the place or the
    /// value.
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

    /// The same as the fault of the command line: exit status 2.
    pub fn into_usage(mut self) -> Self {
        self.0.usage = true;
        self
    }

    /// A system call that failed on this file, in the system's own words and, where they are no
    /// help, in ours.
    pub fn io(file: &Path, doing: &str, error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        let failure = Self::new(format!("{doing}: {error}")).in_file(file);
        match error.kind() {
            ErrorKind::NotFound => {
                failure.remedy("check the path; relative ones start at the current folder")
            }
            ErrorKind::PermissionDenied => {
                failure.remedy("check the permissions of the file and its folder")
            }
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                failure.remedy("make room and run again; what stood there before is untouched")
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
    pub fn at(mut self, row: Row) -> Self {
        self.0.row = Some(row);
        self
    }

    /// Names the column, as the file calls it.
    pub fn column(mut self, column: impl Into<String>) -> Self {
        self.0.column = Some(column.into());
        self
    }

    /// Shows the value that is wrong. Not for customers' ids.
    pub fn value(mut self, value: &str) -> Self {
        self.0.value = Some(shown(value));
        self
    }

    /// Says what would be right, or what to do.
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.0.remedy = Some(remedy.into());
        self
    }

    /// Adds to the problem, after a semicolon.
    pub fn also(mut self, more: &str) -> Self {
        self.0.problem.push_str("; ");
        self.0.problem.push_str(more);
        self
    }

    /// The exit status: 1 for a bad input, 2 for wrong usage.
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
            Row::Line(n) => format!("line {n}"),
            Row::Row(n) => format!("row {n}"),
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

/// A value fit for a message: at most [`SHOWN`] characters, on one line, nothing that could steer a
/// terminal.
pub fn shown(value: &str) -> String {
    let mut short: String = value.chars().take(SHOWN).collect();
    let rest = value.len() - short.len();
    short = escaped(&short);
    if rest > 0 {
        short.push_str(&format!("... ({rest} more bytes)"));
    }
    short
}

/// Control characters (also those that change the direction of text) as escapes.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let steers = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
        if c.is_control() || steers { out.extend(c.escape_default()) } else { out.push(c) }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_names_every_part_in_two_lines() {
        let failure = Failure::new("is not a known outcome")
            .in_file(Path::new("history.csv"))
            .at(Row::Line(17))
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
    fn values_are_short_and_harmless() {
        assert_eq!(shown("a\u{1b}[2J\n\u{202e}b"), "a\\u{1b}[2J\\n\\u{202e}b");
        let long = "ü".repeat(10_000);
        assert_eq!(shown(&long), format!("{}... (19840 more bytes)", "ü".repeat(80)));
    }
}
