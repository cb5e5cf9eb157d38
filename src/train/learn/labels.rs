//! What is learned of size labels from who takes which: position, length, appeal.

use super::step::{LONGEST_STEP, step};
use crate::model::{Features, LENGTH, MeasurementKind, OutcomeTerms};
use crate::train::fixed_point::Sums;
use crate::train::graph::Graph;
use crate::train::state::{Labels, State};
use crate::train::sweep::{label, label_width, noise_at};
use nalgebra::{DMatrix, SymmetricEigen};

/// Prior precision of a position no table knows, about its start: sd a step and a half.
const UNKNOWN_PRECISION: f64 = 0.44;
/// Prior precision of a whole scale's shift off its public table: sd 0.2 steps.
const SHIFT_PRECISION: f64 = 25.0;
/// Prior precision of an appeal, and of an affinity: most labels have neither.
const APPEAL_PRECISION: f64 = 10.0;
/// Prior precision of the logarithm of a scale's own noise: sd a third.
const NOISE_PRECISION: f64 = 10.0;
/// Bound of that logarithm: a factor of four.
const MOST_NOISE: f64 = 1.4;
/// Prior precision of a label's thresholds: sd .1 probit units.
const THRESHOLD_PRECISION: f64 = 100.0;
/// Prior precision of a label's length about what it says.
const LENGTH_PRECISION: f64 = 3.0;
/// Longest length, in sd of the customers' wishes.
const MOST_LENGTH: f64 = 4.0;
/// The sweep at which lengths are read off the affinities.
const LENGTHS_AT: usize = 6;
/// Moves all labels a Newton step towards higher evidence of who took which size.
pub(crate) fn learn(
    graph: &Graph,
    state: &mut State,
    sums: &[Sums],
    sweep: usize,
    before: &[OutcomeTerms],
) {
    for g in 0..graph.groups.len() {
        let (known, unknown): (Vec<usize>, Vec<usize>) = (0..graph.scales.len())
            .filter(|&s| usize::from(graph.scales[s].group) == g)
            .partition(|&s| graph.scales[s].known);
        shift(graph, state, sums, &known);
        stretch(graph, state, sums, &unknown, known.is_empty());
        noises(graph, state, sums, &[known, unknown].concat());
    }
    let width = label_width(graph);
    for ((labels, node), sums) in state.labels.iter_mut().zip(&graph.scales).zip(sums) {
        let numbers = labels.affinity.len() / labels.appeal.len().max(1);
        for (l, appeal) in labels.appeal.iter_mut().enumerate() {
            *appeal += step(sums, width * l + label::APPEAL, APPEAL_PRECISION, *appeal);
        }
        for (i, affinity) in labels.affinity.iter_mut().enumerate() {
            let at = width * (i / numbers) + label::AFFINITY + 2 * (i % numbers);
            *affinity += step(sums, at, APPEAL_PRECISION, *affinity);
        }
        for (l, (length, start)) in labels.length.iter_mut().zip(&node.lengths).enumerate() {
            let moved =
                *length + step(sums, width * l + label::LENGTH, LENGTH_PRECISION, *length - start);
            *length = moved.clamp(-MOST_LENGTH, MOST_LENGTH);
        }
    }
    for (g, before) in before.iter().enumerate() {
        thresholds(graph, state, sums, g, before);
    }
    if sweep == LENGTHS_AT {
        find_lengths(graph, state, sums);
    }
}

/// Moves the noise of each of a group's scales, less what is common to all, which the group's own
/// has.
fn noises(graph: &Graph, state: &mut State, sums: &[Sums], scales: &[usize]) {
    let at = |s: usize| noise_at(graph, s);
    let now: Vec<f64> = scales.iter().map(|&s| libm::log(state.labels[s].noise)).collect();
    let next: Vec<f64> = scales
        .iter()
        .zip(now)
        .map(|(&s, x)| x + step(&sums[s], at(s), NOISE_PRECISION, x))
        .collect();
    let (mut total, mut mean) = (0.0, 0.0);
    for (&s, x) in scales.iter().zip(&next) {
        let information = sums[s].get(at(s) + 1);
        total += information;
        mean += information * x;
    }
    let mean = if total > 0.0 { mean / total } else { 0.0 };
    for (&s, x) in scales.iter().zip(next) {
        state.labels[s].noise = libm::exp((x - mean).clamp(-MOST_NOISE, MOST_NOISE));
    }
}

