//! Returns that another table lists than the purchases: reads them, and joins them to the order
//! lines of the history.

mod join;
mod keys;
mod lines;
mod table;

#[cfg(test)]
mod tests;

pub(super) use join::join;
pub(super) use table::{Returns, read};
