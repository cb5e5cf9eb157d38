//! Learning how readily customers call something a misfit, from month to month.

use super::step::step;
use crate::model::Trend;
use crate::train::fixed_point::Sums;

/// Prior precision of a knot about the middle of its neighbours: sd .1 probit units.
const SMOOTHNESS: f64 = 100.0;

/// One step of every knot, the mean of all taken out: the thresholds have that.
pub(crate) fn learn(trend: &mut Trend, sums: &Sums) {
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
