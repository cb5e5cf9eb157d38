//! What `inseam evaluate` says about rules, compared with what they would do: in a simulated shop
//! the chance of every size to fit is known.
//!
//! `INSEAM_SHOPS=50 cargo test --release -p inseam-cli --test evaluate_rules -- --nocapture` has
//! the figures of BENCHMARKS.md.

#[path = "simulated/mod.rs"]
mod simulated;

use inseam::math::cdf;
use inseam_eval::off_policy::RULES;
use serde_json::Value;
use simulated::{Shop, number, run};
use std::collections::HashMap;

/// Shops that differ in what the model does not know.
const KINDS: [(&str, &[&str]); 5] = [
    ("plain", &[]),
    ("families", &["--families", "0.3"]),
    ("no reasons", &["--reasons", "0"]),
    ("personal offsets", &["--personal-offset", "0.4", "--personal-awareness", "0.5"]),
    ("10 % gifts", &["--gifts", "0.1"]),
];

/// A row of a table, by column.
type Row = HashMap<String, String>;

/// What would succeed under each rule, by its key, among the purchases that the owner of the
/// account wears: advice is for them.
fn truth(shop: &Shop, cases: &[Row], kept: bool) -> HashMap<&'static str, f64> {
    let (fits, typical) = (shop.fits(), shop.parameter("returning"));
    let key = |row: &Row| ["customer_id", "article_id", "ordered_at"].map(|c| row[c].clone());
    let purchases: HashMap<[String; 3], Row> =
        shop.rows("history").iter().map(key).zip(shop.rows("truth_purchases")).collect();
    let by_id = |table: &str, id: &str| -> HashMap<String, Row> {
        // Of two persons on an account, the owner is first.
        shop.rows(table).into_iter().rev().map(|row| (row[id].clone(), row)).collect()
    };
    let (articles, customers) =
        (by_id("truth_articles", "article_id"), by_id("truth_customers", "customer_id"));
    let label = |text: &str| text.to_uppercase();
    let positions: HashMap<(String, String), f64> = shop
        .rows("truth_sizes")
        .iter()
        .map(|row| {
            let position = number(row, "position") + number(row, "deviation");
            ((row["article_id"].clone(), label(&row["size"])), position)
        })
        .collect();
    let mut sums: HashMap<&str, (f64, f64)> = HashMap::new();
    for case in cases {
        let purchase = &purchases[&key(case)];
        if purchase["worn_by"] != "owner" {
            continue;
        }
        let article = &articles[&case["article_id"]];
        let wearer = number(purchase, "wearer_size") - number(purchase, "personal_offset");
        let nuisance = number(purchase, "wearer_fussiness") + number(article, "spread");
        let returning = number(&customers[&case["customer_id"]], "returning")
            + number(article, "returning")
            + typical;
        for rule in RULES {
            let size = (case["article_id"].clone(), label(&case[rule.key()]));
            let misfit = positions[&size] + number(article, "offset") - wearer;
            let other = if kept { cdf(returning) } else { 0.0 };
            let sum = sums.entry(rule.key()).or_default();
            sum.0 += number(case, "weight");
            sum.1 += number(case, "weight") * fits(misfit, nuisance) * (1.0 - other);
        }
    }
    sums.into_iter().map(|(rule, (all, success))| (rule, success / all)).collect()
}

/// Counts how often something holds.
#[derive(Default)]
struct Share(u32, u32);

impl Share {
    fn add(&mut self, holds: bool) {
        self.0 += u32::from(holds);
        self.1 += 1;
    }

    fn value(&self) -> f64 {
        f64::from(self.0) / f64::from(self.1.max(1))
    }
}

/// What the report says of the rules of a shop, and what is true of them.
struct Compared {
    kind: &'static str,
    rules: Vec<Value>,
    truth: HashMap<&'static str, f64>,
}

