//! The outcome of a purchase that was made: P(outcome | the customer chose this size)
//! (`model/README.md`, section 3).

use super::factors::{Garment, class_chances};
use super::probit::{LinearTerm, Projection};
use crate::math::Gaussian;
#[cfg(feature = "train")]
use crate::model::PURCHASE_BASIS;
use crate::model::{PurchaseTerms, TRAITS};

/// Number of the terms that both outcomes share: lean, size, garment, fussiness, preference,
/// spread.
pub(crate) const SHARED: usize = 6;

/// A purchase that was made. The beliefs are those without the purchase itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PurchaseOutcome<'m> {
    pub(crate) garment: Garment,
    pub(crate) terms: &'m PurchaseTerms,
    /// What the label and the day add to the arguments of "too small" and "too large".
    pub(crate) level: [f64; 2],
    pub(crate) size: Gaussian,
    pub(crate) traits: [Gaussian; TRAITS],
}

/// The argument of one of the two probits, and how it moves with each parameter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PurchaseProbit {
    pub(crate) projection: Projection,
    /// The basis that this outcome's own terms multiply.
    #[cfg(feature = "train")]
    pub(crate) basis: [f64; PURCHASE_BASIS],
    /// The mean and the variance that each shared term multiplies.
    #[cfg(feature = "train")]
    pub(crate) shared: [(f64, f64); SHARED],
}

impl PurchaseOutcome<'_> {
    /// Chances of too small, fits and too large; they sum to one.
    pub(crate) fn chances(&self) -> [f64; 3] {
        let [small, large] = [0, 1].map(|k| self.probit(k).projection.probability());
        class_chances(small, large)
    }

    /// The probit of "too small" (k = 0) or "too large" (k = 1).
    pub(crate) fn probit(&self, k: usize) -> PurchaseProbit {
        let sign = if k == 0 { -1.0 } else { 1.0 };
        let Garment { position: x, noise, latents, .. } = self.garment;
        let [fussiness, preference, ..] = self.traits;
        let away = x - self.size.mean();
        let distance = PurchaseTerms::distance(away, self.size.variance(), noise);
        let graded = self.garment.graded_position();
        let offset = latents.offset.mean() + graded * latents.grade.mean();
        let offset_variance =
            latents.offset.variance() + graded * graded * latents.grade.variance();
        let shared = [
            (distance, 0.0),
            (sign * away, self.size.variance()),
            (sign * offset, offset_variance),
            (fussiness.mean(), fussiness.variance()),
            (-sign * preference.mean(), preference.variance()),
            (latents.spread.mean(), latents.spread.variance()),
        ];
        let basis = PurchaseTerms::basis(x, distance);
        let own = self.terms.terms[k].iter().zip(basis).fold(0.0, |sum, (t, x)| sum + t * x);
        let terms: [LinearTerm; SHARED] = std::array::from_fn(|i| {
            let (mean, variance) = shared[i];
            LinearTerm { mean, variance, weight: shared_terms(self.terms)[i] }
        });
        let projection = Projection::new(own + self.level[k], &terms);
        PurchaseProbit {
            projection,
            #[cfg(feature = "train")]
            basis,
            #[cfg(feature = "train")]
            shared,
        }
    }
}

/// The terms that both outcomes share, in the order of [`PurchaseProbit::shared`].
pub(crate) fn shared_terms(terms: &PurchaseTerms) -> [f64; SHARED] {
    let &PurchaseTerms { lean, size, garment, fussiness, preference, spread, .. } = terms;
    [lean, size, garment, fussiness, preference, spread]
}
