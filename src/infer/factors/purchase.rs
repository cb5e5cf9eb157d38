//! Inputs of one purchase's factors (`PurchaseFactors`), and what a pass over them returns to
//! learning (`FactorStats`).

use crate::infer::article_latents::ArticleLatents;
#[cfg(feature = "train")]
use crate::infer::choice_model::others_chance_by;
use crate::infer::choice_model::{OfferedSize, others_chance};
use crate::infer::evidence::Evidence;
use crate::infer::probit::Pull;
use crate::math::{Gaussian, Moments};
use crate::model::{BASIS, Choice, Others, OutcomeTerms, Returns};

/// One size of an article, with the beliefs about the article's latents without the purchase at
/// hand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Garment {
    /// Position of the label, steps.
    pub(crate) position: f64,
    /// Its latents in the outcome factors.
    pub(crate) latents: ArticleLatents,
    /// Its choice offset, how much smaller the sizes are that customers take of it, steps.
    pub(crate) choice_offset: Moments,
    /// Thresholds of its label, for "too small" and "too large"; for purchases made only.
    pub(crate) thresholds: [f64; 2],
    /// How readily the article comes back for other reasons than its size, probit units.
    pub(crate) returning: Gaussian,
    /// Scale of the noise in a choice among its article's sizes, steps.
    pub(crate) noise: f64,
}

/// Positions beyond this, in steps on either side, count as this in the grade.
const MAX_GRADED: f64 = 4.0;

impl Garment {
    /// Factor on the grade: the position, bounded.
    pub(crate) fn graded_position(&self) -> f64 {
        self.position.clamp(-MAX_GRADED, MAX_GRADED)
    }

    /// Expected offset from its label, steps; positive runs large.
    pub(crate) fn runs(&self) -> f64 {
        let ArticleLatents { offset, grade, .. } = self.latents;
        offset.mean() + self.graded_position() * grade.mean()
    }
}

/// The sizes that a purchase was chosen from, and the size taken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SizeChoice<'m> {
    pub(crate) offers: &'m [OfferedSize],
    /// Index of the size taken.
    pub(crate) taken: usize,
    /// Probability that a person other than the customer takes it. It does not depend on any
    /// belief, so it is computed once for all passes.
    pub(crate) by_others: f64,
}

impl<'m> SizeChoice<'m> {
    /// `None` for the only size on offer: who takes it did not choose it.
    pub(crate) fn new(offers: &'m [OfferedSize], taken: usize, others: &Others) -> Option<Self> {
        let by_others = || others_chance(offers, taken, others);
        (offers.len() > 1).then(|| Self { offers, taken, by_others: by_others() })
    }

    /// The same, where the factor on the weight of each size for another person is known.
    #[cfg(feature = "train")]
    pub(crate) fn by_factors(
        offers: &'m [OfferedSize],
        taken: usize,
        factors: impl Iterator<Item = f64>,
    ) -> Option<Self> {
        let by_others = || others_chance_by(offers, taken, factors);
        (offers.len() > 1).then(|| Self { offers, taken, by_others: by_others() })
    }
}

/// The factors of one purchase, with the parameters of its fit group.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PurchaseFactors<'m> {
    /// Index of the fit group's axis in the customer's [`Belief`](crate::infer::Belief).
    pub(crate) axis: usize,
    pub(crate) garment: Garment,
    pub(crate) evidence: Evidence,
    /// The choice of the size; `None` for a size that the customer did not choose themselves.
    pub(crate) menu: Option<SizeChoice<'m>>,
    pub(crate) terms: &'m OutcomeTerms,
    pub(crate) choice: &'m Choice,
    pub(crate) returns: &'m Returns,
    /// Factor on the messages to the article, from 0 to 1: below 1 where one customer bought the
    /// same article several times.
    pub(crate) share: f64,
}

/// Sign of the misfit z in the factors "too small" and "too large".
pub(super) const SIGN: [f64; 2] = [-1.0, 1.0];

impl PurchaseFactors<'_> {
    /// Probit units per step of latent size: for a chosen size, or for one that the customer did
    /// not choose.
    pub(super) fn slope(&self) -> f64 {
        if self.menu.is_some() { self.terms.chosen_slope } else { self.terms.slope }
    }
}

/// What learning needs from one pass over one purchase. Everything is under the cavity.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct FactorStats {
    /// The outcome factors "too small" and "too large"; `None` without evidence on them.
    pub(crate) factors: [Option<OutcomeFactorStats>; 2],
    /// How the factor "comes back for another reason" pulls the readiness to return.
    pub(crate) returned: Option<Pull>,
    /// The basis that the outcome terms multiply.
    pub(crate) basis: [f64; BASIS],
    /// Probability that the purchase was too small or too large.
    pub(crate) misfit: f64,
    /// Probability that the purchase is for the customer and not for somebody else.
    pub(crate) own: f64,
    /// How the choice pulls the latent size; `None` without a choice.
    pub(crate) choice: Option<Pull>,
    /// Log evidence of the choice, nats; 0 without a choice.
    pub(crate) choice_log_evidence: f64,
    /// Mean of the article's offset under the choice's cavity, steps.
    pub(crate) offset: f64,
    /// The wish for length under the choice's cavity.
    pub(crate) wish: Moments,
    /// Log evidence of the outcome; `None` where the outcome is no evidence.
    pub(crate) outcome_log_evidence: Option<f64>,
    /// Weight of "for another reason than its size" in the outcome; 0 for a kept purchase.
    pub(crate) unrelated: f64,
}

/// What learning needs of one outcome factor, "too small" or "too large".
#[cfg_attr(not(feature = "train"), allow(dead_code))] // only learning reads it
#[derive(Clone, Copy, Debug)]
pub(crate) struct OutcomeFactorStats {
    /// How the factor pulls its argument.
    pub(crate) pull: Pull,
    /// Mean of the factor's projection.
    pub(crate) mean: f64,
    /// Variance of the factor's projection.
    pub(crate) variance: f64,
    /// What the slope of a chosen size multiplies.
    pub(crate) chosen: SlopeTerm,
    /// What the garment's slope multiplies.
    pub(crate) garment: SlopeTerm,
}

/// What a slope multiplies in a factor's projection, in steps.
#[cfg_attr(not(feature = "train"), allow(dead_code))] // only learning reads it
#[derive(Clone, Copy, Debug)]
pub(crate) struct SlopeTerm {
    /// Mean: the derivative of the projection's mean by the slope.
    pub(crate) mean: f64,
    /// Variance, in squares of steps.
    pub(crate) variance: f64,
}
