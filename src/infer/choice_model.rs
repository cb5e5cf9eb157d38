//! The choice model: the probability of each size on offer, given latent size and wish for length
//! (`model/README.md`, sections 2 and 4).
//!
//! P(s | v, l) is proportional to weight_s exp(length_s l) T((x_s - v) / scale). T is the Student t
//! with 3 degrees of freedom; its heavy tail allows for habit, gifts and bracketing. v is the
//! latent size minus what the customer knows of the article's offset, l the customer's wish for
//! length. The sum runs over the sizes on offer, so a customer who takes the smallest or largest
//! may have wanted one beyond.

use super::probit::Pull;
use crate::math::{Moments, Score};

/// A size on offer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct OfferedSize {
    /// Position of the label, steps.
    pub(crate) position: f64,
    /// Length of the label: petite below 0, long above.
    pub(crate) length: f64,
    /// Weight among the article's sizes besides position and length: the exponential of the
    /// label's appeal plus the size's popularity.
    pub(crate) weight: f64,
}

/// Number of quadrature nodes on each side of the mean; they cover 4 standard deviations.
///
/// The error of the trapezoidal rule falls exponentially for an analytic integrand (Trefethen and
/// Weideman, SIAM Review 2014); with t(3) and sizes about a step apart it is below 1e-3.
const HALF: usize = 8;
const NODES: usize = 2 * HALF + 1;
/// Distance of neighbouring nodes, standard deviations.
const SPACING: f64 = 0.5;
/// Every second node suffices where the belief's standard deviation is at most this many noise
/// scales: the poles of the tail then lie two of the wider spacings away.
const NARROW: f64 = 0.8;

/// Standard normal density at 0, 1/2, 1 ... standard deviations, normalised to sum to one over all
/// nodes.
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

/// Computes one choice after another: its log evidence and derivatives, and the scores that
/// learning needs. The buffers are reused from choice to choice.
#[derive(Clone, Debug, Default)]
pub(crate) struct Choosing {
    /// Whether to compute the scores that only learning needs; they cost more than all the rest.
    learning: bool,
    /// Score by the position of each size on offer; for learning only.
    pub(crate) positions: Vec<Score>,
    /// Score by the logarithm of each size's weight; for learning only.
    pub(crate) weights: Vec<Score>,
    /// Score by the logarithm of the noise scale; for learning only.
    pub(crate) scale: Score,
    /// Score by the customer's wish for length.
    pub(crate) length: Score,
    /// Position and weight of each size on offer, the wish for length in the weight.
    laid: Vec<[f64; 2]>,
    /// Node by node: each size's weight times its tail.
    tails: Vec<f64>,
    /// For each node the factor that turns these products into probabilities.
    shares: [f64; NODES],
    /// Square roots of the tails; for learning only.
    roots: Vec<f64>,
}

impl Choosing {
    /// A buffer that also computes the scores for learning.
    #[cfg(any(feature = "train", test))]
    pub(crate) fn learning() -> Self {
        Self { learning: true, ..Self::default() }
    }

    /// Constant `false` in the browser, so that the compiler omits the code for learning.
    fn learns(&self) -> bool {
        cfg!(any(feature = "train", test)) && self.learning
    }

    /// Prepares a choice among `offers`. The wish for length is integrated out of each size's
    /// weight in closed form.
    pub(crate) fn lay_out(&mut self, offers: &[OfferedSize], wish: Moments) {
        let weight = |o: &OfferedSize| match o.length {
            0.0 => o.weight,
            length => {
                o.weight * libm::exp(length * (wish.mean - 0.5 * length * (1.0 - wish.variance)))
            }
        };
        self.laid.clear();
        self.laid.extend(offers.iter().map(|o| [o.position, weight(o)]));
        self.tails.resize(NODES * offers.len(), 0.0);
        self.roots.resize(if self.learns() { NODES * offers.len() } else { 0 }, 0.0);
    }

    /// Evaluates the model at node n, where the latent is v.
    fn node(&mut self, n: usize, v: f64, per_scale: f64) {
        let offers = self.laid.len();
        let root = |x: f64| {
            let z = (x - v) * per_scale;
            1.0 / (1.0 + z * z * (1.0 / 3.0))
        };
        let mut all = 0.0;
        for (&[x, weight], tail) in self.laid.iter().zip(&mut self.tails[n * offers..]) {
            let q = root(x);
            *tail = weight * q * q;
            all += *tail;
        }
        self.shares[n] = 1.0 / all;
        if self.learns() {
            self.laid
                .iter()
                .zip(&mut self.roots[n * offers..])
                .for_each(|(&[x, _], q)| *q = root(x));
        }
    }

