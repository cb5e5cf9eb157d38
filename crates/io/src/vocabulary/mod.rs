//! The words that shops and platforms use, one file for each subject.

mod about_returns;
mod columns;
mod fold;
mod guests;
mod kinds_of_sale;
mod missing;
mod outcomes;
mod pieces_back;
mod size_words;
mod transactions;

pub(crate) use about_returns::is_about_returns;
pub use columns::StandardColumn;
pub(crate) use fold::squeezed as folded;
pub use guests::{CustomerKind, customer_kind};
pub(crate) use kinds_of_sale::is_kind_of_sale;
pub use missing::{is_missing, is_no_size};
pub use outcomes::{OutcomeKind, OutcomeReader, is_outcome_word};
pub(crate) use outcomes::{is_returned_header, is_status_header, order_status};
pub(crate) use pieces_back::{PiecesBack, counts_ordered_pieces, pieces_back};
pub(crate) use size_words::{is_colour_word, is_size_word, names_no_garment};
pub(crate) use transactions::{Transaction, is_transaction_header, transaction};
