//! Ranks of truths in their posteriors, and statistics of their uniformity.

use super::draw::Chance;
use inseam::math::{Gaussian, cdf};

/// Number of parts of equal probability into which a posterior is divided.
const BINS: usize = 20;

/// Posterior probability of a value below the truth.
pub(crate) fn place(truth: f64, belief: Gaussian) -> f64 {
    cdf((truth - belief.mean()) / belief.sd())
}

/// Number of truths in each part, from the lowest to the highest.
pub(crate) struct Ranks(pub(crate) Vec<f64>);

impl Ranks {
    pub(crate) fn new() -> Self {
        Self(vec![0.0; BINS])
    }

    pub(crate) fn add(&mut self, place: f64) {
        self.0[((place * BINS as f64) as usize).min(BINS - 1)] += 1.0;
    }

    pub(crate) fn count(&self) -> f64 {
        self.0.iter().sum()
    }

    /// Pearson's chi-square statistic of uniformity. With calibrated posteriors its mean is 19, and
    /// it exceeds 43.8 with probability .001.
    pub(crate) fn chi_square(&self) -> f64 {
        let expected = self.count() / BINS as f64;
        self.0.iter().map(|n| (n - expected) * (n - expected) / expected).sum()
    }

    /// Share of the truths in the 90 % interval.
    pub(crate) fn coverage(&self) -> f64 {
        self.0[1..BINS - 1].iter().sum::<f64>() / self.count()
    }

    /// Largest deviation of a part from its expected number, relative to that number.
    pub(crate) fn furthest(&self) -> f64 {
        let due = self.count() / BINS as f64;
        self.0.iter().map(|n| (n / due - 1.0).abs()).fold(0.0, f64::max)
    }

    /// Probability that independent, calibrated truths deviate more than these at some point of
    /// their cumulative distribution: the p-value for the simultaneous envelope of Säilynoja,
    /// Bürkner and Vehtari (Statistics and Computing 2022).
    pub(crate) fn envelope(&self, draws: usize, chance: &mut Chance) -> f64 {
        let n = self.count() as usize;
        let tails = Tails::new(n);
        let found = tails.least(&self.0);
        let as_far = (0..draws)
            .filter(|_| {
                let mut uniform = Self::new();
                (0..n).for_each(|_| uniform.add(chance.uniform()));
                tails.least(&uniform.0) <= found
            })
            .count();
        (as_far as f64 + 1.0) / (draws as f64 + 1.0)
    }

    pub(crate) fn print(&self, what: &str) {
        let n = self.count();
        let (chi_square, coverage, furthest) =
            (self.chi_square(), self.coverage(), self.furthest());
        println!(
            "{what}: {n} truths, chi-square {chi_square:.1}, middle 90 % holds {coverage:.3}, furthest part {furthest:.3}"
        );
    }
}

/// For each boundary between parts and each number of truths below it, the smaller tail probability
/// of the binomial distribution.
struct Tails(Vec<Vec<f64>>);

impl Tails {
    fn new(n: usize) -> Self {
        let at = |cut: usize| {
            let p = cut as f64 / BINS as f64;
            // Compute densities by ratios from the mode outwards, because those at the ends may
            // underflow.
            let mode = (p * n as f64) as usize;
            let mut density = vec![0.0; n + 1];
            density[mode] = 1.0;
            for k in mode + 1..=n {
                density[k] = density[k - 1] * (n - k + 1) as f64 / k as f64 * p / (1.0 - p);
            }
            for k in (0..mode).rev() {
                density[k] = density[k + 1] * (k + 1) as f64 / (n - k) as f64 * (1.0 - p) / p;
            }
            let total: f64 = density.iter().sum();
            let mut below = 0.0;
            density
                .iter()
                .map(|d| {
                    let (at_least, at_most) = (total - below, below + d);
                    below += d;
                    at_least.min(at_most) / total
                })
                .collect()
        };
        Self((1..BINS).map(at).collect())
    }

    /// The smallest tail probability of these counts at any boundary.
    fn least(&self, counts: &[f64]) -> f64 {
        let mut below = 0;
        self.0.iter().zip(counts).fold(1.0, |least, (tails, count)| {
            below += *count as usize;
            tails[below].min(least)
        })
    }
}

#[test]
fn the_envelope_tells_uniform_from_too_narrow() {
    let mut chance = Chance::new(3);
    let ranks = |sd: f64, chance: &mut Chance| {
        let mut ranks = Ranks::new();
        (0..400).for_each(|_| ranks.add(place(sd * chance.normal(), Gaussian::new(0.0, 1.0))));
        ranks
    };
    let mut even =
        [1.0, 1.0, 1.0, 1.4, 0.7].map(|sd| ranks(sd, &mut chance).envelope(400, &mut chance));
    assert!(even[3] < 0.005 && even[4] < 0.005, "{even:?}");
    even[..3].sort_by(f64::total_cmp);
    assert!(even[0] > 0.02, "{even:?}");
    // By hand: with both of two truths in the lowest of twenty parts, the first boundary's tail is
    // 1 / 400.
    let both = Tails::new(2);
    let mut counts = vec![0.0; BINS];
    counts[0] = 2.0;
    assert!((both.least(&counts) - 1.0 / 400.0).abs() < 1e-12);
}
