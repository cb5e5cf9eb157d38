//! The outcome of a purchase that was made: P(outcome | the customer chose this size)
//! (`model/README.md`, section 3).

use super::factors::{Garment, class_chances};
use super::probit::{LinearTerm, Projection};
use crate::math::{Gaussian, Moments};
#[cfg(feature = "train")]
use crate::model::PURCHASE_BASIS;
use crate::model::{PurchaseTerms, TRAITS};

/// Number of the terms that both outcomes share: lean, size, garment, fussiness, preference,
/// spread.
pub(crate) const SHARED: usize = 6;

/// What the two probits of a purchase that was made see of it, whatever their parameters are. The
/// beliefs are those without the purchase itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct PurchaseFeatures {
    /// Position of the label, steps.
    pub(crate) position: f64,
    /// See [`PurchaseTerms::distance`].
    pub(crate) distance: f64,
    /// From the latent size to the position, steps.
    pub(crate) away: Moments,
    /// The article's offset at the position, steps.
    pub(crate) offset: Moments,
    pub(crate) fussiness: Moments,
    pub(crate) preference: Moments,
    pub(crate) spread: Moments,
}

/// The argument of one of the two probits, and how it moves with each parameter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PurchaseProbit {
    pub(crate) projection: Projection,
    /// The basis that this outcome's own terms multiply.
    #[cfg(feature = "train")]
    pub(crate) basis: [f64; PURCHASE_BASIS],
    /// What each shared term multiplies.
    #[cfg(feature = "train")]
    pub(crate) shared: [Moments; SHARED],
}

impl PurchaseFeatures {
    /// Of a purchase of this garment by a customer with these beliefs about size and traits.
    pub(crate) fn new(garment: &Garment, size: Gaussian, traits: &[Gaussian; TRAITS]) -> Self {
        let &Garment { position, noise, latents, .. } = garment;
        let [fussiness, preference, ..] = traits.map(Moments::from);
        let away = Moments { mean: position - size.mean(), variance: size.variance() };
        let graded = garment.graded_position();
        Self {
            position,
            distance: PurchaseTerms::distance(away.mean, away.variance, noise),
            away,
            offset: Moments {
                mean: latents.offset.mean() + graded * latents.grade.mean(),
                variance: latents.offset.variance() + graded * graded * latents.grade.variance(),
            },
            fussiness,
            preference,
            spread: latents.spread.into(),
        }
    }

    /// Chances of too small, fits and too large; they sum to one. `level` is what the label and the
    /// day add to the two arguments.
    pub(crate) fn chances(&self, terms: &PurchaseTerms, level: [f64; 2]) -> [f64; 3] {
        let [small, large] =
            [0, 1].map(|k| self.probit(k, terms, level[k]).projection.probability());
        class_chances(small, large)
    }

    /// The probit of "too small" (k = 0) or "too large" (k = 1).
    pub(crate) fn probit(&self, k: usize, terms: &PurchaseTerms, level: f64) -> PurchaseProbit {
        let sign = if k == 0 { -1.0 } else { 1.0 };
        let signed = |sign: f64, m: Moments| Moments { mean: sign * m.mean, ..m };
        let shared = [
            Moments { mean: self.distance, variance: 0.0 },
            signed(sign, self.away),
            signed(sign, self.offset),
            self.fussiness,
            signed(-sign, self.preference),
            self.spread,
        ];
        let basis = PurchaseTerms::basis(self.position, self.distance);
        let own = terms.terms[k].iter().zip(basis).fold(0.0, |sum, (t, x)| sum + t * x);
        let weights = shared_terms(terms);
        let linear: [LinearTerm; SHARED] = std::array::from_fn(|i| {
            let Moments { mean, variance } = shared[i];
            LinearTerm { mean, variance, weight: weights[i] }
        });
        let projection = Projection::new(own + level, &linear);
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
