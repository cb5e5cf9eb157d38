//! Static tables of a history: articles, brands, labels, scales, fit groups, attributes, and
//! measurement summaries.

mod articles;
mod attributes;
mod build;
#[cfg(test)]
pub(crate) mod catalogue_fixture;
mod groups;
mod measurement_counts;
mod measurements;
mod nodes;
mod rows;
mod runs;
mod scales;

pub use articles::ONLY_GROUP;
pub(crate) use attributes::Attributes;
pub(crate) use build::{ArticleIndex, Graph};
pub(crate) use measurements::CustomerMeasurements;
pub(crate) use nodes::{ScaleNode, Slot};
pub(crate) use rows::EvidenceRows;