impl Compared {
    /// Simulates the shop with this number, and evaluates on its last half year.
    fn new(n: usize) -> Self {
        let (kind, options) = KINDS[n % KINDS.len()];
        let seed = (1000 + n).to_string();
        let settings = ["--customers", "1500", "--articles", "300", "--seed", &seed];
        let folder = simulated::simulated(&format!("rules-{n}"), &[&settings, options].concat());
        let path = |file: &str| folder.join(file).to_str().unwrap().to_owned();
        let (pipeline, cases) = (path("pipeline.toml"), path("cases.csv"));
        let evaluate = ["evaluate", &pipeline, "--after", "2026-01-01", "--json"];
        let report = run(&[&evaluate[..], &["--cases", &cases]].concat());
        let report: Value = serde_json::from_str(&report).unwrap();
        let figures = &report["off_policy"];
        let kept = figures["success"] == "kept";
        assert_eq!(kept, kind == "no reasons");
        let shop = simulated::trained(folder.clone());
        let truth = truth(&shop, &shop.rows("cases"), kept);
        std::fs::remove_dir_all(folder).unwrap();
        Self { kind, rules: figures["rules"].as_array().unwrap().clone(), truth }
    }

    fn truth(&self, rule: &Value) -> f64 {
        self.truth[rule["rule"].as_str().unwrap()]
    }

    /// Adds whether pairs of rules that truly differ by two points are ranked right, and whether
    /// the advice is better or worse where the interval of the difference does not contain 0.
    fn rank(&self, pairs: &mut Share, leads: &mut Share) {
        let snips = |rule: &Value| rule["snips"]["value"].as_f64().unwrap();
        for (i, a) in self.rules.iter().enumerate() {
            for b in &self.rules[i + 1..] {
                let difference = self.truth(a) - self.truth(b);
                if difference.abs() > 0.02 {
                    pairs.add((snips(a) - snips(b)) * difference > 0.0);
                }
            }
            let lead = &a["advice_lead"]["snips"];
            let [low, high] = ["low", "high"].map(|end| lead[end].as_f64().unwrap_or(0.0));
            if low * high > 0.0 {
                leads.add((self.truth(&self.rules[0]) - self.truth(a)) * low > 0.0);
            }
        }
    }
}

#[test]
fn rules_are_ranked_as_they_are_in_truth() {
    let shops = std::env::var("INSEAM_SHOPS").map_or(5, |n| n.parse().unwrap());
    let (mut pairs, mut leads) = (Share::default(), Share::default());
    let mut covered = [Share::default(), Share::default()];
    let mut bounded = Share::default();
    let mut errors = [0.0; 3];
    for shop in (0..shops).map(Compared::new) {
        shop.rank(&mut pairs, &mut leads);
        let (advised, truth) = (&shop.rules[0], shop.truth(&shop.rules[0]));
        let values = ["snips", "adjusted"]
            .map(|name| ["value", "low", "high"].map(|part| advised[name][part].as_f64().unwrap()));
        for (i, [value, low, high]) in values.into_iter().enumerate() {
            covered[i].add(low <= truth && truth <= high);
            errors[i] += (value - truth) / shops as f64;
        }
        let [low, high] = ["low", "high"].map(|end| advised["bounds"][end].as_f64().unwrap());
        bounded.add(low <= truth && truth <= high);
        let [plain, adjusted] = values.map(|value| value[0]);
        let predicted = advised["predicted"].as_f64().unwrap();
        errors[2] += (predicted - truth) / shops as f64;
        println!(
            "{}: advice {plain:.3}, adjusted {adjusted:.3}, predicted {predicted:.3}, truth {truth:.3}",
            shop.kind
        );
    }
    println!(
        "ranked right: {:.3} of {} pairs that differ by two points, {:.3} of {} significant leads; the truth of the \
         advice is in {:.2} of the intervals, adjusted {:.2}, bounds {:.2}; mean error {:+.4}, adjusted {:+.4}, predicted {:+.4}",
        pairs.value(),
        pairs.1,
        leads.value(),
        leads.1,
        covered[0].value(),
        covered[1].value(),
        bounded.value(),
        errors[0],
        errors[1],
        errors[2]
    );
    assert!(pairs.1 > 50 && pairs.value() >= 0.9, "{} of {}", pairs.0, pairs.1);
    assert!(leads.value() >= 0.8, "{} of {}", leads.0, leads.1);
    assert!(bounded.value() >= 0.8, "{} of {}", bounded.0, bounded.1);
    // Customers know their own size, so the estimates are too high; the adjustment takes a part.
    assert!(errors[1] < errors[0] && errors[1].abs() < 0.035, "{errors:?}");
}
