//! Calibration of predicted probabilities: bins of equal counts, the calibration error over them,
//! and the error that sampling noise alone would show.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde::Serialize;

/// Number of bins of the calibration error. They have equal counts, so that no bin is mostly noise.
pub(crate) const BINS: usize = 15;
/// The noise floor is the mean over so many draws of outcomes.
const DRAWS: usize = 20;
/// Seed of those draws, so that the same rows give the same report.
const SEED: u64 = 1;

/// Rows with about the same prediction.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(crate) struct Bin {
    /// Number of rows.
    pub(crate) cases: usize,
    /// Mean of their predicted probabilities.
    pub(crate) predicted: f64,
    /// Share of the rows in which the event happened.
    pub(crate) observed: f64,
}

impl Bin {
    /// Standard error of the observed share.
    pub(crate) fn standard_error(&self) -> f64 {
        (self.observed * (1.0 - self.observed) / self.cases as f64).sqrt()
    }
}

/// Splits the rows by prediction, ascending, into at most `count` bins of equal counts; empty bins
/// are left out.
pub(crate) fn bins(predicted: &[f64], happened: impl Fn(usize) -> bool, count: usize) -> Vec<Bin> {
    parts(&ascending(predicted), count)
        .map(|rows| {
            let n = rows.len() as f64;
            Bin {
                cases: rows.len(),
                predicted: rows.iter().map(|&i| predicted[i]).sum::<f64>() / n,
                observed: rows.iter().filter(|&&i| happened(i)).count() as f64 / n,
            }
        })
        .collect()
}

/// Expected calibration error: the mean over rows of their bin's |predicted - observed|.
///
/// Naeini, Cooper and Hauskrecht (AAAI 2015), with bins of equal counts.
pub(crate) fn calibration_error(bins: &[Bin]) -> f64 {
    let rows: usize = bins.iter().map(|b| b.cases).sum();
    bins.iter().map(|b| b.cases as f64 * (b.predicted - b.observed).abs()).sum::<f64>()
        / rows.max(1) as f64
}

/// The calibration error of each class that sampling noise alone would show: its mean over outcomes
/// drawn from the probabilities themselves.
pub(crate) fn noise_floor(probabilities: &[[f64; 3]]) -> [f64; 3] {
    // For each class, the bin of every row and the expected count of every bin.
    let mut bin_of = vec![[0_u8; 3]; probabilities.len()];
    let mut expected = [[0.0; BINS]; 3];
    for class in 0..3 {
        let predicted: Vec<f64> = probabilities.iter().map(|p| p[class]).collect();
        for (bin, rows) in parts(&ascending(&predicted), BINS).enumerate() {
            for &i in rows {
                bin_of[i][class] = bin as u8;
                expected[class][bin] += predicted[i];
            }
        }
    }
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    let mut total = [0.0; 3];
    for _ in 0..DRAWS {
        let mut drawn = [[0.0; BINS]; 3];
        for (p, bin) in probabilities.iter().zip(&bin_of) {
            let u = ((random.next_u64() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64;
            let class = if u < p[0] { 0 } else { 1 + usize::from(u >= p[0] + p[1]) };
            drawn[class][usize::from(bin[class])] += 1.0;
        }
        for class in 0..3 {
            total[class] +=
                expected[class].iter().zip(drawn[class]).map(|(e, d)| (e - d).abs()).sum::<f64>();
        }
    }
    total.map(|t| t / (DRAWS * probabilities.len().max(1)) as f64)
}

/// Indices of the rows by prediction, ascending; equal ones keep their order.
fn ascending(predicted: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..predicted.len()).collect();
    order.sort_by(|&a, &b| predicted[a].total_cmp(&predicted[b]).then(a.cmp(&b)));
    order
}

/// Cuts `order` into at most `count` parts whose lengths differ by at most one; none is empty.
fn parts(order: &[usize], count: usize) -> impl Iterator<Item = &[usize]> {
    let n = order.len();
    (0..count)
        .map(move |b| &order[b * n / count..(b + 1) * n / count])
        .filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_by_hand() {
        // By prediction: .1 no, .2 yes, .3 no | .6 yes, .8 yes, .9 no, .9 yes.
        let predicted = [0.9, 0.1, 0.6, 0.3, 0.9, 0.2, 0.8];
        let happened = [false, false, true, false, true, true, true];
        let found = bins(&predicted, |i| happened[i], 2);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].cases, found[1].cases), (3, 4));
        assert!(
            (found[0].predicted - 0.2).abs() < 1e-12
                && (found[0].observed - 1.0 / 3.0).abs() < 1e-12
        );
        assert!(
            (found[1].predicted - 0.8).abs() < 1e-12 && (found[1].observed - 0.75).abs() < 1e-12
        );
        // (3 |.2 - 1/3| + 4 |.8 - .75|) / 7
        assert!((calibration_error(&found) - 0.6 / 7.0).abs() < 1e-12);
        assert_eq!(bins(&[0.5], |_| true, 10).len(), 1);
        assert!((found[1].standard_error() - (0.75_f64 * 0.25 / 4.0).sqrt()).abs() < 1e-12);
        assert_eq!(calibration_error(&[]), 0.0);
    }

    #[test]
    fn the_error_is_predicted_minus_observed() {
        // 3000 rows with prediction 0.3; the event happens evenly over the bins.
        let error_if_observed =
            |tenths: usize| calibration_error(&bins(&[0.3; 3000], |i| i % 10 < tenths, BINS));
        assert!(error_if_observed(3) < 1e-9);
        assert!((error_if_observed(5) - 0.2).abs() < 1e-9);
    }

    #[test]
    fn the_noise_floor_is_the_error_of_right_probabilities() {
        assert_eq!(noise_floor(&[[0.0, 1.0, 0.0]; 100]), [0.0; 3]);
        assert_eq!(noise_floor(&[]), [0.0; 3]);
        // Each bin has 400 rows of probability p: the mean of |share - p| is sqrt(2 p (1 - p) / (pi
        // 400)).
        let floor = noise_floor(&[[0.2, 0.5, 0.3]; 400 * BINS]);
        for (floor, p) in floor.into_iter().zip([0.2_f64, 0.5, 0.3]) {
            let expected = (2.0 * p * (1.0 - p) / (std::f64::consts::PI * 400.0)).sqrt();
            assert!((floor / expected - 1.0).abs() < 0.12, "{floor} instead of about {expected}");
        }
    }
}
