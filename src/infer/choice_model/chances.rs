//! Probability of each size to be taken, for a customer whose size is uncertain.

use super::offered_size::OfferedSize;
use super::others::others_chances;
use super::probabilities::Probabilities;
use super::quadrature::{every_nth, stride};
use crate::math::Moments;
use crate::model::Others;

/// The sizes on offer, and how noisy a choice among them is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Offer<'o> {
    pub(crate) sizes: &'o [OfferedSize],
    /// Scale of the noise, steps.
    pub(crate) noise: f64,
    /// Purchases for somebody else.
    pub(crate) others: &'o Others,
}

impl Offer<'_> {
    /// Probability of each size to be taken, integrated over v and the wish for length; they sum to
    /// one.
    pub(crate) fn chances(&self, v: Moments, wish: Moments) -> Vec<f64> {
        self.mean_chances(every_nth(stride(v.variance.sqrt(), self.noise), v), wish)
    }

    /// The same for v = u - `shift`, where u has this profile.
    pub(crate) fn chances_over(
        &self,
        profile: &[(f64, f64)],
        shift: f64,
        wish: Moments,
    ) -> Vec<f64> {
        self.mean_chances(profile.iter().map(|&(v, weight)| (v - shift, weight)), wish)
    }

    /// Weighted mean of the probabilities at these v; a part of the purchases is for others.
    fn mean_chances(&self, nodes: impl Iterator<Item = (f64, f64)>, wish: Moments) -> Vec<f64> {
        let mut probabilities = Probabilities::default();
        probabilities.prepare(self.sizes, wish);
        let share = self.others.share;
        let mut out = others_chances(self.sizes, self.others);
        out.iter_mut().for_each(|chance| *chance *= share);
        for (v, weight) in nodes {
            probabilities.evaluate(0, v, 1.0 / self.noise);
            let own = (1.0 - share) * weight;
            out.iter_mut().zip(probabilities.at(0)).for_each(|(o, chance)| *o += own * chance);
        }
        out
    }
}
