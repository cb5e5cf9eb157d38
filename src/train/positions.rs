//! Label positions, learned from who buys the label.

use super::fixed::Sums;
use super::graph::Graph;
use super::state::{State, places};

/// Prior precision of a position no table knows, about its start: sd a step and a half.
const UNKNOWN_PRECISION: f64 = 0.44;
/// Prior precision of a whole scale's shift off its public table: sd 0.2 steps.
const SHIFT_PRECISION: f64 = 25.0;

/// Moves the labels towards the latent sizes of their buyers, as believed without the purchase itself.
///
/// A scale that a public table knows moves as a whole. Its labels keep their distances: buyers' means are regressed to the mean, most of
/// all at the ends of a scale, and would bend it. A scale that no table knows has nothing better than the means of its buyers: they
/// lie closer together than the labels, and a common shift and stretch puts them back on the starting axis, which keeps the unit a step
/// and the axis from collapsing.
pub(crate) fn learn(graph: &Graph, state: &mut State, labels: &[Sums]) {
    for g in 0..graph.groups.len() {
        let (known, unknown): (Vec<usize>, Vec<usize>) = (0..graph.scales.len())
            .filter(|&s| usize::from(graph.scales[s].group) == g)
            .partition(|&s| graph.scales[s].known);
        shift(graph, state, labels, &known);
        stretch(graph, state, labels, &unknown, known.is_empty());
    }
    state.places = places(graph, &state.positions);
}

/// Shifts each scale by what its buyers' sizes say, and all back by the mean shift: the axis stays where it is.
fn shift(graph: &Graph, state: &mut State, labels: &[Sums], scales: &[usize]) {
    let mut shifts = Vec::with_capacity(scales.len());
    let (mut total, mut mean) = (0.0, 0.0);
    for &s in scales {
        let (mut weight, mut sum) = (0.0, 0.0);
        for (l, start) in graph.scales[s].start.iter().enumerate() {
            let w = labels[s].get(2 * l);
            weight += w;
            sum += labels[s].get(2 * l + 1) - w * start;
        }
        let shift = sum / (weight + SHIFT_PRECISION);
        shifts.push(shift);
        total += weight;
        mean += weight * shift;
    }
    if total > 0.0 {
        for (&s, shift) in scales.iter().zip(shifts) {
            let start = &graph.scales[s].start;
            state.positions[s] = start.iter().map(|x| x + shift - mean / total).collect();
        }
    }
}

/// Moves labels one by one; `alone`, nothing else holds the axis, and the common shift and stretch is taken out.
fn stretch(graph: &Graph, state: &mut State, labels: &[Sums], scales: &[usize], alone: bool) {
    let mut fit = Line::default();
    for &s in scales {
        for (l, &start) in graph.scales[s].start.iter().enumerate() {
            let weight = labels[s].get(2 * l);
            if weight > 0.0 {
                fit.add(start, labels[s].get(2 * l + 1) / weight, weight);
            }
        }
    }
    let (intercept, slope) = if alone { fit.solve().unwrap_or((0.0, 1.0)) } else { (0.0, 1.0) };
    for &s in scales {
        for (l, &start) in graph.scales[s].start.iter().enumerate() {
            let (weight, sum) = (labels[s].get(2 * l), labels[s].get(2 * l + 1));
            let prior = intercept + slope * start;
            let target = (sum + UNKNOWN_PRECISION * prior) / (weight + UNKNOWN_PRECISION);
            state.positions[s][l] = (target - intercept) / slope;
        }
    }
}

/// Weighted least squares of a straight line.
#[derive(Default)]
struct Line {
    n: f64,
    x: f64,
    y: f64,
    xx: f64,
    xy: f64,
}

impl Line {
    fn add(&mut self, x: f64, y: f64, weight: f64) {
        self.n += weight;
        self.x += weight * x;
        self.y += weight * y;
        self.xx += weight * x * x;
        self.xy += weight * x * y;
    }

    /// Intercept and slope; `None` where the points do not tell a rising line.
    fn solve(&self) -> Option<(f64, f64)> {
        let spread = self.xx * self.n - self.x * self.x;
        let slope = (self.xy * self.n - self.x * self.y) / spread;
        let intercept = (self.y - slope * self.x) / self.n;
        (spread > 1e-9 * self.n * self.n && slope > 0.05 && intercept.is_finite()).then_some((intercept, slope))
    }
}
