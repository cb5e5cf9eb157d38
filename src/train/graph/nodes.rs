//! The rows of the static tables: sizes, articles, brands and scales, as indices into each other.

use crate::size::{Axis, System};
use serde::{Deserialize, Serialize};

/// One size of one article.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Slot {
    pub(crate) article: u32,
    /// Index into the labels of the article's scale.
    pub(crate) label: u16,
}

/// One article.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ArticleNode {
    pub(crate) key: u64,
    pub(crate) brand: u32,
    pub(crate) scale: u16,
    pub(crate) group: u16,
    /// Its sizes: indices into the graph's slots, sorted by label.
    pub(crate) slots: std::ops::Range<u32>,
}

/// One brand in one fit group and category.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct BrandNode {
    pub(crate) group: u16,
    pub(crate) name: String,
    pub(crate) category: String,
}

/// One size scale.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ScaleNode {
    pub(crate) group: u16,
    /// The fit group as the shop names it.
    pub(crate) given: String,
    pub(crate) system: System,
    /// Whether the scale was found by the sizes that articles are sold in.
    pub(crate) searched: bool,
    /// Sorted.
    pub(crate) labels: Vec<String>,
    /// Starting position of each label, steps.
    pub(crate) start: Vec<f64>,
    /// Length that each label itself names: petite below 0, long above.
    pub(crate) lengths: Vec<f64>,
    /// Whether the starting positions come from a public table, and so get a stronger prior.
    pub(crate) known: bool,
    /// Lists of labels, as indices, whose positions must ascend.
    pub(crate) ascending: Vec<Vec<usize>>,
}

/// The tables of the history before, as far as articles keep their scales.
#[derive(Clone, Copy, Debug)]
pub(super) struct TablesBefore<'g> {
    /// Names of the fit groups.
    pub(super) groups: &'g [String],
    pub(super) scales: &'g [ScaleNode],
    /// Sorted by key.
    pub(super) articles: &'g [ArticleNode],
}

/// One fit group, as far as its sizes tell which bodies they are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct GroupSizes {
    /// The public table of its sizes: by its name or, for a group that was found, by its labels.
    /// `None` where nothing tells.
    pub(crate) axis: Option<Axis>,
    /// Whether the shop gave the group its name.
    pub(crate) named: bool,
    /// Whether most purchases are in letters.
    pub(crate) letters: bool,
    /// Whether public tables place the sizes of most purchases.
    pub(crate) placed: bool,
}
