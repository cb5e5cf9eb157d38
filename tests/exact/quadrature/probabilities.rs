//! Probabilities of outcomes and of choices where all latents are known.

use super::grid::nodes;
use inseam::math::Gaussian;
use inseam::model::OutcomeTerms;

pub(super) fn phi(x: f64) -> f64 {
    0.5 * libm::erfc(-x / std::f64::consts::SQRT_2)
}

/// Chances of too small, fits and too large where all latents are known. `fixed` is the fixed part
/// of the probits, `slope` that of position minus latent size, `away` this difference, `runs`
/// the offset plus the grade times the position.
pub(crate) fn classes(
    t: &OutcomeTerms,
    fixed: [f64; 2],
    slope: f64,
    away: f64,
    [h, p]: [f64; 2],
    [runs, s]: [f64; 2],
) -> [f64; 3] {
    let misfit = slope * away + t.slope * runs;
    let (small, large) = (phi(fixed[0] - misfit + h + p + s), phi(fixed[1] + misfit + h - p + s));
    [small, (1.0 - small) * (1.0 - large), (1.0 - small) * large]
}

/// A size on offer: position, length and logarithm of its weight.
pub(super) type Offered = [f64; 3];

/// Probability that the size of this index is taken, where all latents are known.
pub(super) fn taken(offers: &[Offered], index: usize, scale: f64, v: f64, wish: f64) -> f64 {
    let weight = |[x, length, appeal]: Offered| {
        let tail = 1.0 + (x - v) / scale * (x - v) / scale / 3.0;
        libm::exp(appeal + length * wish - 0.5 * length * length) / (tail * tail)
    };
    weight(offers[index]) / offers.iter().map(|&o| weight(o)).sum::<f64>()
}

/// Exact chances of too small, fits and too large of a size that was not chosen, given the beliefs
/// about offset, grade and spread.
pub(crate) fn chances(
    terms: &OutcomeTerms,
    x: f64,
    believed: [Gaussian; 3],
    garment: [Gaussian; 3],
) -> [f64; 3] {
    let fixed = terms.fixed(&OutcomeTerms::basis(x, believed[0].variance(), None, 1.0));
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
                        let one = classes(terms, fixed, terms.slope, x - u, [h, p], [runs, s]);
                        let weight = a * b * c * d * e;
                        sums.iter_mut().zip(one).for_each(|(sum, one)| *sum += weight * one);
                    }
                }
            }
        }
    }
    sums
}
