//! What is released, beside what it promises.

use super::budget::{delta, rho};
use super::customer_scores::{ArticleScores, customer_scores};
use super::released::{GRID, Means, Units, clipped, noised, sum, variance};
use crate::math::cdf;
use crate::outcome::Outcome;
use crate::train::events::{Partition, into_partitions};
use crate::train::fit::fit;
use crate::train::graph::Graph;
use crate::train::settings::Settings;
use crate::train::state::{Beliefs, Broadcast, Parameters};
use crate::train::tiny;
use crate::train::training::{Prepared, prepare};
use tiny::{Row, columns, draw};

/// A shop with three customers more, as odd as they come: one who orders the same thing four
/// hundred times and always calls it too small, one who buys everything in its largest size and
/// says all of it is too small, and one who weighs as much as a mountain and sends everything back.
fn hostile() -> Vec<Row> {
    let mut rows = draw(5, 120, 10, 2);
    let like = |row: &Row, customer: &str, n: usize| Row {
        customer: customer.into(),
        order: format!("{customer}-{n}"),
        day: 18_000 + n as i32,
        ..row.clone()
    };
    let first = rows[0].clone();
    rows.extend((0..400).map(|n| Row { outcome: Outcome::TooSmall, ..like(&first, "loyal", n) }));
    let mut seen: Vec<Row> = Vec::new();
    for row in &rows {
        if !seen.iter().any(|s| s.article == row.article) {
            seen.push(row.clone());
        }
    }
    for (n, row) in seen.iter().enumerate() {
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

/// A history with the parameters that all share, what each of its customers says, and how that is
/// shared out.
struct Shop {
    graph: Graph,
    parameters: Parameters,
    said: Vec<Vec<ArticleScores>>,
    units: Units,
}

fn partitioned(rows: &[Row]) -> (Graph, Vec<Partition>) {
    let Prepared { graph, customers, .. } =
        prepare(&columns(rows), None).expect("a usable history");
    let partitions = into_partitions(&graph, customers, 50);
    (graph, partitions)
}

/// The scores of all customers under these parameters.
fn scores(
    graph: &Graph,
    parameters: &Parameters,
    partitions: &[Partition],
) -> Vec<Vec<ArticleScores>> {
    let beliefs = &Beliefs::prior(graph, parameters);
    customer_scores(Broadcast { graph, parameters, beliefs }, partitions)
}

impl Shop {
    fn of(rows: &[Row]) -> Self {
        let (graph, mut partitions) = partitioned(rows);
        let settings = Settings { sweeps: 8, ..Settings::default() };
        let parameters = fit(&graph, &mut partitions, &settings, &mut |_| ()).parameters;
        let said = scores(&graph, &parameters, &partitions);
        let means = Means::new(&graph, &said, &vec![1.0; said.len()]);
        let units = Units::new(&graph, &parameters, &means);
        Self { graph, parameters, said, units }
    }

    fn sums(&self, said: &[Vec<ArticleScores>]) -> Vec<i64> {
        sum(&self.graph, &self.units, said).0
    }
}

/// Euclidean length squared.
fn square(x: impl IntoIterator<Item = i64>) -> i128 {
    x.into_iter().map(|x| i128::from(x) * i128::from(x)).sum()
}

const BOUND: i128 = (GRID as i128) * (GRID as i128);

#[test]
fn a_customer_more_or_less_moves_the_sums_by_no_more_than_the_bound() {
    let shop = Shop::of(&hostile());
    let all = shop.sums(&shop.said);
    let (mut at_the_bound, mut within) = (0, 0);
    for c in 0..shop.said.len() {
        let mut others = shop.said.clone();
        others.remove(c);
        let moved = square(shop.sums(&others).iter().zip(&all).map(|(a, b)| a - b));
        assert!(moved <= BOUND, "customer {c}: {moved} of {BOUND}");
        if moved > BOUND - BOUND / 1000 { at_the_bound += 1 } else { within += 1 }
    }
    // It is the bound that holds some, not their size.
    assert!(at_the_bound > 3 && within > 3, "{at_the_bound} at the bound, {within} within");
}

#[test]
fn whatever_is_said_a_part_has_its_bound() {
    let shop = Shop::of(&draw(5, 120, 10, 2));
    let honest = shop.said.iter().max_by_key(|pairs| pairs.len()).expect("customers").clone();
    for factor in [1e-300, 1.0, 7.0, 1e9, 1e200, f64::INFINITY, f64::NAN] {
        let mut pairs = honest.clone();
        pairs.iter_mut().flat_map(|pair| &mut pair.scores).for_each(|x| *x *= factor);
        let (own, part) = clipped(&shop.graph, &shop.units, &pairs);
        assert!(square(own.into_iter().map(|(_, x)| x)) <= BOUND, "{factor}");
        assert!((0.0..=1.0).contains(&part), "{factor}: {part}");
    }
}

/// The promise is for one customer at a time: what the others say must not depend on what that one
/// did.
#[test]
fn nobody_moves_what_others_say() {
    let rows = draw(5, 120, 10, 2);
    let shop = Shop::of(&rows);
    let turned =
        |outcome| if outcome == Outcome::TooSmall { Outcome::TooLarge } else { Outcome::TooSmall };
    for c in [3, 40, 77] {
        let mut other = rows.clone();
        let id = format!("c{c}");
        let mine = |row: &&mut Row| row.customer == id && row.outcome != Outcome::Pending;
        other.iter_mut().filter(mine).for_each(|row| row.outcome = turned(row.outcome));
        let (graph, partitions) = partitioned(&other);
        let said = scores(&graph, &shop.parameters, &partitions);
        let differ = said.iter().zip(&shop.said).filter(|(a, b)| a != b).count();
        assert_eq!(differ, 1, "customer {c}");
        // Exchanged for another: as one less and one more.
        let moved = square(shop.sums(&said).iter().zip(shop.sums(&shop.said)).map(|(a, b)| a - b));
        assert!(moved > 0 && moved <= 4 * BOUND);
    }
}

/// The delta that an attack by the likelihood ratio achieves at this epsilon, estimated from as
/// many releases of the sums with and without one customer.
fn gained_by_attack(
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
    // The likeliest set under one world, less e^epsilon of it under the other.
    beyond(&present, epsilon) - libm::exp(epsilon) * beyond(&absent, epsilon)
}

/// An attacker who knows all but whether one customer is in, and sees a release, does the best
/// there is to do: goes by the likelihood ratio.
#[test]
fn the_best_attack_gains_what_is_promised_and_no_more() {
    const RELEASES: usize = 12_000;
    let (epsilon, most) = (0.5, 0.02);
    let shop = Shop::of(&hostile());
    // Who can be seen best is who moves the sums most.
    let long = |pairs: &Vec<ArticleScores>| {
        square(clipped(&shop.graph, &shop.units, pairs).0.into_iter().map(|(_, x)| x))
    };
    let customer = (0..shop.said.len()).max_by_key(|&c| long(&shop.said[c])).expect("customers");
    let with = shop.sums(&shop.said);
    let mut others = shop.said.clone();
    others.remove(customer);
    let without = shop.sums(&others);
    // Only where the two differ is there anything to see.
    let seen: Vec<usize> = (0..with.len()).filter(|&i| with[i] != without[i]).collect();
    let of = |sums: &[i64]| seen.iter().map(|&i| sums[i]).collect::<Vec<_>>();
    let (with, without) = (of(&with), of(&without));
    let gained = |variance: u64| gained_by_attack(&with, &without, variance, epsilon, RELEASES);
    let promised = variance(rho(epsilon, most));
    // Four standard errors of the difference of two shares.
    let error = 4.0 * (most * 2.0 / RELEASES as f64).sqrt() * libm::exp(epsilon);
    let found = gained(promised);
    assert!(found <= most + error, "{found} beyond {most}");
    // It is as good as an attack can be: it finds what the Gaussian mechanism gives away (Balle and
    // Wang, ICML 2018, theorem 8).
    let exact = |variance: u64| {
        let per =
            (square(with.iter().zip(&without).map(|(a, b)| a - b)) as f64 / variance as f64).sqrt();
        cdf(0.5 * per - epsilon / per) - libm::exp(epsilon) * cdf(-0.5 * per - epsilon / per)
    };
    assert!(
        (found - exact(promised)).abs() < error,
        "{found}, and {} is given away",
        exact(promised)
    );
    // With half the standard deviation the promise would be broken, and the attack shows it.
    let broken = gained(promised / 4);
    assert!(broken > most + error, "{broken}");
    assert!(
        (broken - exact(promised / 4)).abs() < 3.0 * error,
        "{broken}, and {} is given away",
        exact(promised / 4)
    );
}

#[test]
fn noise_belongs_to_its_sums_and_its_secret() {
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
    let alike = |a: Vec<i64>, b: Vec<i64>| a.iter().zip(&b).filter(|(a, b)| a == b).count();
    // Were the noise the same for another history, the difference of two releases would be free of
    // it.
    assert!(alike(noise(1, &sums), noise(1, &other)) < 3);
    assert!(alike(noise(1, &sums), noise(2, &sums)) < 3);
}

/// Figures of OpenDP and Google's dp-accounting, made by `tests/accounting/figures.py`.
#[test]
fn the_accounting_is_that_of_others() {
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
        let (epsilon, most) = (number(row, "epsilon"), number(row, "delta"));
        let (ours, theirs) = (rho(epsilon, most), number(row, "rho"));
        assert!((ours / theirs - 1.0).abs() < 1e-6, "{row}: {ours}");
        // Never less noise than the Gaussian mechanism itself needs, and a fifth more at the most.
        let sd = (variance(ours) as f64).sqrt() / GRID as f64;
        let exact = number(row, "least_sd");
        assert!(sd >= exact && sd < 1.2 * exact, "{row}: {sd}");
    }
    assert!(rows("delta").len() > 20 && rows("rho").len() > 10);
}
