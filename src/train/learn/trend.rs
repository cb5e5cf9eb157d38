//! Learns how readily customers call something a misfit, from month to month.

use super::step::newton_step;
use crate::model::Trend;
use crate::train::fixed_point::ScoreSum;

/// Prior precision of a knot about the middle of its neighbours: sd .1 probit units.
const SMOOTHNESS: f64 = 100.0;

/// One step of every knot. The mean of all knots is taken out, as the thresholds have it.
pub(crate) fn learn_trend(trend: &mut Trend, sums: &[[ScoreSum; 2]]) {
    let last = trend.values.len().saturating_sub(1);
    for k in 0..2 {
        let before: Vec<f64> = trend.values.iter().map(|v| v[k]).collect();
        let (mut total, mut information) = (0.0, 0.0);
        for (i, (value, sums)) in trend.values.iter_mut().zip(sums).enumerate() {
            let beside = 0.5 * (before[i.saturating_sub(1)] + before[last.min(i + 1)]);
            let score = sums[k].get();
            value[k] += newton_step(score, SMOOTHNESS, value[k] - beside);
            total += score.information * value[k];
            information += score.information;
        }
        let mean = if information > 0.0 { total / information } else { 0.0 };
        trend.values.iter_mut().for_each(|v| v[k] -= mean);
    }
}
