//! Learns the covariance of the latent sizes between fit groups.

use crate::train::state::Parameters;
use crate::train::sweep::PairSums;
use nalgebra::{DMatrix, SymmetricEigen};

/// Weight of the present correlation, customers: so that a pair of groups with few customers moves
/// slowly.
const BEFORE: f64 = 10.0;
/// Least eigenvalue of the correlation.
const MIN_EIGENVALUE: f64 = 0.02;

/// Correlations from customers with both groups, variances from the groups.
pub(super) fn learn_covariance(parameters: &mut Parameters, pairs: &[PairSums]) {
    let n = parameters.groups.len();
    let sd: Vec<f64> = parameters.groups.iter().map(|g| g.size.variance.sqrt()).collect();
    let mut correlation = DMatrix::<f64>::identity(n, n);
    for g in 0..n {
        for h in g + 1..n {
            let pair = &pairs[g * n + h];
            let before = parameters.covariance[(g, h)]
                / (parameters.covariance[(g, g)] * parameters.covariance[(h, h)]).sqrt();
            let count = pair.customers.get();
            let scale = (pair.first_square.get() * pair.second_square.get()).sqrt();
            let seen = if scale > 0.0 { pair.product.get() / scale } else { 0.0 };
            let r = ((seen * count + before * BEFORE) / (count + BEFORE)).clamp(-0.98, 0.98);
            correlation[(g, h)] = r;
            correlation[(h, g)] = r;
        }
    }
    if n > 1 {
        correlation = positive_definite(correlation);
    }
    // The product of the sds first: symmetric to the last bit.
    parameters.covariance = DMatrix::from_fn(n, n, |i, j| correlation[(i, j)] * (sd[i] * sd[j]));
    for (i, g) in parameters.groups.iter_mut().enumerate() {
        g.size.variance = parameters.covariance[(i, i)];
    }
}

/// The nearest correlations that are positive definite, where sampling noise leaves them
/// indefinite.
fn positive_definite(correlation: DMatrix<f64>) -> DMatrix<f64> {
    let n = correlation.nrows();
    let mut eigen = SymmetricEigen::new(correlation);
    eigen.eigenvalues.apply(|x| *x = x.max(MIN_EIGENVALUE));
    let correlation = eigen.recompose();
    let scale: Vec<f64> = (0..n).map(|i| correlation[(i, i)].sqrt()).collect();
    DMatrix::from_fn(n, n, |i, j| {
        // Symmetric to the last bit, whatever the product's rounding was.
        let r = 0.5 * (correlation[(i, j)] + correlation[(j, i)]);
        if i == j { 1.0 } else { r / (scale[i] * scale[j]) }
    })
}
