//! The likelihood of an article's purchases by label under the profile of a size run.

/// Concentration of an article's size mix about its run's profile, purchases: articles of one run
/// have different customers, and that alone must not make another run.
pub(super) const CONCENTRATION: f64 = 20.0;
/// Weight of the profile of all articles in a run's profile, purchases.
const SMOOTHING: f64 = 1.0;
/// Purchases of one label up to which the logarithm of the rising factorial is tabulated.
const TABULATED: usize = 32;

/// Purchases of an article by label, as the search for runs sees them.
pub(super) struct ArticleSales {
    /// Index of each label and its purchases.
    pub(super) labels: Vec<(usize, f64)>,
    /// Index of its brand and category.
    pub(super) class: usize,
}

impl ArticleSales {
    pub(super) fn total(&self) -> f64 {
        self.labels.iter().map(|(_, n)| n).sum()
    }
}

/// The share of each label in the purchases of these articles, shrunken towards `everything`, the
/// shares of all articles.
pub(super) fn profile<'s>(
    everything: &[f64],
    members: impl Iterator<Item = &'s ArticleSales>,
) -> Vec<f64> {
    let mut counts: Vec<f64> = everything.iter().map(|p| SMOOTHING * p).collect();
    for &(label, n) in members.flat_map(|sales| &sales.labels) {
        counts[label] += n;
    }
    let total: f64 = counts.iter().sum();
    counts.into_iter().map(|n| n / total).collect()
}

/// For each article the log likelihood of its purchases by label under
/// Dirichlet(concentration x profile), up to a term that does not depend on the profile.
pub(super) fn log_likelihoods(sales: &[ArticleSales], profile: &[f64]) -> Vec<f64> {
    let tables: Vec<RisingFactorial> =
        profile.iter().map(|share| RisingFactorial::new(CONCENTRATION * share)).collect();
    let of_label = |&(label, n): &(usize, f64)| tables[label].log(n);
    sales.iter().map(|sales| sales.labels.iter().map(of_label).sum()).collect()
}

/// log(x (x + 1) ... (x + n - 1)) for one x.
struct RisingFactorial {
    x: f64,
    /// By n, from 0.
    logs: [f64; TABULATED],
}

impl RisingFactorial {
    fn new(x: f64) -> Self {
        let mut logs = [0.0; TABULATED];
        // The product of a few factors neither overflows nor loses digits, and needs one logarithm.
        let (mut log, mut product) = (0.0, 1.0);
        for (n, entry) in logs.iter_mut().enumerate().skip(1) {
            product *= x + (n - 1) as f64;
            *entry = log + libm::log(product);
            if n % 8 == 0 {
                (log, product) = (*entry, 1.0);
            }
        }
        Self { x, logs }
    }

    fn log(&self, n: f64) -> f64 {
        match self.logs.get(n as usize) {
            Some(&log) if n >= 0.0 => log,
            _ => libm::lgamma(self.x + n) - libm::lgamma(self.x),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rising_factorials_agree_with_the_gamma_function() {
        for x in [1e-6, 0.02, 0.7, 3.0, 19.0] {
            let table = RisingFactorial::new(x);
            for n in [0, 1, 2, 8, 9, 31, 32, 500] {
                let n = f64::from(n);
                let exact = libm::lgamma(x + n) - libm::lgamma(x);
                assert!((table.log(n) - exact).abs() < 1e-9 * (1.0 + exact.abs()), "{x} {n}");
            }
        }
    }
}
