//! Density, distribution function, its logarithm and its inverse.

use super::coefficients::{CENTRE, FAR, MILLS_FAR, MILLS_NEAR, NEAR, Rational};

/// ln(sqrt(2 pi)).
const LN_SQRT_2PI: f64 = 0.918_938_533_204_672_8;
/// 1 / sqrt(2 pi).
const FRAC_1_SQRT_2PI: f64 = 0.398_942_280_401_432_7;

/// Density: exp(-x^2 / 2) / sqrt(2 pi).
///
/// ```
/// assert_eq!(inseam::math::pdf(0.0), 0.3989422804014327);
/// ```
#[must_use]
pub fn pdf(x: f64) -> f64 {
    FRAC_1_SQRT_2PI * libm::exp(-0.5 * x * x)
}

/// Distribution function Phi(x), the probability of a value up to x: erfc(-x / sqrt 2) / 2.
///
/// Underflows to 0 below about -38.5; use [`log_cdf`] there.
///
/// ```
/// assert!((inseam::math::cdf(1.959963984540054) - 0.975).abs() < 1e-15);
/// ```
#[must_use]
pub fn cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2)
}

/// Natural logarithm of [`cdf`], also where that underflows. Negative infinity only below about
/// -1.9e154, where the true value is beyond the range of an f64. Takes one logarithm, and above 0
/// also one exponential.
///
/// ```
/// assert!((inseam::math::log_cdf(-40.0) + 804.6084420137538).abs() < 1e-12);
/// ```
#[must_use]
pub fn log_cdf(x: f64) -> f64 {
    if x <= 0.0 {
        -0.5 * x * x - LN_SQRT_2PI - libm::log(upper_mills(-x))
    } else {
        // 1 - cdf(-x) rounds to 1 at 8.3 sd; this keeps the tiny negative logarithm.
        libm::log1p(-pdf(x) / upper_mills(x))
    }
}

/// Inverse Mills ratio [`pdf`]`(x) / `[`cdf`]`(x)`, also where both underflow: about -x - 1/x far
/// below zero.
///
/// It is the derivative of [`log_cdf`], and minus the mean of a standard normal truncated to lie
/// below x. Takes no transcendental function up to 0, and one exponential above.
///
/// ```
/// assert!((inseam::math::inverse_mills(-40.0) - 40.02496884720726).abs() < 1e-13);
/// ```
#[must_use]
pub fn inverse_mills(x: f64) -> f64 {
    if x <= 0.0 {
        upper_mills(-x)
    } else {
        let density = pdf(x);
        density / (1.0 - density / upper_mills(x))
    }
}

/// pdf(t) / cdf(-t) for t >= 0, with a relative error below 1e-15. It is the innermost loop of
/// training, so it divides polynomials instead of evaluating an exponential and an error function.
///
/// The polynomials interpolate Laplace's continued fraction t + 1/(t + 2/(t + 3/(t + ...)))
/// (Abramowitz and Stegun, "Handbook of Mathematical Functions", 1964, 26.2.14) at Chebyshev points
/// of [0, 5], and beyond 5 the remainder after its first term in 1 / t^2, computed at 80 digits.
/// Every coefficient is positive, so nothing cancels.
fn upper_mills(t: f64) -> f64 {
    if t < 5.0 {
        polynomial(t, &MILLS_NEAR.0) / polynomial(t, &MILLS_NEAR.1)
    } else {
        let w = 1.0 / (t * t);
        t + polynomial(w, &MILLS_FAR.0) / polynomial(w, &MILLS_FAR.1) / t
    }
}

/// Coefficients with the constant term first.
fn polynomial<const N: usize>(x: f64, coefficients: &[f64; N]) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

/// The x at which [`cdf`] is `p`: negative infinity at 0, infinity at 1, NaN outside [0, 1]. The
/// relative error is about 1e-15.
///
/// Source: Wichura, "Algorithm AS 241: The percentage points of the normal distribution", Applied
/// Statistics 37 (1988), pages 477-484, the routine PPND16.
///
/// ```
/// assert_eq!(inseam::math::quantile(0.5), 0.0);
/// assert!((inseam::math::quantile(0.975) - 1.959963984540054).abs() < 1e-14);
/// ```
#[must_use]
pub fn quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        return q * ratio(0.180_625 - q * q, &CENTRE);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    if tail == 0.0 {
        return f64::INFINITY.copysign(q);
    }
    let r = libm::sqrt(-libm::log(tail));
    let x = if r <= 5.0 { ratio(r - 1.6, &NEAR) } else { ratio(r - 5.0, &FAR) };
    x.copysign(q)
}

fn ratio(x: f64, [above, below]: &Rational) -> f64 {
    polynomial(x, above) / polynomial(x, below)
}