/// Moves the thresholds of all labels of one group, less what is common to all, which the group's
/// own thresholds have.
fn thresholds(
    graph: &Graph,
    state: &mut State,
    sums: &[Sums],
    group: usize,
    before: &OutcomeTerms,
) {
    let width = label_width(graph);
    let scales: Vec<usize> =
        (0..graph.scales.len()).filter(|&s| usize::from(graph.scales[s].group) == group).collect();
    let positions: Vec<Vec<f64>> = state.labels.iter().map(|l| l.position.clone()).collect();
    // What the terms of the position have taken of the score since it was summed.
    let fixed = |terms: &OutcomeTerms, x: f64| terms.fixed(&OutcomeTerms::basis(x, 1.0, None, 1.0));
    for k in 0..2 {
        let (mut total, mut information) = (0.0, 0.0);
        for &s in &scales {
            for (l, thresholds) in state.labels[s].thresholds.iter_mut().enumerate() {
                let at = width * l + label::THRESHOLDS + 2 * k;
                let (score, known) = (sums[s].get(at), sums[s].get(at + 1));
                let taken = fixed(&state.groups[group].outcome, positions[s][l])[k]
                    - fixed(before, positions[s][l])[k];
                let left = score - known * taken - THRESHOLD_PRECISION * thresholds[k];
                thresholds[k] +=
                    (0.5 * left / (known + THRESHOLD_PRECISION)).clamp(-LONGEST_STEP, LONGEST_STEP);
                total += known * thresholds[k];
                information += known;
            }
        }
        let mean = if information > 0.0 { total / information } else { 0.0 };
        for &s in &scales {
            state.labels[s].thresholds.iter_mut().for_each(|thresholds| thresholds[k] -= mean);
        }
    }
}

/// Shifts each scale that a public table knows by what its buyers' choices say, and all back by the
/// mean shift: the axis stays where it is. The labels of a scale keep their distances.
fn shift(graph: &Graph, state: &mut State, sums: &[Sums], scales: &[usize]) {
    let width = label_width(graph);
    let mut shifts = Vec::with_capacity(scales.len());
    let (mut total, mut mean) = (0.0, 0.0);
    for &s in scales {
        let start = &graph.scales[s].start;
        let (score, information) = (0..start.len()).fold((0.0, 0.0), |(g, i), l| {
            (
                g + sums[s].get(width * l + label::POSITION),
                i + sums[s].get(width * l + label::POSITION + 1),
            )
        });
        // All labels of a scale have the same shift at any time.
        let now = state.labels[s].position[0] - start[0];
        let step = (score - SHIFT_PRECISION * now) / (information + SHIFT_PRECISION);
        let shift = now + step.clamp(-LONGEST_STEP, LONGEST_STEP);
        shifts.push(shift);
        total += information;
        mean += information * shift;
    }
    if total > 0.0 {
        for (&s, shift) in scales.iter().zip(shifts) {
            let start = &graph.scales[s].start;
            state.labels[s].position = start.iter().map(|x| x + shift - mean / total).collect();
        }
    }
}

/// Moves the labels that no table knows one by one; `alone`, nothing else holds the axis, and the
/// straight line that is common to all is taken out, which keeps the unit a step.
fn stretch(graph: &Graph, state: &mut State, sums: &[Sums], scales: &[usize], alone: bool) {
    let width = label_width(graph);
    let mut fit = StraightLine::default();
    for &s in scales {
        for (l, &start) in graph.scales[s].start.iter().enumerate() {
            let at = width * l + label::POSITION;
            let x = &mut state.labels[s].position[l];
            *x += step(&sums[s], at, UNKNOWN_PRECISION, *x - start);
            fit.add(start, *x, sums[s].get(at + 1));
        }
    }
    let (intercept, slope) = if alone { fit.rising().unwrap_or((0.0, 1.0)) } else { (0.0, 1.0) };
    for &s in scales {
        state.labels[s].position.iter_mut().for_each(|x| *x = (*x - intercept) / slope);
    }
}

