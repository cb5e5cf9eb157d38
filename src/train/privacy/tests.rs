//! The released sums keep the guarantee of differential privacy: one customer's part is bounded,
//! and an attack gains no more than epsilon and delta allow.

use super::budget::{delta, rho};
use super::customer_scores::{ArticleScores, customer_scores};
use super::released::{GRID, Means, Units, clipped, noised, sum, variance};
use crate::math::cdf;
use crate::outcome::Outcome;
use crate::train::events::{MemoryStore, PartitionStore, Partitioner};
use crate::train::fit::Stores;
use crate::train::fit::fit;
use crate::train::graph::Graph;
use crate::train::settings::Settings;
use crate::train::state::{Beliefs, Broadcast, Parameters};
use crate::train::tables::Tables;
use crate::train::tiny;
use std::borrow::Cow;
use tiny::{Row, columns, draw};

/// A simulated history with three extreme customers: `loyal` orders one article four hundred times,
/// always too small; `everything` buys every article in its largest size, always too small;
/// `mountain` has an absurd weight and returns every article.
fn history_with_extreme_customers() -> Vec<Row> {
    let mut rows = draw(5, 120, 10, 2);
    let like = |row: &Row, customer: &str, n: usize| Row {
        customer: customer.into(),
        order: format!("{customer}-{n}"),
        day: 18_000 + n as i32,
        ..row.clone()
    };
    let first = rows[0].clone();
    rows.extend((0..400).map(|n| Row { outcome: Outcome::TooSmall, ..like(&first, "loyal", n) }));
    let mut first_rows: Vec<Row> = Vec::new();
    for row in &rows {
        if !first_rows.iter().any(|first| first.article == row.article) {
            first_rows.push(row.clone());
        }
    }
    for (n, row) in first_rows.iter().enumerate() {
        let largest = if row.group == "dresses" { "44" } else { "Gnu" };
        rows.push(Row {
            size: largest.into(),
            outcome: Outcome::TooSmall,
            ..like(row, "everything", n)
        });
        rows.push(Row {
            outcome: Outcome::UnknownReason,
            weight: 1e12,
            ..like(row, "mountain", n)
        });
    }
    rows
}

/// A trained history: its parameters, the scores of each of its customers, and the units in which
/// the scores are summed.
struct TrainedShop {
    graph: Graph,
    parameters: Parameters,
    scores: Vec<Vec<ArticleScores>>,
    units: Units,
}

fn partitioned(rows: &[Row]) -> (Graph, MemoryStore) {
    let columns = columns(rows);
    let tables =
        Tables::read(Cow::Borrowed(&columns), &Settings::default()).expect("a usable history");
    let mut store = MemoryStore::default();
    let mut partitions = Partitioner::new(&tables.graph, 50);
    for (purchases, _) in (0..tables.customers()).map(|customer| tables.purchases(customer)) {
        partitions.push(&purchases, &mut store).expect("memory");
    }
    partitions.finish(&mut store).expect("memory");
    (tables.graph, store)
}

/// The scores of all customers under these parameters.
fn scores(
    graph: &Graph,
    parameters: &Parameters,
    store: &dyn PartitionStore,
) -> Vec<Vec<ArticleScores>> {
    let beliefs = &Beliefs::prior(graph, parameters);
    customer_scores(Broadcast { graph, parameters, beliefs }, store).expect("memory")
}

impl TrainedShop {
    fn train(rows: &[Row]) -> Self {
        let (graph, store) = partitioned(rows);
        let mut stores = Stores { all: Box::new(store), sample: None, fingerprint: 0 };
        let settings = Settings { sweeps: 8, ..Settings::default() };
        let fitted = fit(&graph, None, &mut stores, &settings, &mut |_| ()).expect("memory");
        let parameters = fitted.parameters;
        let scores = scores(&graph, &parameters, &*stores.all);
        let means = Means::new(&graph, &scores, &vec![1.0; scores.len()]);
        let units = Units::new(&graph, &parameters, &means);
        Self { graph, parameters, scores, units }
    }

    fn sums(&self, scores: &[Vec<ArticleScores>]) -> Vec<i64> {
        sum(&self.graph, &self.units, scores).0
    }
}

/// Euclidean length squared.
fn squared_length(x: impl IntoIterator<Item = i64>) -> i128 {
    x.into_iter().map(|x| i128::from(x) * i128::from(x)).sum()
}

/// Bound of the squared length of one customer's part.
const BOUND: i128 = (GRID as i128) * (GRID as i128);

