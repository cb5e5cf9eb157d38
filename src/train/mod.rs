//! Learns a model from a history: sweeps of expectation propagation, with a step of empirical Bayes
//! after each.
//!
//! The bytes of the model depend only on the set of rows: not on their order, nor on the number of
//! threads.
//!
//! `off_policy` estimates what advice does, and depends on no other module here.
//!
//! Layers, lowest first: `graph` < `day_zero` < `events` < `state` < `carry` < `sweep` < `learn` <
//! `leave_one_out` < `purchase_outcome` < `advice` < `privacy` < `publish`.

mod advice;
mod cache_lines;
mod carry;
mod checkpoint;
mod columns;
mod day_zero;
#[cfg(test)]
mod day_zero_tests;
mod events;
mod fingerprint;
mod fit;
mod fixed_point;
mod graph;
mod learn;
mod learned_customer;
mod leave_one_out;
mod model_term;
pub mod off_policy;
mod privacy;
mod publish;
mod purchase_outcome;
mod refit;
mod reports;
mod sample;
mod settings;
mod size_report;
#[cfg(test)]
mod start_fixture;
mod state;
mod sweep;
mod tables;
mod threads;
mod trained;
mod training;
mod training_size;

#[cfg(test)]
mod tests;
#[cfg(test)]
#[path = "../../tests/tiny/mod.rs"]
mod tiny;

pub use carry::PreviousTraining;
pub use columns::{
    CatalogueEntry, ChartRow, Coded, Columns, IdDigest, MeasurementColumn, PurchaseIdentity,
    sample_rank,
};
pub use events::{MemoryStore, PartitionSource, PartitionStore};
pub use graph::ONLY_GROUP;
pub use learned_customer::{LearnedCounts, LearnedCustomer};
pub use model_term::ModelTerm;
pub use privacy::{Privacy, delta, rho};
pub use publish::Learned;
pub use reports::{HistorySummary, SweepReport};
pub use settings::Settings;
pub use size_report::{BodySource, PositionSource, RunReport, SizeReport};
pub use trained::Trained;
pub use training::{Training, examine_sizes, train};
pub use training_size::TrainingSize;
