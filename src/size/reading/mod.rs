//! What training reads from labels beyond what a page does: words of many languages, labels with
//! two parts, and every meaning that a label can have.
//!
//! The canonical text of a label does not depend on this module, because a page, which is built
//! without it, must find the model's labels by their canonical texts. A label that only this module
//! understands keeps the text that the shop writes.

mod context;
mod cuts;
mod feet;
mod numbers;
mod part;
mod part_position;
mod parts;
mod placements;
mod readings;
mod rings;
mod together;
mod variant;
mod words;

pub(crate) use placements::{Placement, placements};
pub(crate) use readings::Family;
#[cfg(test)]
pub(crate) use readings::Reading;
pub use readings::is_understood;
#[cfg(test)]
pub(crate) use readings::readings;
pub use together::understood;
pub(crate) use together::{lists_of_rings, readings_together};
pub use variant::size_in_variant;
