//! Sums over purchases, and their bootstrap over customers.

use super::values::{Estimate, LoggedPurchase};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// Number of bootstrap draws.
const DRAWS: usize = 1000;
/// Customers are resampled in at most so many random sets; more would only cost time.
const SETS: usize = 2000;
/// Seed of the draws, so that the same purchases give the same intervals.
const SEED: u64 = 1;

/// The set of a customer: their own, or a set by hash where there are more than [`SETS`] customers,
/// so that no order of the customers matters.
fn set_of(customer: u32, customers: usize) -> usize {
    match customers <= SETS {
        true => customer as usize,
        false => ((u64::from(customer.wrapping_mul(0x9E37_79B1)) * SETS as u64) >> 32) as usize,
    }
}

/// Sums over all purchases, and over those of each bootstrap draw.
pub(super) struct Totals<const N: usize> {
    pub(super) all: [f64; N],
    draws: Vec<[f64; N]>,
}

impl<const N: usize> Totals<N> {
    /// Adds up the `sums` of the purchases; `None` without purchases.
    pub(super) fn new(
        purchases: &[LoggedPurchase],
        sums: impl Iterator<Item = [f64; N]>,
    ) -> Option<Self> {
        let customers = purchases.iter().map(|p| p.customer as usize + 1).max()?;
        let mut sets = vec![[0.0; N]; customers.min(SETS)];
        let mut all = [0.0; N];
        let add = |total: &mut [f64; N], sums: &[f64; N]| {
            total.iter_mut().zip(sums).for_each(|(total, x)| *total += x);
        };
        for (purchase, sums) in purchases.iter().zip(sums) {
            add(&mut all, &sums);
            add(&mut sets[set_of(purchase.customer, customers)], &sums);
        }
        let draws = (0..DRAWS).map(|draw| {
            let mut random = ChaCha8Rng::seed_from_u64(SEED);
            random.set_stream(draw as u64);
            let mut total = [0.0; N];
            for _ in 0..sets.len() {
                let set = (u64::from(random.next_u32()) * sets.len() as u64) >> 32;
                add(&mut total, &sets[set as usize]);
            }
            total
        });
        Some(Self { all, draws: draws.collect() })
    }

    /// A function of the sums, with its interval.
    pub(super) fn estimate(&self, value: impl Fn([f64; N]) -> f64) -> Estimate {
        let mut drawn: Vec<f64> =
            self.draws.iter().map(|sums| value(*sums)).filter(|x| x.is_finite()).collect();
        drawn.sort_by(f64::total_cmp);
        let percentile = |share: f64| {
            let at = (share * drawn.len().saturating_sub(1) as f64).round();
            drawn.get(at as usize).copied().unwrap_or(f64::NAN)
        };
        Estimate { value: value(self.all), low: percentile(0.025), high: percentile(0.975) }
    }
}
