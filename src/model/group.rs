//! Fit groups: the parameters that are learned once for all of a group's customers and articles.

use crate::size::System;

/// One fit group (dresses, tops, bottoms, footwear ...) with its own size axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The group's name, as the history has it.
    pub name: String,
    /// Prior of a customer's latent size here; its variance is the diagonal entry of [`crate::Model::covariance`].
    pub size: SizePrior,
    /// How outcomes come about.
    pub outcome: OutcomeTerms,
    /// How sizes are chosen.
    pub choice: Choice,
    /// Variance of a brand's mean offset about zero, of an article's about its brand's, and of a size's about its article's, steps squared.
    pub offset_variance: [f64; 3],
    /// Variance of a brand's mean spread about zero, and of an article's about its brand's, probit units squared.
    pub spread_variance: [f64; 2],
}

/// Gaussian regression prior of one latent on measurement features: N(intercept + coefficients . phi, variance).
#[derive(Clone, Debug, PartialEq)]
pub struct SizePrior {
    /// Mean where every feature is zero, that is, nothing is known.
    pub intercept: f64,
    /// One coefficient per measurement feature, in the order of [`crate::model::Features`].
    pub coefficients: Vec<f64>,
    /// Residual variance.
    pub variance: f64,
}

impl SizePrior {
    /// Prior mean at these features; absent features count as zero.
    #[must_use]
    pub fn mean(&self, features: &[f64]) -> f64 {
        self.coefficients.iter().zip(features).fold(self.intercept, |sum, (b, x)| sum + b * x)
    }
}

/// The two probit factors of one purchase; `[small, large]` everywhere.
///
/// With z = x + b + r - u: P(too small) = Phi(t_small - slope z + h + p + s), P(too large) = Phi(t_large + slope z + h - p + s),
/// where t = intercept + linear x + quadratic x^2 and x is the position. In a purchase that the customer chose themselves x - u has the
/// weight `chosen_slope` instead: who takes another size than usual often knows why.
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomeTerms {
    /// Probit intercepts, the negative thresholds.
    pub intercept: [f64; 2],
    /// Coefficient of the position x.
    pub linear: [f64; 2],
    /// Coefficient of x squared.
    pub quadratic: [f64; 2],
    /// Probit units per step of misfit; never negative.
    pub slope: f64,
    /// Probit units per step between a size the customer chose themselves and their latent size; between -`slope` and `slope`, and
    /// negative where those who take a larger size than usual do so because they need it.
    pub chosen_slope: f64,
    /// Rate at which a garment that fits comes back without a reason, relative to one that does not: the weight of
    /// "unrelated" in a return for an unknown reason. Between 0 and 1.
    pub unrelated: f64,
}

impl OutcomeTerms {
    /// The part of the two probit arguments that is fixed by the position bought: `[small, large]`.
    #[must_use]
    pub fn fixed(&self, x: f64) -> [f64; 2] {
        [0, 1].map(|k| self.intercept[k] + x * (self.linear[k] + x * self.quadratic[k]))
    }
}

/// The choice of a size: P(l | u, a) proportional to share^popularity T((x_l + awareness b - u) / scale).
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Scale of the heavy-tailed noise between latent size and position chosen, steps.
    pub scale: f64,
    /// Exponent of the size's share of the article's sales.
    pub popularity: f64,
    /// How much of an article's offset customers allow for when they choose: 0 none, 1 all.
    pub awareness: f64,
}

/// One size scale: the labels that articles of a fit group and size system carry, and where each one lies.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// Index of the fit group.
    pub group: u16,
    /// The size system the labels are written in.
    pub system: System,
    /// The labels, sorted by position, texts unique.
    pub labels: Vec<ScaleLabel>,
}

/// One label of a scale.
#[derive(Clone, Debug, PartialEq)]
pub struct ScaleLabel {
    /// Canonical text of the label.
    pub text: String,
    /// Position x on the group's axis, steps.
    pub position: f64,
}
