//! The outcome factors "too small" and "too large" (`model/README.md`, section 3).

use super::message::{bounded, damp};
use super::purchase::{FactorStats, PurchaseFactors, SIGN};
use crate::infer::article_latents::ArticleLatents;
use crate::infer::belief::Belief;
use crate::infer::evidence::Evidence;
use crate::infer::probit::{Answers, LinearTerm, Projection, mixed_messages};
use crate::infer::sites::{OutcomeSites, Sites};
use crate::math::Gaussian;
use crate::model::{BASIS, OutcomeTerms, RETURNING, TRAITS};

/// The latents of an outcome factor: latent size, fussiness and preference of the customer; offset,
/// grade and spread of the article.
type OutcomeLatents<T> = [T; 6];

impl PurchaseFactors<'_> {
    /// Chances of too small, fits and too large, given the beliefs about the customer's latent size
    /// and traits; they sum to one.
    pub(crate) fn chances(&self, size: Gaussian, traits: [Gaussian; TRAITS]) -> [f64; 3] {
        let fixed = self.fixed(&self.basis(size), self.distance(size));
        let [small, large] = [0, 1].map(|k| {
            Projection::new(fixed[k], &self.outcome_terms(k, size, traits, self.garment.latents))
                .probability()
        });
        class_chances(small, large)
    }

    /// The basis of the outcome terms, given the belief about the latent size before this choice.
    fn basis(&self, size: Gaussian) -> [f64; BASIS] {
        let chosen = self.menu.is_some().then_some(self.garment.position - size.mean());
        OutcomeTerms::basis(self.garment.position, size.variance(), chosen, self.choice.scale)
    }

    /// The signed distance of a chosen size; 0 for a size that was not chosen.
    fn distance(&self, size: Gaussian) -> f64 {
        let away = self.garment.position - size.mean();
        self.menu.map_or(0.0, |_| OutcomeTerms::distance(away, size.variance(), self.choice.scale))
    }

    /// The part of the two probit arguments that has no latents in it.
    fn fixed(&self, basis: &[f64; BASIS], distance: f64) -> [f64; 2] {
        let fixed = self.terms.fixed(basis);
        let label = if self.menu.is_some() { self.garment.thresholds } else { [0.0; 2] };
        let both = self.terms.lean * distance;
        [0, 1].map(|k| {
            fixed[k]
                + both
                + label[k]
                + self.trend[k]
                + SIGN[k] * self.slope() * self.garment.position
        })
    }

    /// The latents of factor k with their weights.
    fn outcome_terms(
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

    /// Updates both outcome factors. Records the classes' weights in `stats`.
    pub(super) fn pass_outcome(
        &self,
        belief: &mut Belief,
        sites: &mut Sites,
        damping: f64,
        stats: &mut FactorStats,
    ) {
        let Some([small, large]) = self.class_weights(belief, sites, stats) else { return };
        // "Too large" is asked only of what is not too small.
        let asked = 1.0 - stats.unrelated;
        for (k, yes, no) in [(0, small, asked - small), (1, large, asked - small - large)] {
            let answers = Answers { yes, no: no.max(0.0) };
            self.pass_outcome_factor(k, answers, belief, sites, damping, stats);
        }
        stats.weights = [small, large];
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
        stats: &mut FactorStats,
    ) -> Option<[f64; 2]> {
        let [small_site, large_site] = &sites.factors;
        let size = belief.size(self.axis).remove(small_site.size).remove(large_site.size);
        stats.basis = self.basis(size);
        stats.distance = self.distance(size);
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
                let customer = belief.traits[RETURNING].remove(sites.returned.customer);
                let returned = self.returned_by(customer);
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
        stats.outcome_log_evidence = Some(libm::log(total));
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
        let projection = Projection::new(self.fixed(&stats.basis, stats.distance)[k], &terms);
        let (pull, fresh) = mixed_messages(projection, &terms, answers);
        let renewed = |old: Gaussian, i: usize| {
            damp(old, bounded(fresh[i], terms[i]).scale(self.share), damping)
        };
        let fresh = OutcomeSites {
            // The outcome of a chosen size bears on the latent size through the choice's outcome
            // shift; a message here would count it twice.
            size: if self.menu.is_some() {
                Gaussian::FLAT
            } else {
                damp(old.size, fresh[0], damping)
            },
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
        stats.pulls[k] = Some(pull);
        stats.means[k] = projection.mean;
        stats.variances[k] = projection.variance;
        self.add_slope_stats(k, &terms, stats);
    }

    /// Derivatives of factor k's projection by the two slopes, and the variances that belong to
    /// them.
    fn add_slope_stats(
        &self,
        k: usize,
        [size, _, _, offset, grade, _]: &OutcomeLatents<LinearTerm>,
        stats: &mut FactorStats,
    ) {
        // The slope of the garment multiplies the offset and the graded position, both in steps.
        let position = grade.weight / offset.weight;
        let mean = offset.mean + position * grade.mean;
        let variance = offset.variance + position * position * grade.variance;
        stats.misfit[k] = [SIGN[k] * (self.garment.position - size.mean), SIGN[k] * mean];
        stats.misfit_variance = [size.variance, variance];
    }
}

/// Traits without one factor's messages to fussiness and preference.
fn trait_cavities(traits: [Gaussian; TRAITS], messages: [Gaussian; 2]) -> [Gaussian; TRAITS] {
    std::array::from_fn(|i| messages.get(i).map_or(traits[i], |&m| traits[i].remove(m)))
}

/// Chances of too small, fits and too large from the probabilities of the two factors: "too large"
/// is asked only of what is not too small.
fn class_chances(small: f64, large: f64) -> [f64; 3] {
    [small, (1.0 - small) * (1.0 - large), (1.0 - small) * large].map(|p| p.max(1e-300))
}
