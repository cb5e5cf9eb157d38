//! The choice factor: which of an article's sizes was taken, given the latent size and the wish for
//! length.
//!
//! P(s | v, l) is proportional to weight_s exp(length_s l) T((x_s - v) / scale), T the Student t
//! with 3 degrees of freedom, v the latent size less what the customer knows of the article's
//! offset, l how long they wear things. The heavy tail leaves room for habit, gifts and brackets.
//! The sizes on offer are all that could be taken, so who takes the smallest or largest of them may
//! well have wanted one beyond.

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

/// Half of the quadrature's nodes on each side of the mean, half a sd apart: +-4 sd. On an analytic
/// integrand the trapezoidal rule's error falls exponentially (Trefethen and Weideman, SIAM Review
/// 2014); with t(3) about steps it is below 1e-3.
const HALF: usize = 8;
const NODES: usize = 2 * HALF + 1;
const SPACING: f64 = 0.5;
/// A belief with a sd of at most so many scales of the noise needs every second node only: the
/// poles of the tail lie two of the wider spacings off.
const NARROW: f64 = 0.8;

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

/// One choice, seen: how it pulls, and what learning wants to know of it. The buffers serve from
/// choice to choice.
#[derive(Clone, Debug, Default)]
pub(crate) struct Choosing {
    /// Whether the scores that learning alone wants are worked out: more work than all the rest.
    learning: bool,
    /// By the position of each offer; learning's.
    pub(crate) positions: Vec<Score>,
    /// By the logarithm of the weight of each offer; learning's.
    pub(crate) weights: Vec<Score>,
    /// By the logarithm of the scale; learning's.
    pub(crate) scale: Score,
    /// By the customer's wish for length.
    pub(crate) length: Score,
    /// Position and weight of each offer.
    laid: Vec<[f64; 2]>,
    /// At every node, one after the other: every offer's weight times its tail.
    tails: Vec<f64>,
    /// At every node: what these are multiplied with to be chances.
    shares: [f64; NODES],
    /// The square roots of the tails; learning's.
    roots: Vec<f64>,
}

impl Choosing {
    /// One whose scores learning will look at.
    #[cfg(any(feature = "train", test))]
    pub(crate) fn learning() -> Self {
        Self { learning: true, ..Self::default() }
    }

    /// Never so in the browser, where the compiler then leaves out what only learning wants.
    fn learns(&self) -> bool {
        cfg!(any(feature = "train", test)) && self.learning
    }

    /// Weights and positions as plain columns, with the length wished for in the weights: believed
    /// N(mean, variance), integrated out offer by offer.
    pub(crate) fn lay_out(&mut self, offers: &[Offer], [wish, unsure]: [f64; 2]) {
        let weight = |o: &Offer| match o.length {
            0.0 => o.weight,
            length => o.weight * libm::exp(length * (wish - 0.5 * length * (1.0 - unsure))),
        };
        self.laid.clear();
        self.laid.extend(offers.iter().map(|o| [o.position, weight(o)]));
        self.tails.resize(NODES * offers.len(), 0.0);
        self.roots.resize(if self.learns() { NODES * offers.len() } else { 0 }, 0.0);
    }

    /// Tails and share at node n, which is at v.
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

    /// The chances of the offers at node n.
    fn at(&self, n: usize) -> impl Iterator<Item = f64> {
        let (offers, share) = (self.laid.len(), self.shares[n]);
        self.tails[n * offers..][..offers].iter().map(move |tail| tail * share)
    }

    /// Logarithm of the chance that the offer `taken` of those laid out is taken at v.
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

