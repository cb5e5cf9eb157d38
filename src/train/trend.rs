//! Learning how readily customers call something a misfit, from month to month.

use super::fixed::Sums;
use super::graph::Graph;
use super::labels::step;
use crate::model::Trend;

/// Knots of the line, each with as many purchases before the next.
pub(super) const KNOTS: usize = 12;
/// Prior precision of a knot about the middle of its neighbours: sd .1 probit units.
const SMOOTHNESS: f64 = 100.0;

/// A level trend over the days of the history; none where all its days are one.
pub(super) fn start(graph: &Graph) -> Trend {
    let mut days: Vec<i32> = graph.lines.iter().map(|l| l.day).collect();
    days.sort_unstable();
    let mut knots: Vec<i32> =
        (0..KNOTS).map(|k| days[k * (days.len() - 1) / (KNOTS - 1)]).collect();
    knots.dedup();
    if knots.len() < 2 {
        return Trend::default();
    }
    Trend { values: vec![[0.0; 2]; knots.len()], days: knots }
}

/// One step of every knot, the mean of all taken out: the thresholds have that.
pub(super) fn learn(trend: &mut Trend, sums: &Sums) {
    let last = trend.values.len().saturating_sub(1);
    for k in 0..2 {
        let before: Vec<f64> = trend.values.iter().map(|v| v[k]).collect();
        let (mut total, mut information) = (0.0, 0.0);
        for (i, value) in trend.values.iter_mut().enumerate() {
            let beside = 0.5 * (before[i.saturating_sub(1)] + before[last.min(i + 1)]);
            let at = 4 * i + 2 * k;
            value[k] += step(sums, at, SMOOTHNESS, value[k] - beside);
            total += sums.get(at + 1) * value[k];
            information += sums.get(at + 1);
        }
        let mean = if information > 0.0 { total / information } else { 0.0 };
        trend.values.iter_mut().for_each(|v| v[k] -= mean);
    }
}
