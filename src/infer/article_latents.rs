//! The latents of an article in the outcome factors (`model/README.md`, section 1).

use crate::math::Gaussian;

/// Beliefs about an article's latents, or messages to them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct ArticleLatents {
    /// Offset b of the article, steps.
    pub(crate) offset: Gaussian,
    /// Grade g: how the offset grows with the position.
    pub(crate) grade: Gaussian,
    /// Spread s of the article, probit units.
    pub(crate) spread: Gaussian,
}

impl ArticleLatents {
    /// Combines each latent with the other's.
    pub(crate) fn combine(self, other: Self) -> Self {
        self.zip_with(other, Gaussian::combine)
    }

    /// Removes the other's evidence from each latent.
    #[cfg(feature = "train")]
    pub(crate) fn remove(self, other: Self) -> Self {
        self.zip_with(other, Gaussian::remove)
    }

    fn zip_with(self, other: Self, f: fn(Gaussian, Gaussian) -> Gaussian) -> Self {
        Self {
            offset: f(self.offset, other.offset),
            grade: f(self.grade, other.grade),
            spread: f(self.spread, other.spread),
        }
    }
}
