//! Size labels: how people write them, the size systems they belong to, and their starting
//! positions (`model/README.md`, section 1, labels).
//!
//! [`Label`] gives different spellings of one size the same text. [`position`] returns a size's
//! starting position on a fit group's axis, from public conversion tables. Positions are in
//! *steps*; a step is about one women's dress size, 4 cm of girth (footwear: one European shoe
//! size, children: 6 cm of height). Training moves the positions, because shops deviate from the
//! tables.
//!
//! `shape` parses a label's text, `label` gives it a canonical form, `tables` and `place` give it a
//! position, `length` reads petite, tall or the inseam. With the feature `train`, `reading` reads
//! more than a page does: words of many languages, labels with two sizes, labels that explain each
//! other.
//!
//! ```
//! use inseam::size::{Axis, Label, System, position};
//! assert_eq!(Label::parse(" extra-large ")?.as_str(), "XL");
//! assert_eq!(Label::parse("32x34")?.as_str(), "W32/L34");
//! // One dress size in four countries:
//! for (label, system) in [("38", System::De), ("40", System::Fr), ("12", System::Uk), ("8", System::Us)] {
//!     assert_eq!(position(label, system, Axis::Women), Some(0.0));
//! }
//! assert_eq!(position("EU 40", System::Unspecified, Axis::Women), Some(1.0));
//! assert_eq!(position("40", System::Unspecified, Axis::Women), None);
//! # Ok::<(), inseam::size::LabelError>(())
//! ```

mod axis;
#[cfg(feature = "train")]
mod countries;
#[cfg(feature = "train")]
mod group_names;
mod kinds;
mod label;
mod length;
mod letters;
mod place;
#[cfg(feature = "train")]
mod reading;
mod shape;
mod system;
mod system_names;
mod tables;

#[cfg(test)]
mod tests;

pub use axis::Axis;
#[cfg(feature = "train")]
pub(crate) use group_names::{is_for_women, is_lower_body};
pub use label::{Label, LabelError, MAX_LABEL_BYTES, canonical};
pub use length::length;
pub(crate) use letters::same_name;
pub use place::position;
#[cfg(feature = "train")]
pub(crate) use reading::{Family, Placement, lists_of_rings, placements, readings_together};
#[cfg(feature = "train")]
pub use reading::{is_understood, size_in_variant, understood};
pub use system::System;
