//! The one error type of the core.

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
    /// Advice was asked of something the model does not know.
    Unknown {
        /// What kind of thing: "fit group", "size system" ...
        kind: &'static str,
        /// The value given.
        value: String,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Format { at, what } => write!(f, "not a usable inseam file: at byte {at}: {what}"),
            Self::History { what } => write!(f, "unusable history: {what}"),
            Self::Unknown { kind, value } => write!(f, "unknown {kind} \"{value}\""),
        }
    }
}

impl std::error::Error for Error {}
