//! What a customer's choices say of their latent size, node by node.
//!
//! Choices far apart make two humps, and a Gaussian between them would name a size that nobody takes. So where a size is to be named, the choices'
//! likelihoods are multiplied on a grid, with all else that is known as the prior.

use super::choice::{Choosing, Offer};
use crate::math::Gaussian;

/// Nodes on each side of the prior mean, and their distance in prior sds.
const HALF: usize = 16;
const SPACING: f64 = 0.25;

/// Each choice counts so much of the one after it: people change, and the discount forgets (West and Harrison, "Bayesian forecasting and dynamic
/// models", 1997, chapter 6).
pub(crate) const RECENCY: f64 = 0.8;
/// What was sent back as a misfit was chosen with so much more noise.
pub(crate) const MISFIT_SCALE: f64 = 1.4;

/// One choice: what was on offer, what was taken, and how far the latent size is from what the choice was made by.
pub(crate) struct Chosen<'m> {
    pub(crate) offers: &'m [Offer],
    pub(crate) taken: usize,
    pub(crate) scale: f64,
    /// To take from the latent size, steps: what is known of the article, and what came of it.
    pub(crate) shift: f64,
    pub(crate) weight: f64,
}

/// Chances of latent sizes, steps; the chances sum to one.
pub(crate) type Profile = Vec<(f64, f64)>;

/// The profile of a customer of whom this is known beside these choices.
pub(crate) fn profile(prior: Gaussian, length: [f64; 2], choices: &[Chosen<'_>]) -> Profile {
    let (mean, sd) = (prior.mean(), prior.sd());
    let z = |n: usize| (n as f64 - HALF as f64) * SPACING;
    let mut log: Vec<f64> = (0..=2 * HALF).map(|n| -0.5 * z(n) * z(n)).collect();
    let mut choosing = Choosing::default();
    for c in choices {
        choosing.lay_out(c.offers, length);
        for (n, log) in log.iter_mut().enumerate() {
            *log += c.weight * choosing.log_chance(c.taken, mean + z(n) * sd - c.shift, c.scale);
        }
    }
    let most = log.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut out: Profile = log.iter().enumerate().map(|(n, l)| (mean + z(n) * sd, libm::exp(l - most))).collect();
    let total: f64 = out.iter().map(|p| p.1).sum();
    out.iter_mut().for_each(|p| p.1 /= total);
    out
}