#[test]
fn removing_a_customer_moves_the_sums_by_at_most_the_bound() {
    let shop = TrainedShop::train(&history_with_extreme_customers());
    let all = shop.sums(&shop.scores);
    let (mut at_the_bound, mut within) = (0, 0);
    for c in 0..shop.scores.len() {
        let mut others = shop.scores.clone();
        others.remove(c);
        let moved = squared_length(shop.sums(&others).iter().zip(&all).map(|(a, b)| a - b));
        assert!(moved <= BOUND, "customer {c}: {moved} of {BOUND}");
        if moved > BOUND - BOUND / 1000 { at_the_bound += 1 } else { within += 1 }
    }
    // Both occur, so the test would notice a missing bound.
    assert!(at_the_bound > 3 && within > 3, "{at_the_bound} at the bound, {within} within");
}

#[test]
fn a_customers_part_is_bounded_whatever_their_scores() {
    let shop = TrainedShop::train(&draw(5, 120, 10, 2));
    let longest = shop.scores.iter().max_by_key(|pairs| pairs.len()).expect("customers").clone();
    for factor in [1e-300, 1.0, 7.0, 1e9, 1e200, f64::INFINITY, f64::NAN] {
        let mut pairs = longest.clone();
        pairs.iter_mut().flat_map(|pair| &mut pair.scores).for_each(|x| *x *= factor);
        let (own, part) = clipped(&shop.graph, &shop.units, &pairs);
        assert!(squared_length(own.into_iter().map(|(_, x)| x)) <= BOUND, "{factor}");
        assert!((0.0..=1.0).contains(&part), "{factor}: {part}");
    }
}

/// The guarantee is for one customer at a time, so a customer's purchases must change no score of
/// another.
#[test]
fn a_customers_purchases_change_no_score_of_another() {
    let rows = draw(5, 120, 10, 2);
    let shop = TrainedShop::train(&rows);
    let reversed =
        |outcome| if outcome == Outcome::TooSmall { Outcome::TooLarge } else { Outcome::TooSmall };
    for c in [3, 40, 77] {
        let mut other = rows.clone();
        let id = format!("c{c}");
        let is_own = |row: &&mut Row| row.customer == id && row.outcome != Outcome::Pending;
        other.iter_mut().filter(is_own).for_each(|row| row.outcome = reversed(row.outcome));
        let (graph, partitions) = partitioned(&other);
        let changed = scores(&graph, &shop.parameters, &partitions);
        let differ = changed.iter().zip(&shop.scores).filter(|(a, b)| a != b).count();
        assert_eq!(differ, 1, "customer {c}");
        // To replace a customer is to remove one and to add one, so the sums move by at most twice
        // the bound.
        let moved = squared_length(
            shop.sums(&changed).iter().zip(shop.sums(&shop.scores)).map(|(a, b)| a - b),
        );
        assert!(moved > 0 && moved <= 4 * BOUND);
    }
}

/// The delta that an attack by the likelihood ratio achieves at this epsilon, estimated from this
/// many releases of the sums with one customer, and as many without.
fn delta_of_attack(
    with: &[i64],
    without: &[i64],
    variance: u64,
    epsilon: f64,
    releases: usize,
) -> f64 {
    let ratios = |exact: &[i64], world: u8| {
        let ratio = |n: usize| {
            let mut secret = [world; 16];
            secret[..8].copy_from_slice(&(n as u64).to_le_bytes());
            let released = noised(secret, variance, exact);
            let log = |sums: &[i64]| -> f64 {
                let squares =
                    released.iter().zip(sums).map(|(r, s)| ((r - s) as f64) * ((r - s) as f64));
                -squares.sum::<f64>() / (2.0 * variance as f64)
            };
            log(with) - log(without)
        };
        let mut ratios: Vec<f64> = (0..releases).map(ratio).collect();
        ratios.sort_by(f64::total_cmp);
        ratios
    };
    let (present, absent) = (ratios(with, 1), ratios(without, 2));
    let beyond = |sorted: &[f64], t: f64| {
        (sorted.len() - sorted.partition_point(|&x| x <= t)) as f64 / releases as f64
    };
    // The probability of the best set of releases with the customer, minus e^epsilon times its
    // probability without.
    beyond(&present, epsilon) - libm::exp(epsilon) * beyond(&absent, epsilon)
}

