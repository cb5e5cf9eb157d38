//! The choice factor: messages from the size taken to the customer and to the article
//! (`model/README.md`, sections 2 and 4).

use super::message::damp;
use super::purchase::{FactorStats, PurchaseFactors};
use crate::infer::article;
use crate::infer::belief::Belief;
use crate::infer::choice_model::Choosing;
use crate::infer::probit::LinearTerm;
use crate::infer::sites::{ChoiceSites, Sites};
use crate::math::Gaussian;
use crate::model::LENGTH;

impl PurchaseFactors<'_> {
    /// What customers allow for when they choose, steps: their share of the article's expected
    /// offset, and the article's choice offset.
    pub(crate) fn known_shift(&self) -> f64 {
        self.choice.awareness * self.garment.latents[article::OFFSET].mean() + self.garment.cut[0]
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
        let known = self.garment.latents[article::OFFSET];
        let offset =
            sites.factors.iter().fold(known, |b, site| b.combine(site.article[article::OFFSET]));
        let cut =
            LinearTerm { mean: self.garment.cut[0], variance: self.garment.cut[1], weight: -1.0 };
        let size = LinearTerm::new(belief.size(self.axis), 1.0);
        let offset = LinearTerm::new(offset, -self.choice.awareness);
        let shift = self.outcome_shift(&stats.weights);
        let mean = size.mean - self.choice.awareness * offset.mean - shift - cut.mean;
        let variance = size.variance
            + self.choice.awareness * self.choice.awareness * offset.variance
            + cut.variance;
        let wish = belief.traits[LENGTH].remove(old.length);
        let wish_moments = [wish.mean(), wish.variance()];
        let pull = choosing.pull(offers, taken, self.garment.noise, [mean, variance], wish_moments);
        // Score and information at the mean of the wish are the message, as in an extended Kalman
        // filter.
        let [score, information] = choosing.length;
        let to_length = Gaussian {
            precision: information,
            precision_mean: information * wish_moments[0] + score,
        };
        let fresh = ChoiceSites {
            size: damp(old.size, pull.message(size), damping),
            length: damp(old.length, to_length, damping),
            cut: damp(old.cut, pull.message(cut).scale(self.share), damping),
        };
        belief.observe(self.axis, fresh.size);
        belief.traits[LENGTH] = wish.combine(fresh.length);
        sites.choice = fresh;
        stats.offset = offset.mean;
        stats.wish = wish_moments;
        stats.choice = Some(pull);
    }
}
