//! How much the sizes that a customer buys in one run tell about the sizes that they buy in
//! another.
//!
//! Two purchases of one customer in the same run correlate less than perfectly, as articles differ
//! and accounts have several wearers. The correlation between two runs, divided by the square root
//! of the product of the correlations within them (Spearman's correction for attenuation, 1904), is
//! that of the sizes themselves: near 1 where both runs fit the same part of the same body.

use crate::train::fixed_point::Sum;

/// Most articles of a customer that count: a reseller's basket shows no body.
const MAX_ARTICLES: usize = 40;
/// Smallest correlation within a run that the correction divides by.
const MIN_RELIABILITY: f64 = 0.2;

/// One article that a customer bought.
#[derive(Clone, Copy, Debug)]
pub(super) struct BoughtSize {
    pub(super) run: usize,
    pub(super) article: u32,
    /// Sizes above the mean of the run's purchases, in its sd.
    pub(super) size: f64,
}

/// The correlation of the sizes of two runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct SharedBody {
    /// Corrected for attenuation.
    pub(super) correlation: f64,
    pub(super) standard_error: f64,
    /// The number of customers' articles in one of the runs with another one in the other.
    pub(super) purchases: f64,
}

#[derive(Clone, Copy, Default)]
struct Moments {
    product: Sum,
    first: Sum,
    second: Sum,
    weight: Sum,
}

/// Second moments between runs, gathered customer by customer. Any order gives the same sums.
pub(super) struct SharedBodies {
    runs: usize,
    moments: Vec<Moments>,
}

impl SharedBodies {
    pub(super) fn new(runs: usize) -> Self {
        Self { runs, moments: vec![Moments::default(); runs * runs] }
    }

    /// Adds one customer's purchases. Several of one article count once, with their mean size.
    pub(super) fn add_customer(&mut self, bought: &mut [BoughtSize]) {
        bought.sort_by(|a, b| a.article.cmp(&b.article).then(a.size.total_cmp(&b.size)));
        let articles: Vec<BoughtSize> = bought
            .chunk_by(|a, b| a.article == b.article)
            .map(|same| BoughtSize {
                size: same.iter().map(|b| b.size).sum::<f64>() / same.len() as f64,
                ..same[0]
            })
            .collect();
        if !(2..=MAX_ARTICLES).contains(&articles.len()) {
            return;
        }
        // Each article counts once, in all of its pairs together.
        let weight = 1.0 / (articles.len() - 1) as f64;
        for (i, a) in articles.iter().enumerate() {
            for b in articles.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, b)| b) {
                let moments = &mut self.moments[a.run * self.runs + b.run];
                moments.product.add(weight * a.size * b.size);
                moments.first.add(weight * a.size * a.size);
                moments.second.add(weight * b.size * b.size);
                moments.weight.add(weight);
            }
        }
    }

    /// The correlation between two runs; `None` without customers who bought in both.
    pub(super) fn between(&self, a: usize, b: usize) -> Option<SharedBody> {
        let (plain, purchases) = self.plain(a, b)?;
        let within = |run| self.plain(run, run).map_or(MIN_RELIABILITY, |(r, _)| r);
        let reliability = within(a).max(MIN_RELIABILITY) * within(b).max(MIN_RELIABILITY);
        let attenuation = libm::sqrt(reliability);
        let standard_error = (1.0 - plain * plain) / libm::sqrt(purchases) / attenuation;
        Some(SharedBody { correlation: plain / attenuation, standard_error, purchases })
    }

    fn plain(&self, a: usize, b: usize) -> Option<(f64, f64)> {
        let Moments { product, first, second, weight } = self.moments[a * self.runs + b];
        let scale = libm::sqrt(first.get() * second.get());
        (scale > 0.0).then(|| (product.get() / scale, weight.get()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Independent noises in [-1, 1], by number (splitmix64).
    fn noise(i: u32) -> f64 {
        let mut x = u64::from(i).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (x >> 40) as f64 / f64::from(1 << 23) - 1.0
    }

    /// Runs 0 and 1 fit the same body; run 2 fits another part of it.
    fn shop() -> SharedBodies {
        let mut bodies = SharedBodies::new(3);
        for c in 0..2000 {
            let (body, foot) = (2.0 * noise(3 * c), 2.0 * noise(3 * c + 1));
            let mut bought: Vec<BoughtSize> = (0..6)
                .map(|i| BoughtSize {
                    run: i as usize % 3,
                    article: i,
                    size: if i % 3 == 2 { foot } else { body } + noise(10_000 + 6 * c + i),
                })
                .collect();
            bodies.add_customer(&mut bought);
        }
        bodies
    }

    #[test]
    fn runs_for_one_body_correlate_fully_and_others_do_not() {
        let bodies = shop();
        let same = bodies.between(0, 1).unwrap();
        assert!((same.correlation - 1.0).abs() < 3.0 * same.standard_error + 0.02, "{same:?}");
        let other = bodies.between(0, 2).unwrap();
        assert!(other.correlation.abs() < 0.1, "{other:?}");
        assert_eq!(
            bodies.between(0, 1).unwrap().correlation,
            bodies.between(1, 0).unwrap().correlation
        );
    }

    #[test]
    fn runs_without_common_customers_have_no_correlation() {
        let mut bodies = SharedBodies::new(2);
        bodies.add_customer(&mut [BoughtSize { run: 0, article: 1, size: 1.0 }]);
        assert_eq!(bodies.between(0, 1), None);
    }
}
