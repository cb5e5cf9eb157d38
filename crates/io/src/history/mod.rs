//! Reads a shop's history and catalogue into the columns that training takes.

mod catalogue;
mod charts;
mod column_reader;
mod column_use;
mod conditions;
mod customers;
mod file_order;
mod fill;
mod gathered;
mod id_column;
mod ids;
mod input;
mod kinds_of_sale;
mod lines;
mod load;
mod mapping;
mod measurement_column;
mod options;
mod pieces_back;
mod quantity;
mod read;
mod rejects;
mod remembered;
mod report;
mod returns;
mod rows;
mod settle;
mod side_columns;
mod size_lists;
mod statements;
mod statuses;
mod systems;
mod titles;
mod transactions;
mod values;

#[cfg(test)]
mod chart_tests;
#[cfg(test)]
mod shops;
#[cfg(test)]
mod tests;

pub use file_order::FilePlace;
pub use ids::{DigestOfId, IdKind, plain_id};
pub use load::{load_history, load_test, show_reading};
pub(crate) use read::JOINED_VARIANTS;
pub use read::{History, RowCounts};
pub use report::{FileRead, Finding, NAMES_NO_SIZE, ReadingReport, RowExample, UNUSABLE};
pub use rows::{retain_rows, select_rows};
pub use settle::{Unsettled, require_same_lines, settle};
pub use size_lists::split_sizes;
pub use statements::{Statements, read_statements};
