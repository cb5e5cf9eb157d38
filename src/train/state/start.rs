//! Where parameters start: scales of the model, outcome terms of each fit group, the trend's knots.

use super::choice_variances::ChoiceVariances;
use crate::infer::Evidence;
use crate::math::quantile;
use crate::model::{BASIS, Choice, Group, OutcomeTerms, Returns, SizePrior, Trend};
use crate::outcome::Outcome;
use crate::train::fixed_point::Sums;
use crate::train::graph::Graph;

/// Knots of the line, each with as many purchases before the next.
pub(crate) const KNOTS: usize = 12;

pub(crate) const SIZE_VARIANCE: f64 = 2.0;
pub(crate) const CORRELATION: f64 = 0.5;
pub(crate) const TRAIT_VARIANCE: [f64; 4] = [0.2, 0.1, 1.0, 0.1];
pub(crate) const OFFSET_VARIANCE: [f64; 3] = [0.1, 0.1, 0.03];
pub(crate) const SPREAD_VARIANCE: [f64; 2] = [0.03, 0.03];
pub(crate) const SLOPE: f64 = 0.4;
pub(crate) const CHOICE_SCALE: f64 = 0.6;
pub(crate) const GRADE_VARIANCE: f64 = 0.01;
pub(crate) const CHOICE_VARIANCES: ChoiceVariances = ChoiceVariances { cut: 0.02, popularity: 0.1 };
pub(crate) const RETURNING_VARIANCE: f64 = 0.1;

/// Parameters of one fit group from the shares of its outcomes.
pub(super) fn start_group(graph: &Graph, g: usize) -> Group {
    // Shares of too small, fits and too large; and of what came back for another reason, and of all
    // else.
    let (mut counts, mut back, mut beaten) = ([0.0_f64; 3], 0.0, 0.0);
    // In fixed point: customers come in the order of the rows.
    let (mut sum, mut n) = (Sums::new(1), 0.0);
    for line in &graph.lines {
        let article = &graph.articles[line.article as usize];
        if usize::from(article.group) != g {
            continue;
        }
        if let Evidence::Beaten(_) = line.evidence {
            beaten += 1.0;
        }
        match line.outcome {
            Outcome::TooSmall => counts[0] += 1.0,
            Outcome::Kept => counts[1] += 1.0,
            Outcome::TooLarge => counts[2] += 1.0,
            Outcome::SizeReason => [0, 2].into_iter().for_each(|k| counts[k] += 0.5),
            Outcome::UnknownReason if line.evidence != Evidence::Unknown => {}
            Outcome::UnknownReason => {
                // Half of what comes back, as a start: with no misfits among them there would be
                // nothing to learn from.
                [0, 2].into_iter().for_each(|k| counts[k] += 0.25);
                back += 0.5;
            }
            Outcome::OtherReason => back += 1.0,
            Outcome::Pending => {}
        }
        n += 1.0;
        let slot = graph.slots[line.slot as usize];
        sum.add(0, graph.scales[usize::from(article.scale)].start[usize::from(slot.label)]);
    }
    // One of each beforehand: a group without one kind of outcome still has a finite threshold.
    let share = |k: usize| (counts[k] + 1.0) / (counts.iter().sum::<f64>() + 3.0);
    Group {
        name: graph.groups[g].clone(),
        size: SizePrior {
            intercept: if n > 0.0 { sum.get(0) / n } else { 0.0 },
            coefficients: vec![0.0; graph.width],
            variance: SIZE_VARIANCE,
        },
        outcome: OutcomeTerms {
            terms: [0, 2].map(|k| {
                let mut terms = [0.0; BASIS];
                terms[0] = quantile(share(k));
                terms
            }),
            slope: SLOPE,
            chosen_slope: SLOPE,
            lean: 0.0,
        },
        choice: Choice { scale: CHOICE_SCALE, awareness: 0.0, outcome_shift: [0.0; 2] },
        returns: Returns {
            intercept: quantile((back + 1.0) / (back + counts.iter().sum::<f64>() + 2.0)),
            article_variance: RETURNING_VARIANCE,
            unexplained: 1.0,
            beaten: if n > 0.0 { beaten / n } else { 0.0 },
        },
        offset_variance: OFFSET_VARIANCE,
        grade_variance: GRADE_VARIANCE,
        spread_variance: SPREAD_VARIANCE,
    }
}

/// A level trend over the days of the history; none where all its days are one.
pub(super) fn start_trend(graph: &Graph) -> Trend {
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
