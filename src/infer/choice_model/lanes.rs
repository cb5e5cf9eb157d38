//! Probability of each size to be taken, for several customers at once.
//!
//! Each customer has a lane, and the compiler turns the loops over lanes into vector instructions.
//! Every lane does the operations of [`Offer::chances`](super::Offer::chances) in their order, so
//! its results have the same bits.

use super::chances::Offer;
use super::offered_size::OfferedSize;
use super::others::others_chances;
use super::probabilities::{power, tail_root};
use super::quadrature::{HALF, NODES, SPACING, stride, weight};
use crate::math::Moments;

/// Number of customers at once.
pub(crate) const LANES: usize = 8;

/// One number of each customer.
pub(crate) type Lanes = [f64; LANES];

/// What the choices of several customers depend on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ChoosingLanes {
    /// Mean and variance of v.
    pub(crate) mean: Lanes,
    pub(crate) variance: Lanes,
    /// Mean and variance of the wish for length.
    pub(crate) wish_mean: Lanes,
    pub(crate) wish_variance: Lanes,
}

/// Computes the choices among the sizes of one article after another. The buffers are reused.
#[derive(Clone, Debug, Default)]
pub(crate) struct ChanceLanes {
    sizes: Vec<OfferedSize>,
    /// The part of each size's probability that comes from purchases for others.
    others: Vec<f64>,
    noise: f64,
    /// The weight of each node for lanes that use every node, and for lanes that use every second.
    /// The nodes between have no weight, which changes no bit.
    nodes: [[f64; NODES]; 2],
    weights: Vec<Lanes>,
    tails: Vec<Lanes>,
    /// For each size its probability.
    chances: Vec<Lanes>,
}

impl ChanceLanes {
    /// Prepares choices among these sizes.
    pub(crate) fn prepare(&mut self, offer: &Offer<'_>) {
        self.sizes.clear();
        self.sizes.extend_from_slice(offer.sizes);
        let share = offer.others.share;
        self.noise = offer.noise;
        for (nodes, stride) in self.nodes.iter_mut().zip([1, 2]) {
            for (n, own) in nodes.iter_mut().enumerate() {
                let is_node = n.is_multiple_of(stride);
                *own = if is_node { (1.0 - share) * weight(n, stride) } else { 0.0 };
            }
        }
        self.others = others_chances(offer.sizes, offer.others);
        self.others.iter_mut().for_each(|chance| *chance *= share);
        self.weights.clear();
        self.weights.extend(offer.sizes.iter().map(|size| [size.weight; LANES]));
        self.tails.resize(offer.sizes.len(), [0.0; LANES]);
        self.chances.resize(offer.sizes.len(), [0.0; LANES]);
    }

    /// The probabilities of each size that were computed last.
    pub(crate) fn last(&self) -> &[Lanes] {
        &self.chances
    }

    /// Computes the probabilities of each size, integrated over v and the wish for length.
    pub(crate) fn compute(&mut self, customers: &ChoosingLanes) {
        self.weigh(customers);
        let (mut sd, mut strides) = ([0.0; LANES], [1; LANES]);
        for lane in 0..LANES {
            sd[lane] = customers.variance[lane].sqrt();
            strides[lane] = stride(sd[lane], self.noise);
        }
        let every = if strides.contains(&1) { 1 } else { 2 };
        let alike = strides.iter().all(|&stride| stride == every);
        for (chance, others) in self.chances.iter_mut().zip(&self.others) {
            *chance = [*others; LANES];
        }
        for n in (0..NODES).step_by(every) {
            let step = (n as f64 - HALF as f64) * SPACING;
            let mut own = [self.nodes[every - 1][n]; LANES];
            let mut v = [0.0; LANES];
            for lane in 0..LANES {
                v[lane] = customers.mean[lane] + step * sd[lane];
            }
            if !alike {
                for lane in 0..LANES {
                    own[lane] = self.nodes[strides[lane] - 1][n];
                }
            }
            self.add_node(&v, &own);
        }
    }

    /// Integrates the wish for length out of each size's weight.
    fn weigh(&mut self, customers: &ChoosingLanes) {
        for (weights, size) in self.weights.iter_mut().zip(&self.sizes) {
            if size.length == 0.0 {
                continue;
            }
            for (lane, weight) in weights.iter_mut().enumerate() {
                let mean = customers.wish_mean[lane];
                let wish = Moments { mean, variance: customers.wish_variance[lane] };
                *weight = size.weight_for(wish);
            }
        }
    }

    /// Adds the probabilities where the latent is `v`, with the weight `own`.
    fn add_node(&mut self, v: &Lanes, own: &Lanes) {
        let Self { sizes, weights, tails, chances, noise, .. } = self;
        let all = compute_tails(sizes, weights, tails, v, 1.0 / *noise);
        let mut share = [0.0; LANES];
        for lane in 0..LANES {
            share[lane] = 1.0 / all[lane];
        }
        add_shares(chances, tails, &share, own);
    }
}

/// Each size's weight times its tail where the latent is `v`, and the sum over all sizes.
///
/// A function of its own with copies of the lanes: where the compiler cannot tell that the slices
/// do not overlap with anything else, it computes the lanes one by one.
#[inline(never)]
fn compute_tails(
    sizes: &[OfferedSize],
    weights: &[Lanes],
    tails: &mut [Lanes],
    v: &Lanes,
    per_scale: f64,
) -> Lanes {
    let v = *v;
    let mut all = [0.0; LANES];
    for ((size, weights), tails) in sizes.iter().zip(weights).zip(tails) {
        let (x, weights) = (size.position, *weights);
        let mut tail = [0.0; LANES];
        for lane in 0..LANES {
            tail[lane] = weights[lane] * power(tail_root((x - v[lane]) * per_scale));
        }
        for lane in 0..LANES {
            all[lane] += tail[lane];
        }
        *tails = tail;
    }
    all
}

/// Adds each size's share of the sum, with the weight `own`.
#[inline(never)]
fn add_shares(chances: &mut [Lanes], tails: &[Lanes], share: &Lanes, own: &Lanes) {
    let (share, own) = (*share, *own);
    for (chance, tails) in chances.iter_mut().zip(tails) {
        let (mut sum, tails) = (*chance, *tails);
        for lane in 0..LANES {
            sum[lane] += own[lane] * (tails[lane] * share[lane]);
        }
        *chance = sum;
    }
}
