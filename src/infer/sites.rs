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
    /// Number of messages.
    pub(crate) const COUNT: usize = 17;

    /// In the order in which partitions store them.
    pub(crate) fn to_array(self) -> [Gaussian; Self::COUNT] {
        let Self { choice, factors: [small, large], returned } = self;
        let [small_fussiness, small_preference] = small.traits;
        let [large_fussiness, large_preference] = large.traits;
        [
            choice.size,
            choice.choice_offset,
            choice.length,
            small.size,
            small_fussiness,
            small_preference,
            small.article.offset,
            small.article.grade,
            small.article.spread,
            large.size,
            large_fussiness,
            large_preference,
            large.article.offset,
            large.article.grade,
            large.article.spread,
            returned.customer,
            returned.article,
        ]
    }

    /// From the order in which partitions store them.
    pub(crate) fn from_array(messages: [Gaussian; Self::COUNT]) -> Self {
        let [choice_size, choice_offset, length, factors @ .., customer, article] = messages;
        let factors: [Gaussian; 12] = factors;
        let factor = |first: usize| OutcomeSites {
            size: factors[first],
            traits: [factors[first + 1], factors[first + 2]],
            article: ArticleLatents {
                offset: factors[first + 3],
                grade: factors[first + 4],
                spread: factors[first + 5],
            },
        };
        Self {
            choice: ChoiceSites { size: choice_size, choice_offset, length },
            factors: [factor(0), factor(6)],
            returned: ReturnSites { customer, article },
        }
    }

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
