//! The probabilities of the sizes on offer, given the latent size.

use super::offered_size::OfferedSize;
use super::quadrature::NODES;
use crate::math::Moments;

/// Degrees of freedom of the tail, Student's t. Purchases for somebody else have a part of the
/// model of their own, so the tail only has to allow for habit and for orders of several sizes.
pub(super) const FREEDOM: f64 = 7.0;

/// The tail as a function of its root: the exponent is (FREEDOM + 1) / 2.
pub(super) fn power(root: f64) -> f64 {
    let square = root * root;
    square * square
}

/// The root of the tail at z noise scales.
pub(super) fn tail_root(z: f64) -> f64 {
    1.0 / (1.0 + z * z * (1.0 / FREEDOM))
}

/// Variance of the noise of a choice with this scale, steps squared.
pub(crate) fn noise_variance(scale: f64) -> f64 {
    scale * scale * (FREEDOM / (FREEDOM - 2.0))
}

/// Which scores are wanted beside those that messages to the customer need.
#[cfg(any(feature = "train", test))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// None.
    #[default]
    Nothing,
    /// By the weights of the sizes: for messages to their popularity.
    Weights,
    /// By everything that hyperparameters are learned from.
    Everything,
}

/// The sizes of one choice after another, and their probabilities at the nodes of the quadrature.
/// The buffers are reused from choice to choice.
#[derive(Clone, Debug, Default)]
pub(crate) struct Probabilities {
    #[cfg(any(feature = "train", test))]
    wanted: Wanted,
    sizes: Vec<WeightedSize>,
    /// Node by node: each size's weight times its tail.
    tails: Vec<f64>,
    /// For each node the factor that turns these products into probabilities.
    shares: [f64; NODES],
    /// The roots of the tails (see [`tail_root`]); for learning only.
    roots: Vec<f64>,
}

/// A size on offer to a customer with this wish for length.
#[derive(Clone, Copy, Debug)]
struct WeightedSize {
    /// Position of the label, steps.
    position: f64,
    /// Weight of the size, which includes the wish for length.
    weight: f64,
}

impl Probabilities {
    /// Buffers that also keep what these scores need.
    #[cfg(any(feature = "train", test))]
    pub(super) fn wanting(wanted: Wanted) -> Self {
        Self { wanted, ..Self::default() }
    }

    /// Whether everything is learned. Constant `false` in the browser, so that the compiler omits
    /// the code for learning.
    pub(super) fn learns(&self) -> bool {
        #[cfg(any(feature = "train", test))]
        return self.wanted == Wanted::Everything;
        #[cfg(not(any(feature = "train", test)))]
        false
    }

    /// Whether the scores by weights are wanted alone.
    pub(super) fn weighs(&self) -> bool {
        #[cfg(any(feature = "train", test))]
        return self.wanted == Wanted::Weights;
        #[cfg(not(any(feature = "train", test)))]
        false
    }

    /// Prepares a choice among `offers`.
    pub(crate) fn prepare(&mut self, offers: &[OfferedSize], wish: Moments) {
        self.sizes.clear();
        self.sizes.extend(
            offers
                .iter()
                .map(|o| WeightedSize { position: o.position, weight: o.weight_for(wish) }),
        );
        self.tails.resize(NODES * offers.len(), 0.0);
        self.roots.resize(if self.learns() { NODES * offers.len() } else { 0 }, 0.0);
    }

    /// Evaluates the model at node n, where the latent is v.
    pub(super) fn evaluate(&mut self, n: usize, v: f64, per_scale: f64) {
        let offers = self.sizes.len();
        let root = |x: f64| tail_root((x - v) * per_scale);
        let learns = self.learns();
        let tails = &mut self.tails[n * offers..][..offers];
        // Apart from the sum, so that the compiler computes several sizes at once.
        if learns {
            let roots = &mut self.roots[n * offers..][..offers];
            for ((size, tail), q) in self.sizes.iter().zip(&mut *tails).zip(roots) {
                *q = root(size.position);
                *tail = size.weight * power(*q);
            }
        } else {
            for (size, tail) in self.sizes.iter().zip(&mut *tails) {
                *tail = size.weight * power(root(size.position));
            }
        }
        self.shares[n] = 1.0 / tails.iter().fold(0.0, |all, tail| all + tail);
    }

    /// Probabilities of the sizes at node n.
    pub(super) fn at(&self, n: usize) -> impl Iterator<Item = f64> {
        let (offers, share) = (self.sizes.len(), self.shares[n]);
        self.tails[n * offers..][..offers].iter().map(move |tail| tail * share)
    }

    /// Probability of one size at node n.
    pub(super) fn of_size(&self, n: usize, size: usize) -> f64 {
        self.tails[n * self.sizes.len() + size] * self.shares[n]
    }

    /// Position of each size, and the root of its tail at node n; for learning only.
    pub(super) fn roots(&self, n: usize) -> impl Iterator<Item = (f64, f64)> {
        self.sizes
            .iter()
            .zip(&self.roots[n * self.sizes.len()..])
            .map(|(size, &root)| (size.position, root))
    }

    /// Number of sizes on offer.
    pub(super) fn len(&self) -> usize {
        self.sizes.len()
    }

    /// Probability that the size of index `taken` is taken where the latent is v.
    pub(crate) fn chance(&self, taken: usize, v: f64, scale: f64) -> f64 {
        let tail = |x: f64| power(tail_root((x - v) / scale));
        let all: f64 = self.sizes.iter().map(|size| size.weight * tail(size.position)).sum();
        let size = self.sizes[taken];
        size.weight * tail(size.position) / all
    }
}
