//! Weighted ridge regressions of latent sizes and traits on the measurement features; each learns
//! its own ridge.

use super::ridge::learned_ridge;
use crate::train::state::Parameters;
use crate::train::sweep::RegressionSums;
use nalgebra::{Cholesky, DMatrix, DVector};

/// Prior precision of the constant.
const CONSTANT_RIDGE: f64 = 1e-6;

/// Solves the regressions; `m` is the number of features with the constant.
pub(super) fn solve_regressions(parameters: &mut Parameters, sums: &[RegressionSums], m: usize) {
    let groups = parameters.groups.len();
    for (target, sums) in sums.iter().enumerate() {
        let ridge = parameters.ridges[target];
        let matrix = DMatrix::from_fn(m, m, |i, j| {
            let ridge = match (i, j) {
                (0, 0) => CONSTANT_RIDGE,
                _ if i == j => ridge,
                _ => 0.0,
            };
            sums.normal.get(i.min(j) * m + i.max(j)) + ridge
        });
        // Coefficients shrink towards what is expected of them.
        let expected = parameters.expected.coefficients.get(target).map_or(&[][..], Vec::as_slice);
        let about = |i: usize| {
            i.checked_sub(1).and_then(|i| expected.get(i)).map_or(0.0, |expected| *expected)
        };
        let right = DVector::from_fn(m, |i, _| sums.right.get(i) + ridge * about(i));
        let Some(cholesky) = Cholesky::new(matrix) else { continue };
        let solution = cholesky.solve(&right);
        parameters.ridges[target] = learned_ridge(
            ridge,
            (1..m).map(|i| (solution[i] - about(i)) * (solution[i] - about(i))).sum(),
            &cholesky.inverse().diagonal().as_slice()[1..],
        );
        let (prior, intercept) = match target.checked_sub(groups) {
            // The mean of each trait is 0, as the thresholds have what is common to all customers.
            Some(i) => (
                &mut parameters.traits[i],
                -(1..m).map(|j| solution[j] * sums.normal.get(j)).sum::<f64>() / sums.normal.get(0),
            ),
            None => (&mut parameters.groups[target].size, solution[0]),
        };
        prior.intercept = if intercept.is_finite() { intercept } else { 0.0 };
        prior.coefficients.iter_mut().zip(solution.iter().skip(1)).for_each(|(b, x)| *b = *x);
    }
}
