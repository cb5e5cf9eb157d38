//! Learns what attributes of articles add to their offsets and spreads: ridge regressions.

use super::ridge::learned_ridge;
use crate::math::Gaussian;
use crate::train::graph::Attributes;
use crate::train::state::{ArticleBelief, Effects};
use nalgebra::{Cholesky, DMatrix, DVector};

/// One step of the effects. `evidence` is the product of the messages from the purchases of each
/// article, `expected` the prior that its brand gives without its attributes and that evidence.
pub(crate) fn learn_effects(
    attributes: &Attributes,
    effects: &mut [Effects],
    evidence: &[ArticleBelief],
    expected: &[ArticleBelief],
) {
    if attributes.width() == 0 {
        return;
    }
    for (g, means) in attributes.means().iter().enumerate() {
        for k in 0..2 {
            let latent =
                |belief: &ArticleBelief| if k == 0 { belief.offset } else { belief.spread };
            let mut sums = NormalEquations::new(attributes.width());
            for (article, seen) in evidence.iter().enumerate() {
                let Some((_, features)) =
                    attributes.features(article).filter(|(group, _)| *group == g)
                else {
                    continue;
                };
                let brand = latent(&expected[article]);
                let left = latent(seen).shifted(-brand.mean()).widen(brand.variance());
                sums.add(features, left);
            }
            regress(&mut effects[2 * g + k], &sums, means);
        }
    }
}

fn regress(effects: &mut Effects, sums: &NormalEquations, means: &[f64]) {
    let (mut matrix, right) = sums.centred(means);
    (0..matrix.nrows()).for_each(|i| matrix[(i, i)] += effects.ridge);
    let Some(cholesky) = Cholesky::new(matrix) else { return };
    let solution = cholesky.solve(&right);
    effects.ridge = learned_ridge(
        effects.ridge,
        solution.norm_squared(),
        cholesky.inverse().diagonal().as_slice(),
    );
    effects.coefficients.iter_mut().zip(solution.iter()).for_each(|(b, x)| *b = *x);
    effects.centre = effects.coefficients.iter().zip(means).map(|(b, m)| b * m).sum();
}

/// The normal equations of a weighted regression on sparse features, centred at the end.
struct NormalEquations {
    matrix: DMatrix<f64>,
    features: DVector<f64>,
    right: DVector<f64>,
    precision: f64,
    precision_mean: f64,
}

impl NormalEquations {
    fn new(width: usize) -> Self {
        let (matrix, zeros) = (DMatrix::zeros(width, width), DVector::zeros(width));
        Self { matrix, features: zeros.clone(), right: zeros, precision: 0.0, precision_mean: 0.0 }
    }

    fn add(&mut self, features: &[(usize, f64)], seen: Gaussian) {
        self.precision += seen.precision;
        self.precision_mean += seen.precision_mean;
        for &(i, x) in features {
            self.features[i] += seen.precision * x;
            self.right[i] += seen.precision_mean * x;
            features.iter().for_each(|&(j, y)| self.matrix[(i, j)] += seen.precision * x * y);
        }
    }

    /// The normal matrix and the right side of centred features.
    fn centred(&self, means: &[f64]) -> (DMatrix<f64>, DVector<f64>) {
        let matrix = DMatrix::from_fn(means.len(), means.len(), |i, j| {
            let (m, n) = (means[i], means[j]);
            self.matrix[(i, j)] - self.features[i] * n - m * self.features[j]
                + self.precision * m * n
        });
        let right =
            DVector::from_fn(means.len(), |i, _| self.right[i] - self.precision_mean * means[i]);
        (matrix, right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::columns::CatalogueEntry;
    use crate::train::graph::catalogue_fixture::{entry, keys};
    use crate::train::state::shifts;

    #[test]
    fn finds_effects_and_leaves_articles_without_attributes_at_the_mean() {
        // Every other article stretches and runs .4 larger than the others; each tenth step of the
        // number makes it .05 smaller.
        let entries: Vec<CatalogueEntry> = (0..200)
            .map(|i| entry(i, [["cotton", "cotton stretch"][i % 2], &format!("{}", i % 10)]))
            .collect();
        let attributes = Attributes::new(&entries, &keys(201), 1).unwrap();
        let mut effects = Effects::start(&attributes);
        assert_eq!(shifts(&attributes, &effects, 0), [0.0; 2]);
        let truth = |i: usize| 0.4 * (i % 2) as f64 - 0.05 * (i % 10) as f64;
        let seen =
            |i: usize| if i == 200 { Gaussian::FLAT } else { Gaussian::new(truth(i) + 0.3, 0.05) };
        let evidence: Vec<ArticleBelief> =
            (0..201).map(|i| ArticleBelief { offset: seen(i), spread: Gaussian::FLAT }).collect();
        let brand =
            ArticleBelief { offset: Gaussian::new(0.3, 0.05), spread: Gaussian::new(0.0, 1.0) };
        for _ in 0..10 {
            learn_effects(&attributes, &mut effects, &evidence, &vec![brand; 201]);
        }
        let mean = (0..200).map(truth).sum::<f64>() / 200.0;
        for i in [0, 1, 38, 199] {
            let [offset, spread] = shifts(&attributes, &effects, i);
            assert!(
                (offset - (truth(i) - mean)).abs() < 0.04,
                "article {i}: {offset}, {}",
                truth(i) - mean
            );
            assert_eq!(spread, 0.0, "nothing was seen of spreads");
        }
        assert_eq!(
            shifts(&attributes, &effects, 200),
            [0.0; 2],
            "the catalogue has no such article"
        );
    }
}