    /// Probabilities of the sizes at node n.
    fn at(&self, n: usize) -> impl Iterator<Item = f64> {
        let (offers, share) = (self.laid.len(), self.shares[n]);
        self.tails[n * offers..][..offers].iter().map(move |tail| tail * share)
    }

    /// Logarithm of the probability that the size of index `taken` is taken where the latent is v.
    pub(crate) fn log_chance(&self, taken: usize, v: f64, scale: f64) -> f64 {
        let tail = |x: f64| {
            let z = (x - v) / scale;
            let q = 1.0 / (1.0 + z * z * (1.0 / 3.0));
            q * q
        };
        let all: f64 = self.laid.iter().map(|&[x, weight]| weight * tail(x)).sum();
        let [x, weight] = self.laid[taken];
        libm::log((weight * tail(x) / all).max(1e-300))
    }

    /// Log evidence of the choice of `offers[taken]`, and its derivatives by v. `v` and `wish`
    /// are the cavities of v and of the wish for length.
    pub(crate) fn pull(
        &mut self,
        offers: &[OfferedSize],
        taken: usize,
        scale: f64,
        v: Moments,
        wish: Moments,
    ) -> Pull {
        let sd = v.variance.sqrt();
        self.lay_out(offers, wish);
        let mut posterior = [0.0; NODES];
        let (mut total, mut first, mut second) = (0.0, 0.0, 0.0);
        let stride = stride(sd, scale);
        for (n, p) in posterior.iter_mut().enumerate().step_by(stride) {
            let z = (n as f64 - HALF as f64) * SPACING;
            self.node(n, v.mean + z * sd, 1.0 / scale);
            *p = weight(n, stride) * (self.tails[n * offers.len() + taken] * self.shares[n]);
            total += *p;
            first += *p * z;
            second += *p * z * z;
        }
        if !(total > 1e-290 && v.variance > 0.0) {
            posterior = [0.0; NODES];
            self.score(offers, taken, scale, v, &posterior);
            return Pull { gradient: 0.0, curvature: 0.0, log_evidence: -660.0 };
        }
        posterior.iter_mut().for_each(|p| *p /= total);
        self.score(offers, taken, scale, v, &posterior);
        let (first, second) = (first / total, second / total);
        // The posterior mean lies sd * first from the cavity mean; the posterior variance is
        // sd^2 (second - first^2).
        Pull {
            gradient: first / sd,
            curvature: (1.0 - (second - first * first)) / v.variance,
            log_evidence: libm::log(total),
        }
    }

    /// Computes the score by the wish for length, and the others if learning needs them.
    fn score(
        &mut self,
        offers: &[OfferedSize],
        taken: usize,
        scale: f64,
        v: Moments,
        posterior: &[f64; NODES],
    ) {
        if self.learns() {
            self.learn(taken, scale, v, posterior);
        }
        let mut length = Score::ZERO;
        if offers.iter().any(|o| o.length != 0.0) {
            for (n, &p) in posterior.iter().enumerate().filter(|(_, p)| **p >= NEGLIGIBLE) {
                // Mean and mean square of the length under the model's probabilities.
                let mut under = [0.0; 2];
                for (offer, chance) in offers.iter().zip(self.at(n)) {
                    let by = chance * offer.length;
                    under[0] += by;
                    under[1] += by * offer.length;
                }
                length.score += p * (offers[taken].length - under[0]);
                length.information += p * (under[1] - under[0] * under[0]);
            }
        }
        self.length = length;
    }

