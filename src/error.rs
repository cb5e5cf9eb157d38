//! The error type of the core, for damaged files and unusable histories.

use crate::text::joined;
use std::fmt;

/// Why a file's bytes or a history were refused. Never contains a customer's id.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// A file's bytes violate the format's specification.
    Format {
        /// Offset of the fault.
        at: u64,
        /// What was found there, and what would be right.
        what: String,
    },
    /// A store of partitions failed.
    Storage {
        /// What could not be done, and why.
        what: String,
    },
    /// A history cannot be trained on.
    History {
        /// What was found, and what would be right.
        what: String,
    },
}

impl Error {
    /// The message, the same as with [`Display`](fmt::Display) but without the standard library's
    /// formatting code.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::Format { at, what } => {
                joined!["not a usable inseam file: at byte ", at, ": ", what]
            }
            Self::Storage { what } => joined!["the store of training failed: ", what],
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
