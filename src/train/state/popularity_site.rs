//! The site of one choice at the popularity of one size, in single precision.

use crate::math::Gaussian;

/// What one choice says of the popularity of one size on offer, in single precision, as there are
/// many.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct PopularitySite {
    precision: f32,
    precision_mean: f32,
}

impl PopularitySite {
    pub(crate) fn gaussian(self) -> Gaussian {
        Gaussian {
            precision: f64::from(self.precision),
            precision_mean: f64::from(self.precision_mean),
        }
    }

    /// Precision, and precision times mean.
    pub(crate) fn numbers(self) -> [f32; 2] {
        [self.precision, self.precision_mean]
    }

    /// This, at what `damping` leaves of it, with a fresh score and its information at this mean.
    pub(crate) fn renewed(self, mean: f64, [score, information]: [f64; 2], damping: f64) -> Self {
        let mix = |old: f32, new: f64| ((1.0 - damping) * f64::from(old) + damping * new) as f32;
        Self {
            precision: mix(self.precision, information),
            precision_mean: mix(self.precision_mean, information * mean + score),
        }
    }
}
