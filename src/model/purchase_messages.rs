//! The messages of one purchase to the latents that it bears on.

use crate::math::Gaussian;

/// The messages of one purchase, those of its factors summed. Precisions may be negative.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PurchaseMessages {
    /// To the customer's latent size in the fit group, steps.
    pub size: Gaussian,
    /// To the customer's fussiness.
    pub fussiness: Gaussian,
    /// To the customer's preference.
    pub preference: Gaussian,
    /// To the customer's wish for length.
    pub length: Gaussian,
    /// To how readily the customer sends things back for other reasons than their size.
    pub customer_returning: Gaussian,
    /// To the article's offset, steps.
    pub offset: Gaussian,
    /// To the article's spread.
    pub spread: Gaussian,
    /// To how readily the article comes back for other reasons than its size.
    pub article_returning: Gaussian,
    /// To the article's grade.
    pub grade: Gaussian,
    /// To the article's choice offset, steps.
    pub choice_offset: Gaussian,
}

impl PurchaseMessages {
    /// Number of messages.
    pub const COUNT: usize = 10;

    /// In the order of the messages file.
    #[must_use]
    pub fn to_array(&self) -> [Gaussian; Self::COUNT] {
        [
            self.size,
            self.fussiness,
            self.preference,
            self.length,
            self.customer_returning,
            self.offset,
            self.spread,
            self.article_returning,
            self.grade,
            self.choice_offset,
        ]
    }

    /// From the order of the messages file.
    #[must_use]
    pub fn from_array(messages: [Gaussian; Self::COUNT]) -> Self {
        let [
            size,
            fussiness,
            preference,
            length,
            customer_returning,
            offset,
            spread,
            article_returning,
            grade,
            choice_offset,
        ] = messages;
        Self {
            size,
            fussiness,
            preference,
            length,
            customer_returning,
            offset,
            spread,
            article_returning,
            grade,
            choice_offset,
        }
    }
}
