//! The public file's header: everything but the articles (`model/format.md`).

mod fields;
mod limits;
mod read;
mod write;

pub use limits::{MAX_FEATURES, MAX_LEVELS, MAX_MEASUREMENTS, MAX_TEXT};
pub(super) use read::read;
pub(super) use write::write;
