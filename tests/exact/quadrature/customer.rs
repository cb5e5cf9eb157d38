//! The latents of a customer on their grids.

use super::grid::{Grid, even, nodes};
use inseam::Model;
use inseam::math::Gaussian;
use inseam::model::Features;

/// A customer's latents on their grids.
pub(super) struct Customer {
    /// Points of the latent size in each group, and their density.
    pub(super) sizes: Vec<Vec<(f64, f64)>>,
    /// Joint density of two groups' sizes; empty where there is one.
    pub(super) both: Vec<f64>,
    /// Pairs of fussiness and preference, and their weight.
    pub(super) traits: Vec<[f64; 3]>,
    pub(super) wishes: Vec<(f64, f64)>,
}

/// The posterior of a customer on the grids.
pub(super) struct Joint {
    /// For each group the weight at each pair of traits and each size.
    pub(super) sizes: Vec<Vec<f64>>,
    pub(super) wishes: Vec<f64>,
    pub(super) moments: Vec<(f64, f64)>,
}

fn moments<'p>(points: impl Iterator<Item = (f64, &'p f64)> + Clone) -> (f64, f64) {
    let total: f64 = points.clone().map(|(_, w)| w).sum();
    let mean = points.clone().map(|(x, w)| x * w).sum::<f64>() / total;
    (mean, points.map(|(x, w)| (x - mean) * (x - mean) * w).sum::<f64>() / total)
}

impl Customer {
    /// Without `lengths`, no offered size has a length, and the wish for length keeps its prior.
    pub(super) fn new(model: &Model, body: &Features, lengths: bool, grid: Grid) -> Self {
        let prior = |g: usize| {
            Gaussian::new(model.groups[g].size.mean(&body.phi), model.covariance[(g, g)])
        };
        let sizes: Vec<_> =
            (0..model.groups.len()).map(|g| even(prior(g), 7.0, grid.size)).collect();
        let mut both = Vec::new();
        if let [of, other] = sizes.as_slice() {
            let inverse =
                model.covariance.clone().try_inverse().expect("a covariance has an inverse");
            for (u, _) in of {
                for (w, _) in other {
                    let d = [u - prior(0).mean(), w - prior(1).mean()];
                    let square: f64 =
                        (0..4).map(|i| d[i / 2] * inverse[(i / 2, i % 2)] * d[i % 2]).sum();
                    both.push(libm::exp(-0.5 * square));
                }
            }
        }
        let [h, p, l, _] =
            model.traits.each_ref().map(|t| Gaussian::new(t.mean(&body.phi), t.variance));
        let traits = nodes(h, grid.traits)
            .into_iter()
            .flat_map(|(h, v)| nodes(p, grid.traits).into_iter().map(move |(p, w)| [h, p, v * w]))
            .collect();
        let wishes = if lengths { even(l, 6.0, grid.length) } else { nodes(l, 2) };
        Self { sizes, both, traits, wishes }
    }

    /// For each group the density of the latent size, from the messages to all groups.
    pub(super) fn marginals(&self, messages: &[Vec<f64>]) -> Vec<Vec<f64>> {
        match messages {
            [one] => {
                vec![one.iter().zip(&self.sizes[0]).map(|(s, (_, density))| s * density).collect()]
            }
            [first, second] => {
                let mut marginals = vec![vec![0.0; first.len()], vec![0.0; second.len()]];
                for (i, row) in self.both.chunks(second.len()).enumerate() {
                    for (j, density) in row.iter().enumerate() {
                        let p = first[i] * second[j] * density;
                        marginals[0][i] += p;
                        marginals[1][j] += p;
                    }
                }
                marginals
            }
            _ => panic!("one or two groups"),
        }
    }

    /// Mean and variance of each latent.
    pub(super) fn moments(&self, joint: &Joint, of_traits: &[f64]) -> Vec<(f64, f64)> {
        let mut all = Vec::new();
        for (g, sizes) in self.sizes.iter().enumerate() {
            let points = sizes.iter().map(|(u, _)| *u).cycle().zip(&joint.sizes[g]);
            all.push(moments(points));
        }
        for i in 0..2 {
            all.push(moments(self.traits.iter().map(|t| t[i]).zip(of_traits)));
        }
        all.push(moments(self.wishes.iter().map(|(l, _)| *l).zip(&joint.wishes)));
        // The purchases here are no evidence on the readiness to return, so it has its prior.
        all.push((0.0, 1.0));
        all
    }
}
