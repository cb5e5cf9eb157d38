//! Reads the pipeline file, which names a shop's tables, their columns and their words.

mod charts;
mod conditions;
mod expand;
mod file;
mod fill;
mod mapping;
mod outcomes;
mod tables;
mod train;

#[cfg(test)]
mod tests;

pub use charts::{ChartColumns, ChartUnit, ChartsTable};
pub use conditions::{Condition, RowConditions};
pub use file::Pipeline;
pub use fill::{Fill, Unusable};
pub use mapping::{Mapping, NamedColumns, find_columns, find_header, translated_group};
pub use outcomes::{OutcomeName, outcome_names};
pub use tables::{
    Catalogue, CatalogueColumns, HistoryColumns, HistoryTable, ModelTable, OneOrMany,
    ReturnsColumns, ReturnsTable, TestTable,
};
pub use train::TrainTable;
