//! The rows of a purchase history: what each contains, and their order.

mod order;
mod rows;

pub(crate) use order::{fold_of_customer, is_repeated_row, rows_by_customer};
pub(crate) use rows::{HistoryRows, Sales};
