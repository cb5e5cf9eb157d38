//! Sums in fixed point, where addition is associative and commutative: the same total from one
//! thread, many threads or a cluster.

use crate::math::{Gaussian, Score};
use serde::{Deserialize, Serialize};

/// Binary digits behind the point: an addend is recorded to 2.3e-10.
const FRACTION_BITS: u32 = 32;
const SCALE: f64 = (1_u64 << FRACTION_BITS) as f64;

/// Adds the totals of another part of the data.
pub(crate) trait Merge {
    fn merge(&mut self, other: &Self);
}

/// Takes a part of the data out of the totals: the same bits as if it had never been in them.
pub(crate) trait Unmerge {
    fn unmerge(&mut self, part: &Self);
}

/// One sum. Addends saturate at +-2.1e9, far beyond any statistic of one customer; the sum cannot
/// overflow before 1e19 addends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sum(i128);

impl Sum {
    /// Adds `x`; not a number counts as 0.
    pub(crate) fn add(&mut self, x: f64) {
        self.0 += i128::from((x * SCALE) as i64); // `as` saturates, and takes NaN to 0
    }

    pub(crate) fn get(self) -> f64 {
        self.0 as f64 / SCALE
    }
}

impl Merge for Sum {
    fn merge(&mut self, other: &Self) {
        self.0 += other.0;
    }
}

impl<T: Unmerge> Unmerge for Vec<T> {
    fn unmerge(&mut self, part: &Self) {
        self.iter_mut().zip(part).for_each(|(sum, part)| sum.unmerge(part));
    }
}

impl<T: Merge> Merge for Vec<T> {
    fn merge(&mut self, other: &Self) {
        self.iter_mut().zip(other).for_each(|(sum, other)| sum.merge(other));
    }
}

impl<T: Merge, const N: usize> Merge for [T; N] {
    fn merge(&mut self, other: &Self) {
        self.iter_mut().zip(other).for_each(|(sum, other)| sum.merge(other));
    }
}

/// A sum of scores.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ScoreSum {
    score: Sum,
    information: Sum,
}

impl ScoreSum {
    pub(crate) fn add(&mut self, addend: Score) {
        self.score.add(addend.score);
        self.information.add(addend.information);
    }

    pub(crate) fn get(self) -> Score {
        Score { score: self.score.get(), information: self.information.get() }
    }
}

impl Merge for ScoreSum {
    fn merge(&mut self, other: &Self) {
        self.score.merge(&other.score);
        self.information.merge(&other.information);
    }
}

/// Binary digits behind the point of a sum of stored messages.
const SITE_BITS: u32 = 24;

/// One sum of stored messages, or of sums of a few of them: exact, because these are multiples of
/// 2^-24 ([`binary16`](crate::math::binary16)). The total may be up to 5.5e11, which four million
/// purchases would reach if each had the largest number that can be stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct SiteSum(i64);

impl SiteSum {
    fn add(&mut self, x: f64) {
        self.0 = self.0.wrapping_add((x * f64::from(1 << SITE_BITS)) as i64);
    }

    fn get(self) -> f64 {
        self.0 as f64 / f64::from(1 << SITE_BITS)
    }
}

impl Merge for SiteSum {
    fn merge(&mut self, other: &Self) {
        self.0 = self.0.wrapping_add(other.0);
    }
}

impl Unmerge for SiteSum {
    fn unmerge(&mut self, part: &Self) {
        self.0 = self.0.wrapping_sub(part.0);
    }
}

/// The product of stored messages to one latent: a sum in natural parameters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct GaussianSum {
    precision: SiteSum,
    precision_mean: SiteSum,
}

impl GaussianSum {
    pub(crate) fn add(&mut self, message: Gaussian) {
        self.precision.add(message.precision);
        self.precision_mean.add(message.precision_mean);
    }

    pub(crate) fn get(self) -> Gaussian {
        Gaussian { precision: self.precision.get(), precision_mean: self.precision_mean.get() }
    }
}

impl Merge for GaussianSum {
    fn merge(&mut self, other: &Self) {
        self.precision.merge(&other.precision);
        self.precision_mean.merge(&other.precision_mean);
    }
}

impl Unmerge for GaussianSum {
    fn unmerge(&mut self, part: &Self) {
        self.precision.unmerge(&part.precision);
        self.precision_mean.unmerge(&part.precision_mean);
    }
}

/// A vector of sums, or a matrix row by row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sums(Vec<Sum>);

impl Sums {
    pub(crate) fn new(len: usize) -> Self {
        Self(vec![Sum::default(); len])
    }

    /// Adds `x` at `i`; not a number counts as 0.
    pub(crate) fn add(&mut self, i: usize, x: f64) {
        self.0[i].add(x);
    }

    pub(crate) fn get(&self, i: usize) -> f64 {
        self.0[i].get()
    }
}

impl Merge for Sums {
    fn merge(&mut self, other: &Self) {
        self.0.merge(&other.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_does_not_matter() {
        let xs: Vec<f64> = (0..1000).map(|i| f64::from(i * 7919 % 1009) / 3.0 - 100.0).collect();
        let total = |order: &mut dyn Iterator<Item = &f64>| {
            let mut sum = Sum::default();
            order.for_each(|&x| sum.add(x));
            sum
        };
        assert_eq!(total(&mut xs.iter()), total(&mut xs.iter().rev()));
        let mut halves = total(&mut xs[..500].iter());
        halves.merge(&total(&mut xs[500..].iter()));
        assert_eq!(halves, total(&mut xs.iter()));
        assert!((halves.get() - xs.iter().sum::<f64>()).abs() < 1e-6);
    }

    #[test]
    fn extremes_saturate_instead_of_wrapping() {
        let mut sums = Sums::new(2);
        sums.add(0, f64::INFINITY);
        sums.add(1, f64::NAN);
        assert!(sums.get(0) > 2e9);
        assert_eq!(sums.get(1), 0.0);
    }
}
