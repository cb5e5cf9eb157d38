//! The things training has beliefs about, as indices into each other: purchases, sizes, articles,
//! brands, scales, customers.

use crate::infer::Evidence;
use crate::outcome::Outcome;
use crate::size::System;

/// One purchase.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct OrderLine {
    pub(crate) article: u32,
    /// Index into [`Graph::slots`].
    pub(crate) slot: u32,
    pub(crate) outcome: Outcome,
    pub(crate) evidence: Evidence,
    /// Weight of what it says of its article.
    pub(crate) share: f64,
    pub(crate) day: i32,
    /// What it says of the sizes it was chosen from begins here in
    /// [`State::popularity_sites`](super::state::State::popularity_sites).
    pub(crate) menu: usize,
}

/// One size of one article.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot {
    pub(crate) article: u32,
    pub(crate) label: u16,
}

#[derive(Clone, Debug)]
pub(crate) struct ArticleNode {
    pub(crate) key: u64,
    pub(crate) brand: u32,
    pub(crate) scale: u16,
    pub(crate) group: u16,
    pub(crate) slots: std::ops::Range<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct BrandNode {
    pub(crate) group: u16,
    pub(crate) name: String,
    pub(crate) category: String,
}

#[derive(Clone, Debug)]
pub(crate) struct ScaleNode {
    pub(crate) group: u16,
    pub(crate) system: System,
    pub(crate) labels: Vec<String>,
    /// Starting positions, steps.
    pub(crate) start: Vec<f64>,
    /// Lengths that the labels themselves say.
    pub(crate) lengths: Vec<f64>,
    /// Whether the start comes from a public table, and so is worth more.
    pub(crate) known: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct CustomerNode {
    pub(crate) id: u32,
    pub(crate) lines: std::ops::Range<usize>,
}