    /// Computes the scores by position, weight and scale.
    fn learn(&mut self, taken: usize, scale: f64, v: Moments, posterior: &[f64; NODES]) {
        let (offers, mean, sd) = (self.laid.len(), v.mean, v.variance.sqrt());
        let mut positions = std::mem::take(&mut self.positions);
        let mut weights = std::mem::take(&mut self.weights);
        positions.clear();
        positions.resize(offers, Score::ZERO);
        weights.clear();
        weights.resize(offers, Score::ZERO);
        let (mut by_scale, per_scale) = (Score::ZERO, 1.0 / scale);
        for (n, &p) in posterior.iter().enumerate().filter(|(_, p)| **p >= NEGLIGIBLE) {
            let v = mean + (n as f64 - HALF as f64) * SPACING * sd;
            let (mut under, mut own) = ([0.0; 2], 0.0);
            for (i, chance) in self.at(n).enumerate() {
                let (x, q) = (self.laid[i][0], self.roots[n * offers + i]);
                let slope = -4.0 / 3.0 * per_scale * ((x - v) * per_scale) * q;
                let surprise = f64::from(i == taken) - chance;
                let spread = p * chance * (1.0 - chance);
                positions[i].score += p * surprise * slope;
                positions[i].information += spread * slope * slope;
                weights[i].score += p * surprise;
                weights[i].information += spread;
                let by = (v - x) * slope;
                under[0] += chance * by;
                under[1] += chance * by * by;
                if i == taken {
                    own = by;
                }
            }
            by_scale.score += p * (own - under[0]);
            by_scale.information += p * (under[1] - under[0] * under[0]);
        }
        (self.positions, self.weights, self.scale) = (positions, weights, by_scale);
    }
}

/// Nodes with less posterior weight than this are left out of the scores.
const NEGLIGIBLE: f64 = 1e-4;

/// Probability of each size to be taken, integrated over v and the wish for length; they sum to
/// one.
pub(crate) fn chances(offers: &[OfferedSize], scale: f64, v: Moments, wish: Moments) -> Vec<f64> {
    mean_chances(offers, scale, every_nth(stride(v.variance.sqrt(), scale), v), wish)
}

/// Quadrature nodes of a Gaussian with this mean and variance, each with its weight; the weights
/// sum to one.
pub(crate) fn nodes(moments: Moments) -> impl Iterator<Item = (f64, f64)> {
    every_nth(1, moments)
}

fn every_nth(stride: usize, moments: Moments) -> impl Iterator<Item = (f64, f64)> {
    let (mean, sd) = (moments.mean, moments.variance.sqrt());
    (0..NODES)
        .step_by(stride)
        .map(move |n| (mean + (n as f64 - HALF as f64) * SPACING * sd, weight(n, stride)))
}

/// Distance from one node used to the next: 1, or 2 where every second node suffices.
fn stride(sd: f64, scale: f64) -> usize {
    if sd <= NARROW * scale { 2 } else { 1 }
}

/// Weight of a node, where each or every second node is used.
fn weight(n: usize, stride: usize) -> f64 {
    const EVERY_SECOND: f64 =
        WEIGHTS[0] + 2.0 * (WEIGHTS[2] + WEIGHTS[4] + WEIGHTS[6] + WEIGHTS[8]);
    WEIGHTS[n.abs_diff(HALF)] / if stride == 1 { 1.0 } else { EVERY_SECOND }
}

/// The same for v = u - `shift`, where u has this profile.
pub(crate) fn chances_over(
    offers: &[OfferedSize],
    scale: f64,
    profile: &[(f64, f64)],
    shift: f64,
    wish: Moments,
) -> Vec<f64> {
    mean_chances(offers, scale, profile.iter().map(|&(v, weight)| (v - shift, weight)), wish)
}

/// Weighted mean of the probabilities at these v.
fn mean_chances(
    offers: &[OfferedSize],
    scale: f64,
    nodes: impl Iterator<Item = (f64, f64)>,
    wish: Moments,
) -> Vec<f64> {
    let mut choosing = Choosing::default();
    choosing.lay_out(offers, wish);
    let mut out = vec![0.0; offers.len()];
    for (v, weight) in nodes {
        choosing.node(0, v, 1.0 / scale);
        out.iter_mut().zip(choosing.at(0)).for_each(|(o, chance)| *o += weight * chance);
    }
    out
}

/// Factor on a label's weight for a customer with these standardised measurements z.
#[cfg(feature = "train")]
pub(crate) fn affinity(affinity: &[f64], z: &[f64]) -> f64 {
    libm::exp(
        affinity
            .iter()
            .zip(z)
            .fold(0.0, |sum, (a, z)| sum + a * z)
            .clamp(-MAX_LOG_AFFINITY, MAX_LOG_AFFINITY),
    )
}

