//! The protocols of an evaluation: which purchases training sees, and which are measured.

pub mod ablation;
pub mod after_day;
pub mod customer_folds;
pub mod random_splits;
mod results;
pub mod test_table;

pub use random_splits::SplitResults;
pub use results::{KeptSizeResults, Protocol, PurchaseResults};