/// Finds which labels are the long ones, where no label says so itself: from who takes one rather
/// than another at the same position.
///
/// What the labels' affinities have in common, besides what goes with the position, is taken for
/// length; the first principal direction of the rest among the measurements says who wears long
/// things. With that the wish for length has a start, and goes on to be learned from what customers
/// take.
fn find_lengths(graph: &Graph, state: &mut State, sums: &[Sums]) {
    let numbers = Features::numbers(&graph.measurements);
    let said = graph.scales.iter().any(|s| s.lengths.iter().any(|&l| l != 0.0));
    if numbers > 0 && !said {
        let rests: Vec<Vec<f64>> = state
            .labels
            .iter()
            .zip(sums)
            .map(|(labels, sums)| beside_position(labels, sums, numbers))
            .collect();
        let mut scatter = DMatrix::<f64>::zeros(numbers, numbers);
        for (rest, sums) in rests.iter().zip(sums) {
            for (l, r) in rest.chunks(numbers).enumerate() {
                let weight = sums.get(label_width(graph) * l + 1);
                for i in 0..numbers {
                    for j in 0..numbers {
                        scatter[(i, j)] += weight * r[i] * r[j];
                    }
                }
            }
        }
        let eigen = SymmetricEigen::new(scatter);
        let mut direction = eigen.eigenvectors.column(eigen.eigenvalues.imax()).into_owned();
        if direction[direction.iamax()] < 0.0 {
            direction = -direction;
        }
        for (labels, rest) in state.labels.iter_mut().zip(&rests) {
            for (length, r) in labels.length.iter_mut().zip(rest.chunks(numbers)) {
                *length = direction.iter().zip(r).map(|(d, r)| d * r).sum();
            }
        }
        let mut directions = direction.iter();
        let mut at = 0;
        for m in &graph.measurements {
            if matches!(m.kind, MeasurementKind::Numeric { .. }) {
                state.traits[LENGTH].coefficients[at] = *directions.next().expect("one a number");
            }
            at += m.width();
        }
    }
    state.labels.iter_mut().for_each(|l| l.affinity.clear());
}

/// The affinities less what goes with the position on a straight line.
fn beside_position(labels: &Labels, sums: &Sums, numbers: usize) -> Vec<f64> {
    let width = label::AFFINITY + 2 * numbers;
    let mut rest = labels.affinity.clone();
    for k in 0..numbers {
        let mut fit = StraightLine::default();
        for (l, &x) in labels.position.iter().enumerate() {
            fit.add(x, labels.affinity[l * numbers + k], sums.get(width * l + 1));
        }
        let (intercept, slope) = fit.shrunk();
        for (l, x) in labels.position.iter().enumerate() {
            rest[l * numbers + k] -= intercept + slope * x;
        }
    }
    rest
}

/// Weighted least squares of a straight line.
#[derive(Default)]
struct StraightLine {
    n: f64,
    x: f64,
    y: f64,
    xx: f64,
    xy: f64,
}

impl StraightLine {
    fn add(&mut self, x: f64, y: f64, weight: f64) {
        self.n += weight;
        self.x += weight * x;
        self.y += weight * y;
        self.xx += weight * x * x;
        self.xy += weight * x * y;
    }

    /// Intercept and slope; `None` where the points do not tell a rising line.
    fn rising(&self) -> Option<(f64, f64)> {
        let spread = self.xx * self.n - self.x * self.x;
        let slope = (self.xy * self.n - self.x * self.y) / spread;
        let intercept = (self.y - slope * self.x) / self.n;
        (spread > 1e-9 * self.n * self.n && slope > 0.05 && intercept.is_finite())
            .then_some((intercept, slope))
    }

    /// Intercept and slope, the latter shrunk a little; level where there are no points.
    fn shrunk(&self) -> (f64, f64) {
        let n = self.n.max(1e-9);
        let (x, y) = (self.x / n, self.y / n);
        let slope = (self.xy - n * x * y) / (self.xx - n * x * x + 1.0);
        (y - slope * x, slope)
    }
}
