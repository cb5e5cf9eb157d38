//! The log evidence of a choice where the latent size is uncertain, and its derivatives.

use super::offered_size::OfferedSize;
use super::probabilities::Probabilities;
#[cfg(any(feature = "train", test))]
use super::probabilities::Wanted;
use super::quadrature::{HALF, NODES, SPACING, stride, weight};
use super::scores::ChoiceScores;
use crate::infer::probit::Pull;
use crate::math::Moments;

/// Computes one choice after another: its log evidence and derivatives, and the scores that
/// learning needs. The buffers are reused from choice to choice.
#[derive(Clone, Debug, Default)]
pub(crate) struct Choosing {
    probabilities: Probabilities,
    /// The scores of the last choice.
    pub(crate) scores: ChoiceScores,
}

/// The evidence of a choice as the customer's own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ChoicePull {
    /// How it pulls v: the derivatives of the log likelihood.
    pub(crate) pull: Pull,
    /// Probability of the choice, at least 1e-290.
    pub(crate) likelihood: f64,
}

impl Choosing {
    /// Buffers that also compute these scores; those for learning cost more than all the rest.
    #[cfg(any(feature = "train", test))]
    pub(crate) fn wanting(wanted: Wanted) -> Self {
        Self { probabilities: Probabilities::wanting(wanted), scores: ChoiceScores::default() }
    }

    /// The evidence of the choice of `offers[taken]`. `v` and `wish` are the cavities of v and of
    /// the wish for length.
    pub(crate) fn pull(
        &mut self,
        offers: &[OfferedSize],
        taken: usize,
        scale: f64,
        v: Moments,
        wish: Moments,
    ) -> ChoicePull {
        let Self { probabilities, scores } = self;
        let sd = v.variance.sqrt();
        probabilities.prepare(offers, wish);
        let mut posterior = [0.0; NODES];
        let (mut total, mut first, mut second) = (0.0, 0.0, 0.0);
        let stride = stride(sd, scale);
        for (n, p) in posterior.iter_mut().enumerate().step_by(stride) {
            let z = (n as f64 - HALF as f64) * SPACING;
            probabilities.evaluate(n, v.mean + z * sd, 1.0 / scale);
            *p = weight(n, stride) * probabilities.of_size(n, taken);
            total += *p;
            first += *p * z;
            second += *p * z * z;
        }
        if !(total > 1e-290 && v.variance > 0.0) {
            posterior = [0.0; NODES];
            scores.compute(probabilities, offers, taken, scale, v, &posterior);
            let pull = Pull { gradient: 0.0, curvature: 0.0 };
            return ChoicePull { pull, likelihood: 1e-290 };
        }
        posterior.iter_mut().for_each(|p| *p /= total);
        scores.compute(probabilities, offers, taken, scale, v, &posterior);
        let (first, second) = (first / total, second / total);
        // The posterior mean lies sd * first from the cavity mean; the posterior variance is
        // sd^2 (second - first^2).
        let pull =
            Pull { gradient: first / sd, curvature: (1.0 - (second - first * first)) / v.variance };
        ChoicePull { pull, likelihood: total }
    }
}
