//! One probit factor: Phi(y (fixed + sum of weighted Gaussian latents)), and its closed-form
//! messages.

use crate::math::{Gaussian, cdf, inverse_mills, log_cdf};

/// A latent in a factor: what is believed of it without the factor, and its weight in the linear
/// projection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Term {
    pub(crate) mean: f64,
    pub(crate) variance: f64,
    pub(crate) weight: f64,
}

impl Term {
    pub(crate) fn new(belief: Gaussian, weight: f64) -> Self {
        Self { mean: belief.mean(), variance: belief.variance(), weight }
    }
}

/// The linear projection of the latents: mean, and variance with the probit's own unit noise.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Projection {
    pub(crate) mean: f64,
    pub(crate) variance: f64,
}

impl Projection {
    pub(crate) fn of(fixed: f64, terms: &[Term]) -> Self {
        terms.iter().fold(Self { mean: fixed, variance: 1.0 }, |p, t| Self {
            mean: p.mean + t.weight * t.mean,
            variance: p.variance + t.weight * t.weight * t.variance,
        })
    }

    /// Probability that the probit says yes.
    pub(crate) fn probability(self) -> f64 {
        cdf(self.mean / self.variance.sqrt())
    }

    /// How the factor pulls, having said `yes` or no.
    pub(crate) fn pull(self, yes: bool) -> Pull {
        let sign = if yes { 1.0 } else { -1.0 };
        let sd = self.variance.sqrt();
        let distance = sign * self.mean / sd;
        let mills = inverse_mills(distance);
        Pull {
            gradient: sign * mills / sd,
            curvature: mills * (mills + distance) / self.variance,
            log_evidence: log_cdf(distance),
        }
    }
}

/// First derivative and negated second derivative of the log evidence by the projection's mean, and
/// the log evidence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pull {
    pub(crate) gradient: f64,
    pub(crate) curvature: f64,
    pub(crate) log_evidence: f64,
}

impl Pull {
    /// The message to one latent, by moment matching. A probit is log-concave and its precision
    /// never negative. A choice is not: an outlier can make the posterior wider than the cavity,
    /// and then only the pull is sent, as a message that claims no precision.
    ///
    /// Herbrich, Minka and Graepel, "TrueSkill" (NIPS 2006), the truncated-Gaussian update, written
    /// in natural parameters.
    pub(crate) fn message(self, term: Term) -> Gaussian {
        if self.curvature <= 0.0 {
            return Gaussian { precision: 0.0, precision_mean: self.gradient * term.weight };
        }
        let information = self.curvature * term.weight * term.weight;
        // curvature * variance < 1 in exact arithmetic; the floor keeps a rounded-off 1 from
        // dividing by zero.
        let left = (1.0 - information * term.variance).max(1e-9);
        let precision = information / left;
        Gaussian {
            precision,
            precision_mean: precision * term.mean + self.gradient * term.weight / left,
        }
    }
}
