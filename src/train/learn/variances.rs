//! Fisher scoring sums of the variances of articles and brands.

use crate::math::Score;

/// Sums of one fit group, each on the common scale 1 / V^2.
#[derive(Clone, Debug, Default)]
pub(crate) struct VarianceScores {
    pub(super) brand_offset: Score,
    pub(super) offset: Score,
    pub(super) grade: Score,
    pub(super) brand_spread: Score,
    pub(super) spread: Score,
    pub(super) returning: Score,
    pub(super) choice_offset: Score,
    pub(super) popularity: Score,
}

/// Adds a score under a prior variance, on the common scale 1 / V^2: articles have different prior
/// variances, by how well their brand is known.
pub(super) fn add_score(sum: &mut Score, addend: Score, prior: f64) {
    let weight = 1.0 / (prior * prior);
    sum.score += weight * addend.score;
    sum.information += weight * addend.information;
}
