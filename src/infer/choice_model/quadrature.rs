//! The quadrature over the latent size: nodes of a Gaussian, with their weights.

use crate::math::Moments;

/// Number of quadrature nodes on each side of the mean; they cover 4 standard deviations.
///
/// The error of the trapezoidal rule falls exponentially for an analytic integrand (Trefethen and
/// Weideman, SIAM Review 2014); with t(7) and sizes about a step apart it is below 2e-3
/// in the log evidence, more for a size five standard deviations off.
pub(super) const HALF: usize = 8;
pub(super) const NODES: usize = 2 * HALF + 1;
/// Distance of neighbouring nodes, standard deviations.
pub(super) const SPACING: f64 = 0.5;
/// Every second node suffices where the belief's standard deviation is at most this many noise
/// scales: the poles of the tail then lie two of the wider spacings away.
const NARROW: f64 = 0.8;

/// Standard normal density at 0, 1/2, 1 ... standard deviations, normalised to sum to one over all
/// nodes.
const WEIGHTS: [f64; HALF + 1] = [
    0.199474647864745,
    0.17603575888479037,
    0.12098748976534904,
    0.06475993660472744,
    0.026995957967298846,
    0.00876430436278587,
    0.002215963172596555,
    0.0004363490205067883,
    6.691628957263553e-05,
];

/// Quadrature nodes of a Gaussian with this mean and variance, each with its weight; the weights
/// sum to one.
pub(crate) fn nodes(moments: Moments) -> impl Iterator<Item = (f64, f64)> {
    every_nth(1, moments)
}

pub(super) fn every_nth(stride: usize, moments: Moments) -> impl Iterator<Item = (f64, f64)> {
    let (mean, sd) = (moments.mean, moments.variance.sqrt());
    (0..NODES)
        .step_by(stride)
        .map(move |n| (mean + (n as f64 - HALF as f64) * SPACING * sd, weight(n, stride)))
}

/// Distance from one node used to the next: 1, or 2 where every second node suffices.
pub(super) fn stride(sd: f64, scale: f64) -> usize {
    if sd <= NARROW * scale { 2 } else { 1 }
}

/// Weight of a node, where each or every second node is used.
pub(super) fn weight(n: usize, stride: usize) -> f64 {
    const EVERY_SECOND: f64 =
        WEIGHTS[0] + 2.0 * (WEIGHTS[2] + WEIGHTS[4] + WEIGHTS[6] + WEIGHTS[8]);
    WEIGHTS[n.abs_diff(HALF)] / if stride == 1 { 1.0 } else { EVERY_SECOND }
}
