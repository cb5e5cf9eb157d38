//! The sites of one purchase: its messages to every latent, as the private files keep them.

use crate::math::Gaussian;
use crate::outcome::Outcome;

/// What one purchase said, and of whom and what.
#[derive(Clone, Debug, PartialEq)]
pub struct PurchaseSites {
    /// Index of the customer's id among the distinct texts of the customer column.
    pub customer: u32,
    /// Key of the article.
    pub article: u64,
    /// Index of the label in the article's scale.
    pub label: u16,
    /// The outcome as the history has it.
    pub outcome: Outcome,
    /// Day since 1970-01-01; 0 where the history has none.
    pub day: i32,
    /// Sites to latent size, fussiness, preference, length, the customer's returning, offset,
    /// spread, deviation, the article's returning, grade and cut.
    pub messages: [Gaussian; 11],
    /// To the popularity of each size on offer, in the order of the article's sizes: precision,
    /// precision times mean.
    pub popularity: Vec<[f32; 2]>,
}

impl PurchaseSites {
    /// Index into `messages` of what was said of how readily the article comes back for other
    /// reasons than its size.
    pub const ARTICLE_RETURNING: usize = 8;
    /// Index of what was said of the article's grade.
    pub const GRADE: usize = 9;
    /// Index of what was said of its cut.
    pub const CUT: usize = 10;
}
