//! Random numbers that are the same on every platform: ChaCha8, with transcendental functions from
//! `libm` alone.

use inseam::math::quantile;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A stream of random numbers.
pub(crate) struct Random(ChaCha8Rng);

impl Random {
    /// The stream with this number under this seed; different streams are independent.
    pub(crate) fn new(seed: u64, stream: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream);
        Self(rng)
    }

    /// Uniform between 0 and 1, both excluded.
    pub(crate) fn uniform(&mut self) -> f64 {
        ((self.0.next_u64() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
    }

    /// True with this probability.
    pub(crate) fn happens(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// A whole number below `n`, which must not be 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        ((self.uniform() * n as f64) as usize).min(n - 1)
    }

    /// Standard normal.
    pub(crate) fn normal(&mut self) -> f64 {
        quantile(self.uniform())
    }

    /// Student's t with three degrees of freedom.
    pub(crate) fn student_t(&mut self) -> f64 {
        let square: f64 = (0..3).map(|_| self.normal()).map(|x| x * x).sum();
        self.normal() / (square / 3.0).sqrt()
    }

    /// Geometric from 0, with this mean.
    pub(crate) fn geometric(&mut self, mean: f64) -> u32 {
        if mean <= 0.0 {
            return 0;
        }
        let stop = 1.0 / (1.0 + mean);
        (libm::log(self.uniform()) / libm::log1p(-stop)).min(1e6) as u32
    }

    /// An index; its probability is proportional to its weight. `totals` are the running totals of
    /// the weights, from [`running_totals`].
    pub(crate) fn weighted(&mut self, totals: &[f64]) -> usize {
        let at = self.uniform() * totals.last().copied().unwrap_or_default();
        totals.partition_point(|total| *total <= at).min(totals.len().saturating_sub(1))
    }
}

/// Running totals of weights, for [`Random::weighted`].
pub(crate) fn running_totals(weights: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut sum = 0.0;
    let running = weights.into_iter().map(|weight| {
        sum += weight;
        sum
    });
    running.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_have_their_moments() {
        let mut random = Random::new(3, 5);
        let n = 200_000;
        let mut mean = |draw: fn(&mut Random) -> f64| {
            (0..n).map(|_| draw(&mut random)).sum::<f64>() / f64::from(n)
        };
        assert!((mean(Random::uniform) - 0.5).abs() < 0.003);
        assert!(mean(Random::normal).abs() < 0.01);
        assert!((mean(|r| r.normal() * r.normal()).abs()) < 0.01);
        assert!((mean(|c| f64::from(c.geometric(7.0))) - 7.0).abs() < 0.1);
        assert!((mean(|c| c.weighted(&running_totals([1.0, 0.0, 3.0])) as f64) - 1.5).abs() < 0.01);
    }

    #[test]
    fn streams_differ_and_repeat() {
        let draw = |seed, stream| Random::new(seed, stream).uniform();
        assert_eq!(draw(1, 2), draw(1, 2));
        assert!(draw(1, 2) != draw(1, 3) && draw(1, 2) != draw(2, 2));
    }
}
