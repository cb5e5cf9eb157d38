//! The one error type of the core.

use crate::text::joined;
use std::fmt;

/// Why a model's bytes or a history were refused. Never carries a customer's id.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// A file's bytes break its specification.
    Format {
        /// Offset of the first byte at fault.
        at: u64,
        /// What is wrong there, and what would be right.
        what: String,
    },
    /// A history cannot be trained on.
    History {
        /// What is wrong, and what would be right.
        what: String,
    },
}

impl Error {
    /// What it says, as [`Display`](fmt::Display) does, without the standard library's formatting.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::Format { at, what } => {
                joined!["not a usable inseam file: at byte ", at, ": ", what]
            }
            Self::History { what } => joined!["unusable history: ", what],
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for Error {}
