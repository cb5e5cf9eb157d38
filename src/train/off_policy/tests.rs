//! Estimates of small tables by hand, and of drawn purchases whose truth is known.

use super::*;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

fn purchase(customer: u32, taken: u16, success: bool) -> LoggedPurchase {
    LoggedPurchase { customer, taken, success, weight: 1.0, selection: 1.0 }
}

fn named(size: u16, propensity: f64, predicted: f64) -> NamedSize {
    NamedSize { size, propensity, predicted }
}

fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-12, "{found} instead of {expected}");
}

#[test]
fn the_estimates_of_four_purchases_by_hand() {
    let purchases =
        [purchase(0, 1, true), purchase(1, 1, false), purchase(2, 0, true), purchase(3, 1, true)];
    let rule = [named(1, 0.5, 0.7), named(1, 0.25, 0.6), named(1, 0.2, 0.5), named(1, 0.01, 0.8)];
    let found = rule_value(&purchases, &rule).unwrap();
    // Weights 2, 4, none, and 20, as .01 is clipped at .05.
    close(found.snips.value, 22.0 / 26.0);
    close(found.dr.value, (2.6 + 2.0 * 0.3 - 4.0 * 0.6 + 20.0 * 0.2) / 4.0);
    close(found.mean_weight, 26.0 / 4.0);
    close(found.effective_rows, 26.0 * 26.0 / (4.0 + 16.0 + 400.0));
    close(found.followed, 0.75);
    close(found.success_where_followed, 2.0 / 3.0);
    close(found.clipped, 0.25);
    close(found.predicted, 0.65);
    close(taken_value(&purchases).unwrap().value, 0.75);

    assert_eq!(rule_value(&purchases, &[named(3, 0.5, 0.5); 4]), None);
    assert_eq!(taken_value(&[]), None);
    assert_eq!(difference(&purchases, &rule, &rule), None);
}

#[test]
fn a_purchase_may_stand_for_several() {
    let single =
        [purchase(0, 1, true), purchase(0, 1, false), purchase(0, 1, false), purchase(1, 0, true)];
    let weighted = [
        purchase(0, 1, true),
        LoggedPurchase { weight: 2.0, ..purchase(0, 1, false) },
        purchase(1, 0, true),
    ];
    let rule = [named(1, 0.4, 0.7); 4];
    let [a, b] =
        [rule_value(&single, &rule), rule_value(&weighted, &rule[..3])].map(Option::unwrap);
    close(a.snips.value, b.snips.value);
    close(a.dr.value, b.dr.value);
    close(a.followed, b.followed);
    close(a.success_where_followed, b.success_where_followed);
    close(a.mean_weight, b.mean_weight);
    assert_eq!(taken_value(&single), taken_value(&weighted));
}

#[test]
fn rules_are_compared_where_they_differ() {
    // The rules agree on the first two purchases, whose successes must not matter.
    let of = |agreed: bool| {
        let purchases = [
            purchase(0, 0, agreed),
            purchase(1, 0, agreed),
            purchase(2, 0, true),
            purchase(3, 1, true),
            purchase(4, 1, false),
        ];
        let a = [named(0, 0.5, 0.8); 5];
        let b = [[named(0, 0.5, 0.8); 2].as_slice(), &[named(1, 0.5, 0.4); 3]].concat();
        difference(&purchases, &a, &b).unwrap()
    };
    let found = of(true);
    close(found.differ, 0.6);
    close(found.snips.value, 0.6 * (1.0 - 0.5));
    // Residuals .2 of the first rule, .6 and -.4 of the other, each with weight 2.
    close(found.dr.value, (3.0 * 0.4 + 2.0 * 0.2 - 2.0 * (0.6 - 0.4)) / 5.0);
    assert_eq!(found, of(false));
}

#[test]
fn the_gain_over_the_sizes_taken_by_hand() {
    let purchases =
        [purchase(0, 0, true), purchase(1, 0, true), purchase(2, 0, false), purchase(3, 1, false)];
    let rule = [0.5, 0.25, 0.5, 0.5].map(|propensity| named(0, propensity, 0.6));
    let found = gain(&purchases, &rule).unwrap();
    close(found.snips.value, 6.0 / 8.0 - 0.5);
    close(found.dr.value, 0.6 + (2.0 * 0.4 + 4.0 * 0.4 - 2.0 * 0.6) / 4.0 - 0.5);
    close(found.differ, 0.25);
    assert_eq!(found.hidden_odds, 1.0);
    assert_eq!(gain(&purchases, &[named(2, 0.5, 0.5); 4]), None);
}

