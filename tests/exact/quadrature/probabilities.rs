//! Probabilities of outcomes and of choices where all latents are known.

use super::grid::nodes;
use inseam::math::Gaussian;
use inseam::model::{Others, OutcomeTerms};

pub(super) fn phi(x: f64) -> f64 {
    0.5 * libm::erfc(-x / std::f64::consts::SQRT_2)
}

/// Variance of the choice's noise: Student's t with 7 degrees of freedom.
pub(super) fn noise_variance(scale: f64) -> f64 {
    scale * scale * 7.0 / 5.0
}

/// Variance that knowledge of a fit adds to the arguments of a size that was not chosen.
pub(super) fn knowledge(t: &OutcomeTerms, scale: f64) -> f64 {
    (t.slope - t.chosen_slope) * (t.slope - t.chosen_slope) * noise_variance(scale)
}

/// The fixed part of both probits.
pub(super) fn fixed(t: &OutcomeTerms, x: f64, chosen: bool) -> [f64; 2] {
    let advised = if chosen { [0.0; 2] } else { t.advised };
    [0, 1].map(|k| t.terms[k][0] + t.terms[k][1] * x + t.terms[k][2] * x * x + advised[k])
}

/// Chances of too small, fits and too large where all latents are known. `fixed` is the fixed part
/// of the probits, `noise` the variance beside that of the probit, `slope` that of position minus
/// latent size, `away` this difference, `runs` the offset plus the grade times the position.
pub(super) fn classes(
    t: &OutcomeTerms,
    fixed: [f64; 2],
    noise: f64,
    slope: f64,
    away: f64,
    [h, p]: [f64; 2],
    [runs, s]: [f64; 2],
) -> [f64; 3] {
    let misfit = slope * away + t.slope * runs;
    let sd = (1.0 + noise).sqrt();
    let small = phi((fixed[0] - misfit + h + p + s) / sd);
    let large = phi((fixed[1] + misfit + h - p + s) / sd);
    [small, (1.0 - small) * (1.0 - large), (1.0 - small) * large]
}

/// A size on offer: position, length and logarithm of its weight.
pub(super) type Offered = [f64; 3];

/// Probability that the size of this index is taken, where all latents are known.
pub(super) fn taken(offers: &[Offered], index: usize, scale: f64, v: f64, wish: f64) -> f64 {
    let weight = |[x, length, appeal]: Offered| {
        let tail = 1.0 + (x - v) / scale * (x - v) / scale / 7.0;
        libm::exp(appeal + length * wish - 0.5 * length * length) / libm::pow(tail, 4.0)
    };
    weight(offers[index]) / offers.iter().map(|&o| weight(o)).sum::<f64>()
}

/// Probability that another person takes the size of this index.
pub(super) fn others_take(offers: &[Offered], index: usize, others: &Others) -> f64 {
    let weight = |[x, _, appeal]: Offered| {
        libm::exp(appeal - 0.5 * (x - others.mean) * (x - others.mean) / others.variance)
    };
    weight(offers[index]) / offers.iter().map(|&o| weight(o)).sum::<f64>()
}

/// Exact chances of too small, fits and too large of a size that was not chosen, given the beliefs
/// about offset, grade and spread.
pub(crate) fn chances(
    terms: &OutcomeTerms,
    scale: f64,
    x: f64,
    believed: [Gaussian; 3],
    garment: [Gaussian; 3],
) -> [f64; 3] {
    let fixed = fixed(terms, x, false);
    let noise = knowledge(terms, scale);
    let [sizes, fussiness, preference] = believed.map(|b| nodes(b, 13));
    // Offset and grade only occur together.
    let [offset, grade, _] = garment;
    let runs = Gaussian::new(
        offset.mean() + x * grade.mean(),
        offset.variance() + x * x * grade.variance(),
    );
    let (runs, spreads) = (nodes(runs, 9), nodes(garment[2], 7));
    let mut sums = [0.0; 3];
    for &(u, a) in &sizes {
        for &(h, b) in &fussiness {
            for &(p, c) in &preference {
                for &(runs, d) in &runs {
                    for &(s, e) in &spreads {
                        let one =
                            classes(terms, fixed, noise, terms.slope, x - u, [h, p], [runs, s]);
                        let weight = a * b * c * d * e;
                        sums.iter_mut().zip(one).for_each(|(sum, one)| *sum += weight * one);
                    }
                }
            }
        }
    }
    sums
}
