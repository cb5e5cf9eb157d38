//! Gaussians in natural parameters, in which evidence adds up (`model/README.md`, section 4).

/// A Gaussian as precision and precision times mean. Precision 0 is no information.
///
/// Herbrich, Minka and Graepel, "TrueSkill" (NIPS 2006), table 1.
///
/// ```
/// use inseam::math::Gaussian;
/// let prior = Gaussian::new(0.0, 4.0);
/// let seen = Gaussian::new(2.0, 4.0);
/// let both = prior.combine(seen);
/// assert_eq!((both.mean(), both.variance()), (1.0, 2.0));
/// assert_eq!(both.remove(seen), prior);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Gaussian {
    /// 1 / variance; 0 for no information. Negative in some messages, never in a belief.
    pub precision: f64,
    /// Precision times mean.
    pub precision_mean: f64,
}

impl Gaussian {
    /// No information at all.
    pub const FLAT: Self = Self { precision: 0.0, precision_mean: 0.0 };

    /// From mean and variance; the variance must be positive.
    #[must_use]
    pub fn new(mean: f64, variance: f64) -> Self {
        Self { precision: 1.0 / variance, precision_mean: mean / variance }
    }

    /// The mean; 0 if there is no information.
    #[must_use]
    pub fn mean(self) -> f64 {
        if self.precision == 0.0 { 0.0 } else { self.precision_mean / self.precision }
    }

    /// The variance; infinite if there is no information.
    #[must_use]
    pub fn variance(self) -> f64 {
        1.0 / self.precision
    }

    /// The standard deviation; infinite if there is no information.
    #[must_use]
    pub fn sd(self) -> f64 {
        self.variance().sqrt()
    }

    /// Combines two pieces of evidence: the product of the densities.
    #[must_use]
    pub fn combine(self, other: Self) -> Self {
        Self {
            precision: self.precision + other.precision,
            precision_mean: self.precision_mean + other.precision_mean,
        }
    }

    /// Removes a piece of evidence, which leaves the cavity: the quotient of the densities.
    #[must_use]
    pub fn remove(self, other: Self) -> Self {
        Self {
            precision: self.precision - other.precision,
            precision_mean: self.precision_mean - other.precision_mean,
        }
    }

    /// This message with its precision multiplied by `weight` and the same mean.
    #[must_use]
    pub fn scale(self, weight: f64) -> Self {
        Self { precision: self.precision * weight, precision_mean: self.precision_mean * weight }
    }

    /// The belief about x + `by`, where this is the belief about x.
    #[must_use]
    pub fn shifted(self, by: f64) -> Self {
        Self { precision_mean: self.precision_mean + self.precision * by, ..self }
    }

    /// The belief about x + e, where this is the belief about x, and e is independent with mean 0
    /// and this variance.
    #[must_use]
    pub fn widen(self, variance: f64) -> Self {
        // Computed in natural parameters, so that no information stays no information.
        let shrink = 1.0 / (1.0 + self.precision * variance);
        self.scale(shrink)
    }
}
