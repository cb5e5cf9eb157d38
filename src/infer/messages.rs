//! What one purchase says of each latent, factor by factor.

use super::event::article;
use crate::math::Gaussian;
#[cfg(feature = "train")]
use crate::model::TRAITS;

/// Messages of one probit factor to the latents in it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct FactorMessages {
    pub(crate) size: Gaussian,
    /// To fussiness and preference.
    pub(crate) traits: [Gaussian; 2],
    /// To the article's latents, see [`article`].
    pub(crate) article: [Gaussian; article::LATENTS],
}

/// Messages of the choice factor to the latents in it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct ChoiceMessages {
    pub(crate) size: Gaussian,
    pub(crate) cut: Gaussian,
    pub(crate) length: Gaussian,
}

/// Messages of the factor "comes back for another reason" to the latents in it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct ReturnMessages {
    pub(crate) customer: Gaussian,
    pub(crate) article: Gaussian,
}

/// All messages of one purchase: of the choice factor, of the factors "too small" and "too large",
/// of "comes back for another reason".
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Messages {
    pub(crate) choice: ChoiceMessages,
    pub(crate) factors: [FactorMessages; 2],
    pub(crate) returned: ReturnMessages,
}

/// What training gathers; the browser keeps messages only while it passes over a history.
#[cfg(feature = "train")]
impl Messages {
    /// What the purchase says of the latent size, all factors together.
    pub(crate) fn size(&self) -> Gaussian {
        self.choice.size.combine(self.factors[0].size).combine(self.factors[1].size)
    }

    /// What the purchase says of the traits.
    pub(crate) fn traits(&self) -> [Gaussian; TRAITS] {
        let both = |i: usize| self.factors[0].traits[i].combine(self.factors[1].traits[i]);
        [both(0), both(1), self.choice.length, self.returned.customer]
    }

    /// What the purchase says of the article's latents, see [`article`].
    pub(crate) fn article(&self) -> [Gaussian; article::LATENTS] {
        let [a, b] = &self.factors;
        std::array::from_fn(|i| a.article[i].combine(b.article[i]))
    }
}
