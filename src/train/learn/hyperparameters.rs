//! Empirical Bayes: one step of every hyperparameter towards higher evidence, from one sweep's
//! sums.

use super::ridge::learned_ridge;
use super::variances::{VarianceSums, variance};
use crate::model::{BASIS, Group, LENGTH, Returns};
use crate::train::fixed_point::Sums;
use crate::train::graph::Graph;
use crate::train::state::{REGRESSED, State, start};
use crate::train::sweep::{SweepSums, TERMS, scalar};
use nalgebra::{Cholesky, DMatrix, DVector, SMatrix, SVector, SymmetricEigen};

/// Prior precision of the outcome terms about 0, in the order of their basis.
const TERM_RIDGE: [f64; BASIS] = [1e-3, 10.0, 30.0, 10.0, 10.0];
/// Prior precision of the lean about 0.
const LEAN_RIDGE: f64 = 10.0;
/// Prior precision of the slopes about their start.
const SLOPE_RIDGE: f64 = 1.0;
/// Prior precision of the difference of the two slopes. Outcomes alone hardly tell the garments'
/// slope from the scale of their offsets, so it stays with the customers' slope unless the data
/// clearly say otherwise.
const SLOPE_TIE: f64 = 200.0;
/// Prior precision of what a missing measurement adds to the variance, about nothing.
const MISSING_RIDGE: f64 = 10.0;
/// Weight of a variance's start, in units whose latent is known exactly: a scaled inverse
/// chi-squared prior of so many degrees of freedom. Few brands, or sizes of which each says little,
/// leave the likelihood of a variance all but flat down to 0, and a maximum there would make what
/// is believed of them certain.
const EXPECTED_UNITS: f64 = 4.0;
/// Prior precision of the mean latent size about where it is, where no measurement tells it.
const MEAN_RIDGE: f64 = 1e-6;
/// Variances never leave these bounds, steps squared or probit units squared.
const VARIANCE_BOUNDS: (f64, f64) = (1e-4, 100.0);
/// An article a whole size off its label is rare: sd 0.7 step at the most. Outcomes alone tell only
/// the product of slope and offset, and where customers choose knowingly the slope would vanish and
/// the offsets grow without end.
const OFFSET_BOUND: f64 = 0.5;
/// Longest step of an outcome term in one sweep: Newton from a far start overshoots.
const LONGEST_STEP: f64 = 0.3;
/// Part of a Newton step of the outcome terms that is taken: traits, spreads and labels' thresholds
/// take up the same evidence at the same time.
const NEWTON: f64 = 0.6;
/// The sweep from which on variances of what is in the outcome factors are learned: before, they
/// would make up for terms that are still far off.
const VARIANCES_FROM: usize = 6;
/// Slopes below this would say that size does not matter at all, and leave nothing to learn from.
const LEAST_SLOPE: f64 = 0.02;

pub(crate) fn step(
    graph: &Graph,
    state: &mut State,
    sums: &SweepSums,
    articles: &[VarianceSums],
    sweep: usize,
) {
    let settled = sweep >= VARIANCES_FROM;
    for (g, group) in state.groups.iter_mut().enumerate() {
        if sums.scalars[g].get(scalar::COUNT) == 0.0 {
            continue; // known from the catalogue alone
        }
        outcome_terms(group, &sums.gradient[g], &sums.curvature[g]);
        let s = |i| sums.scalars[g].get(i);
        choice(group, s);
        returns(&mut group.returns, s);
        for (i, score) in articles[g].iter().enumerate() {
            if !settled {
                continue;
            }
            let taken = &mut state.choice_variances[g];
            let [brand, article, size] = &mut group.offset_variance;
            let [brand_spread, spread] = &mut group.spread_variance;
            let any = VARIANCE_BOUNDS.1;
            let (held, expected, most) = match i {
                variance::BRAND_OFFSET => (brand, start::OFFSET_VARIANCE[0], OFFSET_BOUND),
                variance::OFFSET => (article, start::OFFSET_VARIANCE[1], OFFSET_BOUND),
                variance::DEVIATION => (size, start::OFFSET_VARIANCE[2], OFFSET_BOUND),
                variance::GRADE => (&mut group.grade_variance, start::GRADE_VARIANCE, OFFSET_BOUND),
                variance::BRAND_SPREAD => (brand_spread, start::SPREAD_VARIANCE[0], any),
                variance::SPREAD => (spread, start::SPREAD_VARIANCE[1], any),
                variance::RETURNING => {
                    (&mut group.returns.article_variance, start::RETURNING_VARIANCE, any)
                }
                variance::CUT => (&mut taken.cut, start::CHOICE_VARIANCES.cut, OFFSET_BOUND),
                _ => (&mut taken.popularity, start::CHOICE_VARIANCES.popularity, any),
            };
            let common = 1.0 / (*held * *held);
            *held = moved(*held, expected, [score[0] / common, score[1] / common]).min(most);
        }
        let size = moved(
            group.size.variance,
            start::SIZE_VARIANCE,
            [s(scalar::SIZE_TOP), s(scalar::SIZE_BOTTOM)],
        );
        group.size.variance = size;
        if graph.width == 0 {
            // Where there are measurements, their regression has the mean.
            let step = s(scalar::SIZE_MEAN) / (s(scalar::SIZE_MEAN + 1) + MEAN_RIDGE);
            group.size.intercept += step.clamp(-LONGEST_STEP, LONGEST_STEP);
        }
    }
    // The wish for length has a variance of 1 by definition: the labels' lengths are in its units.
    for (i, prior) in state.traits.iter_mut().enumerate().filter(|(i, _)| *i != LENGTH) {
        if settled {
            prior.variance = moved(
                prior.variance,
                start::TRAIT_VARIANCE[i],
                [sums.traits.get(2 * i), sums.traits.get(2 * i + 1)],
            );
        }
    }
    covariance(state, &sums.pairs);
    missing(state, &sums.missing);
    if !sums.right.is_empty() && sums.right[0] != Sums::default() {
        regress(graph, state, sums);
    }
}

