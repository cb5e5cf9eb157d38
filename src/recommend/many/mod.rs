//! The advised sizes of many customers in many articles, for scoring at the speed of memory.
//!
//! [`CustomerBlock`] has customers of whom the private files tell, prepared once, each number in a
//! row of its own. A [`Picker`] prepares one article after another and picks its size for every
//! customer of a block, several at once. The picks are those of [`pick`](super::pick), bit by bit.
//! [`BestFits`] keeps a customer's best articles.

mod best_fits;
mod customers;
mod picker;
#[cfg(test)]
mod tests;

pub use best_fits::{BestFits, Fit};
pub use customers::{CustomerBlock, KnownBy};
pub use picker::{Picker, SizePick};
