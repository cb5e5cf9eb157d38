//! The choice factor: messages from the size taken to the customer and to the article, and whose
//! choice it was (`model/README.md`, sections 2 and 4).

use super::message::damp;
use super::purchase::{FactorStats, PurchaseFactors, SizeChoice};
use crate::infer::belief::Belief;
use crate::infer::choice_model::{ChoicePull, Choosing};
#[cfg(feature = "train")]
use crate::infer::choice_model::{Offer, OfferedSize};
use crate::infer::probit::{LinearTerm, Pull};
use crate::infer::sites::{ChoiceSites, Sites};
use crate::math::{Gaussian, Moments, Score};
use crate::model::LENGTH;

/// A choice under its cavity.
pub(super) struct ChoiceEvidence {
    /// How the choice, as the customer's own, pulls v.
    pull: Pull,
    /// Its probability as the customer's own.
    likelihood: f64,
    size: LinearTerm,
    choice_offset: LinearTerm,
    /// Probability that another person takes this size.
    others: f64,
}

impl PurchaseFactors<'_> {
    /// What customers allow for when they choose, steps: their share of the article's expected
    /// offset, and the article's choice offset.
    pub(crate) fn known_shift(&self) -> f64 {
        self.choice.awareness * self.garment.latents.offset.mean() + self.garment.choice_offset.mean
    }

    /// Probability of each of `offers` to be taken by a customer of this latent size and wish for
    /// length, before the purchase; they sum to one.
    #[cfg(feature = "train")]
    pub(crate) fn choice_chances(
        &self,
        offers: &[OfferedSize],
        size: Gaussian,
        wish: Moments,
    ) -> Vec<f64> {
        let (awareness, offset) = (self.choice.awareness, self.garment.latents.offset);
        let Moments { variance, .. } = self.garment.choice_offset;
        let v = Moments {
            mean: size.mean() - self.known_shift(),
            variance: size.variance() + awareness * awareness * offset.variance() + variance,
        };
        let (noise, others) = (self.garment.noise, &self.choice.others);
        Offer { sizes: offers, noise, others }.chances(v, wish)
    }

    /// The evidence of the choice under its cavity; `None` for a size that the customer did not
    /// choose. Records in `stats` what learning needs.
    pub(super) fn choice_evidence(
        &self,
        belief: &Belief,
        sites: &Sites,
        stats: &mut FactorStats,
        choosing: &mut Choosing,
    ) -> Option<ChoiceEvidence> {
        let SizeChoice { offers, taken, by_others } = self.menu?;
        let offset = sites
            .factors
            .iter()
            .fold(self.garment.latents.offset, |b, site| b.combine(site.article.offset));
        let Moments { mean, variance } = self.garment.choice_offset;
        let choice_offset = LinearTerm { mean, variance, weight: -1.0 };
        let size = LinearTerm::new(belief.size(self.axis).remove(sites.choice.size), 1.0);
        let offset = LinearTerm::new(offset, -self.choice.awareness);
        let v = Moments {
            mean: size.mean - self.choice.awareness * offset.mean - choice_offset.mean,
            variance: size.variance
                + self.choice.awareness * self.choice.awareness * offset.variance
                + choice_offset.variance,
        };
        stats.offset = offset.mean;
        stats.wish = Moments::from(belief.traits[LENGTH].remove(sites.choice.length));
        let noise = self.garment.noise;
        let ChoicePull { pull, likelihood } = choosing.pull(offers, taken, noise, v, stats.wish);
        Some(ChoiceEvidence { pull, likelihood, size, choice_offset, others: by_others })
    }

    /// Updates the choice factor. The scores that learning needs stay in `choosing`.
    ///
    /// No message goes to the article's offset; `model/README.md`, section 4, has the reason.
    pub(super) fn pass_choice(
        &self,
        evidence: &ChoiceEvidence,
        belief: &mut Belief,
        sites: &mut Sites,
        damping: f64,
        stats: &mut FactorStats,
        choosing: &mut Choosing,
    ) {
        let old = sites.choice;
        choosing.scores.weigh(stats.own);
        let pull = evidence.pull.own_with(stats.own);
        // Score and information at the mean of the wish are the message, as in an extended Kalman
        // filter.
        let Score { score, information } = choosing.scores.length;
        let to_length = Gaussian {
            precision: information,
            precision_mean: information * stats.wish.mean + score,
        };
        let fresh = ChoiceSites {
            size: damp(old.size, pull.message(evidence.size), damping),
            length: damp(old.length, to_length, damping),
            choice_offset: damp(
                old.choice_offset,
                pull.message(evidence.choice_offset).scale(self.share),
                damping,
            ),
        };
        belief.observe(self.axis, fresh.size.remove(old.size));
        belief.traits[LENGTH] = belief.traits[LENGTH].remove(old.length).combine(fresh.length);
        sites.choice = fresh;
        let share = self.choice.others.share;
        stats.choice = Some(pull);
        stats.choice_log_evidence = libm::log(evidence.own(share) + share * evidence.others);
    }
}

impl ChoiceEvidence {
    /// Probability that the choice is the customer's own and of this size, where others have this
    /// share of the purchases.
    fn own(&self, share: f64) -> f64 {
        (1.0 - share) * self.likelihood
    }

    /// Probability that the choice is the customer's own, given the size taken.
    pub(super) fn own_share(&self, share: f64) -> f64 {
        let own = self.own(share);
        own / (own + share * self.others)
    }

    /// The customer's latent size after the choice, if it is their own; `before` is the belief
    /// without it.
    pub(super) fn size_after(&self, before: Gaussian) -> Gaussian {
        before.combine(self.pull.message(self.size))
    }
}
