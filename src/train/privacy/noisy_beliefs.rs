//! Beliefs about articles from the released sums alone (`model/README.md`, section 12).
//!
//! A sum T of the scores of n customers by latents x is, to first order, T = n G x + e, with G the
//! gain and e of variance n S + V: the scatter of the scores, and the noise. So it is evidence of
//! precision n G (n S + V)^-1 n G: the noise makes beliefs wider.

use super::customer_scores::{LATENTS, Latents, SPREAD, Square};
use super::published::PublishedBeliefs;
use super::released::{JointMean, Noisy, Release};
use crate::math::Gaussian;
use crate::train::graph::Graph;
use crate::train::learn::{VarianceScores, pass_brands};
use crate::train::state::{ArticleBelief, Beliefs, Parameters};
use nalgebra::Cholesky;

/// The beliefs that follow from the released sums alone. `beliefs` are the priors of all brands and
/// articles, and become the posteriors.
///
/// The belief about an article with fewer than `min_customers` customers, by the noisy count, stays
/// at its parent's prior; so does the belief about a brand whose articles have fewer together.
pub(super) fn noisy_beliefs(
    graph: &Graph,
    parameters: &Parameters,
    beliefs: &mut Beliefs,
    release: &Release,
    min_customers: usize,
) -> PublishedBeliefs {
    let min_customers = if min_customers > 1 { min_customers as f64 } else { 0.0 };
    let mut evidence = Vec::with_capacity(graph.articles.len());
    let mut of_brand = vec![0.0; graph.brands.len()];
    let mut popularity = vec![0.0; graph.slots.len()];
    for (a, node) in graph.articles.iter().enumerate() {
        let (customers, [offset, spread, grade, choice_offset]) = release.article(graph, a);
        of_brand[node.brand as usize] += customers;
        let group = usize::from(node.group);
        let shown = if customers < min_customers { 0.0 } else { customers };
        let priors = [beliefs.articles[a].offset, beliefs.articles[a].spread, beliefs.grades[a]];
        let JointMean { gain, scatter } = release.joint(group);
        let joint = JointMean { gain: gain * shown, scatter: scatter * shown };
        let [offset, spread, grade] = bent(
            priors,
            joint,
            release.bend(group).map(|bend| bend * shown),
            [offset, spread, grade],
        );
        beliefs.grades[a] = grade;
        beliefs.choice_offsets[a] = leaf(beliefs.choice_offsets[a], shown, choice_offset);
        for slot in node.slots.clone().map(|slot| slot as usize) {
            let sum = release.slot(graph, slot, customers);
            popularity[slot] = leaf(beliefs.popularity[slot], shown, sum).mean();
        }
        evidence.push(ArticleBelief {
            offset: offset.remove(priors[0]),
            spread: spread.remove(priors[1]),
        });
    }
    for (node, seen) in graph.articles.iter().zip(&mut evidence) {
        if of_brand[node.brand as usize] < min_customers {
            *seen = ArticleBelief { offset: Gaussian::FLAT, spread: Gaussian::FLAT };
        }
    }
    let mut scores = vec![VarianceScores::default(); graph.groups.len()];
    pass_brands(graph, parameters, beliefs, &evidence, &mut scores);
    PublishedBeliefs {
        brands: beliefs.brands.clone(),
        articles: beliefs.articles.clone(),
        grades: beliefs.grades.clone(),
        choice_offsets: beliefs.choice_offsets.iter().map(|offset| offset.mean()).collect(),
        popularity,
    }
}

/// The posterior of a latent by itself, from the noisy sum of the scores of so many customers.
fn leaf(prior: Gaussian, customers: f64, sum: Noisy) -> Gaussian {
    let variance = customers * sum.scatter + sum.variance;
    let weight = customers * sum.gain / variance;
    if !weight.is_normal() {
        return prior;
    }
    prior.combine(Gaussian {
        precision: weight * customers * sum.gain,
        precision_mean: weight * sum.sum,
    })
}

/// Rounds in which the quadratic part of the spread's sum is corrected.
const ROUNDS: usize = 12;

/// [`marginals`], corrected for the quadratic part of the spread's sum: misfits are rare, so a
/// latent that makes some likelier and others less likely makes more of them in total. The sum has
/// mean 0 over articles drawn from the prior; it is lower for an article with latents near 0.
fn bent(
    priors: [Gaussian; LATENTS],
    joint: JointMean,
    bends: [f64; LATENTS],
    said: [Noisy; LATENTS],
) -> [Gaussian; LATENTS] {
    // How much larger the mean square of each latent is than under the prior.
    let mut wider = [0.0; LATENTS];
    let mut out = priors;
    for _ in 0..ROUNDS {
        let mut said = said;
        said[SPREAD].sum -= (0..LATENTS).map(|i| 0.5 * bends[i] * wider[i]).sum::<f64>();
        out = marginals(priors, joint, said);
        for i in 0..LATENTS {
            let (mean, width) = (out[i].mean(), priors[i].variance());
            wider[i] = (0.5 * (wider[i] + mean * mean + out[i].variance() - width))
                .clamp(-width, 4.0 * width);
        }
    }
    out
}