/// Bound on the logarithm of an affinity; beyond it the size is practically not on offer.
#[cfg(feature = "train")]
const MAX_LOG_AFFINITY: f64 = 6.0;

#[cfg(test)]
mod tests {
    use super::*;

    const SCALE: f64 = 0.7;
    /// Uneven steps, two lengths, weights.
    const MENU: [(f64, f64, f64); 6] = [
        (-3.0, 0.0, 0.5),
        (-1.2, 0.0, 1.0),
        (-1.2, 1.0, 0.3),
        (0.0, 0.0, 1.6),
        (1.1, -0.8, 0.4),
        (2.0, 0.0, 0.9),
    ];
    const WISH: Moments = Moments { mean: 0.4, variance: 0.6 };

    fn menu() -> Vec<OfferedSize> {
        MENU.iter()
            .map(|&(position, length, weight)| OfferedSize { position, length, weight })
            .collect()
    }

    /// Probability of one size at v, straight from the definition at the top of this file, with the
    /// wish for length integrated out.
    fn chance(offers: &[OfferedSize], taken: usize, scale: f64, v: f64, wish: Moments) -> f64 {
        let weight = |o: &OfferedSize| {
            let z = (o.position - v) / scale;
            let tail = 1.0 + z * z / 3.0;
            let length = o.length * (wish.mean - 0.5 * o.length * (1.0 - wish.variance));
            o.weight * libm::exp(length) / (tail * tail)
        };
        weight(&offers[taken]) / offers.iter().map(weight).sum::<f64>()
    }

    /// Log evidence, and mean and variance of v after the choice, on 4001 nodes over 8 standard
    /// deviations on each side.
    fn fine(
        offers: &[OfferedSize],
        taken: usize,
        scale: f64,
        v: Moments,
        wish: Moments,
    ) -> [f64; 3] {
        let Moments { mean, variance } = v;
        let mut sums = [0.0; 4];
        for n in 0..4001 {
            let z = 8.0 * (f64::from(n) / 2000.0 - 1.0);
            let density = libm::exp(-0.5 * z * z);
            let p = density * chance(offers, taken, scale, mean + z * variance.sqrt(), wish);
            [density, p, p * z, p * z * z]
                .into_iter()
                .zip(&mut sums)
                .for_each(|(x, sum)| *sum += x);
        }
        let [all, total, first, second] = sums;
        let (first, second) = (first / total, second / total);
        [
            libm::log(total / all),
            mean + variance.sqrt() * first,
            variance * (second - first * first),
        ]
    }

    /// Allowed error of the quadrature: log evidence, mean in standard deviations, variance
    /// relative to the cavity's.
    const BOUND: [f64; 3] = [2.5e-3, 2e-3, 6e-3];

    #[test]
    fn pulls_to_the_moments_of_a_fine_quadrature() {
        let offers = menu();
        let mut choosing = Choosing::default();
        for believed in [
            [0.3, 2.0],
            [-1.0, 0.5],
            [0.5, 0.05],
            [4.0, 1.0],
            [-1.0, 0.49],
            [-1.0, 0.31],
            [0.4, 0.31],
            [0.4, 0.24],
            [-2.5, 0.24],
            [1.7, 0.24],
            [1.2, 0.17],
            [-2.0, 0.17],
        ] {
            let v = Moments { mean: believed[0], variance: believed[1] };
            for taken in 0..offers.len() {
                let [log_evidence, mean, variance] = fine(&offers, taken, SCALE, v, WISH);
                let pull = choosing.pull(&offers, taken, SCALE, v, WISH);
                let after = [
                    v.mean + v.variance * pull.gradient,
                    v.variance - v.variance * v.variance * pull.curvature,
                ];
                let sd = v.variance.sqrt();
                assert!(
                    (pull.log_evidence - log_evidence).abs() < BOUND[0],
                    "{believed:?} {taken}: log evidence"
                );
                assert!(
                    (after[0] - mean).abs() < BOUND[1] * sd,
                    "{believed:?} {taken}: {} {mean}",
                    after[0]
                );
                assert!(
                    (after[1] - variance).abs() < BOUND[2] * sd * sd,
                    "{believed:?} {taken}: {} {variance}",
                    after[1]
                );
            }
        }
    }

