//! Fisher scoring sums of the variances of articles and brands.

/// Fisher scoring sums of one group's variances: [top, bottom] of each, see [`variance`].
pub(crate) type VarianceSums = [[f64; 2]; variance::LEN];

/// Indices into [`VarianceSums`].
pub(crate) mod variance {
    pub(crate) const BRAND_OFFSET: usize = 0;
    pub(crate) const OFFSET: usize = 1;
    pub(crate) const DEVIATION: usize = 2;
    pub(crate) const GRADE: usize = 3;
    pub(crate) const BRAND_SPREAD: usize = 4;
    pub(crate) const SPREAD: usize = 5;
    pub(crate) const RETURNING: usize = 6;
    pub(crate) const CUT: usize = 7;
    pub(crate) const POPULARITY: usize = 8;
    pub(crate) const LEN: usize = 9;
}

/// Puts a score on the common scale 1 / V^2: articles have different prior variances, by how well
/// their brand is known.
pub(super) fn add(sum: &mut [f64; 2], (top, bottom): (f64, f64), prior: f64) {
    let weight = 1.0 / (prior * prior);
    sum[0] += weight * top;
    sum[1] += weight * bottom;
}
