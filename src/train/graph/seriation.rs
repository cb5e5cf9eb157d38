//! Orders labels that nobody can read by who buys them.
//!
//! Customers buy neighbouring sizes. Correspondence analysis (Hill, 1974) of which labels the same
//! customers buy gives every label a coordinate, so that labels with common customers are near each
//! other. Its sign is free: labels that can be read tell it, or else customers who found one size
//! too small and kept another.

use crate::train::fixed_point::Sum;
use nalgebra::{DMatrix, SymmetricEigen};

/// Most labels of a customer that count.
const MAX_LABELS: usize = 40;
/// Purchases by customers with other purchases that the order of a run needs.
const MIN_PURCHASES: f64 = 20.0;

/// Which labels of one run the same customers bought.
pub(super) struct LabelPairs {
    labels: usize,
    /// Customers' pairs of purchases by both labels.
    pairs: Vec<Sum>,
    /// Row: a label that was a misfit. Column: a label that the same customer kept and that must be
    /// larger.
    larger: Vec<Sum>,
}

/// One purchase of a customer: the label, and -1 if it was too small, 1 if it was too large, 0 if
/// it was kept; none if nothing is known of its fit.
pub(super) type Worn = (usize, Option<i8>);

impl LabelPairs {
    pub(super) fn new(labels: usize) -> Self {
        let zeros = vec![Sum::default(); labels * labels];
        Self { labels, pairs: zeros.clone(), larger: zeros }
    }

    /// Adds the purchases of one customer in this run.
    pub(super) fn add_customer(&mut self, worn: &[Worn]) {
        if !(2..=MAX_LABELS).contains(&worn.len()) {
            return;
        }
        let weight = 1.0 / (worn.len() - 1) as f64;
        for (i, &(a, fit_a)) in worn.iter().enumerate() {
            for &(b, fit_b) in worn.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, b)| b) {
                self.pairs[a * self.labels + b].add(weight);
                match (fit_a, fit_b) {
                    (Some(-1), Some(0)) => self.larger[a * self.labels + b].add(weight),
                    (Some(1), Some(0)) => self.larger[b * self.labels + a].add(weight),
                    _ => {}
                }
            }
        }
    }

    /// The coordinate of each label, rising with the size; `known` are the positions of the labels
    /// that can be read. `None` if there are too few purchases.
    pub(super) fn coordinates(&self, known: &[Option<f64>]) -> Option<Vec<f64>> {
        let n = self.labels;
        let pair = |i: usize, j: usize| self.pairs[i * n + j].get();
        let degree: Vec<f64> = (0..n).map(|i| (0..n).map(|j| pair(i, j)).sum()).collect();
        if degree.iter().sum::<f64>() < MIN_PURCHASES {
            return None;
        }
        // The largest eigenvalue, 1, belongs to the square roots of the degrees. With it taken out,
        // the next one is the largest.
        let total: f64 = degree.iter().sum();
        let matrix = DMatrix::from_fn(n, n, |i, j| {
            let scale = libm::sqrt(degree[i] * degree[j]);
            if scale > 0.0 { pair(i, j) / scale - scale / total } else { 0.0 }
        });
        let eigen = SymmetricEigen::new(matrix);
        let largest = (0..n).max_by(|&i, &j| {
            eigen.eigenvalues[i].total_cmp(&eigen.eigenvalues[j]).then(j.cmp(&i))
        })?;
        let vector = eigen.eigenvectors.column(largest);
        let mut x: Vec<f64> = (0..n)
            .map(|i| if degree[i] > 0.0 { vector[i] / libm::sqrt(degree[i]) } else { 0.0 })
            .collect();
        if self.votes(&x, known) < 0.0 {
            x.iter_mut().for_each(|x| *x = -*x);
        }
        Some(x)
    }

    /// Above 0 if the coordinates rise with the size.
    fn votes(&self, x: &[f64], known: &[Option<f64>]) -> f64 {
        let readable: Vec<(f64, f64)> =
            x.iter().zip(known).filter_map(|(&x, known)| Some((x, (*known)?))).collect();
        if readable.len() > 2 {
            let mean = readable.iter().map(|(x, _)| x).sum::<f64>() / readable.len() as f64;
            return readable.iter().map(|(x, known)| (x - mean) * known).sum();
        }
        let n = self.labels;
        let vote = |i: usize, j: usize| self.larger[i * n + j].get() * (x[j] - x[i]);
        (0..n).flat_map(|i| (0..n).map(move |j| (i, j))).map(|(i, j)| vote(i, j)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Customers who buy a label and its neighbour, and find the smaller one too small. The labels
    /// from the smallest to the largest are 2, 0, 3, 1.
    fn shop() -> LabelPairs {
        let order = [2, 0, 3, 1];
        let mut pairs = LabelPairs::new(4);
        for i in 0..120 {
            let at = i % 3;
            pairs.add_customer(&[(order[at], Some(-1)), (order[at + 1], Some(0))]);
            pairs.add_customer(&[(order[i % 4], Some(0)), (order[i % 4], Some(0))]);
        }
        pairs
    }

    #[test]
    fn labels_are_ordered_by_their_buyers_and_misfits() {
        let x = shop().coordinates(&[None; 4]).unwrap();
        assert!(x[2] < x[0] && x[0] < x[3] && x[3] < x[1], "{x:?}");
    }

    #[test]
    fn labels_that_can_be_read_decide_the_direction() {
        let known = [Some(1.0), Some(-1.0), None, Some(0.0)];
        let x = shop().coordinates(&known).unwrap();
        assert!(x[2] > x[0] && x[0] > x[3] && x[3] > x[1], "{x:?}");
    }

    #[test]
    fn few_purchases_give_no_order() {
        let mut pairs = LabelPairs::new(2);
        pairs.add_customer(&[(0, None), (1, None)]);
        assert_eq!(pairs.coordinates(&[None, None]), None);
    }
}
