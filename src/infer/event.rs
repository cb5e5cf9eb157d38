//! One purchase as the message passing sees it, and one pass over it.

use super::belief::Belief;
use super::choice::{self, ChoiceUpdate};
use super::probit::{Projection, Pull, Term};
use crate::math::Gaussian;
use crate::model::{Choice, OutcomeTerms};
use crate::outcome::Outcome;

/// What is believed of one size of an article without the purchase at hand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Garment {
    /// Position of the label, steps.
    pub(crate) position: f64,
    /// Where it lies among the article's sizes.
    pub(crate) place: choice::Place,
    pub(crate) offset: Gaussian,
    pub(crate) deviation: Gaussian,
    pub(crate) spread: Gaussian,
}

/// What an outcome says: the classes it leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Evidence {
    /// One class, as an index into too small, fits, too large.
    Known(usize),
    /// Came back for its size, direction not said.
    SmallOrLarge,
    /// Came back without a reason.
    Unknown,
    /// Came back without a reason while another size of the article was kept: the other may fit better though this one fitted too, but
    /// if this one did not, the kept size names the direction (0 or 2).
    Beaten(usize),
    /// Nothing.
    None,
}

impl Evidence {
    /// Of purchase `i` of one customer, each with its article, position and outcome: bracketing and exchange name reasons.
    pub(crate) fn of<A: PartialEq>(purchases: &[(A, f64, Outcome)], i: usize) -> Self {
        let (article, here, outcome) = &purchases[i];
        let kept = || {
            let others = purchases.iter().filter(|(a, x, o)| a == article && x != here && *o == Outcome::Kept);
            others.map(|(_, x, _)| *x).min_by(|a, b| (a - here).abs().total_cmp(&(b - here).abs()))
        };
        let direction = |kept: f64| if kept > *here { 0 } else { 2 };
        match outcome {
            Outcome::TooSmall => Self::Known(0),
            Outcome::Kept => Self::Known(1),
            Outcome::TooLarge => Self::Known(2),
            Outcome::SizeReason => kept().map_or(Self::SmallOrLarge, |x| Self::Known(direction(x))),
            Outcome::UnknownReason => kept().map_or(Self::Unknown, |x| Self::Beaten(direction(x))),
            Outcome::OtherReason | Outcome::Pending => Self::None,
        }
    }
}

/// One purchase with the parameters of its fit group.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Event<'m> {
    /// Index of the fit group's axis in the customer's [`Belief`].
    pub(crate) axis: usize,
    pub(crate) garment: Garment,
    pub(crate) evidence: Evidence,
    /// Slope of the latent size: `chosen_slope` of a size the customer chose themselves, else `slope`.
    pub(crate) slope: f64,
    pub(crate) terms: &'m OutcomeTerms,
    pub(crate) choice: &'m Choice,
}

/// Messages of one probit factor to the latents in it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct FactorMessages {
    pub(crate) size: Gaussian,
    /// To fussiness and preference.
    pub(crate) traits: [Gaussian; 2],
    pub(crate) offset: Gaussian,
    pub(crate) deviation: Gaussian,
    pub(crate) spread: Gaussian,
}

/// All messages of one purchase: of the choice factor to the latent size, of the factors "too small" and "too large".
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Messages {
    pub(crate) choice: Gaussian,
    pub(crate) factors: [FactorMessages; 2],
}

/// What training gathers; the browser keeps messages only while it passes over a history.
#[cfg(feature = "train")]
impl Messages {
    /// What the purchase says of the latent size, all factors together.
    pub(crate) fn size(&self) -> Gaussian {
        self.choice.combine(self.factors[0].size).combine(self.factors[1].size)
    }

    /// What the purchase says of fussiness and preference.
    pub(crate) fn traits(&self) -> [Gaussian; 2] {
        [0, 1].map(|i| self.factors[0].traits[i].combine(self.factors[1].traits[i]))
    }

    /// What the purchase says of the article: offset, deviation of the size, spread.
    pub(crate) fn article(&self) -> [Gaussian; 3] {
        let [a, b] = &self.factors;
        [a.offset.combine(b.offset), a.deviation.combine(b.deviation), a.spread.combine(b.spread)]
    }
}