    /// How the choice of `offers[taken]` pulls at v, believed N(mean, variance) without it, as is
    /// the wish for length.
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
        let mut posterior = [0.0; NODES];
        let (mut total, mut first, mut second) = (0.0, 0.0, 0.0);
        let stride = stride(sd, scale);
        for (n, p) in posterior.iter_mut().enumerate().step_by(stride) {
            let z = (n as f64 - HALF as f64) * SPACING;
            self.node(n, mean + z * sd, 1.0 / scale);
            *p = weight(n, stride) * (self.tails[n * offers.len() + taken] * self.shares[n]);
            total += *p;
            first += *p * z;
            second += *p * z * z;
        }
        if !(total > 1e-290 && variance > 0.0) {
            posterior = [0.0; NODES];
            self.score(offers, taken, scale, [mean, sd], &posterior);
            return Pull { gradient: 0.0, curvature: 0.0, log_evidence: -660.0 };
        }
        posterior.iter_mut().for_each(|p| *p /= total);
        self.score(offers, taken, scale, [mean, sd], &posterior);
        let (first, second) = (first / total, second / total);
        // In units of sd: the posterior mean is sd first off, the posterior variance sd^2 (second -
        // first^2).
        Pull {
            gradient: first / sd,
            curvature: (1.0 - (second - first * first)) / variance,
            log_evidence: libm::log(total),
        }
    }

    fn score(
        &mut self,
        offers: &[Offer],
        taken: usize,
        scale: f64,
        believed: [f64; 2],
        posterior: &[f64; NODES],
    ) {
        if self.learns() {
            self.learn(taken, scale, believed, posterior);
        }
        let mut length = [0.0; 2];
        if offers.iter().any(|o| o.length != 0.0) {
            for (n, &p) in posterior.iter().enumerate().filter(|(_, p)| **p >= NEGLIGIBLE) {
                // Mean and mean square under the choice's own chances.
                let mut under = [0.0; 2];
                for (offer, chance) in offers.iter().zip(self.at(n)) {
                    let by = chance * offer.length;
                    under[0] += by;
                    under[1] += by * offer.length;
                }
                length[0] += p * (offers[taken].length - under[0]);
                length[1] += p * (under[1] - under[0] * under[0]);
            }
        }
        self.length = length;
    }

    /// The scores by position, weight and scale.
    fn learn(&mut self, taken: usize, scale: f64, [mean, sd]: [f64; 2], posterior: &[f64; NODES]) {
        let offers = self.laid.len();
        let mut positions = std::mem::take(&mut self.positions);
        let mut weights = std::mem::take(&mut self.weights);
        positions.clear();
        positions.resize(offers, [0.0; 2]);
        weights.clear();
        weights.resize(offers, [0.0; 2]);
        let (mut by_scale, per_scale) = ([0.0; 2], 1.0 / scale);
        for (n, &p) in posterior.iter().enumerate().filter(|(_, p)| **p >= NEGLIGIBLE) {
            let v = mean + (n as f64 - HALF as f64) * SPACING * sd;
            let (mut under, mut own) = ([0.0; 2], 0.0);
            for (i, chance) in self.at(n).enumerate() {
                let (x, q) = (self.laid[i][0], self.roots[n * offers + i]);
                let slope = -4.0 / 3.0 * per_scale * ((x - v) * per_scale) * q;
                let surprise = f64::from(i == taken) - chance;
                let spread = p * chance * (1.0 - chance);
                positions[i][0] += p * surprise * slope;
                positions[i][1] += spread * slope * slope;
                weights[i][0] += p * surprise;
                weights[i][1] += spread;
                let by = (v - x) * slope;
                under[0] += chance * by;
                under[1] += chance * by * by;
                if i == taken {
                    own = by;
                }
            }
            by_scale[0] += p * (own - under[0]);
            by_scale[1] += p * (under[1] - under[0] * under[0]);
        }
        (self.positions, self.weights, self.scale) = (positions, weights, by_scale);
    }
}

/// A node with less of the posterior than this adds nothing to the scores.
const NEGLIGIBLE: f64 = 1e-4;

/// The chance of each offer to be taken by one whose v and wish for length are believed N(mean,
/// variance); they sum to one.
pub(crate) fn chances(
    offers: &[Offer],
    scale: f64,
    [mean, variance]: [f64; 2],
    length: [f64; 2],
) -> Vec<f64> {
    let believed = [mean, variance];
    mean_chances(offers, scale, every_nth(stride(variance.sqrt(), scale), believed), length)
}

