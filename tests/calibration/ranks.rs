//! Where truths lie in their posteriors, and how evenly they do.

use super::draw::Chance;
use inseam::math::{Gaussian, cdf};

/// Parts of equal chance that a posterior is cut into.
const BINS: usize = 20;

/// The posterior's chance to lie below the truth.
pub(crate) fn place(truth: f64, belief: Gaussian) -> f64 {
    cdf((truth - belief.mean()) / belief.sd())
}

/// How often the truth lay in each part, from the lowest to the highest.
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

    /// Pearson's statistic against equal shares; with calibrated posteriors its mean is 19, and it
    /// exceeds 43.8 once in a thousand.
    pub(crate) fn chi_square(&self) -> f64 {
        let expected = self.count() / BINS as f64;
        self.0.iter().map(|n| (n - expected) * (n - expected) / expected).sum()
    }

    /// Share of the truths in the middle 90 %.
    pub(crate) fn coverage(&self) -> f64 {
        self.0[1..BINS - 1].iter().sum::<f64>() / self.count()
    }

    /// The part that is furthest from its due, as a share of that.
    pub(crate) fn furthest(&self) -> f64 {
        let due = self.count() / BINS as f64;
        self.0.iter().map(|n| (n / due - 1.0).abs()).fold(0.0, f64::max)
    }

    /// The chance, were the truths independent and calibrated, of some point of their cumulative
    /// shares further out than the furthest of these: the simultaneous envelope of Säilynoja,
    /// Bürkner and Vehtari (Statistics and Computing 2022), read the other way round.
    pub(crate) fn envelope(&self, draws: usize, chance: &mut Chance) -> f64 {
        let n = self.count() as usize;
        let tails = Tails::of(n);
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

/// At each cut between parts, and of each number of truths below it, the smaller tail of its
/// binomial distribution.
struct Tails(Vec<Vec<f64>>);

impl Tails {
    fn of(n: usize) -> Self {
        let at = |cut: usize| {
            let p = cut as f64 / BINS as f64;
            // Densities by their ratios from the mode on, as those at the ends may be too small to
            // start from.
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

    /// The smallest tail that these counts reach at any cut.
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
    // By hand: of two truths both in the lowest of twenty parts, the first cut's tail is 1 / 400.
    let both = Tails::of(2);
    let mut counts = vec![0.0; BINS];
    counts[0] = 2.0;
    assert!((both.least(&counts) - 1.0 / 400.0).abs() < 1e-12);
}
