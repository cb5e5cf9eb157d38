//! What training reads from labels beyond what a page does: words of many languages, labels with
//! two parts, and every meaning that a label can have.
//!
//! The canonical text of a label does not depend on this module, because a page, which is built
//! without it, must find the model's labels by their canonical texts. A label that only this module
//! understands keeps the text that the shop writes.

mod context;
mod numbers;
mod part_position;
mod parts;
mod placements;
mod readings;
mod variant;
mod words;

pub(crate) use placements::{Placement, placements};
#[cfg(test)]
pub(crate) use readings::Reading;
pub use readings::is_understood;
pub(crate) use readings::{Family, readings};
pub use variant::size_in_variant;
