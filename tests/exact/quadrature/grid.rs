//! Grids of the latents: nodes and weights.

use inseam::math::Gaussian;
use nalgebra::{DMatrix, SymmetricEigen};

/// Numbers of grid points.
#[derive(Clone, Copy)]
pub(crate) struct Grid {
    /// Points of the latent size, evenly spaced over 7 prior standard deviations on both sides.
    pub(crate) size: usize,
    /// Gauss-Hermite nodes for fussiness and preference.
    pub(crate) traits: usize,
    /// Points of the wish for length, evenly spaced over 6 prior standard deviations on both sides.
    pub(crate) length: usize,
    /// Gauss-Hermite nodes for an offset, for a grade, and for a spread.
    pub(crate) garment: [usize; 3],
}

pub(crate) const USUAL: Grid = Grid { size: 113, traits: 9, length: 25, garment: [7, 3, 5] };
pub(crate) const FINE: Grid = Grid { size: 169, traits: 11, length: 37, garment: [9, 4, 6] };

/// Nodes and weights for the expectation under N(0, 1): Golub and Welsch (1969), by the
/// eigenvectors of the Jacobi matrix.
pub(crate) fn hermite(n: usize) -> Vec<(f64, f64)> {
    let jacobi =
        DMatrix::from_fn(
            n,
            n,
            |i, j| if i.abs_diff(j) == 1 { (i.max(j) as f64).sqrt() } else { 0.0 },
        );
    let eigen = SymmetricEigen::new(jacobi);
    (0..n)
        .map(|i| (eigen.eigenvalues[i], eigen.eigenvectors[(0, i)] * eigen.eigenvectors[(0, i)]))
        .collect()
}

pub(super) fn nodes(belief: Gaussian, n: usize) -> Vec<(f64, f64)> {
    hermite(n).into_iter().map(|(x, w)| (belief.mean() + belief.sd() * x, w)).collect()
}

/// Points evenly spaced over `reach` standard deviations on both sides, with their densities.
pub(super) fn even(belief: Gaussian, reach: f64, n: usize) -> Vec<(f64, f64)> {
    let at = |i: usize| reach * (2.0 * i as f64 / (n - 1) as f64 - 1.0);
    (0..n).map(|i| (belief.mean() + belief.sd() * at(i), libm::exp(-0.5 * at(i) * at(i)))).collect()
}
