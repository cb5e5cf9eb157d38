//! One purchase as the message passing sees it, and one pass over it.

use super::belief::Belief;
use super::choice::{Choosing, Offer};
use super::evidence::Evidence;
use super::messages::{ChoiceMessages, FactorMessages, Messages, ReturnMessages};
use super::probit::{Projection, Pull, Term};
use crate::math::Gaussian;
use crate::model::{BASIS, Choice, LENGTH, OutcomeTerms, RETURNING, Returns, TRAITS};

/// What is believed of one size of an article without the purchase at hand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Garment {
    /// Position of the label, steps.
    pub(crate) position: f64,
    /// Its latents in the outcome factors, see [`article`].
    pub(crate) latents: [Gaussian; article::LATENTS],
    /// Its cut, how much smaller the sizes are that are taken of it, steps: mean and variance.
    pub(crate) cut: [f64; 2],
    /// What its label adds to the arguments of the two factors where it was chosen.
    pub(crate) thresholds: [f64; 2],
    /// How readily the article comes back for other reasons than its size.
    pub(crate) returning: Gaussian,
    /// Scale of the noise in a choice among its article's sizes, steps.
    pub(crate) noise: f64,
}

/// The latents of an article in the outcome factors, as indices.
pub(crate) mod article {
    /// Offset b of the article.
    pub(crate) const OFFSET: usize = 0;
    /// Deviation r of one size.
    pub(crate) const DEVIATION: usize = 1;
    /// Grade: how the offset grows with the position.
    pub(crate) const GRADE: usize = 2;
    /// Spread s of the article.
    pub(crate) const SPREAD: usize = 3;
    pub(crate) const LATENTS: usize = 4;
}

/// One purchase with the parameters of its fit group.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Event<'m> {
    /// Index of the fit group's axis in the customer's [`Belief`].
    pub(crate) axis: usize,
    pub(crate) garment: Garment,
    pub(crate) evidence: Evidence,
    /// What it was chosen from, and the index of what was taken; `None` for a size that the
    /// customer did not choose themselves.
    pub(crate) menu: Option<(&'m [Offer], usize)>,
    pub(crate) terms: &'m OutcomeTerms,
    pub(crate) choice: &'m Choice,
    pub(crate) returns: &'m Returns,
    /// What the day adds to the arguments of the two factors.
    pub(crate) trend: [f64; 2],
    /// Weight of what it says of its article, up to 1: less where one customer speaks of the same
    /// article many times.
    pub(crate) share: f64,
}

/// Probit units a step between what is needed and the middle of two sizes tried on: the noise of
/// the comparison has an sd of a step.
const COMPARISON: f64 = 1.0;

/// What learning needs to know of one pass over one purchase; all of it under the cavity.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct EventStats {
    /// Gradient and curvature of the log evidence by the argument of each factor.
    pub(crate) pulls: [Option<Pull>; 2],
    /// The same by the argument of "comes back for another reason".
    pub(crate) returned: Option<Pull>,
    /// Derivatives of each factor's projection by the slope of a chosen size and by that of the
    /// garment.
    pub(crate) misfit: [[f64; 2]; 2],
    /// Variances that go with the two slopes; mean and variance of each factor's projection.
    pub(crate) misfit_variance: [f64; 2],
    pub(crate) means: [f64; 2],
    pub(crate) variances: [f64; 2],
    /// What the outcome terms, and the lean, were multiplied with.
    pub(crate) basis: [f64; BASIS],
    pub(crate) distance: f64,
    /// Weights of "too small" and "too large" in the outcome.
    pub(crate) weights: [f64; 2],
    /// The choice factor's pull on latent size less known offset; `None` where there was no choice.
    pub(crate) choice: Option<Pull>,
    /// Means of the offset and of the wish for length under the choice's cavity.
    pub(crate) offset: f64,
    pub(crate) wish: [f64; 2],
    /// Log evidence of the outcome; `None` where the outcome is no evidence.
    pub(crate) outcome_log_evidence: Option<f64>,
    /// Weight of "for another reason than its size" in a return; 0 for a purchase kept.
    pub(crate) unrelated: f64,
}

/// However surprising, a purchase pulls at a latent of its article no harder than this, times the
/// latent's weight: about as one that lies four standard deviations off.
const MOST_PULL: f64 = 4.0;

/// Latents of the customer in an outcome factor: size, fussiness, preference.
const OWN: usize = 3;
/// Positions farther out than this grade no further, steps.
const MOST_GRADED: f64 = 4.0;

/// Sign of the misfit z in the factors "too small" and "too large".
const SIGN: [f64; 2] = [-1.0, 1.0];

