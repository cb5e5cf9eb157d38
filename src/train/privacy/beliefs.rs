//! Beliefs about articles from the released sums alone.
//!
//! A sum T of what n customers say of latents about which they have J of information each is, to first order, T = n J x + e with e of variance n J, the
//! customers' own, and V, the noise's. So it is evidence of precision n J (n J + V)^-1 n J: the noise makes beliefs wider, and never surer than they
//! may be.

use super::Published;
use super::released::{Noisy, Release};
use super::said::{Information, LATENTS, Latents};
use crate::math::Gaussian;
use crate::train::articles::pass_brands;
use crate::train::graph::Graph;
use crate::train::state::{ArticleBelief, State};
use nalgebra::Cholesky;

/// What is believed where the sums are all that is known; `frame` has every brand and article as its parent's prior, and receives the beliefs.
///
/// Articles of which about fewer than `least` customers know, by the noisy count, are as their parents expect them; so are brands whose articles
/// together have fewer, and the deviations of single sizes, on which no sum is spent.
pub(super) fn beliefs(graph: &Graph, frame: &mut State, release: &Release, least: usize) -> Published {
    let least = if least > 1 { least as f64 } else { 0.0 };
    let mut evidence = Vec::with_capacity(graph.articles.len());
    let mut of_brand = vec![0.0; graph.brands.len()];
    let mut popularity = vec![0.0; graph.slots.len()];
    for (a, node) in graph.articles.iter().enumerate() {
        let (customers, [offset, spread, grade, cut]) = release.article(graph, a);
        of_brand[node.brand as usize] += customers;
        let group = usize::from(node.group);
        let shown = if customers < least { 0.0 } else { customers };
        let priors = [frame.articles[a].offset, frame.articles[a].spread, frame.grades[a]];
        let information = release.means.information[group] * shown;
        let [offset, spread, grade] = marginals(priors, information, [offset, spread, grade]);
        frame.grades[a] = grade;
        frame.cuts[a] = leaf(frame.cuts[a], release.means.cuts[group] * shown, cut);
        for slot in node.slots.clone().map(|slot| slot as usize) {
            let label = usize::from(graph.slots[slot].label);
            let information = release.means.labels[usize::from(node.scale)][label] * shown;
            popularity[slot] = leaf(frame.popularity[slot], information, release.slot(graph, slot)).mean();
        }
        evidence.push(ArticleBelief { offset: offset.remove(priors[0]), spread: spread.remove(priors[1]) });
    }
    for (node, seen) in graph.articles.iter().zip(&mut evidence) {
        if of_brand[node.brand as usize] < least {
            *seen = ArticleBelief { offset: Gaussian::FLAT, spread: Gaussian::FLAT };
        }
    }
    let mut scores = vec![Default::default(); graph.groups.len()];
    pass_brands(graph, frame, &evidence, &mut scores);
    Published {
        brands: frame.brands.clone(),
        articles: frame.articles.clone(),
        grades: frame.grades.clone(),
        cuts: frame.cuts.iter().map(|cut| cut.mean()).collect(),
        deviations: frame.deviations.clone(),
        popularity,
    }
}

/// A latent alone, with a noisy sum of what is said of it.
fn leaf(prior: Gaussian, information: f64, said: Noisy) -> Gaussian {
    if information <= 0.0 {
        return prior;
    }
    let weight = information / (information + said.variance);
    prior.combine(Gaussian { precision: weight * information, precision_mean: weight * said.sum })
}

/// Offset, spread and grade with noisy sums of what is said of them together: an offset that grows and one that is large, or more misfits on one side and
/// on both, are told apart by all three.
fn marginals(priors: [Gaussian; LATENTS], information: Information, said: [Noisy; LATENTS]) -> [Gaussian; LATENTS] {
    // A latent that nothing is said of has no part in it.
    let known = Information::from_diagonal(&Latents::from_fn(|i, _| f64::from(said[i].variance.is_finite())));
    let noise = Latents::from_fn(|i, _| if said[i].variance.is_finite() { said[i].variance } else { 1.0 });
    let information = known * information * known;
    let Some(around) = Cholesky::new(information + Information::from_diagonal(&noise)) else { return priors };
    let weight = information * around.inverse();
    let sums = Latents::from_fn(|i, _| said[i].sum);
    let precision = Latents::from_fn(|i, _| priors[i].precision);
    let pull = Latents::from_fn(|i, _| priors[i].precision_mean) + weight * sums;
    let evidence = weight * information;
    let evidence = (evidence + evidence.transpose()) * 0.5;
    let Some(posterior) = Cholesky::new(evidence + Information::from_diagonal(&precision)) else { return priors };
    let covariance = posterior.inverse();
    let mean = covariance * pull;
    std::array::from_fn(|i| Gaussian::new(mean[i], covariance[(i, i)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One latent by itself is the scalar formula; noise without end leaves the prior.
    #[test]
    fn noise_widens() {
        let prior = Gaussian::new(0.0, 0.5);
        let exact = leaf(prior, 4.0, Noisy { sum: 2.0, variance: 0.0 });
        assert!((exact.mean() - 2.0 / 6.0).abs() < 1e-12 && (exact.precision - 6.0).abs() < 1e-12);
        let noisy = leaf(prior, 4.0, Noisy { sum: 2.0, variance: 4.0 });
        assert!((noisy.precision - 4.0).abs() < 1e-12 && (noisy.mean() - 0.25).abs() < 1e-12);
        assert_eq!(leaf(prior, 4.0, Noisy { sum: 0.0, variance: f64::INFINITY }), prior);
    }

    #[test]
    fn latents_apart_are_told_apart() {
        let priors = [Gaussian::new(0.0, 0.5), Gaussian::new(0.2, 0.1), Gaussian::new(0.0, 0.02)];
        let information = Information::from_diagonal(&Latents::new(4.0, 3.0, 20.0));
        let said = [(2.0, 1.0), (-1.0, 0.5), (3.0, 7.0)].map(|(sum, variance)| Noisy { sum, variance });
        let joint = marginals(priors, information, said);
        for i in 0..LATENTS {
            let alone = leaf(priors[i], information[(i, i)], said[i]);
            assert!(
                (joint[i].mean() - alone.mean()).abs() < 1e-12 && (joint[i].precision - alone.precision).abs() < 1e-9
            );
        }
        // Two latents that always show together share what was seen.
        let together = Information::from_fn(|i, j| if i < 2 && j < 2 { 4.0 } else { 0.0 });
        let said = [Noisy { sum: 2.0, variance: 1e-9 }; LATENTS];
        let joint = marginals([priors[0]; LATENTS], together, said);
        assert!((joint[0].mean() - joint[1].mean()).abs() < 1e-6);
        // Of their sum 8 / 4 is seen, with precision 4 beside a prior variance of 1.
        assert!((joint[0].mean() + joint[1].mean() - 0.4).abs() < 1e-3, "{joint:?}");
    }
}
