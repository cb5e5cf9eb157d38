//! Beliefs as whole numbers, coarse enough to be small and fine enough that no chance of an outcome
//! moves by more than .002 (`tests/format/bound.rs`).

use crate::math::Gaussian;
use crate::model::{Article, Brand, Group};

/// Bound of every code, as 2^24: means and standard deviations up to it are exact in an `f64`, and
/// so are their squares.
pub(super) const MOST: i64 = 1 << 24;
/// A popularity is stored in these, logarithm of a weight.
pub(super) const POPULARITY: f64 = 1.0 / 16.0;
/// A cut is stored in these, steps.
pub(super) const CUT: f64 = 1.0 / 32.0;
/// Bound of a cut's code.
pub(super) const MOST_CUT: i64 = 127;
/// Bound of a popularity's code.
pub(super) const MOST_POPULAR: i64 = 127;
/// Probit units that a mean's unit is at the most.
const PROBIT: f64 = 1.0 / 512.0;

/// Mean and standard deviation of a belief, in units of a [`Grid`].
pub(super) type Codes = [i64; 2];

/// The units of one kind of belief. A standard deviation's is twice that of the mean.
#[derive(Clone, Copy)]
pub(super) struct Grid(f64);

impl Grid {
    /// Of spreads, probit units.
    pub(super) const SPREAD: Self = Self(PROBIT);

    /// Of offsets and deviations in a fit group: the largest power of two, from 2^-20 to 2^-4
    /// steps, that is at most 1/512 in probit units.
    pub(super) fn of_offsets(group: &Group) -> Self {
        let mut unit = 1.0 / 16.0;
        while unit * group.outcome.slope > PROBIT && unit > 1.0 / 1_048_576.0 {
            unit /= 2.0;
        }
        Self(unit)
    }

    /// Of grades: a quarter of that of offsets, as a grade is multiplied with positions up to 4.
    pub(super) fn of_grades(group: &Group) -> Self {
        Self(Self::of_offsets(group).0 / 4.0)
    }

    /// Of brands: 256 times as fine, so that an article which is as its brand expects has the codes
    /// that follow from the brand.
    pub(super) fn of_brand(self) -> Self {
        Self(self.0 / 256.0)
    }

    /// The nearest codes, halves away from zero; `None` for what is no belief.
    pub(super) fn encode(self, g: Gaussian) -> Option<Codes> {
        let informed = g.precision > 0.0 || (g.precision == 0.0 && g.precision_mean == 0.0);
        if !informed || !g.precision.is_finite() || !g.mean().is_finite() {
            return None;
        }
        // `as` saturates: no information at all has the largest standard deviation.
        let mean = (g.mean() / self.0).round() as i64;
        let sd = (g.sd() / (2.0 * self.0)).round() as i64;
        Some([mean.clamp(-MOST, MOST), sd.clamp(1, MOST)])
    }

    /// The belief of these codes.
    pub(super) fn decode(self, [mean, sd]: Codes) -> Gaussian {
        let sd = sd as f64 * 2.0 * self.0;
        Gaussian::new(mean as f64 * self.0, sd * sd)
    }
}

/// Codes of an article's offset, grade, spread and cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ArticleCodes {
    pub(super) beliefs: [Codes; 3],
    pub(super) cut: i64,
}

/// Codes of an article of which nothing else is known than its brand.
pub(super) fn unknown_article(group: &Group, brand: &Brand) -> ArticleCodes {
    let code = |grid: Grid, g: Gaussian| grid.encode(g).unwrap_or([0, MOST]);
    let beliefs = [
        code(Grid::of_offsets(group), brand.offset.widen(group.offset_variance[1])),
        code(Grid::of_grades(group), Gaussian::new(0.0, group.grade_variance)),
        code(Grid::SPREAD, brand.spread.widen(group.spread_variance[1])),
    ];
    ArticleCodes { beliefs, cut: 0 }
}

/// Codes of the deviation of a size of which nothing is known.
pub(super) fn unknown_size(group: &Group) -> Codes {
    Grid::of_offsets(group).encode(Gaussian::new(0.0, group.offset_variance[2])).unwrap_or([0, 1])
}

/// Codes of what is believed of an article; `None` where something is no belief.
pub(super) fn of_article(group: &Group, article: &Article) -> Option<ArticleCodes> {
    let beliefs = [
        Grid::of_offsets(group).encode(article.offset)?,
        Grid::of_grades(group).encode(article.grade)?,
        Grid::SPREAD.encode(article.spread)?,
    ];
    let cut = (article.cut / CUT).round() as i64;
    article.cut.is_finite().then(|| ArticleCodes { beliefs, cut: cut.clamp(-MOST_CUT, MOST_CUT) })
}

/// The code of a popularity; `None` where it is not finite.
pub(super) fn of_popularity(popularity: f64) -> Option<i64> {
    let code = (popularity / POPULARITY).round() as i64;
    popularity.is_finite().then(|| code.clamp(-MOST_POPULAR, MOST_POPULAR))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_survive() {
        let grid = Grid(1.0 / 256.0);
        for mean in [-MOST, -2049, -1, 0, 1, 700, MOST] {
            for sd in [1, 2, 77, 4096, MOST] {
                let g = grid.decode([mean, sd]);
                assert_eq!(grid.encode(g), Some([mean, sd]));
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
    fn what_lies_outside_saturates_or_is_refused() {
        let grid = Grid(1.0 / 512.0);
        assert_eq!(grid.encode(Gaussian::FLAT), Some([0, MOST]));
        assert_eq!(
            grid.encode(Gaussian { precision: 1.0, precision_mean: 1e9 }),
            Some([MOST, 256])
        );
        assert_eq!(grid.encode(Gaussian { precision: 1e300, precision_mean: 0.0 }), Some([0, 1]));
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
        assert_eq!(
            [of_popularity(-1.03), of_popularity(99.0), of_popularity(f64::NAN)],
            [Some(-16), Some(127), None]
        );
    }
}