impl Garment {
    /// What a grade is multiplied with: the position, within bounds.
    fn graded(&self) -> f64 {
        self.position.clamp(-MOST_GRADED, MOST_GRADED)
    }

    /// How much larger than its label it is expected to turn out, steps.
    pub(crate) fn runs(&self) -> f64 {
        let [offset, deviation, grade, _] = self.latents.map(Gaussian::mean);
        offset + deviation + self.graded() * grade
    }
}

impl Event<'_> {
    /// Chances of too small, fits and too large for a customer believed so; sums to one.
    pub(crate) fn chances(&self, size: Gaussian, traits: [Gaussian; TRAITS]) -> [f64; 3] {
        let fixed = self.fixed(&self.basis(size), self.distance(size));
        let [small, large] = [0, 1].map(|k| {
            Projection::of(fixed[k], &self.factor_terms(k, size, traits, self.garment.latents))
                .probability()
        });
        classes(small, large)
    }

    /// Slope of the latent size: that of a chosen size, or of one that the customer did not choose.
    fn slope(&self) -> f64 {
        if self.menu.is_some() { self.terms.chosen_slope } else { self.terms.slope }
    }

    /// What the outcome terms are multiplied with, for a latent size believed so before this
    /// choice.
    fn basis(&self, size: Gaussian) -> [f64; BASIS] {
        let chosen = self.menu.is_some().then_some(self.garment.position - size.mean());
        OutcomeTerms::basis(self.garment.position, size.variance(), chosen, self.choice.scale)
    }

    /// The signed distance of a chosen size; 0 of one not chosen.
    fn distance(&self, size: Gaussian) -> f64 {
        let away = self.garment.position - size.mean();
        self.menu.map_or(0.0, |_| OutcomeTerms::distance(away, size.variance(), self.choice.scale))
    }

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

    /// What an article's latents are multiplied with in factor k.
    fn article_weights(&self, k: usize) -> [f64; article::LATENTS] {
        let offset = SIGN[k] * self.terms.slope;
        [offset, offset, offset * self.garment.graded(), 1.0]
    }

    /// The latents of factor k with their weights: latent size, fussiness, preference, and those of
    /// the article.
    fn factor_terms(
        &self,
        k: usize,
        size: Gaussian,
        [fussiness, preference, ..]: [Gaussian; TRAITS],
        article: [Gaussian; article::LATENTS],
    ) -> [Term; OWN + article::LATENTS] {
        let weights = self.article_weights(k);
        std::array::from_fn(|i| match i {
            0 => Term::new(size, -SIGN[k] * self.slope()),
            1 => Term::new(fussiness, 1.0),
            2 => Term::new(preference, -SIGN[k]),
            _ => Term::new(article[i - OWN], weights[i - OWN]),
        })
    }

    /// Replaces this purchase's messages by fresh ones, at `damping` of full strength, and the
    /// belief with them. What learning wants to know of the choice stays in `choosing`.
    ///
    /// The outcome is seen as it was before the choice: how far the size lies from the one expected
    /// is among its terms.
    pub(crate) fn pass(
        &self,
        belief: &mut Belief,
        messages: &mut Messages,
        damping: f64,
        choosing: &mut Choosing,
    ) -> EventStats {
        let mut stats = EventStats::default();
        if let Evidence::Beaten(away) = self.evidence {
            self.pass_comparison(away, belief, messages, damping);
        }
        belief.observe(self.axis, Gaussian::FLAT.remove(messages.choice.size));
        if let Some([small, large]) = self.weights(belief, messages, &mut stats) {
            // Whether a garment is too large is asked of what is not too small.
            let asked = 1.0 - stats.unrelated;
            for (k, yes, no) in [(0, small, asked - small), (1, large, asked - small - large)] {
                self.pass_factor(k, [yes, no.max(0.0)], belief, messages, damping, &mut stats);
            }
            stats.weights = [small, large];
        }
        self.pass_return(belief, messages, damping, &mut stats);
        if stats.returned.is_some() && stats.outcome_log_evidence.is_none() {
            // Of a known outcome the factors' evidence is the outcome's; of a mixture it is the
            // mixture's own.
            let asked = stats.pulls.iter().flatten().chain(&stats.returned);
            stats.outcome_log_evidence = Some(asked.map(|p| p.log_evidence).sum());
        }
        self.pass_choice(belief, messages, damping, &mut stats, choosing);
        stats
    }

    /// What is known of the article when it is chosen, steps: its cut, and its offset as far as
    /// customers allow for it.
    pub(crate) fn known_shift(&self) -> f64 {
        self.choice.awareness * self.garment.latents[article::OFFSET].mean() + self.garment.cut[0]
    }

    /// What an outcome with these weights of too small and too large says of the choice, steps.
    pub(crate) fn outcome_shift(&self, weights: &[f64; 2]) -> f64 {
        (0..2).map(|k| weights[k] * self.choice.outcome_shift[k]).sum()
    }

    fn pass_choice(
        &self,
        belief: &mut Belief,
        messages: &mut Messages,
        damping: f64,
        stats: &mut EventStats,
        choosing: &mut Choosing,
    ) {
        let Some((offers, taken)) = self.menu else { return };
        let old = messages.choice;
        let known = self.garment.latents[article::OFFSET];
        let offset =
            messages.factors.iter().fold(known, |b, m| b.combine(m.article[article::OFFSET]));
        let cut = Term { mean: self.garment.cut[0], variance: self.garment.cut[1], weight: -1.0 };
        let terms =
            [Term::new(belief.size(self.axis), 1.0), Term::new(offset, -self.choice.awareness)];
        let shift = self.outcome_shift(&stats.weights);
        let mean = terms[0].mean - self.choice.awareness * terms[1].mean - shift - cut.mean;
        let variance = terms[0].variance
            + self.choice.awareness * self.choice.awareness * terms[1].variance
            + cut.variance;
        let wish = belief.traits[LENGTH].remove(old.length);
        let wished = [wish.mean(), wish.variance()];
        let pull = choosing.pull(offers, taken, self.garment.noise, [mean, variance], wished);
        // The wish is read off the mean alone, as in an extended Kalman filter: its score and
        // information there are the message.
        let [score, information] = choosing.length;
        let said =
            Gaussian { precision: information, precision_mean: information * wished[0] + score };
        let fresh = ChoiceMessages {
            size: damp(old.size, pull.message(terms[0]), damping),
            length: damp(old.length, said, damping),
            cut: damp(old.cut, pull.message(cut).scale(self.share), damping),
        };
        belief.observe(self.axis, fresh.size);
        belief.traits[LENGTH] = wish.combine(fresh.length);
        messages.choice = fresh;
        stats.offset = terms[1].mean;
        stats.wish = wished;
        stats.choice = Some(pull);
    }

    /// Weight of "yes, too small" and "yes, too large": 0 or 1 for a known reason, in between for
    /// an unknown one.
    ///
    /// A reason that was not given is a latent class; its posterior under the cavity weighs the
    /// messages, so that an unknown reason can never claim more than the classes it mixes.
    fn weights(
        &self,
        belief: &Belief,
        messages: &Messages,
        stats: &mut EventStats,
    ) -> Option<[f64; 2]> {
        let cavity = |f: fn(&FactorMessages) -> Gaussian, g: Gaussian| {
            g.remove(f(&messages.factors[0])).remove(f(&messages.factors[1]))
        };
        let size = cavity(|m| m.size, belief.size(self.axis));
        stats.basis = self.basis(size);
        stats.distance = self.distance(size);
        let chances = || {
            let [small, large] = messages.factors.map(|m| m.traits);
            self.chances(size, cavity_traits(cavity_traits(belief.traits, small), large))
        };
        let of = |small: f64, unrelated: f64, large: f64| {
            let total = small + unrelated + large;
            ([small / total, large / total], Some(libm::log(total)), unrelated / total)
        };
        let (weights, log_evidence, unrelated) = match self.evidence {
            Evidence::Known(class) => {
                let is = |k: usize| f64::from(class == k);
                ([is(0), is(2)], None, 0.0)
            }
            Evidence::SmallOrLarge => {
                let [small, _, large] = chances();
                of(small, 0.0, large)
            }
            Evidence::Unknown => {
                let [small, _, large] = chances();
                let customer = belief.traits[RETURNING].remove(messages.returned.customer);
                let returned = self.return_projection(customer).0.probability();
                of(
                    (1.0 - returned) * small,
                    returned * self.returns.unexplained,
                    (1.0 - returned) * large,
                )
            }
            Evidence::Unrelated => {
                stats.unrelated = 1.0;
                return None;
            }
            Evidence::Beaten(_) | Evidence::None => return None,
        };
        stats.outcome_log_evidence = log_evidence;
        stats.unrelated = unrelated;
        Some(weights)
    }

    /// Chance that it comes back for another reason than its size, for a customer believed so.
    pub(crate) fn returned(&self, traits: [Gaussian; TRAITS]) -> f64 {
        self.return_projection(traits[RETURNING]).0.probability()
    }

    /// "Comes back for another reason", with what it is made of: how readily the customer, and the
    /// article, return.
    fn return_projection(&self, customer: Gaussian) -> (Projection, [Term; 2]) {
        let terms = [Term::new(customer, 1.0), Term::new(self.garment.returning, 1.0)];
        (Projection::of(self.returns.intercept, &terms), terms)
    }

    /// Whether it comes back for another reason is asked first, of every purchase; how it fits, of
    /// what doesn't.
    fn pass_return(
        &self,
        belief: &mut Belief,
        messages: &mut Messages,
        damping: f64,
        stats: &mut EventStats,
    ) {
        let answers = match self.evidence {
            // Who tries two sizes on sends one back, whatever they usually do.
            Evidence::Beaten(_) | Evidence::None => return,
            _ => [stats.unrelated, 1.0 - stats.unrelated],
        };
        let old = messages.returned;
        let (projection, terms) =
            self.return_projection(belief.traits[RETURNING].remove(old.customer));
        let (pull, fresh) = mixed_messages(projection, &terms, answers);
        messages.returned = ReturnMessages {
            customer: damp(old.customer, fresh[0], damping),
            article: damp(old.article, bounded(fresh[1], terms[1]).scale(self.share), damping),
        };
        belief.traits[RETURNING] =
            belief.traits[RETURNING].remove(old.customer).combine(messages.returned.customer);
        stats.returned = Some(pull);
    }

    /// Of two sizes tried on, the one kept is the nearer: what is needed lies beyond their middle,
    /// on the side of the one kept. Takes the place of the outcome's factor on that side.
    fn pass_comparison(
        &self,
        away: f64,
        belief: &mut Belief,
        messages: &mut Messages,
        damping: f64,
    ) {
        let k = usize::from(away < 0.0);
        let old = messages.factors[k];
        let weight = SIGN[k] * COMPARISON;
        let terms = [
            Term::new(belief.size(self.axis).remove(old.size), -weight),
            Term::new(self.garment.latents[article::OFFSET], weight),
            Term::new(self.garment.latents[article::DEVIATION], weight),
            Term::new(self.garment.latents[article::GRADE], weight * self.garment.graded()),
        ];
        let projection = Projection::of(weight * (self.garment.position + 0.5 * away), &terms);
        let (_, fresh) = mixed_messages(projection, &terms, [1.0, 0.0]);
        let mut said = FactorMessages { size: damp(old.size, fresh[0], damping), ..old };
        let of_article = fresh.into_iter().zip(terms).skip(1);
        for (i, (fresh, term)) in
            [article::OFFSET, article::DEVIATION, article::GRADE].into_iter().zip(of_article)
        {
            said.article[i] = damp(old.article[i], bounded(fresh, term).scale(self.share), damping);
        }
        messages.factors[k] = said;
        belief.observe(self.axis, messages.factors[k].size.remove(old.size));
    }

    fn pass_factor(
        &self,
        k: usize,
        answers: [f64; 2],
        belief: &mut Belief,
        messages: &mut Messages,
        damping: f64,
        stats: &mut EventStats,
    ) {
        let old = messages.factors[k];
        let other = messages.factors[1 - k];
        let terms = self.factor_terms(
            k,
            belief.size(self.axis).remove(old.size),
            cavity_traits(belief.traits, old.traits),
            std::array::from_fn(|i| self.garment.latents[i].combine(other.article[i])),
        );
        let projection = Projection::of(self.fixed(&stats.basis, stats.distance)[k], &terms);
        let (pull, fresh) = mixed_messages(projection, &terms, answers);
        let fresh = FactorMessages {
            // Of a chosen size, the outcome speaks of the latent size through the choice's outcome
            // shift, and must not do so twice.
            size: if self.menu.is_some() {
                Gaussian::FLAT
            } else {
                damp(old.size, fresh[0], damping)
            },
            traits: [
                damp(old.traits[0], fresh[1], damping),
                damp(old.traits[1], fresh[2], damping),
            ],
            article: std::array::from_fn(|i| {
                damp(
                    old.article[i],
                    bounded(fresh[OWN + i], terms[OWN + i]).scale(self.share),
                    damping,
                )
            }),
        };
        belief.observe(self.axis, fresh.size.remove(old.size));
        for i in 0..2 {
            belief.traits[i] = belief.traits[i].remove(old.traits[i]).combine(fresh.traits[i]);
        }
        messages.factors[k] = fresh;
        stats.pulls[k] = Some(pull);
        stats.means[k] = projection.mean;
        stats.variances[k] = projection.variance;
        // Of what the slope of the garment is a factor of: offset, deviation and grade, in steps.
        let (mut mean, mut variance) = (0.0, 0.0);
        for (term, weight) in terms[OWN..].iter().zip([
            1.0,
            1.0,
            terms[OWN + article::GRADE].weight / terms[OWN].weight,
        ]) {
            mean += weight * term.mean;
            variance += weight * weight * term.variance;
        }
        stats.misfit[k] = [SIGN[k] * (self.garment.position - terms[0].mean), SIGN[k] * mean];
        stats.misfit_variance = [terms[0].variance, variance];
    }
}