/// A variance after one Fisher scoring step, never by more than a factor of two. Beside the units
/// that were seen, [`EXPECTED_UNITS`] more count as having moved just as far as `expected` says.
fn moved(variance: f64, expected: f64, [top, bottom]: [f64; 2]) -> f64 {
    let target =
        variance + (top + EXPECTED_UNITS * (expected - variance)) / (bottom + EXPECTED_UNITS);
    if !target.is_finite() {
        return variance;
    }
    target.clamp(0.5 * variance, 2.0 * variance).clamp(VARIANCE_BOUNDS.0, VARIANCE_BOUNDS.1)
}

fn outcome_terms(group: &mut Group, gradient: &Sums, curvature: &Sums) {
    let o = &mut group.outcome;
    let slopes = 2 * BASIS;
    let now = |i: usize| match i {
        _ if i < slopes => o.terms[i / BASIS][i % BASIS],
        _ if i == slopes => o.chosen_slope - 0.5,
        _ if i == slopes + 1 => o.slope - 0.5,
        _ => o.lean,
    };
    let ridge = |i: usize| match i {
        _ if i < slopes => TERM_RIDGE[i % BASIS],
        _ if i < slopes + 2 => SLOPE_RIDGE,
        _ => LEAN_RIDGE,
    };
    let mut g = SVector::<f64, TERMS>::from_fn(|i, _| gradient.get(i) - ridge(i) * now(i));
    let mut h = SMatrix::<f64, TERMS, TERMS>::from_fn(|i, j| {
        curvature.get(i.min(j) * TERMS + i.max(j)) + if i == j { ridge(i) } else { 0.0 }
    });
    // The tie between the two slopes.
    let (i, j) = (slopes, slopes + 1);
    let apart = o.slope - o.chosen_slope;
    g[i] += SLOPE_TIE * apart;
    g[j] -= SLOPE_TIE * apart;
    h[(i, i)] += SLOPE_TIE;
    h[(j, j)] += SLOPE_TIE;
    h[(i, j)] -= SLOPE_TIE;
    h[(j, i)] -= SLOPE_TIE;
    let Some(cholesky) = Cholesky::new(h) else { return };
    let step = cholesky.solve(&g);
    let longest = step.amax().max(LONGEST_STEP) / LONGEST_STEP;
    let step = step * (NEWTON / longest);
    for i in 0..slopes {
        o.terms[i / BASIS][i % BASIS] += step[i];
    }
    o.slope = (o.slope + step[slopes + 1]).max(LEAST_SLOPE);
    o.chosen_slope = (o.chosen_slope + step[slopes]).clamp(-o.slope, o.slope);
    o.lean += step[slopes + 2];
}

/// One Newton step of each parameter of the choice. The missing information, where the latent size
/// is, makes them cautious, as EM's steps are.
fn choice(group: &mut Group, s: impl Fn(usize) -> f64) {
    let c = &mut group.choice;
    let step = |top: usize, ridge: f64, now: f64| {
        let step = (s(top) - ridge * now) / (s(top + 1) + ridge);
        if step.is_finite() { step.clamp(-LONGEST_STEP, LONGEST_STEP) } else { 0.0 }
    };
    c.scale = (c.scale * libm::exp(step(scalar::SCALE, 1.0, 0.0))).clamp(0.05, 20.0);
    // The ridges say "none" with the weight of ten purchases one step off.
    c.awareness = (c.awareness + step(scalar::AWARENESS, 10.0, c.awareness)).clamp(0.0, 1.0);
    for (k, shift) in c.outcome_shift.iter_mut().enumerate() {
        *shift = (*shift + step(scalar::SHIFT + 2 * k, 10.0, *shift)).clamp(-2.0, 2.0);
    }
}

/// What missing measurements add to the variance: one Fisher scoring step.
fn missing(state: &mut State, sums: &Sums) {
    let n = state.missing.len().min(64);
    if n == 0 {
        return;
    }
    let matrix = DMatrix::from_fn(n, n, |i, j| {
        sums.get(n * i + j) + if i == j { MISSING_RIDGE } else { 0.0 }
    });
    let score = DVector::from_fn(n, |i, _| sums.get(n * n + i) - MISSING_RIDGE * state.missing[i]);
    let Some(cholesky) = Cholesky::new(matrix) else { return };
    for (v, step) in state.missing.iter_mut().zip(cholesky.solve(&score).iter()) {
        *v = (*v + step.clamp(-LONGEST_STEP, LONGEST_STEP)).clamp(0.0, 10.0);
    }
}

