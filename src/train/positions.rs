//! Label positions, learned from who buys the label.

use super::fixed::Sums;
use super::graph::Graph;
use super::state::State;

/// Prior precision of a position about its start: sd half a step where a public table knows the label, a step and a half where none does.
const KNOWN_PRECISION: f64 = 4.0;
const UNKNOWN_PRECISION: f64 = 0.44;

/// Moves every label to the mean latent size of its buyers, as believed without the purchase itself.
///
/// Buyers' sizes are regressed to the mean, so the means lie closer together than the labels; a common shift and stretch for each fit group
/// puts them back on the starting axis, which keeps the unit a step, and keeps the axis from collapsing.
pub(crate) fn learn(graph: &Graph, state: &mut State, labels: &[Sums]) {
    for g in 0..graph.groups.len() {
        let scales: Vec<usize> = (0..graph.scales.len()).filter(|&s| usize::from(graph.scales[s].group) == g).collect();
        let mut fit = Line::default();
        let mut moved: Vec<(usize, usize, f64)> = Vec::new();
        for &s in &scales {
            let scale = &graph.scales[s];
            let prior = if scale.known { KNOWN_PRECISION } else { UNKNOWN_PRECISION };
            for (l, &start) in scale.start.iter().enumerate() {
                let (weight, sum) = (labels[s].get(2 * l), labels[s].get(2 * l + 1));
                let target = (sum + prior * state.positions[s][l]) / (weight + prior);
                fit.add(start, target, weight);
                moved.push((s, l, target));
            }
        }
        let Some((intercept, slope)) = fit.solve() else { continue };
        for (s, l, target) in moved {
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
