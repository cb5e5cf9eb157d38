//! One size of a label, as the reader of labels passes it on.

use crate::size::shape::{Number, Parsed};

/// One size that a label names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Part {
    /// As the page reads it, or so after a translation of its words.
    Plain(Parsed),
    /// A letter of Brazil, Mexico or Japan that `shape.rs` does not know: index into
    /// [`LETTERS`](super::parts::LETTERS).
    Foreign(usize),
    /// America's unisex shoes, "M9/W11": the men's and the women's number.
    Unisex(Number, Number),
    /// A plus size in a cut, "14WP": the size, and the length of the cut.
    CutPlus(Parsed, f64),
    /// A ring: its place in the alphabet, 1 for A.
    Ring(f64),
}