/// The posteriors of offset, spread and grade from their three noisy sums together: only all three
/// distinguish a large offset from one that grows, and misfits on one side from misfits on both.
fn marginals(
    priors: [Gaussian; LATENTS],
    JointMean { gain, scatter }: JointMean,
    said: [Noisy; LATENTS],
) -> [Gaussian; LATENTS] {
    // A latent without a released sum has no part in it.
    let known =
        Square::from_diagonal(&Latents::from_fn(|i, _| f64::from(said[i].variance.is_finite())));
    let noise =
        Latents::from_fn(|i, _| if said[i].variance.is_finite() { said[i].variance } else { 1.0 });
    let gain = known * gain * known;
    let Some(around) = Cholesky::new(known * scatter * known + Square::from_diagonal(&noise))
    else {
        return priors;
    };
    let weight = gain * around.inverse();
    let sums = Latents::from_fn(|i, _| said[i].sum);
    let precision = Latents::from_fn(|i, _| priors[i].precision);
    let pull = Latents::from_fn(|i, _| priors[i].precision_mean) + weight * sums;
    let evidence = weight * gain;
    // Symmetric to the last bit.
    let evidence = (evidence + evidence.transpose()) * 0.5;
    let Some(posterior) = Cholesky::new(evidence + Square::from_diagonal(&precision)) else {
        return priors;
    };
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
        let said = |variance| Noisy { sum: 2.0, variance, gain: 0.4, scatter: 0.4 };
        let exact = leaf(prior, 10.0, said(0.0));
        assert!((exact.mean() - 2.0 / 6.0).abs() < 1e-12 && (exact.precision - 6.0).abs() < 1e-12);
        let noisy = leaf(prior, 10.0, said(4.0));
        assert!((noisy.precision - 4.0).abs() < 1e-12 && (noisy.mean() - 0.25).abs() < 1e-12);
        assert_eq!(leaf(prior, 10.0, Noisy { variance: f64::INFINITY, ..said(0.0) }), prior);
        assert_eq!(leaf(prior, 0.0, said(0.0)), prior);
        // Clipped to half, a sum says twice as much of the latent.
        let clipped = leaf(prior, 10.0, Noisy { sum: 1.0, gain: 0.2, scatter: 0.1, variance: 0.0 });
        assert!(
            (clipped.mean() - exact.mean()).abs() < 1e-12
                && (clipped.precision - exact.precision).abs() < 1e-12
        );
    }

    #[test]
    fn latents_apart_are_told_apart() {
        let priors = [Gaussian::new(0.0, 0.5), Gaussian::new(0.2, 0.1), Gaussian::new(0.0, 0.02)];
        let information = Square::from_diagonal(&Latents::new(4.0, 3.0, 20.0));
        let mut said = [(2.0, 1.0), (-1.0, 0.5), (3.0, 7.0)].map(|(sum, variance)| Noisy {
            sum,
            variance,
            ..Noisy::default()
        });
        (0..LATENTS).for_each(|i| {
            (said[i].gain, said[i].scatter) = (information[(i, i)], 2.0 * information[(i, i)])
        });
        let joint =
            marginals(priors, JointMean { gain: information, scatter: information * 2.0 }, said);
        for i in 0..LATENTS {
            let alone = leaf(priors[i], 1.0, said[i]);
            assert!(
                (joint[i].mean() - alone.mean()).abs() < 1e-12
                    && (joint[i].precision - alone.precision).abs() < 1e-9
            );
        }
        // Two latents that always show together share what was seen.
        let together = Square::from_fn(|i, j| if i < 2 && j < 2 { 4.0 } else { 0.0 });
        let said = [Noisy { sum: 2.0, variance: 1e-9, ..Noisy::default() }; LATENTS];
        let joint =
            marginals([priors[0]; LATENTS], JointMean { gain: together, scatter: together }, said);
        assert!((joint[0].mean() - joint[1].mean()).abs() < 1e-6);
        // Of their sum 8 / 4 is seen, with precision 4 beside a prior variance of 1.
        assert!((joint[0].mean() + joint[1].mean() - 0.4).abs() < 1e-3, "{joint:?}");
    }

    /// Where enough is known, the spread is found whose sum this is, the square's part included.
    #[test]
    fn a_bent_sum_is_made_straight() {
        let priors = [Gaussian::new(0.0, 0.2), Gaussian::new(0.0, 0.12), Gaussian::new(0.0, 0.01)];
        let (customers, gain, bends) = (1e6, 0.5, [0.3, 0.5, 0.1]);
        let square = Square::identity() * (gain * customers);
        let joint = JointMean { gain: square, scatter: square };
        for spread in [-0.5, -0.2, 0.0, 0.3, 0.6] {
            for offset in [-0.4, 0.0, 0.7] {
                let wider = [offset * offset - 0.2, spread * spread - 0.12, -0.01];
                let bent_by = (0..LATENTS).map(|i| 0.5 * bends[i] * wider[i]).sum::<f64>();
                let mut said = [Noisy::default(); LATENTS];
                said[0].sum = customers * gain * offset;
                said[SPREAD].sum = customers * (gain * spread + bent_by);
                let found = bent(priors, joint, bends.map(|bend| bend * customers), said);
                assert!(
                    (found[SPREAD].mean() - spread).abs() < 0.02,
                    "{spread}, {offset}: {found:?}"
                );
            }
        }
        // Where nothing is known, nothing is made of it.
        let noise = [Noisy { variance: f64::INFINITY, ..Noisy::default() }; LATENTS];
        let nothing = JointMean { gain: Square::zeros(), scatter: Square::zeros() };
        for (found, prior) in bent(priors, nothing, [0.0; LATENTS], noise).iter().zip(priors) {
            assert!(found.mean() == 0.0 && (found.precision / prior.precision - 1.0).abs() < 1e-12);
        }
    }
}
