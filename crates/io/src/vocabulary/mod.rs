//! The words that shops and platforms use, one file for each subject.

mod columns;
mod fold;
mod guests;
mod missing;
mod outcomes;
mod size_words;

pub use columns::StandardColumn;
pub(crate) use fold::squeezed as folded;
pub use guests::{CustomerKind, customer_kind};
pub use missing::{is_missing, is_no_size};
pub use outcomes::{OutcomeKind, OutcomeReader, is_outcome_word};
pub(crate) use outcomes::{is_status_header, order_status};
pub(crate) use size_words::{is_colour_word, is_size_word, names_no_garment};