/// Purchases of which each size has its propensity and its share of success, and the rule of each
/// size.
fn drawn(seed: u64, count: u32, share: [f64; 2]) -> (Vec<LoggedPurchase>, [Vec<NamedSize>; 2]) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut uniform = || f64::from(random.next_u32()) / 4_294_967_296.0;
    let mut purchases = Vec::new();
    let mut rules = [Vec::new(), Vec::new()];
    for i in 0..count {
        // Customers in whom both sizes fit less take the first more often.
        let (first, easy) = if uniform() < 0.5 { (0.8, 0.0) } else { (0.3, 0.1) };
        let taken = u16::from(uniform() >= first);
        let success = uniform() < share[usize::from(taken)] + easy;
        purchases.push(purchase(i / 3, taken, success));
        rules[0].push(named(0, first, 0.5));
        rules[1].push(named(1, 1.0 - first, 0.5));
    }
    (purchases, rules)
}

#[test]
fn intervals_contain_the_truth_as_often_as_they_promise() {
    let truth = [0.6 + 0.05, 0.5 + 0.05];
    let (mut inside, mut cases) = (0, 0);
    let mut count = |estimate: Estimate, truth: f64| {
        cases += 1;
        inside += u32::from(estimate.low <= truth && truth <= estimate.high);
    };
    for seed in 0..60 {
        let (purchases, rules) = drawn(seed, 600, [0.6, 0.5]);
        for (rule, truth) in rules.iter().zip(truth) {
            let found = rule_value(&purchases, rule).unwrap();
            count(found.snips, truth);
            count(found.dr, truth);
            assert!((found.mean_weight - 1.0).abs() < 0.2, "{found:?}");
        }
        let found = difference(&purchases, &rules[0], &rules[1]).unwrap();
        count(found.snips, 0.1);
        count(found.dr, 0.1);
    }
    let coverage = f64::from(inside) / f64::from(cases);
    assert!((0.92..0.98).contains(&coverage), "{coverage}");
}

#[test]
fn it_takes_more_hidden_knowledge_to_undo_a_larger_difference() {
    let odds = |share| {
        let (purchases, rules) = drawn(5, 3000, share);
        let forth = difference(&purchases, &rules[0], &rules[1]).unwrap();
        let back = difference(&purchases, &rules[1], &rules[0]).unwrap();
        close(forth.snips.value, -back.snips.value);
        assert_eq!(forth.hidden_odds, back.hidden_odds);
        forth.hidden_odds
    };
    assert_eq!(odds([0.6, 0.6]), 1.0);
    let (small, large) = (odds([0.65, 0.55]), odds([0.8, 0.4]));
    assert!(1.0 < small && small + 0.3 < large && large < MOST_HIDDEN_ODDS, "{small} {large}");
}

#[test]
fn the_bound_by_hand() {
    // With many customers the interval is narrow, so the bound is little below that of the shares.
    let mut purchases = Vec::new();
    for i in 0..20_000 {
        let taken = u16::from(i % 2 == 1);
        purchases.push(purchase(i, taken, (i / 2) % 10 < if taken == 0 { 6 } else { 4 }));
    }
    let n = purchases.len();
    let rules = [vec![named(0, 0.5, 0.5); n], vec![named(1, 0.5, 0.5); n]];
    let found = difference(&purchases, &rules[0], &rules[1]).unwrap();
    // .6 (1 + 1/x) : .4 (1 + x) = .4 (1 + x) : .6 (1 + 1/x), which 1.5 solves.
    assert!((1.4..1.5).contains(&found.hidden_odds), "{}", found.hidden_odds);
}

#[test]
fn the_same_purchases_give_the_same_bits() {
    let (purchases, rules) = drawn(9, 400, [0.6, 0.5]);
    assert_eq!(rule_value(&purchases, &rules[0]), rule_value(&purchases, &rules[0]));
}
