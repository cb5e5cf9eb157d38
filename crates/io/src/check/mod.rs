//! The report about a history: what the reader found in the files and what it understood.
//!
//! `outcomes`, `labels` and `groups` count what the rows have; `report` puts the parts together,
//! and `text` prints them.

mod counts;
mod outcomes;
mod report;
mod text;

pub use counts::Share;
pub use outcomes::{OutcomeSummary, WordShare};
pub use report::CheckReport;
