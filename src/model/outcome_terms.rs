//! Parameters of the outcome factors "too small" and "too large" (`model/README.md`, section 3).

/// Number of basis functions of each outcome factor, see [`OutcomeTerms::basis`].
pub const BASIS: usize = 5;

/// Parameters of the two outcome factors. Arrays of two are `[too small, too large]`.
///
/// With z = x + b + r + g x - u, P(too small) = Phi(t_small - slope z + h + p + s), and P(too
/// large) = Phi(t_large + slope z + h - p + s) of what is not too small. Here t = terms .
/// [basis](Self::basis), and x is the position. In a size that the customer chose, x - u has the
/// weight `chosen_slope` instead: customers who take another size than usual often know why.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct OutcomeTerms {
    /// Coefficients of the basis; the first of each factor is its intercept, the negative
    /// threshold.
    pub terms: [[f64; BASIS]; 2],
    /// Alpha: probit units per step of misfit; not negative.
    pub slope: f64,
    /// Probit units per step between a size that the customer chose and their latent size, from
    /// -`slope` to `slope`. Negative where customers take a larger size than usual because they
    /// need it.
    pub chosen_slope: f64,
    /// Coefficient of the signed distance e of a chosen size, the same in both factors, probit
    /// units: how much more readily customers who take a larger size than usual report a misfit of
    /// either direction.
    pub lean: f64,
}

/// Bound of standardised distances: a gift three sizes off is no more surprising than one two sizes
/// off.
const MAX_DISTANCE: f64 = 4.0;
/// Typical mean of |e| over purchases.
const USUAL_DISTANCE: f64 = 0.7;
/// Typical mean of e squared over purchases.
const USUAL_SQUARE: f64 = 0.9;

impl OutcomeTerms {
    /// The basis functions: 1, x, x^2, |e| and e^2, the last two minus their typical means.
    ///
    /// `chosen` is the distance of the size taken from the expected latent size, steps, and e is
    /// its standardised [distance](Self::distance). For a size that was not chosen (`None`) these
    /// terms are 0, as for an ordinary choice. `variance` is that of the latent size, `scale` the
    /// noise of the choice.
    #[must_use]
    pub fn basis(x: f64, variance: f64, chosen: Option<f64>, scale: f64) -> [f64; BASIS] {
        let e = chosen.map(|d| Self::distance(d, variance, scale));
        let centred = |f: fn(f64) -> f64, usual: f64| e.map_or(0.0, |e| f(e) - usual);
        [1.0, x, x * x, centred(f64::abs, USUAL_DISTANCE), centred(|e| e * e, USUAL_SQUARE)]
    }

    /// The standardised distance e of a chosen size that lies `d` steps from the expected latent
    /// size: in units of the standard deviation of size and choice noise together.
    #[must_use]
    pub fn distance(d: f64, variance: f64, scale: f64) -> f64 {
        (d / (variance + scale * scale).sqrt()).clamp(-MAX_DISTANCE, MAX_DISTANCE)
    }

    /// The part of the two probit arguments that comes from the basis.
    #[must_use]
    pub fn fixed(&self, basis: &[f64; BASIS]) -> [f64; 2] {
        self.terms.map(|terms| terms.iter().zip(basis).fold(0.0, |sum, (t, x)| sum + t * x))
    }
}
