//! The latents of an article in the outcome factors, as indices into arrays of them.

/// Offset b of the article.
pub(crate) const OFFSET: usize = 0;
/// Deviation r of one size.
pub(crate) const DEVIATION: usize = 1;
/// Grade g: how the offset grows with the position.
pub(crate) const GRADE: usize = 2;
/// Spread s of the article.
pub(crate) const SPREAD: usize = 3;
/// Number of these latents.
pub(crate) const LATENTS: usize = 4;
