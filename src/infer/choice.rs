//! The choice factor: which of an article's sizes was taken, given the latent size and the wish for length.
//!
//! P(s | v, l) is proportional to weight_s exp(length_s l) T((x_s - v) / scale), T the Student t with 3 degrees of freedom, v the latent size less
//! what the customer knows of the article's offset, l how long they wear things. The heavy tail leaves room for habit, gifts and brackets. The sizes
//! on offer are all that could be taken, so who takes the smallest or largest of them may well have wanted one beyond.

use super::probit::Pull;

/// One size that could be taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Offer {
    /// Position of the label, steps.
    pub(crate) position: f64,
    /// Its length: petite below 0, long above.
    pub(crate) length: f64,
    /// Its weight among the article's sizes besides: the label's appeal.
    pub(crate) weight: f64,
}

/// Half of the quadrature's nodes on each side of the mean, half a sd apart: +-4 sd. On an analytic integrand the trapezoidal rule's
/// error falls exponentially (Trefethen and Weideman, SIAM Review 2014); with t(3) about steps it is below 1e-3.
const HALF: usize = 8;
const NODES: usize = 2 * HALF + 1;
const SPACING: f64 = 0.5;
/// Standard normal density at 0, 1/2, 1 ... sd, normalised to sum to one over all nodes.
const WEIGHTS: [f64; HALF + 1] = [
    0.199474647864745,
    0.17603575888479037,
    0.12098748976534904,
    0.06475993660472744,
    0.026995957967298846,
    0.00876430436278587,
    0.002215963172596555,
    0.0004363490205067883,
    6.691628957263553e-05,
];

/// First derivative of the log evidence, and the information behind it.
pub(crate) type Score = [f64; 2];

/// One choice, seen: how it pulls, and what learning wants to know of it. The buffers serve from choice to choice.
#[derive(Clone, Debug, Default)]
pub(crate) struct Choosing {
    /// By the position of each offer.
    pub(crate) positions: Vec<Score>,
    /// By the logarithm of the weight of each offer.
    pub(crate) weights: Vec<Score>,
    /// By the logarithm of the scale.
    pub(crate) scale: Score,
    /// By the customer's wish for length.
    pub(crate) length: Score,
    offered: Vec<f64>,
    position: Vec<f64>,
    /// At every node, one after the other: chance of every offer, and derivative of the logarithm of its tail by its position.
    chance: Vec<f64>,
    slope: Vec<f64>,
}

impl Choosing {
    /// Weights and positions as plain columns, with the length wished for in the weights: believed N(mean, variance), integrated out offer by offer.
    fn lay_out(&mut self, offers: &[Offer], [wish, unsure]: [f64; 2]) {
        self.offered.clear();
        self.position.clear();
        self.position.extend(offers.iter().map(|o| o.position));
        self.offered.extend(offers.iter().map(|o| match o.length {
            0.0 => o.weight,
            length => o.weight * libm::exp(length * (wish - 0.5 * length * (1.0 - unsure))),
        }));
    }

    /// Tails and chances at one node.
    fn node(&mut self, v: f64, per_scale: f64) {
        let at = self.chance.len();
        let mut all = 0.0;
        for (&x, &weight) in self.position.iter().zip(&self.offered) {
            let z = (x - v) * per_scale;
            let q = 1.0 / (1.0 + z * z * (1.0 / 3.0));
            let t = weight * q * q;
            all += t;
            self.chance.push(t);
            self.slope.push(-4.0 / 3.0 * per_scale * z * q);
        }
        let share = 1.0 / all;
        self.chance[at..].iter_mut().for_each(|t| *t *= share);
    }