/// The quadrature's nodes, each with its weight; the weights sum to one.
pub(crate) fn nodes(believed: [f64; 2]) -> impl Iterator<Item = (f64, f64)> {
    every_nth(1, believed)
}

fn every_nth(stride: usize, [mean, variance]: [f64; 2]) -> impl Iterator<Item = (f64, f64)> {
    let sd = variance.sqrt();
    (0..NODES)
        .step_by(stride)
        .map(move |n| (mean + (n as f64 - HALF as f64) * SPACING * sd, weight(n, stride)))
}

/// From which node to which.
fn stride(sd: f64, scale: f64) -> usize {
    if sd <= NARROW * scale { 2 } else { 1 }
}

/// A node's weight, among all or every second.
fn weight(n: usize, stride: usize) -> f64 {
    const EVERY_SECOND: f64 =
        WEIGHTS[0] + 2.0 * (WEIGHTS[2] + WEIGHTS[4] + WEIGHTS[6] + WEIGHTS[8]);
    WEIGHTS[n.abs_diff(HALF)] / if stride == 1 { 1.0 } else { EVERY_SECOND }
}

/// The same of one whose v, less `shift`, is as the profile says.
pub(crate) fn chances_over(
    offers: &[Offer],
    scale: f64,
    profile: &[(f64, f64)],
    shift: f64,
    length: [f64; 2],
) -> Vec<f64> {
    mean_chances(offers, scale, profile.iter().map(|&(v, weight)| (v - shift, weight)), length)
}

/// The mean of the chances at these v, each with its weight.
fn mean_chances(
    offers: &[Offer],
    scale: f64,
    nodes: impl Iterator<Item = (f64, f64)>,
    length: [f64; 2],
) -> Vec<f64> {
    let mut choosing = Choosing::default();
    choosing.lay_out(offers, length);
    let mut out = vec![0.0; offers.len()];
    for (v, weight) in nodes {
        choosing.node(0, v, 1.0 / scale);
        out.iter_mut().zip(choosing.at(0)).for_each(|(o, chance)| *o += weight * chance);
    }
    out
}

/// The factor by which a label's weight is multiplied for a customer with these z.
#[cfg(feature = "train")]
pub(crate) fn affinity(affinity: &[f64], z: &[f64]) -> f64 {
    libm::exp(
        affinity
            .iter()
            .zip(z)
            .fold(0.0, |sum, (a, z)| sum + a * z)
            .clamp(-MOST_AFFINE, MOST_AFFINE),
    )
}

