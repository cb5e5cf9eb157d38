//! The posterior of a customer's latent size on a grid, given their choices (`model/README.md`,
//! section 2).
//!
//! Choices far apart make the posterior bimodal, and a Gaussian between the two modes would name a
//! size that nobody takes. Therefore the likelihoods of the choices are multiplied on a grid, with
//! all other evidence as the prior.

use super::choice_model::Probabilities;
use super::factors::SizeChoice;
use crate::math::{Gaussian, Moments};

/// Number of grid nodes on each side of the prior mean.
const HALF: usize = 16;
/// Distance of neighbouring nodes, in prior standard deviations.
const SPACING: f64 = 0.25;

/// Weight of each choice relative to the choice after it, because customers change: a discount
/// factor (West and Harrison, "Bayesian forecasting and dynamic models", 1997, chapter 6).
pub(super) const RECENCY: f64 = 0.8;
/// Factor on the noise scale of a choice that was returned as a misfit.
pub(super) const MISFIT_SCALE: f64 = 1.4;

/// One choice of a customer.
pub(super) struct Chosen<'m> {
    /// The sizes that the customer could choose from, and the one taken.
    pub(super) choice: SizeChoice<'m>,
    /// Scale of the noise, steps.
    pub(super) scale: f64,
    /// Latent size minus the position that the customer aimed at, steps: the part of the article's
    /// offset that customers allow for, and its choice offset.
    pub(super) shift: f64,
    /// Share of the purchases that are for somebody else.
    pub(super) others: f64,
    /// Exponent of the likelihood.
    pub(super) weight: f64,
}

/// Latent sizes in steps, each with its probability; these sum to one.
pub(super) type Profile = Vec<(f64, f64)>;

/// The posterior on the grid. `prior` is the belief about the latent size without these choices,
/// `wish` that about the wish for length.
pub(super) fn profile(prior: Gaussian, wish: Moments, choices: &[Chosen<'_>]) -> Profile {
    let (mean, sd) = (prior.mean(), prior.sd());
    let z = |n: usize| (n as f64 - HALF as f64) * SPACING;
    let mut log: Vec<f64> = (0..=2 * HALF).map(|n| -0.5 * z(n) * z(n)).collect();
    let mut probabilities = Probabilities::default();
    for c in choices {
        probabilities.prepare(c.choice.offers, wish);
        let others = c.others * c.choice.by_others;
        for (n, log) in log.iter_mut().enumerate() {
            let own = probabilities.chance(c.choice.taken, mean + z(n) * sd - c.shift, c.scale);
            *log += c.weight * libm::log((1.0 - c.others) * own + others);
        }
    }
    let max = log.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut out: Profile =
        log.iter().enumerate().map(|(n, l)| (mean + z(n) * sd, libm::exp(l - max))).collect();
    let total: f64 = out.iter().map(|p| p.1).sum();
    out.iter_mut().for_each(|p| p.1 /= total);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infer::choice_model::OfferedSize;
    use crate::model::Others;

    const WISH: Moments = Moments { mean: 0.0, variance: 1.0 };
    const OTHERS: Others = Others { share: 0.1, mean: 0.5, variance: 2.0 };
    const MENU: [f64; 8] = [-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0];

    fn menu() -> Vec<OfferedSize> {
        MENU.iter().map(|&position| OfferedSize { position, length: 0.0, weight: 1.0 }).collect()
    }

    fn chosen(offers: &[OfferedSize], taken: usize, shift: f64, weight: f64) -> Chosen<'_> {
        let choice = SizeChoice::new(offers, taken, &OTHERS).unwrap();
        Chosen { choice, scale: 0.5, shift, others: OTHERS.share, weight }
    }

    /// Mean, variance and probability above 1 of the latent size, on 8001 points over 8 sd on each
    /// side.
    fn brute(prior: Gaussian, choices: &[(f64, f64, f64)]) -> [f64; 3] {
        let tail = |z: f64| libm::pow(1.0 + z * z / 7.0, -4.0);
        let other = |x: f64| libm::exp(-0.5 * (x - 0.5) * (x - 0.5) / 2.0);
        let others = |x: f64| other(x) / MENU.iter().map(|&x| other(x)).sum::<f64>();
        let mut sums = [0.0; 4];
        for n in 0..8001 {
            let z = f64::from(n) / 500.0 - 8.0;
            let u = prior.mean() + z * prior.sd();
            let likelihood = choices.iter().fold(1.0, |all, &(x, shift, weight)| {
                let one = |x: f64| tail((x - u + shift) / 0.5);
                let own = one(x) / MENU.iter().map(|&x| one(x)).sum::<f64>();
                all * libm::pow(0.9 * own + 0.1 * others(x), weight)
            });
            let p = libm::exp(-0.5 * z * z) * likelihood;
            [p, p * u, p * u * u, if u > 1.0 { p } else { 0.0 }]
                .into_iter()
                .zip(&mut sums)
                .for_each(|(x, s)| *s += x);
        }
        let mean = sums[1] / sums[0];
        [mean, sums[2] / sums[0] - mean * mean, sums[3] / sums[0]]
    }

    fn moments(profile: &Profile) -> [f64; 3] {
        let mean = profile.iter().map(|(u, p)| u * p).sum::<f64>();
        let square = profile.iter().map(|(u, p)| u * u * p).sum::<f64>();
        [mean, square - mean * mean, profile.iter().filter(|(u, _)| *u > 1.0).map(|(_, p)| p).sum()]
    }

    #[test]
    fn the_grid_agrees_with_brute_force_for_one_and_two_modes() {
        let (offers, prior) = (menu(), Gaussian::new(0.6, 1.7));
        for choices in [
            vec![(2, 0.0, 1.0)],
            vec![(1, 0.3, 1.0), (1, 0.0, 0.8), (6, 0.0, 0.64)],
            vec![(7, -0.4, 1.0)],
        ] {
            let here: Vec<Chosen<'_>> =
                choices.iter().map(|&(i, s, w)| chosen(&offers, i, s, w)).collect();
            let found = moments(&profile(prior, WISH, &here));
            let exact =
                brute(prior, &choices.iter().map(|&(i, s, w)| (MENU[i], s, w)).collect::<Vec<_>>());
            let off: Vec<f64> = found.iter().zip(exact).map(|(a, b)| (a - b).abs()).collect();
            assert!(
                off[0] < 5e-3 && off[1] < 5e-3 && off[2] < 0.07,
                "{choices:?}: {found:?}, not {exact:?}"
            );
        }
        let two = profile(
            Gaussian::new(0.6, 6.0),
            WISH,
            &[chosen(&offers, 1, 0.0, 1.0), chosen(&offers, 6, 0.0, 1.0)],
        );
        let at = |u: f64| {
            two.iter().min_by(|a, b| (a.0 - u).abs().total_cmp(&(b.0 - u).abs())).unwrap().1
        };
        let [low, middle, high] = [-1.8, 0.6, 2.9].map(at);
        assert!(
            low > 1.3 * middle && high > 1.3 * middle,
            "expected two modes: {low} {middle} {high}"
        );
    }
}