    /// How the choice of `offers[taken]` pulls at v, believed N(mean, variance) without it, as is the wish for length.
    pub(crate) fn pull(
        &mut self,
        offers: &[Offer],
        taken: usize,
        scale: f64,
        [mean, variance]: [f64; 2],
        length: [f64; 2],
    ) -> Pull {
        let sd = variance.sqrt();
        self.lay_out(offers, length);
        self.chance.clear();
        self.slope.clear();
        let mut posterior = [0.0; NODES];
        let (mut total, mut first, mut second) = (0.0, 0.0, 0.0);
        for (n, p) in posterior.iter_mut().enumerate() {
            let z = (n as f64 - HALF as f64) * SPACING;
            self.node(mean + z * sd, 1.0 / scale);
            *p = WEIGHTS[n.abs_diff(HALF)] * self.chance[n * offers.len() + taken];
            total += *p;
            first += *p * z;
            second += *p * z * z;
        }
        if !(total > 1e-290 && variance > 0.0) {
            posterior = [0.0; NODES];
            self.score(offers, taken, [mean, sd], &posterior);
            return Pull { gradient: 0.0, curvature: 0.0, log_evidence: -660.0 };
        }
        posterior.iter_mut().for_each(|p| *p /= total);
        self.score(offers, taken, [mean, sd], &posterior);
        let (first, second) = (first / total, second / total);
        // In units of sd: the posterior mean is sd first off, the posterior variance sd^2 (second - first^2).
        Pull {
            gradient: first / sd,
            curvature: (1.0 - (second - first * first)) / variance,
            log_evidence: libm::log(total),
        }
    }

    fn score(&mut self, offers: &[Offer], taken: usize, [mean, sd]: [f64; 2], posterior: &[f64; NODES]) {
        self.positions.clear();
        self.positions.resize(offers.len(), [0.0; 2]);
        self.weights.clear();
        self.weights.resize(offers.len(), [0.0; 2]);
        let mut shared = [[0.0; 2]; 2];
        for (n, &p) in posterior.iter().enumerate() {
            if p < NEGLIGIBLE {
                continue;
            }
            let v = mean + (n as f64 - HALF as f64) * SPACING * sd;
            let row = n * offers.len()..(n + 1) * offers.len();
            // Means and mean squares under the choice's own chances, of the scores by log scale and by wish.
            let mut under = [[0.0; 2]; 2];
            let mut own = [0.0; 2];
            for (i, ((offer, &chance), &slope)) in
                offers.iter().zip(&self.chance[row.clone()]).zip(&self.slope[row]).enumerate()
            {
                let surprise = f64::from(i == taken) - chance;
                let spread = p * chance * (1.0 - chance);
                let s = &mut self.positions[i];
                s[0] += p * surprise * slope;
                s[1] += spread * slope * slope;
                let s = &mut self.weights[i];
                s[0] += p * surprise;
                s[1] += spread;
                let by = [(v - offer.position) * slope, offer.length];
                for (under, by) in under.iter_mut().zip(by) {
                    under[0] += chance * by;
                    under[1] += chance * by * by;
                }
                if i == taken {
                    own = by;
                }
            }
            for ((score, own), under) in shared.iter_mut().zip(own).zip(under) {
                score[0] += p * (own - under[0]);
                score[1] += p * (under[1] - under[0] * under[0]);
            }
        }
        [self.scale, self.length] = shared;
    }
}

/// A node with less of the posterior than this adds nothing to the scores.
const NEGLIGIBLE: f64 = 1e-4;

/// The chance of each offer to be taken by one whose v and wish for length are believed N(mean, variance); they sum to one.
pub(crate) fn chances(offers: &[Offer], scale: f64, [mean, variance]: [f64; 2], length: [f64; 2]) -> Vec<f64> {
    let mut choosing = Choosing::default();
    choosing.lay_out(offers, length);
    let mut out = vec![0.0; offers.len()];
    for n in 0..NODES {
        choosing.chance.clear();
        choosing.slope.clear();
        choosing.node(mean + (n as f64 - HALF as f64) * SPACING * variance.sqrt(), 1.0 / scale);
        out.iter_mut().zip(&choosing.chance).for_each(|(o, chance)| *o += WEIGHTS[n.abs_diff(HALF)] * chance);
    }
    out
}

/// The factor by which a label's weight is multiplied for a customer with these z.
pub(crate) fn affinity(affinity: &[f64], z: &[f64]) -> f64 {
    libm::exp(affinity.iter().zip(z).fold(0.0, |sum, (a, z)| sum + a * z).clamp(-MOST_AFFINE, MOST_AFFINE))
}

/// Bound of the logarithm of an affinity: beyond it the size is as good as not on offer.
const MOST_AFFINE: f64 = 6.0;
