//! Fisher scoring of a variance.

/// Fisher scoring of a variance from one posterior: the new variance is the old plus the ratio of
/// the sums.
///
/// With the posterior's mean d about its prior mean and variance v, the log evidence has derivative
/// (d^2 + v - V) / 2V^2 by the prior variance V and information (1 - v/V)^2 / 2V^2. Both are given
/// without the common 1 / 2V^2.
pub(crate) fn variance_score(d: f64, v: f64, prior: f64) -> (f64, f64) {
    let known = 1.0 - v / prior;
    (d * d + v - prior, known * known)
}
