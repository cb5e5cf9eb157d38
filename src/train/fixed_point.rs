//! Sums in fixed point, where addition is associative: the same total from 1 thread, N threads, or
//! a cluster.

use crate::math::Gaussian;

/// Binary digits behind the point: an addend is recorded to 2.3e-10.
const FRACTION_BITS: u32 = 32;
const SCALE: f64 = (1_u64 << FRACTION_BITS) as f64;

/// A vector of sums. Addends saturate at +-2.1e9, far beyond any statistic of one customer; the
/// sums themselves cannot overflow before 1e19 addends.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Sums(Vec<i128>);

impl Sums {
    pub(crate) fn new(len: usize) -> Self {
        Self(vec![0; len])
    }

    /// `len` sums of 0, in the memory at hand.
    pub(crate) fn reset(&mut self, len: usize) {
        self.0.clear();
        self.0.resize(len, 0);
    }

    /// Adds `x` at `i`; not a number counts as 0.
    pub(crate) fn add(&mut self, i: usize, x: f64) {
        self.0[i] += i128::from((x * SCALE) as i64); // `as` saturates, and takes NaN to 0
    }

    pub(crate) fn get(&self, i: usize) -> f64 {
        self.0[i] as f64 / SCALE
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        for (a, b) in self.0.iter_mut().zip(&other.0) {
            *a += b;
        }
    }
}

impl Sums {
    pub(crate) fn add_gaussian(&mut self, at: usize, message: Gaussian) {
        self.add(at, message.precision);
        self.add(at + 1, message.precision_mean);
    }

    pub(crate) fn gaussian(&self, at: usize) -> Gaussian {
        Gaussian { precision: self.get(at), precision_mean: self.get(at + 1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_does_not_matter() {
        let xs: Vec<f64> = (0..1000).map(|i| f64::from(i * 7919 % 1009) / 3.0 - 100.0).collect();
        let total = |order: &mut dyn Iterator<Item = &f64>| {
            let mut sums = Sums::new(1);
            order.for_each(|&x| sums.add(0, x));
            sums
        };
        assert_eq!(total(&mut xs.iter()), total(&mut xs.iter().rev()));
        let mut halves = total(&mut xs[..500].iter());
        halves.merge(&total(&mut xs[500..].iter()));
        assert_eq!(halves, total(&mut xs.iter()));
        assert!((halves.get(0) - xs.iter().sum::<f64>()).abs() < 1e-6);
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