/// Messages of a factor that said yes and no with these weights; they sum to less than one where it
/// may not have been asked.
///
/// How far the answers lie apart takes from the curvature what mixing them leaves open: the second
/// derivative of the logarithm of a mixture is the mean of the classes' own less the variance of
/// their gradients. Where that is more than there is, only the pull is sent, so that beliefs stay
/// proper.
fn mixed_messages<const N: usize>(
    projection: Projection,
    terms: &[Term; N],
    [yes, no]: [f64; 2],
) -> (Pull, [Gaussian; N]) {
    let mut pull = Pull { gradient: 0.0, curvature: 0.0, log_evidence: 0.0 };
    let mut squares = 0.0;
    for (said, weight) in [(true, yes), (false, no)] {
        if weight > 0.0 {
            let one = projection.pull(said);
            pull.gradient += weight * one.gradient;
            pull.curvature += weight * one.curvature;
            pull.log_evidence += weight * one.log_evidence;
            squares += weight * one.gradient * one.gradient;
        }
    }
    let apart = (squares - pull.gradient * pull.gradient).max(0.0);
    let sent = Pull { curvature: (pull.curvature - apart).max(0.0), ..pull };
    (pull, terms.map(|term| sent.message(term)))
}

/// A message to an article, of bounded influence: its precision is at most the square of the
/// latent's weight, as no probit knows more of its argument than one unit of noise leaves, and its
/// pull, what it moves precision times mean by beyond its own precision, at most [`MOST_PULL`]
/// times the weight.
fn bounded(message: Gaussian, term: Term) -> Gaussian {
    let most = MOST_PULL * term.weight.abs();
    let precision = message.precision.min(term.weight * term.weight);
    let pull = message.precision_mean - message.precision * term.mean;
    if pull.abs() <= most && precision == message.precision {
        return message; // to the last bit
    }
    Gaussian { precision, precision_mean: precision * term.mean + pull.clamp(-most, most) }
}

