//! A Gaussian as its mean and variance.

use super::Gaussian;

/// Mean and variance of a Gaussian.
///
/// [`Gaussian`] stores natural parameters, in which messages add up; quadrature and closed-form
/// integrals need the moments.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    /// The mean.
    pub mean: f64,
    /// The variance; not negative.
    pub variance: f64,
}

impl From<Gaussian> for Moments {
    fn from(belief: Gaussian) -> Self {
        Self { mean: belief.mean(), variance: belief.variance() }
    }
}