/// The attacker knows everything except whether one customer is in the history, sees one release,
/// and uses the likelihood ratio, which is the best test (Neyman and Pearson).
#[test]
fn the_best_attack_achieves_no_larger_delta_than_guaranteed() {
    const RELEASES: usize = 12_000;
    let (epsilon, guaranteed) = (0.5, 0.02);
    let shop = TrainedShop::train(&history_with_extreme_customers());
    // The customer who moves the sums most is the easiest to detect.
    let part_length = |pairs: &Vec<ArticleScores>| {
        squared_length(clipped(&shop.graph, &shop.units, pairs).0.into_iter().map(|(_, x)| x))
    };
    let customer =
        (0..shop.scores.len()).max_by_key(|&c| part_length(&shop.scores[c])).expect("customers");
    let with = shop.sums(&shop.scores);
    let mut others = shop.scores.clone();
    others.remove(customer);
    let without = shop.sums(&others);
    // The other coordinates tell the attacker nothing.
    let differing: Vec<usize> = (0..with.len()).filter(|&i| with[i] != without[i]).collect();
    let reduced = |sums: &[i64]| differing.iter().map(|&i| sums[i]).collect::<Vec<_>>();
    let (with, without) = (reduced(&with), reduced(&without));
    let achieved = |variance: u64| delta_of_attack(&with, &without, variance, epsilon, RELEASES);
    let used = variance(rho(epsilon, guaranteed));
    // Four standard errors of the difference of two shares.
    let error = 4.0 * (guaranteed * 2.0 / RELEASES as f64).sqrt() * libm::exp(epsilon);
    let found = achieved(used);
    assert!(found <= guaranteed + error, "{found} exceeds {guaranteed}");
    // The attack is the best possible: it achieves the exact delta of the Gaussian mechanism (Balle
    // and Wang, ICML 2018, theorem 8).
    let exact = |variance: u64| {
        let per = (squared_length(with.iter().zip(&without).map(|(a, b)| a - b)) as f64
            / variance as f64)
            .sqrt();
        cdf(0.5 * per - epsilon / per) - libm::exp(epsilon) * cdf(-0.5 * per - epsilon / per)
    };
    assert!((found - exact(used)).abs() < error, "{found}, exactly {}", exact(used));
    // Half the standard deviation does not keep the guarantee, and the attack shows it.
    let broken = achieved(used / 4);
    assert!(broken > guaranteed + error, "{broken}");
    assert!(
        (broken - exact(used / 4)).abs() < 3.0 * error,
        "{broken}, exactly {}",
        exact(used / 4)
    );
}

#[test]
fn noise_depends_on_the_sums_and_the_secret() {
    let sums = vec![5_i64; 200];
    let mut other = sums.clone();
    other[7] += 1;
    let noise = |secret: u8, sums: &[i64]| -> Vec<i64> {
        noised([secret; 16], 1 << 40, sums)
            .iter()
            .zip(sums)
            .map(|(noisy, sum)| noisy - sum)
            .collect()
    };
    assert_eq!(noise(1, &sums), noise(1, &sums));
    let equal = |a: Vec<i64>, b: Vec<i64>| a.iter().zip(&b).filter(|(a, b)| a == b).count();
    // With the same noise for another history, the difference of two releases would have none.
    assert!(equal(noise(1, &sums), noise(1, &other)) < 3);
    assert!(equal(noise(1, &sums), noise(2, &sums)) < 3);
}

/// Figures of OpenDP and Google's dp-accounting, made by `tests/accounting/figures.py`.
#[test]
fn the_accounting_agrees_with_other_libraries() {
    let figures: serde_json::Value =
        serde_json::from_str(include_str!("../../../tests/accounting/figures.json")).expect("JSON");
    let rows = |name: &str| figures[name].as_array().expect(name).iter();
    let number = |row: &serde_json::Value, name: &str| {
        row[name].as_f64().unwrap_or_else(|| panic!("{name} in {row}"))
    };
    for row in rows("delta") {
        let (ours, theirs) =
            (delta(number(row, "rho"), number(row, "epsilon")), number(row, "delta"));
        assert!((ours / theirs - 1.0).abs() < 1e-6, "{row}: {ours:e}");
    }
    for row in rows("rho") {
        let (epsilon, delta) = (number(row, "epsilon"), number(row, "delta"));
        let (ours, theirs) = (rho(epsilon, delta), number(row, "rho"));
        assert!((ours / theirs - 1.0).abs() < 1e-6, "{row}: {ours}");
        // At least the noise that the Gaussian mechanism needs, and at most a fifth more.
        let sd = (variance(ours) as f64).sqrt() / GRID as f64;
        let needed = number(row, "least_sd");
        assert!(sd >= needed && sd < 1.2 * needed, "{row}: {sd}");
    }
    assert!(rows("delta").len() > 20 && rows("rho").len() > 10);
}
