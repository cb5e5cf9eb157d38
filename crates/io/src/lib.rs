//! What Inseam reads and writes: tables, pipeline files, a model's files, and progress.

pub mod atomic_file;
pub mod check;
pub mod dates;
pub mod digested_file;
pub mod failure;
pub mod hex;
pub mod history;
pub mod kept_training;
pub mod manifest;
pub mod memory;
pub mod numbers;
pub mod order_log;
mod owner_only;
pub mod partition_file;
pub mod pipeline;
pub mod plan;
pub mod platforms;
pub mod progress;
pub mod scoring;
mod shared_hashes;
pub mod stores;
pub mod table;
pub mod training;
pub mod usage;
pub mod vocabulary;
