//! Probabilities and derivatives agree with a fine quadrature and with finite differences.

use super::{ChoicePull, Choosing, Offer, OfferedSize, Wanted, others_chance};
use crate::math::{Moments, Score};
use crate::model::Others;

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
const OTHERS: Others = Others { share: 0.1, mean: 0.5, variance: 2.0 };

fn menu() -> Vec<OfferedSize> {
    MENU.iter()
        .map(|&(position, length, weight)| OfferedSize { position, length, weight })
        .collect()
}

/// Probability of one size at v, straight from the definition in `choice_model/mod.rs`, with
/// the wish for length integrated out.
fn chance(offers: &[OfferedSize], taken: usize, scale: f64, v: f64, wish: Moments) -> f64 {
    let weight = |o: &OfferedSize| {
        let z = (o.position - v) / scale;
        let tail = libm::pow(1.0 + z * z / 7.0, 4.0);
        let length = o.length * (wish.mean - 0.5 * o.length * (1.0 - wish.variance));
        o.weight * libm::exp(length) / tail
    };
    weight(&offers[taken]) / offers.iter().map(weight).sum::<f64>()
}

/// Log evidence, and mean and variance of v after the choice, on 4001 nodes over 8 standard
/// deviations on each side.
fn fine(offers: &[OfferedSize], taken: usize, scale: f64, v: Moments, wish: Moments) -> [f64; 3] {
    let Moments { mean, variance } = v;
    let mut sums = [0.0; 4];
    for n in 0..4001 {
        let z = 8.0 * (f64::from(n) / 2000.0 - 1.0);
        let density = libm::exp(-0.5 * z * z);
        let p = density * chance(offers, taken, scale, mean + z * variance.sqrt(), wish);
        [density, p, p * z, p * z * z].into_iter().zip(&mut sums).for_each(|(x, sum)| *sum += x);
    }
    let [all, total, first, second] = sums;
    let (first, second) = (first / total, second / total);
    [libm::log(total / all), mean + variance.sqrt() * first, variance * (second - first * first)]
}

/// Allowed error of the quadrature: log evidence, mean in standard deviations, variance
/// relative to the cavity's.
const BOUND: [f64; 3] = [2.5e-3, 3e-3, 2e-2];

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
            let ChoicePull { pull, likelihood } = choosing.pull(&offers, taken, SCALE, v, WISH);
            let after = [
                v.mean + v.variance * pull.gradient,
                v.variance - v.variance * v.variance * pull.curvature,
            ];
            let sd = v.variance.sqrt();
            assert!(
                (libm::log(likelihood) - log_evidence).abs() < BOUND[0],
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
    let mut choosing = Choosing::wanting(Wanted::Everything);
    for taken in 0..offers.len() {
        let likelihood = choosing.pull(&offers, taken, SCALE, v, WISH).likelihood;
        let scores = choosing.scores.clone();
        let mut log_evidence = |offers: &[OfferedSize], scale: f64, wish: f64| {
            libm::log(
                choosing.pull(offers, taken, scale, v, Moments { mean: wish, ..WISH }).likelihood,
            )
        };
        let mut agrees = |what: &str, score: Score, by: &Nudge<'_>| {
            let mut at = |step: f64| {
                let (mut offers, mut scale, mut wish) = (offers.clone(), SCALE, WISH.mean);
                by(step, &mut offers, &mut scale, &mut wish);
                log_evidence(&offers, scale, wish)
            };
            let difference = (at(1e-4) - at(-1e-4)) / 2e-4;
            assert!(
                (score.score - difference).abs() < 5e-4,
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
            // The joint information of both is positive semidefinite.
            let bound = scores.positions[i].information * scores.weights[i].information;
            let cross = scores.crosses[i];
            assert!(cross != 0.0 && cross * cross <= bound * (1.0 + 1e-9), "{cross} {bound}");
        }
        assert!(likelihood < 1.0);
    }
}

#[test]
fn chances_sum_to_one_and_equal_the_evidence() {
    let offers = menu();
    let mut choosing = Choosing::default();
    for believed in [[0.3, 2.0], [-5.0, 0.01], [9.0, 30.0]] {
        let v = Moments { mean: believed[0], variance: believed[1] };
        let found = Offer { sizes: &offers, noise: SCALE, others: &OTHERS }.chances(v, WISH);
        assert!((found.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{believed:?}");
        for (taken, chance) in found.into_iter().enumerate() {
            let own = choosing.pull(&offers, taken, SCALE, v, WISH).likelihood;
            let all = 0.9 * own + 0.1 * others_chance(&offers, taken, &OTHERS);
            assert!((libm::log(chance) - libm::log(all)).abs() < 1e-12, "{believed:?} {taken}");
        }
    }
    let alone = Offer { sizes: &offers[..1], noise: SCALE, others: &OTHERS };
    assert_eq!(alone.chances(Moments { mean: 0.0, variance: 1.0 }, WISH).len(), 1);
}

#[test]
fn a_choice_without_information_does_not_pull() {
    let mut choosing = Choosing::wanting(Wanted::Everything);
    let v = Moments { mean: 0.3, variance: 2.0 };
    // A single size on offer, and one that no node gives any probability.
    let alone = choosing.pull(&menu()[..1], 0, SCALE, v, WISH);
    assert!(alone.pull.gradient.abs() < 1e-12 && (alone.likelihood - 1.0).abs() < 1e-12);
    assert!(alone.pull.curvature.abs() < 1e-3, "{}", alone.pull.curvature);
    let far = [
        OfferedSize { position: 0.0, length: 0.0, weight: 1.0 },
        OfferedSize { position: 0.0, length: 0.0, weight: 0.0 },
    ];
    let none = choosing.pull(&far, 1, SCALE, v, WISH);
    assert_eq!((none.pull.gradient, none.pull.curvature), (0.0, 0.0));
    assert!(
        choosing
            .scores
            .positions
            .iter()
            .chain(&choosing.scores.weights)
            .all(|score| *score == Score::ZERO)
    );
}

/// Sweeps that learn no hyperparameters leave the same sites.
#[test]
fn scores_by_weight_are_the_same_alone() {
    let (offers, v) = (menu(), Moments { mean: 0.3, variance: 1.4 });
    let [mut all, mut weights] = [Wanted::Everything, Wanted::Weights].map(Choosing::wanting);
    for taken in 0..offers.len() {
        let [of_all, of_weights] =
            [&mut all, &mut weights].map(|choosing| choosing.pull(&offers, taken, SCALE, v, WISH));
        assert_eq!(of_all.likelihood.to_bits(), of_weights.likelihood.to_bits());
        assert_eq!(all.scores.weights, weights.scores.weights);
        assert_eq!(all.scores.length, weights.scores.length);
        assert!(all.scores.weights.iter().any(|score| score.information > 0.0));
        assert!(weights.scores.positions.is_empty());
    }
}