    /// Changes one parameter slightly: of the sizes, the scale or the wish.
    type Nudge<'n> = dyn Fn(f64, &mut [OfferedSize], &mut f64, &mut f64) + 'n;

    /// The tolerance covers the nodes that are left out as negligible.
    #[test]
    fn scores_are_derivatives_of_the_log_evidence() {
        let (offers, v) = (menu(), Moments { mean: 0.3, variance: 1.4 });
        let mut choosing = Choosing::learning();
        for taken in 0..offers.len() {
            let pull = choosing.pull(&offers, taken, SCALE, v, WISH);
            let scores = choosing.clone();
            let mut log_evidence = |offers: &[OfferedSize], scale: f64, wish: f64| {
                choosing.pull(offers, taken, scale, v, Moments { mean: wish, ..WISH }).log_evidence
            };
            let mut agrees = |what: &str, score: Score, by: &Nudge<'_>| {
                let mut at = |step: f64| {
                    let (mut offers, mut scale, mut wish) = (offers.clone(), SCALE, WISH.mean);
                    by(step, &mut offers, &mut scale, &mut wish);
                    log_evidence(&offers, scale, wish)
                };
                let difference = (at(1e-4) - at(-1e-4)) / 2e-4;
                assert!(
                    (score.score - difference).abs() < 3e-4,
                    "{taken} by {what}: {} {difference}",
                    score.score
                );
                let information = score.information;
                assert!(information >= 0.0, "{taken} by {what}: information {information}");
            };
            agrees("log scale", scores.scale, &|h, _, scale, _| *scale *= libm::exp(h));
            agrees("wish", scores.length, &|h, _, _, wish| *wish += h);
            for i in 0..offers.len() {
                agrees("position", scores.positions[i], &|h, o, _, _| o[i].position += h);
                agrees("log weight", scores.weights[i], &|h, o, _, _| o[i].weight *= libm::exp(h));
            }
            assert!(pull.log_evidence < 0.0);
        }
    }

    #[test]
    fn chances_sum_to_one_and_equal_the_evidence() {
        let offers = menu();
        let mut choosing = Choosing::default();
        for believed in [[0.3, 2.0], [-5.0, 0.01], [9.0, 30.0]] {
            let v = Moments { mean: believed[0], variance: believed[1] };
            let found = chances(&offers, SCALE, v, WISH);
            assert!((found.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{believed:?}");
            for (taken, chance) in found.into_iter().enumerate() {
                let log_evidence = choosing.pull(&offers, taken, SCALE, v, WISH).log_evidence;
                assert!((libm::log(chance) - log_evidence).abs() < 1e-12, "{believed:?} {taken}");
            }
        }
        assert_eq!(
            chances(&offers[..1], SCALE, Moments { mean: 0.0, variance: 1.0 }, WISH).len(),
            1
        );
    }

    #[test]
    fn a_choice_without_information_does_not_pull() {
        let mut choosing = Choosing::learning();
        let v = Moments { mean: 0.3, variance: 2.0 };
        // A single size on offer, and one that no node gives any probability.
        let alone = choosing.pull(&menu()[..1], 0, SCALE, v, WISH);
        assert!(alone.gradient.abs() < 1e-12 && alone.log_evidence.abs() < 1e-12);
        assert!(alone.curvature.abs() < 1e-3, "{}", alone.curvature);
        let far = [
            OfferedSize { position: 0.0, length: 0.0, weight: 1.0 },
            OfferedSize { position: 0.0, length: 0.0, weight: 0.0 },
        ];
        let none = choosing.pull(&far, 1, SCALE, v, WISH);
        assert_eq!((none.gradient, none.curvature), (0.0, 0.0));
        assert!(
            choosing.positions.iter().chain(&choosing.weights).all(|score| *score == Score::ZERO)
        );
    }

    #[test]
    #[cfg(feature = "train")]
    fn affinities_are_bounded() {
        assert_eq!(affinity(&[], &[]), 1.0);
        assert!((affinity(&[0.5, -0.25], &[1.0, 2.0]) - 1.0).abs() < 1e-15);
        assert_eq!(affinity(&[100.0], &[1.0]), libm::exp(MAX_LOG_AFFINITY));
        assert_eq!(affinity(&[100.0], &[-1.0]), libm::exp(-MAX_LOG_AFFINITY));
    }
}
