//! Articles, and the brands that are their parents (`model/README.md`, section 1).

use crate::math::Gaussian;

/// A brand within one fit group and category: what its articles have in common.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Brand {
    /// The brand's name; empty if the history has none.
    pub name: String,
    /// A category within the fit group (dress, gown, sheath); empty if the history has none.
    pub category: String,
    /// Index of the fit group.
    pub group: u16,
    /// Mean offset of the brand's articles, steps; positive runs large.
    pub offset: Gaussian,
    /// Mean spread of the brand's articles, probit units; positive for more misfits on both sides.
    pub spread: Gaussian,
}

/// One article: the beliefs about its latents, and the sizes it is sold in.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Article {
    /// [`article_key`] of the shop's id.
    pub key: u64,
    /// Index of its brand (and so of its fit group).
    pub brand: u32,
    /// Index of the size scale its labels are on.
    pub scale: u16,
    /// Offset b, steps; positive runs large. Includes the brand's belief.
    pub offset: Gaussian,
    /// Grade g: how much the offset grows with each step of position.
    pub grade: Gaussian,
    /// Spread s, probit units; positive for more misfits on both sides. Includes the brand's
    /// belief.
    pub spread: Gaussian,
    /// Choice offset c: how much smaller the sizes are that customers take of it, steps; 0 without
    /// evidence.
    pub choice_offset: f64,
    /// Its sizes in the order of the scale; at least one.
    pub sizes: Vec<ArticleSize>,
}

/// One size of one article.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ArticleSize {
    /// Index into the scale's labels.
    pub label: u16,
    /// Popularity, the logarithm of a weight: how much more often this size of this article is
    /// taken than position, length and appeal of its label predict; 0 for as often.
    pub popularity: f64,
}

/// Bits of an article's key. Among a million articles, two share a key with probability 1 in 9,000;
/// one unknown id in 4 billion is mistaken for a known one.
pub const KEY_BITS: u32 = 52;

/// Key of an article: the highest [`KEY_BITS`] bits of XXH64 with seed 0 of the id's
/// UTF-8 bytes.
///
/// ```
/// assert_eq!(inseam::model::article_key("SKU-123"), inseam::model::article_key("SKU-123"));
/// assert_ne!(inseam::model::article_key("SKU-123"), inseam::model::article_key("SKU-124"));
/// ```
#[must_use]
pub fn article_key(id: &str) -> u64 {
    xxhash_rust::xxh64::xxh64(id.as_bytes(), 0) >> (64 - KEY_BITS)
}
