//! Noise on whole numbers: the discrete Gaussian, drawn without a floating-point operation.
//!
//! Noise drawn in floating point has gaps and lumps in its last digits, which can reveal the number
//! it was added to (Mironov, "On significance of the least significant bits for differential
//! privacy", CCS 2012). This noise has exactly the distribution that the proof of privacy assumes.
//!
//! Source: Canonne, Kamath and Steinke, "The Discrete Gaussian for Differential Privacy" (NeurIPS
//! 2020), algorithms 1 to 3.

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// Largest variance: its products below stay within 128 bits.
pub(super) const MAX_VARIANCE: u64 = 1 << 56;

/// A stream of discrete Gaussians about 0: P(x) proportional to exp(-x^2 / 2 variance).
pub(super) struct Noise {
    random: ChaCha20Rng,
    variance: u128,
    /// Of the discrete Laplace that is drawn first: the standard deviation, rounded down, and 1.
    scale: u128,
}

impl Noise {
    /// `variance` from 1 to [`MAX_VARIANCE`].
    pub(super) fn new(seed: [u8; 32], variance: u64) -> Self {
        let variance = variance.clamp(1, MAX_VARIANCE);
        Self {
            random: ChaCha20Rng::from_seed(seed),
            scale: u128::from(variance.isqrt()) + 1,
            variance: u128::from(variance),
        }
    }

    /// The next draw.
    pub(super) fn draw(&mut self) -> i64 {
        loop {
            let (size, negative) = self.laplace();
            // exp(-(size - variance / scale)^2 / 2 variance), all of it over scale^2.
            let away = size.saturating_mul(self.scale).abs_diff(self.variance);
            let bottom = 2 * self.variance * self.scale * self.scale;
            // A numerator of more than 128 bits has a probability below 2^-128.
            let Some(top) = away.checked_mul(away) else { continue };
            if self.happens(top, bottom) {
                let size = size as i64;
                return if negative { -size } else { size };
            }
        }
    }

    /// A discrete Laplace: P(x) proportional to exp(-|x| / scale), as size and sign.
    fn laplace(&mut self) -> (u128, bool) {
        loop {
            let rest = self.below(self.scale);
            if !self.happens(rest, self.scale) {
                continue;
            }
            let mut whole = 0;
            while self.happens(1, 1) {
                whole += 1;
            }
            let (size, negative) = (rest + self.scale * whole, self.below(2) == 1);
            // 0 has one sign only.
            if size > 0 || !negative {
                return (size, negative);
            }
        }
    }

    /// True with probability exp(-top / bottom).
    fn happens(&mut self, top: u128, bottom: u128) -> bool {
        for _ in 0..top / bottom {
            if !self.within(1, 1) {
                return false;
            }
        }
        self.within(top % bottom, bottom)
    }

    /// The same for top at most bottom: an alternating series, term by term.
    fn within(&mut self, top: u128, bottom: u128) -> bool {
        let mut k = 1;
        while self.below(k * bottom) < top {
            k += 1;
        }
        k % 2 == 1
    }

    /// Uniform below `n`, which is at least 1.
    fn below(&mut self, n: u128) -> u128 {
        let bits = u128::BITS - (n - 1).leading_zeros();
        loop {
            let drawn = match bits {
                0 => 0,
                1..=64 => u128::from(self.random.next_u64() >> (64 - bits)),
                _ => {
                    let high = u128::from(self.random.next_u64()) << 64;
                    (high | u128::from(self.random.next_u64())) >> (128 - bits)
                }
            };
            if drawn < n {
                return drawn;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shares of every value against the distribution itself, five standard errors at the most.
    #[test]
    fn draws_have_the_distribution_they_are_to_have() {
        const DRAWS: usize = 200_000;
        for (variance, seed) in [(1, 1), (3, 2), (20, 3)] {
            let mut noise = Noise::new([seed; 32], variance);
            let mut seen = std::collections::BTreeMap::new();
            (0..DRAWS).for_each(|_| *seen.entry(noise.draw()).or_insert(0_usize) += 1);
            let weight = |x: i64| libm::exp(-((x * x) as f64) / (2.0 * variance as f64));
            let all: f64 = (-200..=200).map(weight).sum();
            for x in -40..=40 {
                let p = weight(x) / all;
                let n = seen.get(&x).copied().unwrap_or(0) as f64;
                let off = (n - p * DRAWS as f64).abs();
                assert!(
                    off <= 5.0 * (p * DRAWS as f64).sqrt() + 1.0,
                    "variance {variance}: {x} came {n} times, p {p}"
                );
            }
        }
    }

    #[test]
    fn wide_noise_has_its_moments_and_both_signs() {
        for exponent in [20, 44, 56] {
            let variance = 1_u64 << exponent;
            let mut noise = Noise::new([9; 32], variance);
            let n = 20_000;
            let draws: Vec<f64> =
                (0..n).map(|_| noise.draw() as f64 / (variance as f64).sqrt()).collect();
            let moment = |k: i32| {
                draws.iter().map(|x| (0..k).fold(1.0, |p, _| p * x)).sum::<f64>() / f64::from(n)
            };
            assert!(moment(1).abs() < 0.03, "{}", moment(1));
            assert!((moment(2) - 1.0).abs() < 0.04, "{}", moment(2));
            assert!((moment(4) - 3.0).abs() < 0.3, "{}", moment(4));
        }
    }

    #[test]
    fn another_seed_is_another_stream() {
        let draw = |seed: u8| {
            let mut noise = Noise::new([seed; 32], 1 << 40);
            [noise.draw(), noise.draw()]
        };
        assert_eq!(draw(1), draw(1));
        assert!(draw(1) != draw(2) && draw(1)[0] != draw(1)[1]);
    }
}
