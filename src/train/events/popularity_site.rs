//! The site of one choice at the popularity of one size, in the precision in which it is stored.

use crate::math::binary16::stored;
use crate::math::{Gaussian, Score};

/// The message from one choice to the popularity of one size on offer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct PopularitySite {
    precision: f32,
    precision_mean: f32,
}

impl From<Gaussian> for PopularitySite {
    fn from(message: Gaussian) -> Self {
        let Gaussian { precision, precision_mean } = message;
        Self { precision: precision as f32, precision_mean: precision_mean as f32 }
    }
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

    /// The damped average of this site and a fresh one; `mean` is where the fresh score was taken.
    pub(crate) fn renewed(self, mean: f64, fresh: Score, damping: f64) -> Self {
        let mix =
            |old: f32, new: f64| stored((1.0 - damping) * f64::from(old) + damping * new) as f32;
        Self {
            precision: mix(self.precision, fresh.information),
            precision_mean: mix(self.precision_mean, fresh.information * mean + fresh.score),
        }
    }
}
