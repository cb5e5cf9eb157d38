//! Measures of predictions.

/// Names of the outcome classes, in the order of every triple here.
pub(crate) const CLASSES: [&str; 3] = ["too_small", "fits", "too_large"];

/// Bins of the calibration error: of equal counts, so that no bin is all noise.
const BINS: usize = 15;

/// Area under the ROC curve of `scores` for `positive`, ties counted half; `None` without both kinds.
///
/// Hanley and McNeil, "The meaning and use of the area under a ROC curve" (1982): the Mann-Whitney statistic.
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

/// Mean of the one-vs-rest areas of the classes that occur.
pub(crate) fn macro_auc(chances: &[[f64; 3]], classes: &[usize]) -> Option<f64> {
    let areas: Vec<f64> = (0..3)
        .filter_map(|k| {
            let scores: Vec<f64> = chances.iter().map(|p| p[k]).collect();
            auc(&scores, |i| classes[i] == k)
        })
        .collect();
    (!areas.is_empty()).then(|| areas.iter().sum::<f64>() / areas.len() as f64)
}

/// Mean negative log chance of what happened, nats.
pub(crate) fn log_loss(chances: &[[f64; 3]], classes: &[usize]) -> f64 {
    let total: f64 = chances.iter().zip(classes).map(|(p, &k)| -libm::log(p[k].max(1e-15))).sum();
    total / classes.len() as f64
}

/// Expected calibration error of one class: the mean over bins of equal counts of |mean chance - share that happened|.
///
/// Naeini, Cooper and Hauskrecht (AAAI 2015), with bins of equal counts.
pub(crate) fn ece(chances: &[[f64; 3]], classes: &[usize], class: usize) -> f64 {
    let mut order: Vec<usize> = (0..classes.len()).collect();
    order.sort_by(|&a, &b| chances[a][class].total_cmp(&chances[b][class]).then(a.cmp(&b)));
    let n = order.len();
    (0..BINS)
        .map(|b| {
            let bin = &order[b * n / BINS..(b + 1) * n / BINS];
            let mean: f64 = bin.iter().map(|&i| chances[i][class]).sum();
            let happened = bin.iter().filter(|&&i| classes[i] == class).count() as f64;
            (mean - happened).abs()
        })
        .sum::<f64>()
        / n as f64
}

/// Accuracy of the likeliest class among the most confident `coverage` of the rows.
pub(crate) fn accuracy(chances: &[[f64; 3]], classes: &[usize], coverage: f64) -> f64 {
    let best = |p: &[f64; 3]| (0..3).max_by(|&a, &b| p[a].total_cmp(&p[b])).unwrap_or(1);
    let mut order: Vec<usize> = (0..classes.len()).collect();
    order.sort_by(|&a, &b| chances[b][best(&chances[b])].total_cmp(&chances[a][best(&chances[a])]).then(a.cmp(&b)));
    let kept = ((classes.len() as f64 * coverage).ceil() as usize).clamp(1, classes.len());
    order[..kept].iter().filter(|&&i| best(&chances[i]) == classes[i]).count() as f64 / kept as f64
}

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
        assert_eq!(accuracy(&sure, &[0, 0], 1.0), 0.5);
    }

    #[test]
    fn calibration_error_is_the_gap() {
        // 3000 rows said 0.3, of which 0.3 and of which 0.5 happened, spread evenly over the bins.
        let chances = vec![[0.3, 0.5, 0.2]; 3000];
        let classes = |share: usize| (0..3000).map(|i| usize::from(i % 10 >= share)).collect::<Vec<_>>();
        assert!(ece(&chances, &classes(3), 0) < 1e-9);
        assert!((ece(&chances, &classes(5), 0) - 0.2).abs() < 1e-9);
    }
}
