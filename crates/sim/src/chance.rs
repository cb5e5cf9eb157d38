//! Random numbers that are the same everywhere: ChaCha8, and transcendentals through `libm` alone.

use inseam::math::quantile;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A stream of random draws.
pub struct Chance(ChaCha8Rng);

impl Chance {
    /// The stream of this number under this seed; different streams have nothing to do with each
    /// other.
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream);
        Self(rng)
    }

    /// Uniform between 0 and 1, neither of them included.
    pub fn uniform(&mut self) -> f64 {
        ((self.0.next_u64() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
    }

    /// Whether something of this probability happens.
    pub fn happens(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// A whole number below `n`, which must not be 0.
    pub fn below(&mut self, n: usize) -> usize {
        ((self.uniform() * n as f64) as usize).min(n - 1)
    }

    /// Standard normal.
    pub fn normal(&mut self) -> f64 {
        quantile(self.uniform())
    }

    /// Student's t with three degrees of freedom: now and then far out.
    pub fn heavy(&mut self) -> f64 {
        let square: f64 = (0..3).map(|_| self.normal()).map(|x| x * x).sum();
        self.normal() / (square / 3.0).sqrt()
    }

    /// Geometric from 0, of this mean.
    pub fn geometric(&mut self, mean: f64) -> u32 {
        if mean <= 0.0 {
            return 0;
        }
        let stop = 1.0 / (1.0 + mean);
        (libm::log(self.uniform()) / libm::log1p(-stop)).min(1e6) as u32
    }

    /// An index, in proportion to the differences of these running totals.
    pub fn weighted(&mut self, totals: &[f64]) -> usize {
        let at = self.uniform() * totals.last().copied().unwrap_or_default();
        totals.partition_point(|total| *total <= at).min(totals.len().saturating_sub(1))
    }
}

/// Running totals of weights, for [`Chance::weighted`].
pub fn totals(weights: impl IntoIterator<Item = f64>) -> Vec<f64> {
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
        let mut chance = Chance::new(3, 5);
        let n = 200_000;
        let mut mean = |draw: fn(&mut Chance) -> f64| {
            (0..n).map(|_| draw(&mut chance)).sum::<f64>() / f64::from(n)
        };
        assert!((mean(Chance::uniform) - 0.5).abs() < 0.003);
        assert!(mean(Chance::normal).abs() < 0.01);
        assert!((mean(|c| c.normal() * c.normal()).abs()) < 0.01);
        assert!((mean(|c| f64::from(c.geometric(7.0))) - 7.0).abs() < 0.1);
        assert!((mean(|c| c.weighted(&totals([1.0, 0.0, 3.0])) as f64) - 1.5).abs() < 0.01);
    }

    #[test]
    fn streams_differ_and_repeat() {
        let draw = |seed, stream| Chance::new(seed, stream).uniform();
        assert_eq!(draw(1, 2), draw(1, 2));
        assert!(draw(1, 2) != draw(1, 3) && draw(1, 2) != draw(2, 2));
    }
}
