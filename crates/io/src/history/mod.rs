//! Reads a shop's history and catalogue into the columns that training takes.

mod catalogue;
mod charts;
mod column_use;
mod conditions;
mod customers;
mod fill;
mod gathered;
mod ids;
mod lines;
mod load;
mod mapping;
mod options;
mod quantity;
mod read;
mod rejects;
mod report;
mod returns;
mod rows;
mod size_lists;
mod systems;
mod titles;
mod values;

#[cfg(test)]
mod chart_tests;
#[cfg(test)]
mod shops;
#[cfg(test)]
mod tests;

pub use ids::plain_id;
pub use load::{load_history, load_test};
pub use read::{History, RowCounts};
pub use report::{FileRead, Finding, NAMES_NO_SIZE, ReadingReport, RowExample, UNUSABLE};
pub use rows::select_rows;
pub use size_lists::split_sizes;
