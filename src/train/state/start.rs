//! Where parameters start, before anything is learned.

use super::start_counts::{DayCounts, GroupCounts};
use crate::math::quantile;
use crate::model::{
    AdviceRule, ArticleVariances, BASIS, Choice, ChoiceVariances, Group, Others, OutcomeTerms,
    PurchaseTerms, Returns, SizePrior, Trend,
};

/// Knots of the line, each with as many purchases before the next.
pub(crate) const KNOTS: usize = 12;

// All variances are learned from here. Those of dress sizes have the study's order of magnitude.
pub(crate) const SIZE_VARIANCE: f64 = 2.0;
pub(crate) const CORRELATION: f64 = 0.5;
pub(crate) const TRAIT_VARIANCE: [f64; 4] = [0.2, 0.1, 1.0, 0.1];
pub(crate) const OFFSET_VARIANCE: ArticleVariances = ArticleVariances { brand: 0.1, article: 0.1 };
pub(crate) const SPREAD_VARIANCE: ArticleVariances =
    ArticleVariances { brand: 0.03, article: 0.03 };
pub(crate) const SLOPE: f64 = 0.4;
pub(crate) const CHOICE_SCALE: f64 = 0.6;
pub(crate) const OTHERS_SHARE: f64 = 0.05;
pub(crate) const GRADE_VARIANCE: f64 = 0.01;
pub(crate) const CHOICE_VARIANCES: ChoiceVariances =
    ChoiceVariances { choice_offset: 0.02, popularity: 0.1 };
pub(crate) const RETURNING_VARIANCE: f64 = 0.1;
pub(crate) const CHART_TRUST: f64 = 0.5;

/// Parameters of one fit group; `width` is the number of measurement features.
pub(super) fn start_group(name: &str, width: usize, counts: &GroupCounts) -> Group {
    let outcomes = counts.outcomes();
    let all = outcomes.iter().sum::<f64>();
    // One of each beforehand: a group without one outcome still has a finite threshold.
    let share = |k: usize| (outcomes[k] + 1.0) / (all + 3.0);
    let back = counts.other_returns();
    let outcome = OutcomeTerms {
        terms: [0, 2].map(|k| {
            let mut terms = [0.0; BASIS];
            terms[0] = quantile(share(k));
            terms
        }),
        slope: SLOPE,
        chosen_slope: SLOPE,
        advised: [0.0; 2],
    };
    Group {
        name: name.to_owned(),
        size: SizePrior {
            intercept: counts.mean_position(),
            coefficients: vec![0.0; width],
            variance: SIZE_VARIANCE,
        },
        purchase: PurchaseTerms::like(&outcome),
        outcome,
        choice: Choice {
            scale: CHOICE_SCALE,
            awareness: 0.0,
            others: Others {
                share: OTHERS_SHARE,
                mean: counts.mean_position(),
                variance: 2.0 * SIZE_VARIANCE,
            },
        },
        advice: AdviceRule { weight: 1.0, reach: 0 },
        returns: Returns {
            intercept: quantile((back + 1.0) / (back + all + 2.0)),
            article_variance: RETURNING_VARIANCE,
            unexplained: 1.0,
            bracketed: counts.bracketed_share(),
        },
        offset_variance: OFFSET_VARIANCE,
        grade_variance: GRADE_VARIANCE,
        spread_variance: SPREAD_VARIANCE,
    }
}

/// A level trend over the days of the history, with as many purchases between any two knots; none
/// where all purchases are of one day.
pub(crate) fn start_trend(counts: &DayCounts) -> Trend {
    let last = counts.purchases() - 1;
    let mut knots: Vec<i32> =
        (0..KNOTS as u64).map(|k| counts.day(k * last / (KNOTS as u64 - 1))).collect();
    knots.dedup();
    if knots.len() < 2 {
        return Trend::default();
    }
    Trend { values: vec![[0.0; 2]; knots.len()], days: knots }
}
