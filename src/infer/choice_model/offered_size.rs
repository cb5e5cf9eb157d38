//! The sizes that a customer chooses from.

use crate::math::Moments;

/// A size on offer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct OfferedSize {
    /// Position of the label, steps.
    pub(crate) position: f64,
    /// Length of the label: petite below 0, long above.
    pub(crate) length: f64,
    /// Weight among the article's sizes besides position and length: the exponential of the
    /// label's appeal plus the size's popularity.
    pub(crate) weight: f64,
}

impl OfferedSize {
    /// The weight for a customer with this wish for length, which is integrated out in closed form.
    pub(super) fn weight_for(&self, wish: Moments) -> f64 {
        match self.length {
            0.0 => self.weight,
            length => {
                self.weight * libm::exp(length * (wish.mean - 0.5 * length * (1.0 - wish.variance)))
            }
        }
    }
}

/// Factor on a label's weight for a customer with these standardised measurements z.
#[cfg(feature = "train")]
pub(crate) fn affinity(affinity: &[f64], z: &[f64]) -> f64 {
    libm::exp(
        affinity
            .iter()
            .zip(z)
            .fold(0.0, |sum, (a, z)| sum + a * z)
            .clamp(-MAX_LOG_AFFINITY, MAX_LOG_AFFINITY),
    )
}

/// Bound on the logarithm of an affinity; beyond it the size is practically not on offer.
#[cfg(feature = "train")]
const MAX_LOG_AFFINITY: f64 = 6.0;

#[cfg(all(test, feature = "train"))]
mod tests {
    use super::*;

    #[test]
    fn affinities_are_bounded() {
        assert_eq!(affinity(&[], &[]), 1.0);
        assert!((affinity(&[0.5, -0.25], &[1.0, 2.0]) - 1.0).abs() < 1e-15);
        assert_eq!(affinity(&[100.0], &[1.0]), libm::exp(MAX_LOG_AFFINITY));
        assert_eq!(affinity(&[100.0], &[-1.0]), libm::exp(-MAX_LOG_AFFINITY));
    }
}
