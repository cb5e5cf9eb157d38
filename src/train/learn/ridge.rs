//! Learns the prior precision of regression coefficients.

/// Prior precisions of regression coefficients never leave these bounds: sd 10 to .001.
const RIDGE_BOUNDS: (f64, f64) = (1e-2, 1e6);

/// The ridge under which the coefficients' squares are what was expected of them: MacKay, "Bayesian
/// interpolation" (Neural Computation 1992), equations 4.9 and 4.10. The number of coefficients
/// that the data determine, over the sum of their squares.
pub(crate) fn learned_ridge(ridge: f64, squares: f64, variances: &[f64]) -> f64 {
    let undetermined: f64 = variances.iter().map(|variance| ridge * variance).sum();
    let determined = (variances.len() as f64 - undetermined).max(0.0);
    // As if one more coefficient of the size expected had been seen.
    ((determined + 1.0) / (squares + 1.0 / ridge)).clamp(RIDGE_BOUNDS.0, RIDGE_BOUNDS.1)
}
