//! The words that shops and platforms use, one file for each subject.

mod columns;
mod outcomes;

pub use columns::StandardColumn;
pub use outcomes::parse_outcome;
