//! Beliefs as whole numbers: coarse enough to be small, fine enough that no chance of an outcome
//! changes by more than .002 (`model/format.md`; `tests/format/bound.rs` checks it).

use crate::math::Gaussian;
use crate::model::{Article, Brand, Group};

/// Bound of every code, 2^24: means and standard deviations up to it are exact in an `f64`, and so
/// are their squares.
pub(super) const MAX_CODE: i64 = 1 << 24;
/// Unit of a popularity, logarithm of a weight.
pub(super) const POPULARITY_UNIT: f64 = 1.0 / 16.0;
/// Bound of a popularity's code.
pub(super) const MAX_POPULARITY: i64 = 127;
/// Unit of a choice offset, steps.
pub(super) const CHOICE_OFFSET_UNIT: f64 = 1.0 / 32.0;
/// Bound of a choice offset's code.
pub(super) const MAX_CHOICE_OFFSET: i64 = 127;
/// Maximal unit of a mean, probit units.
const MAX_PROBIT_UNIT: f64 = 1.0 / 512.0;

/// Mean and standard deviation of a belief, in units of a [`Grid`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BeliefCodes {
    /// From -[`MAX_CODE`] to [`MAX_CODE`].
    pub(super) mean: i64,
    /// From 1 to [`MAX_CODE`].
    pub(super) sd: i64,
}

/// The units of one type of belief: the unit of the mean; that of the standard deviation is twice
/// as large.
#[derive(Clone, Copy)]
pub(super) struct Grid(f64);

impl Grid {
    /// For spreads, probit units.
    pub(super) const SPREAD: Self = Self(MAX_PROBIT_UNIT);

    /// For offsets in a fit group: the largest power of two, from 2^-20 to 2^-4
    /// steps, that is at most 1/512 in probit units.
    pub(super) fn for_offsets(group: &Group) -> Self {
        let mut unit = 1.0 / 16.0;
        while unit * group.outcome.slope > MAX_PROBIT_UNIT && unit > 1.0 / 1_048_576.0 {
            unit /= 2.0;
        }
        Self(unit)
    }

    /// For grades: a quarter of the unit of offsets, because a grade is multiplied with positions
    /// up to 4.
    pub(super) fn for_grades(group: &Group) -> Self {
        Self(Self::for_offsets(group).0 / 4.0)
    }

    /// The grid for brands: 256 times as fine. An article without evidence of its own then has
    /// exactly the codes that follow from its brand.
    pub(super) fn for_brands(self) -> Self {
        Self(self.0 / 256.0)
    }

    /// The nearest codes, halves away from zero; `None` if the belief is not a valid Gaussian.
    pub(super) fn encode(self, g: Gaussian) -> Option<BeliefCodes> {
        let informed = g.precision > 0.0 || (g.precision == 0.0 && g.precision_mean == 0.0);
        if !informed || !g.precision.is_finite() || !g.mean().is_finite() {
            return None;
        }
        // `as` saturates: without any information the standard deviation is the largest.
        let mean = (g.mean() / self.0).round() as i64;
        let sd = (g.sd() / (2.0 * self.0)).round() as i64;
        Some(BeliefCodes { mean: mean.clamp(-MAX_CODE, MAX_CODE), sd: sd.clamp(1, MAX_CODE) })
    }

    /// The belief with these codes.
    pub(super) fn decode(self, codes: BeliefCodes) -> Gaussian {
        let sd = codes.sd as f64 * 2.0 * self.0;
        Gaussian::new(codes.mean as f64 * self.0, sd * sd)
    }
}

/// Codes of the beliefs about an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ArticleCodes {
    pub(super) offset: BeliefCodes,
    pub(super) grade: BeliefCodes,
    pub(super) spread: BeliefCodes,
    pub(super) choice_offset: i64,
}

