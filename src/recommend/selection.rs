//! Self-selection: who takes a size of their own accord fits it more often than others of whom the
//! model knows the same, because they know their own size (`docs/evaluation.md`).

use crate::infer::choice_model::Probabilities;
use crate::infer::{Posterior, SizedGarment, choice_noise, offered_sizes};
use crate::math::{Gaussian, Moments};
use crate::model::{Article, LENGTH, Model};

/// Half of the nodes of the quadrature, and the distance between them in sd.
const HALF: i32 = 7;
const SPACING: f64 = 0.5;

/// The chance that a size fits those who choose it, beside [`SizeChance::fits`], that it fits
/// anybody like this customer who takes it. `size` is its index among the article's sizes.
///
/// The position v that a customer aims at (`model/README.md`, section 2) depends on their latent
/// size and on the article's offset, and so does the misfit. This integrates over v, weighted by
/// the probability of the choice.
///
/// [`SizeChance::fits`]: super::SizeChance::fits
///
/// # Panics
/// If the article has no size of this index.
#[must_use]
pub fn fits_if_chosen(model: &Model, posterior: &Posterior, article: &Article, size: usize) -> f64 {
    let group = model.group_of(article);
    let awareness = model.groups[group].choice.awareness;
    let (latent, offset) = (posterior.size(group), article.offset);
    let mean = latent.mean() - awareness * offset.mean() - article.choice_offset;
    let variance = latent.variance() + awareness * awareness * offset.variance();
    // The regression of latent size less offset on v, and what it leaves of their variance, which
    // takes the place of the offset's.
    let slope = (latent.variance() + awareness * offset.variance()) / variance;
    let left = (1.0 - awareness) * (1.0 - awareness) * latent.variance() * offset.variance();
    let offset = Gaussian::new(offset.mean(), left / variance);
    let garment = SizedGarment::new(model, &Article { offset, ..article.clone() }, size);

    let mut choice = Probabilities::default();
    choice.prepare(&offered_sizes(model, article), Moments::from(posterior.traits()[LENGTH]));
    let noise = choice_noise(model, article);
    let (mut chosen, mut fits) = (0.0, 0.0);
    for node in -HALF..=HALF {
        let z = SPACING * f64::from(node);
        let step = z * variance.sqrt();
        let weight = choice.chance(size, mean + step, noise) * libm::exp(-0.5 * z * z);
        let known = Gaussian::new(latent.mean() + slope * step, KNOWN);
        chosen += weight;
        fits += weight * garment.chances(model, posterior, group, known)[1];
    }
    fits / chosen
}

/// Variance of a latent size that is known, steps squared.
const KNOWN: f64 = 1e-9;

#[cfg(test)]
mod tests {
    use super::super::{Request, size_chances};
    use super::*;
    use crate::infer::worked_example::example;
    use crate::model::Features;

    #[test]
    fn the_chance_is_the_mean_over_latent_sizes_and_offsets_that_lead_to_the_choice() {
        let model = example();
        let anna = Posterior::prior(&model, &Features::default());
        let article = &model.articles[0];
        let mut choice = Probabilities::default();
        choice.prepare(&offered_sizes(&model, article), Moments::from(anna.traits()[LENGTH]));
        let (latent, noise) = (anna.size(0), choice_noise(&model, article));
        let awareness = model.groups[0].choice.awareness;
        let grid = |belief: Gaussian| {
            (-20..=20).map(move |n| {
                let z = 0.25 * f64::from(n);
                (belief.mean() + z * belief.sd(), libm::exp(-0.5 * z * z))
            })
        };
        let anybody = size_chances(&Request::new(&model, &anna, article));
        for size in 0..3 {
            let (mut chosen, mut fits) = (0.0, 0.0);
            for (offset, weight) in grid(article.offset) {
                let known = Article { offset: Gaussian::new(offset, KNOWN), ..article.clone() };
                let garment = SizedGarment::new(&model, &known, size);
                for (u, more) in grid(latent) {
                    let v = u - awareness * offset - article.choice_offset;
                    let weight = weight * more * choice.chance(size, v, noise);
                    let latent = Gaussian::new(u, KNOWN);
                    chosen += weight;
                    fits += weight * garment.chances(&model, &anna, 0, latent)[1];
                }
            }
            let found = fits_if_chosen(&model, &anna, article, size);
            assert!((found - fits / chosen).abs() < 1e-3, "{found} instead of {}", fits / chosen);
            // It matters: who takes the smallest size is small.
            assert!(size > 0 || found > anybody[size].fits + 0.1, "{found} {anybody:?}");
        }
    }

    #[test]
    fn where_nothing_is_hidden_the_choice_tells_nothing() {
        let model = example();
        let mut article = model.articles[0].clone();
        article.offset = Gaussian::new(article.offset.mean(), 1e-7);
        let anna = Posterior::prior(&model, &Features::default());
        let mut certain = model.clone();
        certain.covariance.iter_mut().for_each(|variance| *variance *= 1e-7);
        let known = Posterior::prior(&certain, &Features::default());
        assert!(known.size(0).variance() < 1e-5 && anna.size(0).variance() > 0.1);
        for i in 0..3 {
            let anybody = &size_chances(&Request::new(&certain, &known, &article))[i];
            let chosen = fits_if_chosen(&certain, &known, &article, i);
            assert!((chosen - anybody.fits).abs() < 1e-4, "{chosen} {anybody:?}");
        }
    }
}
