//! The order log: all statements about order lines that a shop's files have made, beside the model.
//!
//! Files may come in any order and any number of times. The log is a set of statements, so that
//! merging two logs gives the same set in any order; [`crate::history::settle`] decides which
//! statements count. Customers, orders and lines are in it under pseudonyms.

mod follow;
mod head;
mod log;
mod merge;
mod pseudonym;
mod rows;
mod segment;
mod table;

pub use follow::{LoggedHistory, begin, follow};
pub use head::LoggedFile;
pub use log::{Addition, OrderLog, OrderLogMark, log_folder};
pub use pseudonym::{Pseudonyms, key_of_pseudonym, rank_of_pseudonym};
pub use rows::LoggedRows;