/// One Newton step of how readily something comes back for other reasons than its size, and half
/// way to how much oftener that goes without a reason.
fn returns(returns: &mut Returns, s: impl Fn(usize) -> f64) {
    let (score, information) = (s(scalar::RETURNING), s(scalar::RETURNING + 1));
    let ridge = TERM_RIDGE[0];
    let step = (score - ridge * returns.intercept) / (information + ridge);
    if step.is_finite() {
        returns.intercept =
            (returns.intercept + step.clamp(-LONGEST_STEP, LONGEST_STEP)).clamp(-5.0, 5.0);
    }
    // One return without a reason beforehand in each: where nobody gives reasons, the two shares
    // are 1.
    let of_unrelated = (s(scalar::UNKNOWN_UNRELATED) + 1.0) / (s(scalar::UNRELATED) + 1.0);
    let of_misfits = (s(scalar::UNKNOWN_MISFITS) + 1.0) / (s(scalar::MISFITS) + 1.0);
    returns.unexplained =
        (0.5 * returns.unexplained + 0.5 * of_unrelated / of_misfits).clamp(1e-3, 1e3);
}

/// Correlations from customers with both groups, variances from the groups; made positive definite
/// where sampling noise leaves it indefinite.
fn covariance(state: &mut State, pairs: &Sums) {
    let n = state.groups.len();
    let sd: Vec<f64> = state.groups.iter().map(|g| g.size.variance.sqrt()).collect();
    let mut correlation = DMatrix::<f64>::identity(n, n);
    for g in 0..n {
        for h in g + 1..n {
            let at = 4 * (g * n + h);
            let before = state.covariance[(g, h)]
                / (state.covariance[(g, g)] * state.covariance[(h, h)]).sqrt();
            // Ten customers' worth of what was believed before, so that a rare pair moves slowly.
            let (count, weight) = (pairs.get(at + 3), 10.0);
            let scale = (pairs.get(at + 1) * pairs.get(at + 2)).sqrt();
            let seen = if scale > 0.0 { pairs.get(at) / scale } else { 0.0 };
            let r = ((seen * count + before * weight) / (count + weight)).clamp(-0.98, 0.98);
            correlation[(g, h)] = r;
            correlation[(h, g)] = r;
        }
    }
    if n > 1 {
        let mut eigen = SymmetricEigen::new(correlation);
        eigen.eigenvalues.apply(|x| *x = x.max(0.02));
        correlation = eigen.recompose();
        let scale: Vec<f64> = (0..n).map(|i| correlation[(i, i)].sqrt()).collect();
        correlation = DMatrix::from_fn(n, n, |i, j| {
            // Symmetric to the last bit, whatever the product's rounding was.
            let r = 0.5 * (correlation[(i, j)] + correlation[(j, i)]);
            if i == j { 1.0 } else { r / (scale[i] * scale[j]) }
        });
    }
    state.covariance = DMatrix::from_fn(n, n, |i, j| correlation[(i, j)] * (sd[i] * sd[j])); // symmetric to the last bit
    for (i, g) in state.groups.iter_mut().enumerate() {
        g.size.variance = state.covariance[(i, i)];
    }
}

/// Weighted ridge regressions of latent sizes and traits on the measurement features; each learns
/// its own ridge.
fn regress(graph: &Graph, state: &mut State, sums: &SweepSums) {
    let m = graph.width + 1;
    let groups = graph.groups.len();
    for g in 0..groups + REGRESSED {
        let (normal, right, ridge) = (&sums.normal[g], &sums.right[g], state.ridges[g]);
        let matrix = DMatrix::from_fn(m, m, |i, j| {
            let ridge = if i != j {
                0.0
            } else if i == 0 {
                1e-6
            } else {
                ridge
            };
            normal.get(i.min(j) * m + i.max(j)) + ridge
        });
        let target = DVector::from_fn(m, |i, _| right.get(i));
        let Some(cholesky) = Cholesky::new(matrix) else { continue };
        let solution = cholesky.solve(&target);
        state.ridges[g] = learned_ridge(
            ridge,
            solution.rows_range(1..).norm_squared(),
            &cholesky.inverse().diagonal().as_slice()[1..],
        );
        let (prior, intercept) = match g.checked_sub(groups) {
            // Traits are 0 on the average, as the thresholds have what is common to all.
            Some(i) => (
                &mut state.traits[i],
                -(1..m).map(|j| solution[j] * normal.get(j)).sum::<f64>() / normal.get(0),
            ),
            None => (&mut state.groups[g].size, solution[0]),
        };
        prior.intercept = if intercept.is_finite() { intercept } else { 0.0 };
        prior.coefficients.iter_mut().zip(solution.iter().skip(1)).for_each(|(b, x)| *b = *x);
    }
}
