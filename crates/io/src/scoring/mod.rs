//! Scoring: which columns of a table name customers and articles, lists of both, and the sizes of
//! every listed customer in every listed article, written as a folder of parts or as one file.
//!
//! Lowest first: `columns`; `list` (what lists share), `customers`, `stock`, `articles`; `grid`
//! (the pairs, as rows), `output` (where they are written, and what an earlier run has written
//! already), `plan` (what it will take), `run`.

mod articles;
mod columns;
mod customers;
mod grid;
mod list;
mod output;
mod plan;
mod run;
mod stock;

pub use articles::ArticleList;
pub use columns::{CustomerCells, CustomerColumns, standard_columns};
pub use customers::CustomerList;
pub use grid::Grid;
pub use list::ListCounts;
pub use output::{DEFAULT_ROWS_OF_PART, Output};
pub use plan::ScorePlan;
pub use run::{Scored, score};
