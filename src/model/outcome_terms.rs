//! Parameters of the outcome factors "too small" and "too large" (`model/README.md`, section 3).

/// Number of basis functions of each outcome factor, see [`OutcomeTerms::basis`].
pub const BASIS: usize = 3;

/// Parameters of the two outcome factors. Arrays of two are `[too small, too large]`.
///
/// With z = x + b + g x - u, P(too small) = Phi(t_small - slope z + h + p + s), and P(too large) =
/// Phi(t_large + slope z + h - p + s) of what is not too small. Here t = terms .
/// [basis](Self::basis), and x is the position. In a size that the customer chose, x - u has the
/// weight `chosen_slope` instead: customers who take another size than usual often know why.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct OutcomeTerms {
    /// Coefficients of the basis; the first of each factor is its intercept, the negative
    /// threshold.
    pub terms: [[f64; BASIS]; 2],
    /// Alpha: probit units per step of misfit; positive.
    pub slope: f64,
    /// Kappa: probit units per step between a size that the customer chose and their latent size,
    /// from -`slope` to `slope`. It equals `slope` where customers know nothing of how an article
    /// will fit them besides its offset, and is less the more they know.
    pub chosen_slope: f64,
    /// What a size that is advised adds to the arguments of too small and too large, probit units.
    /// Learned so that the probability shown for the advised size is the share of those who fitted
    /// among the customers who took it.
    pub advised: [f64; 2],
}

impl OutcomeTerms {
    /// The basis functions: 1, x and x^2.
    #[must_use]
    pub fn basis(x: f64) -> [f64; BASIS] {
        [1.0, x, x * x]
    }

    /// The part of the two probit arguments that comes from the basis.
    #[must_use]
    pub fn fixed(&self, basis: &[f64; BASIS]) -> [f64; 2] {
        self.terms.map(|terms| terms.iter().zip(basis).fold(0.0, |sum, (t, x)| sum + t * x))
    }
}