/// Traits without what a factor said of fussiness and preference.
fn cavity_traits(traits: [Gaussian; TRAITS], said: [Gaussian; 2]) -> [Gaussian; TRAITS] {
    std::array::from_fn(|i| said.get(i).map_or(traits[i], |&m| traits[i].remove(m)))
}

/// Whether it is too large is asked of what is not too small.
fn classes(small: f64, large: f64) -> [f64; 3] {
    [small, (1.0 - small) * (1.0 - large), (1.0 - small) * large].map(|p| p.max(1e-300))
}

fn damp(old: Gaussian, fresh: Gaussian, damping: f64) -> Gaussian {
    if damping == 1.0 { fresh } else { fresh.scale(damping).combine(old.scale(1.0 - damping)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever is believed and whatever happens, a message to an article keeps its bounds; and
    /// within them it is left alone.
    #[test]
    fn one_purchase_has_bounded_influence() {
        let (mut clipped, mut left) = (0, 0);
        for fixed in [-30.0, -6.0, -1.0, 0.0, 0.5, 9.0] {
            for (mean, variance) in [(0.0, 1e-6), (0.3, 0.2), (-5.0, 40.0), (800.0, 3.0)] {
                for weight in [-4.0, -0.3, 1e-3, 1.0] {
                    let term = Term { mean, variance, weight };
                    let projection = Projection::of(fixed, &[term]);
                    for answers in [[1.0, 0.0], [0.0, 1.0], [0.4, 0.1], [0.0, 0.0]] {
                        let (_, [fresh]) = mixed_messages(projection, &[term], answers);
                        let message = bounded(fresh, term);
                        let pull = message.precision_mean - message.precision * mean;
                        assert!(message.precision >= 0.0 && message.precision <= weight * weight);
                        // Where the mean is 800, the difference has lost ten digits.
                        assert!(
                            pull.abs()
                                <= MOST_PULL * weight.abs() + 1e-9 * mean.abs() * weight * weight
                        );
                        if message == fresh { left += 1 } else { clipped += 1 }
                    }
                }
            }
        }
        assert!(clipped > 20 && left > 20, "{clipped} clipped, {left} left alone");
    }
}
