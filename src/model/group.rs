//! Fit groups: the parameters that are learned once for all of a group's customers and articles.

use crate::size::System;

/// One fit group (dresses, tops, bottoms, footwear ...) with its own size axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The group's name, as the history has it.
    pub name: String,
    /// Prior of a customer's latent size here; its variance is the diagonal entry of
    /// [`crate::Model::covariance`].
    pub size: SizePrior,
    /// How outcomes come about.
    pub outcome: OutcomeTerms,
    /// How sizes are chosen.
    pub choice: Choice,
    /// How garments come back for other reasons than their size.
    pub returns: Returns,
    /// Variance of a brand's mean offset about zero, of an article's about its brand's, and of a
    /// size's about its article's, steps squared.
    pub offset_variance: [f64; 3],
    /// Variance of an article's grade about zero, squared steps a step.
    pub grade_variance: f64,
    /// Variance of a brand's mean spread about zero, and of an article's about its brand's, probit
    /// units squared.
    pub spread_variance: [f64; 2],
}

/// Gaussian regression prior of one latent on measurement features: N(intercept + coefficients .
/// phi, variance).
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

/// Number of outcome terms of each factor, see [`OutcomeTerms::basis`].
pub const BASIS: usize = 5;

/// The two probit factors of one purchase; `[small, large]` everywhere.
///
/// With z = x + b + r - u: P(too small) = Phi(t_small - slope z + h + p + s), P(too large) =
/// Phi(t_large + slope z + h - p + s), where t = terms . [basis](Self::basis) and x is the
/// position. In a purchase that the customer chose themselves x - u has the weight `chosen_slope`
/// instead: who takes another size than usual often knows why.
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomeTerms {
    /// Coefficients of the basis; the first are the probit intercepts, the negative thresholds.
    pub terms: [[f64; BASIS]; 2],
    /// Probit units per step of misfit; never negative.
    pub slope: f64,
    /// Probit units per step between a size the customer chose themselves and their latent size;
    /// between -`slope` and `slope`, and negative where those who take a larger size than usual do
    /// so because they need it.
    pub chosen_slope: f64,
    /// What the signed distance e of a chosen size adds to both arguments alike, probit units: how
    /// much more readily those who take a larger size than usual call it a misfit, either way.
    pub lean: f64,
}

/// Returns that have nothing to do with size: Phi(intercept + w + d), with w the customer's trait
/// and d the article's own. How a garment fits is asked of what does not come back so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Returns {
    /// Probit of the chance where customer and article are as usual.
    pub intercept: f64,
    /// Variance of the articles' d about zero, probit units squared.
    pub article_variance: f64,
    /// How much oftener such a return has no reason than one for its size. Above 0; 1 where nobody
    /// gives reasons.
    pub unexplained: f64,
    /// Share of purchases that come back because another size of the article, tried on with it, was
    /// the better one.
    pub beaten: f64,
}

/// Standardised distances beyond this count as this: a gift three sizes off is no more surprising
/// than one of two.
const FARTHEST: f64 = 4.0;
/// About the mean of |e| and of e squared over purchases: where a size was not chosen, it counts as
/// an ordinary one.
const ORDINARY: [f64; 2] = [0.7, 0.9];

impl OutcomeTerms {
    /// What the terms are multiplied with: 1, x, x^2, |e| and e^2, the latter two less their usual
    /// means.
    ///
    /// e is the distance `chosen` of the size taken from the latent size expected, in units of its
    /// sd. Of a size not chosen, `None`, its terms are 0: it counts as an ordinary choice.
    #[must_use]
    pub fn basis(x: f64, variance: f64, chosen: Option<f64>, scale: f64) -> [f64; BASIS] {
        let e = chosen.map(|d| Self::distance(d, variance, scale));
        let of = |f: fn(f64) -> f64, usual: f64| e.map_or(0.0, |e| f(e) - usual);
        [1.0, x, x * x, of(f64::abs, ORDINARY[0]), of(|e| e * e, ORDINARY[1])]
    }

    /// The distance e of a chosen size that lies `d` steps from the latent size expected, in units
    /// of its sd.
    #[must_use]
    pub fn distance(d: f64, variance: f64, scale: f64) -> f64 {
        (d / (variance + scale * scale).sqrt()).clamp(-FARTHEST, FARTHEST)
    }

    /// The part of the two probit arguments that the basis fixes: `[small, large]`.
    #[must_use]
    pub fn fixed(&self, basis: &[f64; BASIS]) -> [f64; 2] {
        self.terms.map(|terms| terms.iter().zip(basis).fold(0.0, |sum, (t, x)| sum + t * x))
    }
}

/// The choice of a size: P(l | u, a) proportional to appeal_l T((x_l + awareness b + shift - u) /
/// scale).
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Scale of the heavy-tailed noise between latent size and position chosen, steps.
    pub scale: f64,
    /// How much of an article's offset customers allow for when they choose: 0 none, 1 all.
    pub awareness: f64,
    /// Steps to add to the position of a size that turned out too small, and too large, before it
    /// speaks for the latent size.
    pub outcome_shift: [f64; 2],
}

/// One size scale: the labels that articles of a fit group and size system carry, and where each
/// one lies.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// Index of the fit group.
    pub group: u16,
    /// The size system the labels are written in.
    pub system: System,
    /// By how much more noise, as a factor of the fit group's, its labels are chosen: who takes one
    /// of few letters is less choosy than the steps between them say.
    pub noise: f64,
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
    /// Length: petite below 0, long above.
    pub length: f64,
    /// Logarithm of its weight in the choice: how much oftener it is taken than its position and
    /// length alone would say.
    pub appeal: f64,
    /// What it adds to the arguments of too small and too large where it was chosen, probit units:
    /// who chooses it is content, or not.
    pub thresholds: [f64; 2],
}
