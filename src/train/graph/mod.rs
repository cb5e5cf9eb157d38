//! Static tables of a history: articles, brands, labels, scales, fit groups, attributes, and
//! measurement summaries.

mod articles;
mod attributes;
mod build;
mod evidence;
mod measurements;
mod nodes;
mod rows;
mod runs;
mod scales;

pub use articles::ONLY_GROUP;
pub(crate) use attributes::Attributes;
pub(crate) use build::Graph;
pub(crate) use nodes::{ArticleNode, CustomerNode, OrderLine, ScaleNode, Slot};