/// What learning needs to know of one pass over one purchase; all of it under the cavity.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct EventStats {
    /// Gradient and curvature of the log evidence by the argument of each factor.
    pub(crate) pulls: [Option<Pull>; 2],
    /// Derivatives of each factor's projection by the slope of a chosen size and by that of the garment.
    pub(crate) misfit: [[f64; 2]; 2],
    /// Variances that go with the two slopes; mean and variance of each factor's projection.
    pub(crate) misfit_variance: [f64; 2],
    pub(crate) means: [f64; 2],
    pub(crate) variances: [f64; 2],
    /// Cavity of the latent size before the choice was seen, and the choice's share in learning the noise.
    pub(crate) size_before: Gaussian,
    pub(crate) choice_square: Option<f64>,
    pub(crate) choice_log_evidence: f64,
    /// Log evidence of the outcome; `None` where the outcome is no evidence.
    pub(crate) outcome_log_evidence: Option<f64>,
    /// Weight of "fits" in a return for an unknown reason, or 1 for a purchase kept, else 0.
    pub(crate) fits: f64,
}

/// Sign of the misfit z in the factors "too small" and "too large".
const SIGN: [f64; 2] = [-1.0, 1.0];

impl Event<'_> {
    /// Chances of too small, fits and too large for a customer believed so; sums to one.
    pub(crate) fn chances(&self, size: Gaussian, traits: [Gaussian; 2]) -> [f64; 3] {
        let fixed = self.terms.fixed(self.garment.position);
        let [small, large] = [0, 1].map(|k| {
            let garment = [self.garment.offset, self.garment.deviation, self.garment.spread];
            let terms = self.factor_terms(k, size, traits, garment);
            Projection::of(fixed[k] + SIGN[k] * self.slope * self.garment.position, &terms).probability()
        });
        normalise(small, large)
    }

    /// The latents of factor k with their weights: latent size, fussiness, preference, offset, deviation, spread.
    fn factor_terms(
        &self,
        k: usize,
        size: Gaussian,
        [fussiness, preference]: [Gaussian; 2],
        [offset, deviation, spread]: [Gaussian; 3],
    ) -> [Term; 6] {
        let weight = SIGN[k] * self.terms.slope;
        [
            Term::new(size, -SIGN[k] * self.slope),
            Term::new(fussiness, 1.0),
            Term::new(preference, -SIGN[k]),
            Term::new(offset, weight),
            Term::new(deviation, weight),
            Term::new(spread, 1.0),
        ]
    }

    /// Replaces this purchase's messages by fresh ones, at `damping` of full strength, and the belief with them.
    pub(crate) fn pass(&self, belief: &mut Belief, messages: &mut Messages, damping: f64) -> EventStats {
        let mut stats = EventStats::default();
        self.pass_choice(belief, messages, damping, &mut stats);
        let Some([small, large]) = self.weights(belief, messages, &mut stats) else { return stats };
        for (k, yes) in [(0, small), (1, large)] {
            self.pass_factor(k, yes, belief, messages, damping, &mut stats);
        }
        // Of a known outcome the two factors' evidence is the outcome's; of a mixture it is the mixture's own.
        let factors = || stats.pulls.iter().flatten().map(|p| p.log_evidence).sum();
        stats.outcome_log_evidence = Some(stats.outcome_log_evidence.unwrap_or_else(factors));
        stats
    }

    /// What the choice of this size says of the latent size.
    pub(crate) fn chosen(&self, cavity: Gaussian) -> ChoiceUpdate {
        let shift = self.choice.awareness * self.garment.offset.mean();
        choice::update(self.garment.position, self.garment.place, shift, self.choice.scale, cavity)
    }

    fn pass_choice(&self, belief: &mut Belief, messages: &mut Messages, damping: f64, stats: &mut EventStats) {
        let cavity = belief.size(self.axis).remove(messages.choice);
        let update = self.chosen(cavity);
        let fresh = damp(messages.choice, update.message, damping);
        belief.observe(self.axis, fresh.remove(messages.choice));
        messages.choice = fresh;
        stats.size_before = cavity.remove(messages.factors[0].size).remove(messages.factors[1].size);
        stats.choice_square = update.scaled_square;
        stats.choice_log_evidence = update.log_evidence;
    }

    /// Weight of "yes, too small" and "yes, too large": 0 or 1 for a known reason, in between for an unknown one.
    ///
    /// A reason that was not given is a latent class; its posterior under the cavity weighs the messages, so that an
    /// unknown reason can never claim more than the classes it mixes.
    fn weights(&self, belief: &Belief, messages: &Messages, stats: &mut EventStats) -> Option<[f64; 2]> {
        let cavity = |f: fn(&FactorMessages) -> Gaussian, g: Gaussian| {
            g.remove(f(&messages.factors[0])).remove(f(&messages.factors[1]))
        };
        let chances = || {
            let traits = [cavity(|m| m.traits[0], belief.traits[0]), cavity(|m| m.traits[1], belief.traits[1])];
            self.chances(cavity(|m| m.size, belief.size(self.axis)), traits)
        };
        let of = |small: f64, fits: f64, large: f64| {
            let total = small + fits + large;
            ([small / total, large / total], Some(libm::log(total)), fits / total)
        };
        let (weights, log_evidence, fits) = match self.evidence {
            Evidence::Known(class) => {
                let is = |k: usize| f64::from(class == k);
                ([is(0), is(2)], None, is(1))
            }
            Evidence::SmallOrLarge => {
                let [small, _, large] = chances();
                of(small, 0.0, large)
            }
            Evidence::Unknown => {
                let [small, fits, large] = chances();
                of(small, fits * self.terms.unrelated, large)
            }
            Evidence::Beaten(direction) => {
                let [small, fits, large] = chances();
                if direction == 0 { of(small, fits, 0.0) } else { of(0.0, fits, large) }
            }
            Evidence::None => return None,
        };
        stats.outcome_log_evidence = log_evidence;
        stats.fits = fits;
        Some(weights)
    }

    fn pass_factor(
        &self,
        k: usize,
        yes: f64,
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
            [0, 1].map(|i| belief.traits[i].remove(old.traits[i])),
            [
                self.garment.offset.combine(other.offset),
                self.garment.deviation.combine(other.deviation),
                self.garment.spread.combine(other.spread),
            ],
        );
        let fixed = self.terms.fixed(self.garment.position)[k] + SIGN[k] * self.slope * self.garment.position;
        let projection = Projection::of(fixed, &terms);
        let (pull, fresh) = mixed_messages(projection, &terms, yes);
        let fresh = FactorMessages {
            size: damp(old.size, fresh[0], damping),
            traits: [damp(old.traits[0], fresh[1], damping), damp(old.traits[1], fresh[2], damping)],
            offset: damp(old.offset, fresh[3], damping),
            deviation: damp(old.deviation, fresh[4], damping),
            spread: damp(old.spread, fresh[5], damping),
        };
        belief.observe(self.axis, fresh.size.remove(old.size));
        for i in 0..2 {
            belief.traits[i] = belief.traits[i].remove(old.traits[i]).combine(fresh.traits[i]);
        }
        messages.factors[k] = fresh;
        stats.pulls[k] = Some(pull);
        stats.means[k] = projection.mean;
        stats.variances[k] = projection.variance;
        stats.misfit[k] =
            [SIGN[k] * (self.garment.position - terms[0].mean), SIGN[k] * (terms[3].mean + terms[4].mean)];
        stats.misfit_variance = [terms[0].variance, terms[3].variance + terms[4].variance];
    }
}

