//! Sites: the messages that one purchase sends to each latent, stored factor by factor
//! (`model/README.md`, section 4).

use super::article_latents::ArticleLatents;
use crate::math::Gaussian;
#[cfg(feature = "train")]
use crate::model::TRAITS;

/// Messages of one outcome factor, "too small" or "too large".
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct OutcomeSites {
    /// To the customer's latent size.
    pub(crate) size: Gaussian,
    /// To the customer's fussiness and preference.
    pub(crate) traits: [Gaussian; 2],
    /// To the article's latents.
    pub(crate) article: ArticleLatents,
}

/// Messages of the choice factor.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct ChoiceSites {
    /// To the customer's latent size.
    pub(crate) size: Gaussian,
    /// To the article's choice offset.
    pub(crate) choice_offset: Gaussian,
    /// To the customer's wish for length.
    pub(crate) length: Gaussian,
}

/// Messages of the factor "comes back for another reason than its size".
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct ReturnSites {
    /// To the customer's readiness to return.
    pub(crate) customer: Gaussian,
    /// To the article's readiness to be returned.
    pub(crate) article: Gaussian,
}

/// All messages of one purchase.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Sites {
    /// Of the choice factor.
    pub(crate) choice: ChoiceSites,
    /// Of the factors "too small" and "too large".
    pub(crate) factors: [OutcomeSites; 2],
    /// Of the factor "comes back for another reason".
    pub(crate) returned: ReturnSites,
}

/// Sums that training needs. The browser keeps sites only while it passes over one history.
#[cfg(feature = "train")]
impl Sites {
    /// The message from all factors together to the customer's latent size.
    pub(crate) fn size(&self) -> Gaussian {
        self.choice.size.combine(self.factors[0].size).combine(self.factors[1].size)
    }

    /// The messages from all factors together to the customer's traits.
    pub(crate) fn traits(&self) -> [Gaussian; TRAITS] {
        let both = |i: usize| self.factors[0].traits[i].combine(self.factors[1].traits[i]);
        [both(0), both(1), self.choice.length, self.returned.customer]
    }

    /// The messages from both outcome factors together to the article's latents.
    pub(crate) fn article(&self) -> ArticleLatents {
        let [small, large] = &self.factors;
        small.article.combine(large.article)
    }
}
