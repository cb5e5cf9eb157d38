//! Learns the prior precision of regression coefficients.

/// Prior precisions of regression coefficients never leave these bounds: sd 10 to .001.
const RIDGE_BOUNDS: (f64, f64) = (1e-2, 1e6);

/// The next prior precision of the coefficients: the number of coefficients that the data
/// determine, over the sum of their squares. `variances` are the posterior variances, `squares` the
/// sum of the squared posterior means. MacKay, "Bayesian interpolation" (Neural Computation 1992),
/// equations 4.9 and 4.10.
pub(crate) fn learned_ridge(ridge: f64, squares: f64, variances: &[f64]) -> f64 {
    let undetermined: f64 = variances.iter().map(|variance| ridge * variance).sum();
    let determined = (variances.len() as f64 - undetermined).max(0.0);
    // One more coefficient of the expected size counts as seen.
    ((determined + 1.0) / (squares + 1.0 / ridge)).clamp(RIDGE_BOUNDS.0, RIDGE_BOUNDS.1)
}