/// Messages of a factor that said yes with this probability and no with the rest.
fn mixed_messages(projection: Projection, terms: &[Term; 6], yes: f64) -> (Pull, [Gaussian; 6]) {
    let messages = |pull: Pull| terms.map(|t| pull.message(t));
    if yes == 0.0 || yes == 1.0 {
        let pull = projection.pull(yes == 1.0);
        return (pull, messages(pull));
    }
    let (a, b) = (projection.pull(true), projection.pull(false));
    let (from_yes, from_no) = (messages(a), messages(b));
    let mix = |x: f64, y: f64| yes * x + (1.0 - yes) * y;
    let pull = Pull {
        gradient: mix(a.gradient, b.gradient),
        curvature: mix(a.curvature, b.curvature),
        log_evidence: mix(a.log_evidence, b.log_evidence),
    };
    (pull, std::array::from_fn(|i| from_yes[i].scale(yes).combine(from_no[i].scale(1.0 - yes))))
}

/// The two factors say independently "too small" and "too large"; both at once is ruled out, fits is what is left over.
fn normalise(small: f64, large: f64) -> [f64; 3] {
    let (no_small, no_large) = (1.0 - small, 1.0 - large);
    let parts = [small * no_large, no_small * no_large, no_small * large];
    let total = parts[0] + parts[1] + parts[2];
    parts.map(|p| (p / total).max(1e-300))
}

fn damp(old: Gaussian, fresh: Gaussian, damping: f64) -> Gaussian {
    if damping == 1.0 { fresh } else { fresh.scale(damping).combine(old.scale(1.0 - damping)) }
}
