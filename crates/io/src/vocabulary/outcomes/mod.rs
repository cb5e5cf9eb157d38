//! Words for outcomes: the reason codes of shop platforms and everyday words of many languages.
//!
//! `platforms`, `everyday`, `more_everyday` and `eastern_europe` are lists of words, `phrases`
//! reads texts like "Waist too tight", `status` reads order statuses and yes-or-no columns, and
//! `meaning` decides what kind of column the words come from.

mod eastern_europe;
mod everyday;
mod kind;
mod lists;
mod meaning;
mod more_everyday;
mod phrases;
mod platforms;
mod status;

#[cfg(test)]
mod tests;

pub use kind::OutcomeKind;
pub use meaning::{OutcomeReader, is_outcome_word};
pub(crate) use meaning::{is_returned_header, is_status_header, order_status};
