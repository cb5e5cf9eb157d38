//! Fisher scoring of a variance.

use crate::math::Score;

/// The score of a prior variance from one posterior with mean `d` about its prior mean and variance
/// `v`: the next variance is the present one plus the ratio of the sums.
///
/// The log evidence has derivative (d^2 + v - V) / 2V^2 by the prior variance V and information
/// (1 - v/V)^2 / 2V^2. Both are given without the common 1 / 2V^2.
pub(crate) fn variance_score(d: f64, v: f64, prior: f64) -> Score {
    let known = 1.0 - v / prior;
    Score { score: d * d + v - prior, information: known * known }
}
