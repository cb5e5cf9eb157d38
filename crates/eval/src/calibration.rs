//! Whether chances keep what they say: bins of equal counts, the error over them, and the noise in
//! that error.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde::Serialize;

/// Bins of the calibration error: of equal counts, so that no bin is all noise.
pub const BINS: usize = 15;
/// Draws of labels behind the noise floor.
const DRAWS: usize = 20;
/// Seed of those draws: the same report from the same rows.
const SEED: u64 = 1;

/// Rows of about the same prediction.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bin {
    /// How many.
    pub cases: usize,
    /// Their mean predicted chance.
    pub predicted: f64,
    /// The share of them for which it happened.
    pub observed: f64,
}

impl Bin {
    /// Sd of the share that happened, by chance alone.
    pub fn noise(&self) -> f64 {
        (self.observed * (1.0 - self.observed) / self.cases as f64).sqrt()
    }
}

/// The rows in at most `count` bins of equal counts by prediction, ascending; empty bins are left
/// out.
pub fn bins(predicted: &[f64], happened: impl Fn(usize) -> bool, count: usize) -> Vec<Bin> {
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

/// Expected calibration error: the mean over rows of their bin's |mean chance - share that
/// happened|.
///
/// Naeini, Cooper and Hauskrecht (AAAI 2015), with bins of equal counts.
pub fn error(bins: &[Bin]) -> f64 {
    let rows: usize = bins.iter().map(|b| b.cases).sum();
    bins.iter().map(|b| b.cases as f64 * (b.predicted - b.observed).abs()).sum::<f64>()
        / rows.max(1) as f64
}

/// What the error of each class would be if the chances were exactly right: its mean over labels
/// drawn from the chances themselves.
pub fn floor(chances: &[[f64; 3]]) -> [f64; 3] {
    // Of every row its bin, of every bin its expected count, class by class.
    let mut bin_of = vec![[0_u8; 3]; chances.len()];
    let mut expected = [[0.0; BINS]; 3];
    for class in 0..3 {
        let predicted: Vec<f64> = chances.iter().map(|p| p[class]).collect();
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
        for (p, bin) in chances.iter().zip(&bin_of) {
            let u = ((random.next_u64() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64;
            let class = if u < p[0] { 0 } else { 1 + usize::from(u >= p[0] + p[1]) };
            drawn[class][usize::from(bin[class])] += 1.0;
        }
        for class in 0..3 {
            total[class] +=
                expected[class].iter().zip(drawn[class]).map(|(e, d)| (e - d).abs()).sum::<f64>();
        }
    }
    total.map(|t| t / (DRAWS * chances.len().max(1)) as f64)
}

/// Rows by prediction; equal ones in their own order.
fn ascending(predicted: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..predicted.len()).collect();
    order.sort_by(|&a, &b| predicted[a].total_cmp(&predicted[b]).then(a.cmp(&b)));
    order
}

/// `order` cut into at most `count` parts whose lengths differ by one at the most; none is empty.
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
        assert!((error(&found) - 0.6 / 7.0).abs() < 1e-12);
        assert_eq!(bins(&[0.5], |_| true, 10).len(), 1);
        assert!((found[1].noise() - (0.75_f64 * 0.25 / 4.0).sqrt()).abs() < 1e-12);
        assert_eq!(error(&[]), 0.0);
    }

    #[test]
    fn the_error_is_the_gap() {
        // 3000 rows said 0.3, of which 0.3 and of which 0.5 happened, spread evenly over the bins.
        let of = |tenths: usize| error(&bins(&[0.3; 3000], |i| i % 10 < tenths, BINS));
        assert!(of(3) < 1e-9);
        assert!((of(5) - 0.2).abs() < 1e-9);
    }

    #[test]
    fn the_floor_is_what_noise_alone_gives() {
        assert_eq!(floor(&[[0.0, 1.0, 0.0]; 100]), [0.0; 3]);
        assert_eq!(floor(&[]), [0.0; 3]);
        // Each bin has 400 rows of chance p: the mean of |share - p| is sqrt(2 p (1 - p) / (pi
        // 400)).
        let floor = floor(&[[0.2, 0.5, 0.3]; 400 * BINS]);
        for (floor, p) in floor.into_iter().zip([0.2_f64, 0.5, 0.3]) {
            let expected = (2.0 * p * (1.0 - p) / (std::f64::consts::PI * 400.0)).sqrt();
            assert!((floor / expected - 1.0).abs() < 0.12, "{floor} instead of about {expected}");
        }
    }
}
