//! Reads a shop's history and catalogue into the columns that training takes.

mod catalogue;
mod column_use;
mod load;
mod read;
mod rejects;
mod rows;
mod values;

#[cfg(test)]
mod tests;

pub use catalogue::split_sizes;
pub use load::{load_history, load_test};
pub use read::{History, RowCounts};
pub use rows::select_rows;
