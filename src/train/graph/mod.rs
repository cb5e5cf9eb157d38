//! Static tables of a history: articles, brands, labels, scales, fit groups, attributes, and
//! measurement summaries.

mod articles;
mod attributes;
mod build;
#[cfg(test)]
pub(crate) mod catalogue_fixture;
mod group_sizes;
mod groups;
mod held_runs;
mod label_order;
mod measurement_counts;
mod measurements;
mod nodes;
mod presumed_sizes;
mod rows;
mod run_labels;
mod run_likelihood;
mod runs;
mod scales;
mod seriation;
mod shared_bodies;
mod size_index;
mod size_runs;
mod start_positions;
mod unread_labels;

pub use articles::ONLY_GROUP;
pub(crate) use attributes::Attributes;
pub(crate) use build::{ArticleIndex, Graph};
pub(crate) use measurements::CustomerMeasurements;
pub(crate) use nodes::{ArticleNode, GroupSizes, ScaleNode, Slot};
pub(crate) use rows::CustomerRows;
pub(crate) use size_index::SizeIndex;
