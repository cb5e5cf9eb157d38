//! Tests of labels and starting positions.

mod axes;
mod hostile_text;
mod kit;
#[cfg(feature = "train")]
mod placements;
#[cfg(feature = "train")]
mod readings;
mod spellings;
mod tables;
#[cfg(feature = "train")]
mod together;
#[cfg(feature = "train")]
mod variants;
