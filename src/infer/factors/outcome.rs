//! The outcome factors "too small" and "too large" (`model/README.md`, section 3).

use super::choice::ChoiceEvidence;
use super::message::{bounded, damp};
use super::purchase::{FactorStats, OutcomeFactorStats, PurchaseFactors, SIGN, SlopeTerm};
use crate::infer::article_latents::ArticleLatents;
use crate::infer::belief::Belief;
use crate::infer::choice_model::noise_variance;
use crate::infer::evidence::Evidence;
use crate::infer::probit::{Answers, LinearTerm, Projection, mixed_messages};
use crate::infer::sites::{OutcomeSites, Sites};
use crate::math::Gaussian;
use crate::model::{BASIS, OutcomeTerms, TRAITS};

/// A trait at its mean, all but exactly: that of a person of whom nothing is known.
const NOTHING_KNOWN: Gaussian = Gaussian { precision: 1e6, precision_mean: 0.0 };

/// The latents of an outcome factor: latent size, fussiness and preference of the customer; offset,
/// grade and spread of the article.
type OutcomeLatents<T> = [T; 6];

impl PurchaseFactors<'_> {
    /// Chances of too small, fits and too large, given the beliefs about the customer's latent size
    /// and traits; they sum to one.
    pub(crate) fn chances(&self, size: Gaussian, traits: [Gaussian; TRAITS]) -> [f64; 3] {
        let [small, large] = self.projections(size, traits).map(Projection::probability);
        class_chances(small, large)
    }

    /// The arguments of too small and too large.
    pub(crate) fn projections(
        &self,
        size: Gaussian,
        traits: [Gaussian; TRAITS],
    ) -> [Projection; 2] {
        let fixed = self.fixed(&OutcomeTerms::basis(self.garment.position));
        [0, 1].map(|k| {
            let terms = self.outcome_terms(k, size, traits, self.garment.latents);
            self.projection(fixed[k], &terms)
        })
    }

    /// The argument of a factor.
    ///
    /// What customers know of a fit beforehand shows in the sizes that they choose. In any other
    /// size it is not known, and adds to the uncertainty.
    fn projection(&self, fixed: f64, terms: &OutcomeLatents<LinearTerm>) -> Projection {
        let mut projection = Projection::new(fixed, terms);
        if self.menu.is_none() {
            let unknown = self.terms.slope - self.terms.chosen_slope;
            projection.variance += unknown * unknown * noise_variance(self.garment.noise);
        }
        projection
    }

    /// Probability of the outcome if the purchase is for the customer; `None` if it is no evidence.
    /// The latent size includes the choice of this purchase.
    pub(super) fn outcome_likelihood(
        &self,
        belief: &Belief,
        sites: &Sites,
        returned: f64,
        choice: Option<&ChoiceEvidence>,
    ) -> Option<f64> {
        let [small, large] = &sites.factors;
        if matches!(self.evidence, Evidence::Bracketed(_) | Evidence::None) {
            return None;
        }
        let size = belief.size(self.axis).remove(small.size).remove(large.size);
        let size = match choice {
            Some(choice) => choice.size_after(size.remove(sites.choice.size)),
            None => size,
        };
        let traits = trait_cavities(trait_cavities(belief.traits, small.traits), large.traits);
        Some(self.likelihood(self.chances(size, traits), returned))
    }

    /// Probability of the outcome if the purchase is for another person: one of whom nothing is
    /// known but that this size was chosen for them.
    pub(super) fn others_likelihood(&self, returned: f64) -> f64 {
        let size = Gaussian::new(self.garment.position, noise_variance(self.garment.noise));
        let chances = self.chances(size, [NOTHING_KNOWN; TRAITS]);
        self.likelihood(chances, returned)
    }

    /// Probability of the outcome, given the chances of its classes and that of coming back for
    /// another reason.
    fn likelihood(&self, [small, fits, large]: [f64; 3], returned: f64) -> f64 {
        let misfit = (1.0 - returned) * (small + large);
        match self.evidence {
            Evidence::Known(class) => (1.0 - returned) * [small, fits, large][class],
            Evidence::SmallOrLarge => misfit,
            Evidence::Unknown => misfit + returned * self.returns.unexplained,
            Evidence::Unrelated => returned,
            Evidence::Bracketed(_) | Evidence::None => 1.0,
        }
    }

    /// The part of the two probit arguments that has no latents in it.
    pub(super) fn fixed(&self, basis: &[f64; BASIS]) -> [f64; 2] {
        let fixed = self.terms.fixed(basis);
        let advised = if self.menu.is_some() { [0.0; 2] } else { self.terms.advised };
        [0, 1].map(|k| fixed[k] + advised[k] + SIGN[k] * self.slope() * self.garment.position)
    }

    /// The latents of factor k with their weights.
    pub(super) fn outcome_terms(
        &self,
        k: usize,
        size: Gaussian,
        [fussiness, preference, ..]: [Gaussian; TRAITS],
        article: ArticleLatents,
    ) -> OutcomeLatents<LinearTerm> {
        let alpha = SIGN[k] * self.terms.slope;
        [
            LinearTerm::new(size, -SIGN[k] * self.slope()),
            LinearTerm::new(fussiness, 1.0),
            LinearTerm::new(preference, -SIGN[k]),
            LinearTerm::new(article.offset, alpha),
            LinearTerm::new(article.grade, alpha * self.garment.graded_position()),
            LinearTerm::new(article.spread, 1.0),
        ]
    }

    /// Updates both outcome factors. `returned` is the chance that the purchase comes back for
    /// another reason.
    pub(super) fn pass_outcome(
        &self,
        belief: &mut Belief,
        sites: &mut Sites,
        returned: f64,
        damping: f64,
        stats: &mut FactorStats,
    ) {
        stats.basis = OutcomeTerms::basis(self.garment.position);
        let Some([small, large]) = self.class_weights(belief, sites, returned, stats) else {
            return;
        };
        stats.misfit = small + large;
        // "Too large" is asked only of what is not too small; both only of the customer's own.
        let (asked, own) = (1.0 - stats.unrelated, stats.own);
        for (k, yes, no) in [(0, small, asked - small), (1, large, asked - small - large)] {
            let answers = Answers { yes: own * yes, no: own * no.max(0.0) };
            self.pass_outcome_factor(k, answers, belief, sites, damping, stats);
        }
    }

    /// Weights of "too small" and "too large": 0 or 1 if the outcome names the class, otherwise the
    /// posterior of the class under the cavity. `None` if the outcome is no evidence on them.
    ///
    /// An outcome that leaves the class open is a mixture over the classes, so its messages never
    /// claim more than the classes that it mixes.
    fn class_weights(
        &self,
        belief: &Belief,
        sites: &Sites,
        returned: f64,
        stats: &mut FactorStats,
    ) -> Option<[f64; 2]> {
        let [small_site, large_site] = &sites.factors;
        let size = belief.size(self.axis).remove(small_site.size).remove(large_site.size);
        let chances = || {
            let traits = trait_cavities(belief.traits, small_site.traits);
            self.chances(size, trait_cavities(traits, large_site.traits))
        };
        let mixture = match self.evidence {
            Evidence::Known(class) => {
                let is = |k: usize| f64::from(class == k);
                return Some([is(0), is(2)]);
            }
            Evidence::SmallOrLarge => {
                let [small, _, large] = chances();
                [small, 0.0, large]
            }
            Evidence::Unknown => {
                let [small, _, large] = chances();
                [
                    (1.0 - returned) * small,
                    returned * self.returns.unexplained,
                    (1.0 - returned) * large,
                ]
            }
            Evidence::Unrelated => {
                stats.unrelated = 1.0;
                return None;
            }
            Evidence::Bracketed(_) | Evidence::None => return None,
        };
        let [small, unrelated, large] = mixture;
        let total = small + unrelated + large;
        stats.unrelated = unrelated / total;
        Some([small / total, large / total])
    }

    fn pass_outcome_factor(
        &self,
        k: usize,
        answers: Answers,
        belief: &mut Belief,
        sites: &mut Sites,
        damping: f64,
        stats: &mut FactorStats,
    ) {
        let old = sites.factors[k];
        let other = sites.factors[1 - k];
        let terms = self.outcome_terms(
            k,
            belief.size(self.axis).remove(old.size),
            trait_cavities(belief.traits, old.traits),
            self.garment.latents.combine(other.article),
        );
        let projection = self.projection(self.fixed(&stats.basis)[k], &terms);
        let (pull, fresh) = mixed_messages(projection, &terms, answers);
        let renewed = |old: Gaussian, i: usize| {
            damp(old, bounded(fresh[i], terms[i]).scale(self.share), damping)
        };
        let fresh = OutcomeSites {
            size: damp(old.size, fresh[0], damping),
            traits: [
                damp(old.traits[0], fresh[1], damping),
                damp(old.traits[1], fresh[2], damping),
            ],
            article: ArticleLatents {
                offset: renewed(old.article.offset, 3),
                grade: renewed(old.article.grade, 4),
                spread: renewed(old.article.spread, 5),
            },
        };
        belief.observe(self.axis, fresh.size.remove(old.size));
        for i in 0..2 {
            belief.traits[i] = belief.traits[i].remove(old.traits[i]).combine(fresh.traits[i]);
        }
        sites.factors[k] = fresh;
        let [chosen, garment] = self.slope_terms(k, &terms);
        let Projection { mean, variance } = projection;
        stats.factors[k] = Some(OutcomeFactorStats { pull, mean, variance, chosen, garment });
    }

    /// What the slope of a chosen size and the garment's slope multiply in factor k.
    fn slope_terms(
        &self,
        k: usize,
        [size, _, _, offset, grade, _]: &OutcomeLatents<LinearTerm>,
    ) -> [SlopeTerm; 2] {
        // The slope of the garment multiplies the offset and the graded position, both in steps.
        let position = grade.weight / offset.weight;
        let mean = offset.mean + position * grade.mean;
        let variance = offset.variance + position * position * grade.variance;
        let chosen = SIGN[k] * (self.garment.position - size.mean);
        [
            SlopeTerm { mean: chosen, variance: size.variance },
            SlopeTerm { mean: SIGN[k] * mean, variance },
        ]
    }
}

/// Traits without one factor's messages to fussiness and preference.
fn trait_cavities(traits: [Gaussian; TRAITS], messages: [Gaussian; 2]) -> [Gaussian; TRAITS] {
    std::array::from_fn(|i| messages.get(i).map_or(traits[i], |&m| traits[i].remove(m)))
}

/// Chances of too small, fits and too large from the probabilities of the two factors: "too large"
/// is asked only of what is not too small.
pub(crate) fn class_chances(small: f64, large: f64) -> [f64; 3] {
    [small, (1.0 - small) * (1.0 - large), (1.0 - small) * large].map(|p| p.max(1e-300))
}
