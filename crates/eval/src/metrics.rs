//! Metrics of predicted outcome probabilities: AUC, log loss, accuracy against coverage.

use inseam::outcome::Outcome;

/// Names of the outcome classes, in the order of every triple of probabilities.
pub(crate) const CLASSES: [&str; 3] = ["too_small", "fits", "too_large"];

/// The class of an outcome, as an index into [`CLASSES`]; `None` where the outcome does not name
/// one.
pub(crate) fn outcome_class(outcome: Outcome) -> Option<usize> {
    match outcome {
        Outcome::TooSmall => Some(0),
        Outcome::Kept => Some(1),
        Outcome::TooLarge => Some(2),
        _ => None,
    }
}

/// Area under the ROC curve of `scores` for `positive`; ties count half. `None` unless there are
/// both positive and negative rows.
///
/// Hanley and McNeil, "The meaning and use of the area under a ROC curve" (1982): the Mann-Whitney
/// statistic.
pub(crate) fn auc(scores: &[f64], positive: impl Fn(usize) -> bool) -> Option<f64> {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&a, &b| scores[a].total_cmp(&scores[b]));
    let (mut ranks, mut n) = (0.0, 0.0);
    let mut from = 0;
    while from < order.len() {
        let ties = order[from..].iter().take_while(|&&i| scores[i] == scores[order[from]]).count();
        let rank = from as f64 + (ties as f64 + 1.0) / 2.0;
        let positives = order[from..from + ties].iter().filter(|&&i| positive(i)).count() as f64;
        ranks += rank * positives;
        n += positives;
        from += ties;
    }
    let others = order.len() as f64 - n;
    (n > 0.0 && others > 0.0).then(|| (ranks - n * (n + 1.0) / 2.0) / (n * others))
}

/// Mean of the one-vs-rest AUC of the classes that occur.
pub(crate) fn macro_auc(probabilities: &[[f64; 3]], classes: &[usize]) -> Option<f64> {
    let areas: Vec<f64> = (0..3)
        .filter_map(|k| {
            let scores: Vec<f64> = probabilities.iter().map(|p| p[k]).collect();
            auc(&scores, |i| classes[i] == k)
        })
        .collect();
    (!areas.is_empty()).then(|| areas.iter().sum::<f64>() / areas.len() as f64)
}

/// Mean negative log probability of the class that happened, nats.
pub(crate) fn log_loss(probabilities: &[[f64; 3]], classes: &[usize]) -> f64 {
    let happened: Vec<f64> = probabilities.iter().zip(classes).map(|(p, &k)| p[k]).collect();
    mean_log_loss(&happened).unwrap_or(f64::NAN)
}

/// Mean negative log of the probabilities that were given to what happened, nats; `None` without
/// any.
pub(crate) fn mean_log_loss(probabilities: &[f64]) -> Option<f64> {
    let total: f64 = probabilities.iter().map(|p| -libm::log(p.max(1e-15))).sum();
    (!probabilities.is_empty()).then(|| total / probabilities.len() as f64)
}

/// Accuracy of the likeliest class against coverage, as (coverage, accuracy): among the rows with
/// the highest probability of their likeliest class, for each twentieth of all rows.
pub(crate) fn accuracy_by_coverage(
    probabilities: &[[f64; 3]],
    classes: &[usize],
) -> Vec<(f64, f64)> {
    let best = |p: &[f64; 3]| (0..3).max_by(|&a, &b| p[a].total_cmp(&p[b])).unwrap_or(1);
    let likeliest: Vec<usize> = probabilities.iter().map(best).collect();
    let sure = |i: usize| probabilities[i][likeliest[i]];
    let n = classes.len();
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&a, &b| sure(b).total_cmp(&sure(a)).then(a.cmp(&b)));
    let mut right = 0;
    let right: Vec<usize> = order
        .into_iter()
        .map(|i| {
            right += usize::from(likeliest[i] == classes[i]);
            right
        })
        .collect();
    let covered = |step: usize| (n * step).div_ceil(STEPS);
    (1..=STEPS)
        .filter(|_| n > 0)
        .map(|step| {
            (step as f64 / STEPS as f64, right[covered(step) - 1] as f64 / covered(step) as f64)
        })
        .collect()
}

/// Points of the curve of accuracy against coverage.
const STEPS: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn auc_is_the_chance_that_a_positive_scores_higher() {
        let scores = [0.1, 0.4, 0.35, 0.8];
        assert_eq!(auc(&scores, |i| i == 1 || i == 3), Some(1.0));
        assert_eq!(auc(&scores, |i| i == 2 || i == 3), Some(0.75));
        assert_eq!(auc(&[0.5; 4], |i| i < 2), Some(0.5));
        assert_eq!(auc(&scores, |_| true), None);
    }

    #[test]
    fn losses_of_known_predictions() {
        let sure = [[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]];
        assert_eq!(log_loss(&sure, &[0, 2]), 0.0);
        let even = [[1.0 / 3.0; 3]; 6];
        assert!((log_loss(&even, &[0, 1, 2, 0, 1, 2]) - libm::log(3.0)).abs() < 1e-12);
    }

    #[test]
    fn accuracy_among_the_surest() {
        // Surest first: right, wrong, right, right.
        let probabilities = [[0.5, 0.3, 0.2], [0.05, 0.9, 0.05], [0.1, 0.2, 0.7], [0.2, 0.6, 0.2]];
        let curve = accuracy_by_coverage(&probabilities, &[0, 1, 0, 1]);
        let at = |step: usize| curve[step - 1];
        assert_eq!(curve.len(), 20);
        assert_eq!(
            [at(1), at(5), at(10), at(20)],
            [(0.05, 1.0), (0.25, 1.0), (0.5, 0.5), (1.0, 0.75)]
        );
        assert_eq!(at(15), (0.75, 2.0 / 3.0));
        assert!(accuracy_by_coverage(&[], &[]).is_empty());
    }
}
