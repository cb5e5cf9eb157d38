//! Parameters of the outcome of a purchase that was made (`model/README.md`, section 3).

#[cfg(feature = "train")]
use super::outcome_terms::{BASIS, OutcomeTerms};

/// Number of basis functions of each outcome, see [`PurchaseTerms::basis`].
pub const PURCHASE_BASIS: usize = 5;

/// Parameters of P(outcome | the customer chose this size). Arrays of two are
/// `[too small, too large]`.
///
/// A choice gives away more than its size: how far it lies from the expected one, and on which
/// side. These terms use all of it, on top of the latents that
/// [`OutcomeTerms`](super::OutcomeTerms) describe, and no belief depends on them. Advice is about
/// sizes that nobody has chosen yet, and does not use them.
///
/// With e the signed [distance](Self::distance), the arguments of the two probits are
///
/// ```text
/// t_small + lean e - size (x - u) - garment (b + g x) + fussiness h + preference p + spread s
/// t_large + lean e + size (x - u) + garment (b + g x) + fussiness h - preference p + spread s
/// ```
///
/// where t = terms . [basis](Self::basis), plus the thresholds of the label and the trend.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PurchaseTerms {
    /// Coefficients of the basis, probit units per unit of the basis.
    pub terms: [[f64; PURCHASE_BASIS]; 2],
    /// Coefficient of e, probit units.
    pub lean: f64,
    /// Probit units per step between the size taken and the latent size.
    pub size: f64,
    /// Probit units per step of the article's offset.
    pub garment: f64,
    /// Factor on the customer's fussiness.
    pub fussiness: f64,
    /// Factor on the customer's preference.
    pub preference: f64,
    /// Factor on the article's spread.
    pub spread: f64,
}

/// Bound of standardised distances: a gift three sizes off is no more surprising than one two sizes
/// off.
const MAX_DISTANCE: f64 = 4.0;
/// Typical mean of |e| over purchases.
const USUAL_DISTANCE: f64 = 0.7;
/// Typical mean of e squared over purchases.
const USUAL_SQUARE: f64 = 0.9;

impl PurchaseTerms {
    /// The terms with which a purchase made has the outcome of the structural model: where learning
    /// starts.
    #[cfg(feature = "train")]
    pub(crate) fn like(outcome: &OutcomeTerms) -> Self {
        let mut terms = [[0.0; PURCHASE_BASIS]; 2];
        for (all, first) in terms.iter_mut().zip(outcome.terms) {
            all[..BASIS].copy_from_slice(&first);
        }
        Self {
            terms,
            lean: 0.0,
            size: outcome.chosen_slope,
            garment: outcome.slope,
            fussiness: 1.0,
            preference: 1.0,
            spread: 1.0,
        }
    }

    /// The basis functions: 1, x, x^2, |e| and e^2, the last two minus their typical means. x is
    /// the position, e the [distance](Self::distance).
    #[must_use]
    pub fn basis(x: f64, e: f64) -> [f64; PURCHASE_BASIS] {
        [1.0, x, x * x, e.abs() - USUAL_DISTANCE, e * e - USUAL_SQUARE]
    }

    /// The standardised distance e of a size that lies `away` steps from the expected latent size:
    /// in units of the standard deviation of size and choice noise together, from -4 to 4.
    /// `variance` is that of the latent size, `scale` that of the choice's noise, in steps.
    #[must_use]
    pub fn distance(away: f64, variance: f64, scale: f64) -> f64 {
        (away / (variance + scale * scale).sqrt()).clamp(-MAX_DISTANCE, MAX_DISTANCE)
    }
}