/// Bound of the logarithm of an affinity: beyond it the size is as good as not on offer.
#[cfg(feature = "train")]
const MOST_AFFINE: f64 = 6.0;

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
    const WISH: [f64; 2] = [0.4, 0.6];

    fn menu() -> Vec<Offer> {
        MENU.iter().map(|&(position, length, weight)| Offer { position, length, weight }).collect()
    }

    /// The chance of one offer at v as the module states it, the wish integrated out offer by
    /// offer.
    fn chance(offers: &[Offer], taken: usize, scale: f64, v: f64, [wish, unsure]: [f64; 2]) -> f64 {
        let weight = |o: &Offer| {
            let z = (o.position - v) / scale;
            let tail = 1.0 + z * z / 3.0;
            o.weight * libm::exp(o.length * wish - 0.5 * o.length * o.length * (1.0 - unsure))
                / (tail * tail)
        };
        weight(&offers[taken]) / offers.iter().map(weight).sum::<f64>()
    }

    /// Log evidence, mean and variance of v after the choice, on 4001 nodes over 8 sd on both
    /// sides.
    fn fine(
        offers: &[Offer],
        taken: usize,
        scale: f64,
        [mean, variance]: [f64; 2],
        wish: [f64; 2],
    ) -> [f64; 3] {
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

    /// What the quadrature may be off: log evidence, mean in sds, variance as a share of the one
    /// before.
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
            for taken in 0..offers.len() {
                let [log_evidence, mean, variance] = fine(&offers, taken, SCALE, believed, WISH);
                let pull = choosing.pull(&offers, taken, SCALE, believed, WISH);
                let after = [
                    believed[0] + believed[1] * pull.gradient,
                    believed[1] - believed[1] * believed[1] * pull.curvature,
                ];
                let sd = believed[1].sqrt();
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

    /// Moves one parameter by a little: of the offers, the scale, the wish.
    type Nudge<'n> = dyn Fn(f64, &mut [Offer], &mut f64, &mut f64) + 'n;

    /// But for the nodes that count as negligible.
    #[test]
    fn scores_are_derivatives_of_the_log_evidence() {
        let (offers, believed) = (menu(), [0.3, 1.4]);
        let mut choosing = Choosing::learning();
        for taken in 0..offers.len() {
            let pull = choosing.pull(&offers, taken, SCALE, believed, WISH);
            let scores = choosing.clone();
            let mut log_evidence = |offers: &[Offer], scale: f64, wish: f64| {
                choosing.pull(offers, taken, scale, believed, [wish, WISH[1]]).log_evidence
            };
            let mut agrees = |what: &str, score: Score, by: &Nudge<'_>| {
                let mut at = |step: f64| {
                    let (mut offers, mut scale, mut wish) = (offers.clone(), SCALE, WISH[0]);
                    by(step, &mut offers, &mut scale, &mut wish);
                    log_evidence(&offers, scale, wish)
                };
                let difference = (at(1e-4) - at(-1e-4)) / 2e-4;
                assert!(
                    (score[0] - difference).abs() < 3e-4,
                    "{taken} by {what}: {} {difference}",
                    score[0]
                );
                assert!(score[1] >= 0.0, "{taken} by {what}: information {}", score[1]);
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
    fn chances_sum_to_one_and_are_the_evidence() {
        let offers = menu();
        let mut choosing = Choosing::default();
        for believed in [[0.3, 2.0], [-5.0, 0.01], [9.0, 30.0]] {
            let found = chances(&offers, SCALE, believed, WISH);
            assert!((found.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{believed:?}");
            for (taken, chance) in found.into_iter().enumerate() {
                let log_evidence =
                    choosing.pull(&offers, taken, SCALE, believed, WISH).log_evidence;
                assert!((libm::log(chance) - log_evidence).abs() < 1e-12, "{believed:?} {taken}");
            }
        }
        assert_eq!(chances(&offers[..1], SCALE, [0.0, 1.0], WISH).len(), 1);
    }

    #[test]
    fn what_cannot_be_told_pulls_nowhere() {
        let mut choosing = Choosing::learning();
        // One offer alone, and one so far off that no node reaches it.
        let alone = choosing.pull(&menu()[..1], 0, SCALE, [0.3, 2.0], WISH);
        assert!(alone.gradient.abs() < 1e-12 && alone.log_evidence.abs() < 1e-12);
        assert!(alone.curvature.abs() < 1e-3, "{}", alone.curvature);
        let far = [
            Offer { position: 0.0, length: 0.0, weight: 1.0 },
            Offer { position: 0.0, length: 0.0, weight: 0.0 },
        ];
        let none = choosing.pull(&far, 1, SCALE, [0.3, 2.0], WISH);
        assert_eq!((none.gradient, none.curvature), (0.0, 0.0));
        assert!(choosing.positions.iter().chain(&choosing.weights).flatten().all(|x| *x == 0.0));
    }

    #[test]
    #[cfg(feature = "train")]
    fn affinities_are_bounded() {
        assert_eq!(affinity(&[], &[]), 1.0);
        assert!((affinity(&[0.5, -0.25], &[1.0, 2.0]) - 1.0).abs() < 1e-15);
        assert_eq!(affinity(&[100.0], &[1.0]), libm::exp(MOST_AFFINE));
        assert_eq!(affinity(&[100.0], &[-1.0]), libm::exp(-MOST_AFFINE));
    }
}