impl ArticleCodes {
    /// Codes of an article; `None` if a belief is not a valid Gaussian.
    pub(super) fn encode(group: &Group, article: &Article) -> Option<Self> {
        let choice_offset = (article.choice_offset / CHOICE_OFFSET_UNIT).round() as i64;
        let codes = Self {
            offset: Grid::for_offsets(group).encode(article.offset)?,
            grade: Grid::for_grades(group).encode(article.grade)?,
            spread: Grid::SPREAD.encode(article.spread)?,
            choice_offset: choice_offset.clamp(-MAX_CHOICE_OFFSET, MAX_CHOICE_OFFSET),
        };
        article.choice_offset.is_finite().then_some(codes)
    }

    /// Codes of an article without evidence of its own: those that follow from its brand.
    pub(super) fn prior(group: &Group, brand: &Brand) -> Self {
        let code = |grid: Grid, g: Gaussian| {
            grid.encode(g).unwrap_or(BeliefCodes { mean: 0, sd: MAX_CODE })
        };
        Self {
            offset: code(
                Grid::for_offsets(group),
                brand.offset.widen(group.offset_variance.article),
            ),
            grade: code(Grid::for_grades(group), Gaussian::new(0.0, group.grade_variance)),
            spread: code(Grid::SPREAD, brand.spread.widen(group.spread_variance.article)),
            choice_offset: 0,
        }
    }
}

/// The code of a popularity; `None` if it is not finite.
pub(super) fn popularity_code(popularity: f64) -> Option<i64> {
    let code = (popularity / POPULARITY_UNIT).round() as i64;
    popularity.is_finite().then(|| code.clamp(-MAX_POPULARITY, MAX_POPULARITY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_come_back_unchanged() {
        let grid = Grid(1.0 / 256.0);
        for mean in [-MAX_CODE, -2049, -1, 0, 1, 700, MAX_CODE] {
            for sd in [1, 2, 77, 4096, MAX_CODE] {
                let g = grid.decode(BeliefCodes { mean, sd });
                assert_eq!(grid.encode(g), Some(BeliefCodes { mean, sd }));
                assert!((g.mean() - mean as f64 / 256.0).abs() <= 1e-12 * g.mean().abs());
            }
        }
    }

    #[test]
    fn errors_are_within_half_a_unit() {
        let grid = Grid(1.0 / 512.0);
        for i in 0..10_000 {
            let x = f64::from(i) / 10_000.0;
            let g = Gaussian::new(32.0 * x - 16.0, 1e-3 + 7.0 * x * x);
            let back = grid.decode(grid.encode(g).unwrap());
            assert!((back.mean() - g.mean()).abs() <= 0.5 / 512.0 + 1e-9, "{i}");
            assert!((back.sd() - g.sd()).abs() <= 1.0 / 512.0 + 1e-9, "{i}");
        }
    }

    #[test]
    fn values_out_of_range_saturate_or_are_refused() {
        let grid = Grid(1.0 / 512.0);
        assert_eq!(grid.encode(Gaussian::FLAT), Some(BeliefCodes { mean: 0, sd: MAX_CODE }));
        assert_eq!(
            grid.encode(Gaussian { precision: 1.0, precision_mean: 1e9 }),
            Some(BeliefCodes { mean: MAX_CODE, sd: 256 })
        );
        assert_eq!(
            grid.encode(Gaussian { precision: 1e300, precision_mean: 0.0 }),
            Some(BeliefCodes { mean: 0, sd: 1 })
        );
        for (precision, precision_mean) in [
            (-1.0, 0.0),
            (0.0, 1.0),
            (f64::NAN, 0.0),
            (f64::INFINITY, 0.0),
            (1.0, f64::NAN),
            (1e-300, 1e300),
        ] {
            assert_eq!(
                grid.encode(Gaussian { precision, precision_mean }),
                None,
                "{precision} {precision_mean}"
            );
        }
        assert_eq!([-1.03, 99.0, f64::NAN].map(popularity_code), [Some(-16), Some(127), None]);
    }
}
