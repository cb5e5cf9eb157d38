//! Empirical Bayes: one step of every hyperparameter towards higher evidence, from the sums of one
//! sweep.

use super::choice::{step_choice, step_returns};
use super::covariance::learn_covariance;
use super::outcome::step_outcome;
use super::regressions::solve_regressions;
use super::step::LONGEST_STEP;
use super::variances::VarianceScores;
use crate::math::Score;
use crate::model::{ArticleVariances, ChoiceVariances, Group, LENGTH};
use crate::train::graph::Graph;
use crate::train::state::{Parameters, start};
use crate::train::sweep::{GroupSums, MissingSums, SweepSums};
use nalgebra::{Cholesky, DMatrix, DVector};

/// Prior precision of what a missing measurement adds to the variance, about what is expected.
const MISSING_RIDGE: f64 = 10.0;
/// Weight of a variance's start, in units whose latent is known exactly: a scaled inverse
/// chi-squared prior of so many degrees of freedom. With few brands, or with sizes that each have
/// few purchases, the likelihood of a variance is all but flat down to 0; a maximum there would
/// make the beliefs certain.
const EXPECTED_UNITS: f64 = 4.0;
/// Prior precision of the mean latent size about where it is, where no measurement predicts it.
const MEAN_RIDGE: f64 = 1e-6;
/// Variances never leave these bounds, steps squared or probit units squared.
const VARIANCE_BOUNDS: (f64, f64) = (1e-4, 100.0);
/// Largest variance of an offset, steps squared: an sd of 0.7 steps, as an article a whole size off
/// its label is rare. Outcomes alone determine only the product of slope and offset; where
/// customers choose knowingly, the slope would vanish and the offsets grow without end.
const MAX_OFFSET_VARIANCE: f64 = 0.5;
/// The sweep from which on variances of latents in the outcome factors are learned: earlier they
/// would make up for outcome parameters that are still far off.
const VARIANCES_FROM: usize = 6;

/// One step of every hyperparameter; `sweep` counts from 1.
pub(crate) fn step_hyperparameters(
    graph: &Graph,
    parameters: &mut Parameters,
    sums: &SweepSums,
    articles: &[VarianceScores],
    sweep: usize,
) {
    let settled = sweep >= VARIANCES_FROM;
    for (g, (group, sums)) in parameters.groups.iter_mut().zip(&sums.groups).enumerate() {
        if sums.purchases.get() == 0.0 {
            continue; // the catalogue alone has this group
        }
        step_outcome(group, sums);
        step_choice(&mut group.choice, sums);
        step_returns(&mut group.returns, sums);
        if settled {
            step_variances(group, &mut parameters.choice_variances[g], &articles[g]);
        }
        step_size(group, sums, !graph.measured);
    }
    // The wish for length has a variance of 1 by definition: the labels' lengths are in its units.
    for (i, prior) in parameters.traits.iter_mut().enumerate().filter(|(i, _)| *i != LENGTH) {
        if settled {
            prior.variance =
                step_variance(prior.variance, start::TRAIT_VARIANCE[i], sums.traits[i].get());
        }
    }
    learn_covariance(parameters, &sums.pairs);
    if graph.measured {
        step_missing(parameters, &sums.missing);
    }
    if let Some(regressions) = &sums.regressions {
        solve_regressions(parameters, regressions, graph.width + 1);
    }
}

/// One step of the variances of articles, sizes and brands.
fn step_variances(group: &mut Group, choice: &mut ChoiceVariances, scores: &VarianceScores) {
    let ArticleVariances { brand, article } = &mut group.offset_variance;
    let ArticleVariances { brand: brand_spread, article: spread } = &mut group.spread_variance;
    let returning = &mut group.returns.article_variance;
    let offset_start = start::OFFSET_VARIANCE;
    let spread_start = start::SPREAD_VARIANCE;
    let (bound, any) = (MAX_OFFSET_VARIANCE, VARIANCE_BOUNDS.1);
    for (variance, start, max, score) in [
        (brand, offset_start.brand, bound, scores.brand_offset),
        (article, offset_start.article, bound, scores.offset),
        (&mut group.grade_variance, start::GRADE_VARIANCE, bound, scores.grade),
        (brand_spread, spread_start.brand, any, scores.brand_spread),
        (spread, spread_start.article, any, scores.spread),
        (returning, start::RETURNING_VARIANCE, any, scores.returning),
        (
            &mut choice.choice_offset,
            start::CHOICE_VARIANCES.choice_offset,
            bound,
            scores.choice_offset,
        ),
        (&mut choice.popularity, start::CHOICE_VARIANCES.popularity, any, scores.popularity),
    ] {
        let common = 1.0 / (*variance * *variance);
        let score = Score { score: score.score / common, information: score.information / common };
        *variance = step_variance(*variance, start, score).min(max);
    }
}

/// One step of the variance of the latent size, and of its mean where no measurement predicts it.
fn step_size(group: &mut Group, sums: &GroupSums, step_mean: bool) {
    let size = &mut group.size;
    size.variance = step_variance(size.variance, start::SIZE_VARIANCE, sums.size_variance.get());
    if step_mean {
        let Score { score, information } = sums.size_mean.get();
        size.intercept += (score / (information + MEAN_RIDGE)).clamp(-LONGEST_STEP, LONGEST_STEP);
    }
}

/// A variance after one Fisher scoring step, never by more than a factor of two. Besides the units
/// that were seen, [`EXPECTED_UNITS`] more count as having moved just as far as the start expects.
fn step_variance(variance: f64, start: f64, Score { score, information }: Score) -> f64 {
    let target =
        variance + (score + EXPECTED_UNITS * (start - variance)) / (information + EXPECTED_UNITS);
    if !target.is_finite() {
        return variance;
    }
    target.clamp(0.5 * variance, 2.0 * variance).clamp(VARIANCE_BOUNDS.0, VARIANCE_BOUNDS.1)
}

/// One Fisher scoring step of what missing measurements add to the variance.
fn step_missing(parameters: &mut Parameters, sums: &MissingSums) {
    let n = parameters.missing.len();
    if n == 0 {
        return;
    }
    let matrix = DMatrix::from_fn(n, n, |i, j| {
        sums.information.get(n * i + j) + if i == j { MISSING_RIDGE } else { 0.0 }
    });
    let expected = |i: usize| parameters.expected.missing.get(i).copied().unwrap_or(0.0);
    let score = DVector::from_fn(n, |i, _| {
        sums.score.get(i) - MISSING_RIDGE * (parameters.missing[i] - expected(i))
    });
    let Some(cholesky) = Cholesky::new(matrix) else { return };
    for (v, step) in parameters.missing.iter_mut().zip(cholesky.solve(&score).iter()) {
        *v = (*v + step.clamp(-LONGEST_STEP, LONGEST_STEP)).clamp(0.0, 10.0);
    }
}
