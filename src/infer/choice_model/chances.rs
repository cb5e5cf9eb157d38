//! Probability of each size to be taken, for a customer whose size is uncertain.

use super::offered_size::OfferedSize;
use super::probabilities::Probabilities;
use super::quadrature::{every_nth, stride};
use crate::math::Moments;

/// Probability of each size to be taken, integrated over v and the wish for length; they sum to
/// one.
pub(crate) fn chances(offers: &[OfferedSize], scale: f64, v: Moments, wish: Moments) -> Vec<f64> {
    mean_chances(offers, scale, every_nth(stride(v.variance.sqrt(), scale), v), wish)
}

/// The same for v = u - `shift`, where u has this profile.
pub(crate) fn chances_over(
    offers: &[OfferedSize],
    scale: f64,
    profile: &[(f64, f64)],
    shift: f64,
    wish: Moments,
) -> Vec<f64> {
    mean_chances(offers, scale, profile.iter().map(|&(v, weight)| (v - shift, weight)), wish)
}

/// Weighted mean of the probabilities at these v.
fn mean_chances(
    offers: &[OfferedSize],
    scale: f64,
    nodes: impl Iterator<Item = (f64, f64)>,
    wish: Moments,
) -> Vec<f64> {
    let mut probabilities = Probabilities::default();
    probabilities.prepare(offers, wish);
    let mut out = vec![0.0; offers.len()];
    for (v, weight) in nodes {
        probabilities.evaluate(0, v, 1.0 / scale);
        out.iter_mut().zip(probabilities.at(0)).for_each(|(o, chance)| *o += weight * chance);
    }
    out
}
