//! The choice factor: messages from the size taken to the customer and to the article
//! (`model/README.md`, sections 2 and 4).

use super::message::damp;
use super::purchase::{FactorStats, PurchaseFactors};
use crate::infer::belief::Belief;
use crate::infer::choice_model::Choosing;
use crate::infer::probit::LinearTerm;
use crate::infer::sites::{ChoiceSites, Sites};
use crate::math::{Gaussian, Moments, Score};
use crate::model::LENGTH;

impl PurchaseFactors<'_> {
    /// What customers allow for when they choose, steps: their share of the article's expected
    /// offset, and the article's choice offset.
    pub(crate) fn known_shift(&self) -> f64 {
        self.choice.awareness * self.garment.latents.offset.mean() + self.garment.choice_offset.mean
    }

    /// The outcome shift of a choice whose outcome has these weights of too small and too large,
    /// steps.
    pub(crate) fn outcome_shift(&self, weights: &[f64; 2]) -> f64 {
        (0..2).map(|k| weights[k] * self.choice.outcome_shift[k]).sum()
    }

    /// Updates the choice factor. The scores that learning needs stay in `choosing`.
    ///
    /// No message goes to the article's offset; `model/README.md`, section 4, has the reason.
    pub(super) fn pass_choice(
        &self,
        belief: &mut Belief,
        sites: &mut Sites,
        damping: f64,
        stats: &mut FactorStats,
        choosing: &mut Choosing,
    ) {
        let Some((offers, taken)) = self.menu else { return };
        let old = sites.choice;
        let offset = sites
            .factors
            .iter()
            .fold(self.garment.latents.offset, |b, site| b.combine(site.article.offset));
        let Moments { mean, variance } = self.garment.choice_offset;
        let choice_offset = LinearTerm { mean, variance, weight: -1.0 };
        let size = LinearTerm::new(belief.size(self.axis), 1.0);
        let offset = LinearTerm::new(offset, -self.choice.awareness);
        let shift = self.outcome_shift(&stats.weights);
        let mean = size.mean - self.choice.awareness * offset.mean - shift - choice_offset.mean;
        let variance = size.variance
            + self.choice.awareness * self.choice.awareness * offset.variance
            + choice_offset.variance;
        let wish = belief.traits[LENGTH].remove(old.length);
        let wish_moments = Moments::from(wish);
        let pull = choosing.pull(
            offers,
            taken,
            self.garment.noise,
            Moments { mean, variance },
            wish_moments,
        );
        // Score and information at the mean of the wish are the message, as in an extended Kalman
        // filter.
        let Score { score, information } = choosing.scores.length;
        let to_length = Gaussian {
            precision: information,
            precision_mean: information * wish_moments.mean + score,
        };
        let fresh = ChoiceSites {
            size: damp(old.size, pull.message(size), damping),
            length: damp(old.length, to_length, damping),
            choice_offset: damp(
                old.choice_offset,
                pull.message(choice_offset).scale(self.share),
                damping,
            ),
        };
        belief.observe(self.axis, fresh.size);
        belief.traits[LENGTH] = wish.combine(fresh.length);
        sites.choice = fresh;
        stats.offset = offset.mean;
        stats.wish = wish_moments;
        stats.choice = Some(pull);
    }
}
