//! The words that shops and platforms use, one file for each subject.

mod columns;

pub use columns::StandardColumn;
