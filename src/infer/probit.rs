//! One probit factor, Phi(+-(fixed + sum of weighted Gaussian latents)), and its messages in closed
//! form (`model/README.md`, section 4).

use crate::math::{Gaussian, cdf, inverse_mills};

/// A latent in a linear projection: its cavity belief, and its weight.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LinearTerm {
    pub(crate) mean: f64,
    pub(crate) variance: f64,
    pub(crate) weight: f64,
}

impl LinearTerm {
    pub(crate) fn new(cavity: Gaussian, weight: f64) -> Self {
        Self { mean: cavity.mean(), variance: cavity.variance(), weight }
    }
}

/// The linear projection of the latents: its mean, and its variance including the probit's own unit
/// noise.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Projection {
    pub(crate) mean: f64,
    pub(crate) variance: f64,
}

impl Projection {
    pub(crate) fn new(fixed: f64, terms: &[LinearTerm]) -> Self {
        terms.iter().fold(Self { mean: fixed, variance: 1.0 }, |p, t| Self {
            mean: p.mean + t.weight * t.mean,
            variance: p.variance + t.weight * t.weight * t.variance,
        })
    }

    /// Probability of "yes".
    pub(crate) fn probability(self) -> f64 {
        cdf(self.mean / self.variance.sqrt())
    }

    /// How the answer pulls the latents.
    pub(crate) fn pull(self, yes: bool) -> Pull {
        let sign = if yes { 1.0 } else { -1.0 };
        let sd = self.variance.sqrt();
        let distance = sign * self.mean / sd;
        let mills = inverse_mills(distance);
        Pull { gradient: sign * mills / sd, curvature: mills * (mills + distance) / self.variance }
    }
}

/// How a factor pulls the latents: the derivatives of its log evidence by the projection's mean.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pull {
    /// First derivative of the log evidence.
    pub(crate) gradient: f64,
    /// Second derivative of the log evidence, negated.
    pub(crate) curvature: f64,
}

impl Pull {
    /// The pull of evidence that is about the latent with probability `own`, and otherwise is no
    /// evidence: the derivatives of the logarithm of that mixture.
    pub(crate) fn own_with(self, own: f64) -> Self {
        let gradient = own * self.gradient;
        let spread = own * (1.0 - own) * self.gradient * self.gradient;
        Self { gradient, curvature: own * self.curvature - spread }
    }

    /// The message to one latent, by moment matching.
    ///
    /// A probit is log-concave, so its message never has negative precision. A choice is not: an
    /// outlier can make the posterior wider than the cavity. Then the message has precision 0 and
    /// moves the mean only.
    ///
    /// This is the update for truncated Gaussians in natural parameters (Herbrich, Minka and
    /// Graepel, "TrueSkill", NIPS 2006).
    pub(crate) fn message(self, term: LinearTerm) -> Gaussian {
        if self.curvature <= 0.0 {
            return Gaussian { precision: 0.0, precision_mean: self.gradient * term.weight };
        }
        let information = self.curvature * term.weight * term.weight;
        // In exact arithmetic curvature * variance < 1; the floor prevents division by zero where
        // it rounds to 1.
        let left = (1.0 - information * term.variance).max(1e-9);
        let precision = information / left;
        Gaussian {
            precision,
            precision_mean: precision * term.mean + self.gradient * term.weight / left,
        }
    }
}

/// Weights of "yes" and "no" in a mixture of a factor's answers. They sum to less than one if the
/// question may not apply.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answers {
    pub(crate) yes: f64,
    pub(crate) no: f64,
}

/// Messages of a factor whose answer is a mixture of "yes" and "no".
///
/// The second derivative of the logarithm of a mixture is the mean of the components' second
/// derivatives plus the variance of their gradients. Where that would make the curvature negative,
/// the messages have precision 0, so that beliefs stay proper. The returned [`Pull`] has the mean
/// curvature, without that variance.
pub(crate) fn mixed_messages<const N: usize>(
    projection: Projection,
    terms: &[LinearTerm; N],
    answers: Answers,
) -> (Pull, [Gaussian; N]) {
    let mut pull = Pull { gradient: 0.0, curvature: 0.0 };
    let mut squares = 0.0;
    for (yes, weight) in [(true, answers.yes), (false, answers.no)] {
        if weight > 0.0 {
            let one = projection.pull(yes);
            pull.gradient += weight * one.gradient;
            pull.curvature += weight * one.curvature;
            squares += weight * one.gradient * one.gradient;
        }
    }
    let gradient_variance = (squares - pull.gradient * pull.gradient).max(0.0);
    let sent = Pull { curvature: (pull.curvature - gradient_variance).max(0.0), ..pull };
    (pull, terms.map(|term| sent.message(term)))
}
