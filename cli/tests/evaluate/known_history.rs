//! Which purchases are measured, and that nothing from the future is used.

use super::kit::{fails, outcomes, outcomes_and_days, report, rows, runs, shop, simulated};
use serde_json::Value;
use std::path::PathBuf;

#[test]
fn every_customer_with_two_purchases_and_one_kept_is_measured_once() {
    let folder = simulated("last-kept");
    let mut customers = outcomes_and_days(&folder);
    customers.retain(|rows| rows.len() >= 2 && rows.iter().any(|row| row[0] == "kept"));
    let measured = customers.len();
    let last_kept_on_first_day = |rows: &&Vec<[String; 2]>| {
        rows.iter().rfind(|row| row[0] == "kept").is_some_and(|last| last[1] == rows[0][1])
    };
    let none_before = customers.iter().filter(last_kept_on_first_day).count();
    let found = report(&folder, &["--last-kept", "--folds", "3"]);
    assert_eq!(found["protocol"], "last_kept");
    assert_eq!(found["folds"], 3);
    assert_eq!(found["cases"], measured);
    assert!(none_before > 0 && found["cases_by_slice"]["0"] == none_before, "{found}");
    let by_slice =
        found["cases_by_slice"].as_object().unwrap().values().map(|n| n.as_u64().unwrap());
    assert_eq!(by_slice.sum::<u64>(), measured as u64);
    let [hit, hit2] = ["hit", "hit2"].map(|key| found[key].as_f64().unwrap());
    assert!(
        hit > found["article_mode"]["hit"].as_f64().unwrap() && hit2 > hit && hit2 <= 1.0,
        "{found}"
    );
    assert!(found["slices"]["4-9"].as_f64().unwrap() > 0.0);
    assert!(
        found["log_loss"].as_f64().unwrap() < found["article_log_loss"].as_f64().unwrap(),
        "{found}"
    );
    assert!(!folder.join("shop.inseam").exists(), "the models of folds are not kept");
}

#[test]
fn first_purchases_of_new_customers_are_measured_if_kept() {
    let folder = simulated("new-customers");
    let measured = outcomes(&folder).iter().filter(|own| own[0] == "kept").count();
    let (json, log) =
        runs(&folder, &["evaluate", "pipeline.toml", "--new-customers", "--folds", "4", "--json"]);
    let found: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(found["cases"], measured);
    assert_eq!(found["cases_by_slice"]["0"], measured);
    assert_eq!(found["customer_mode"], Value::Null);
    assert!(
        found["hit"].as_f64().unwrap() > found["article_mode"]["hit"].as_f64().unwrap(),
        "{found}"
    );
    for fold in 1..=4 {
        assert!(log.contains(&format!("fold {fold} of 4, training: ")), "{log}");
    }
    // Training leaves out whole customers: the folds together leave out each of them once.
    let trained: Vec<usize> = log
        .lines()
        .filter_map(|line| {
            line.split(" purchases of ")
                .nth(1)?
                .split(" customers")
                .next()?
                .replace(' ', "")
                .parse()
                .ok()
        })
        .collect();
    assert_eq!(trained.iter().sum::<usize>(), 3 * outcomes(&folder).len());
}

/// Every customer of this shop takes one size, except in the last purchase they keep, whose size is
/// drawn anew. A prediction from strictly earlier purchases must then be wrong about as often as a
/// guess. If it used the target, or the later purchases, which repeat its size, it would be right.
fn shop_of_surprises(name: &str) -> PathBuf {
    let sizes = ["S", "M", "L", "XL"];
    let mut history = String::from("customer_id,article_id,size,outcome,ordered_at\n");
    for customer in 0..160_usize {
        let (usual, new) = (customer % 4, (customer / 4) % 4);
        for k in 0..4 {
            history.push_str(&format!(
                "c{customer},a{},{},kept,2025-01-0{}\n",
                (customer + k) % 6,
                sizes[usual],
                k + 1
            ));
        }
        history.push_str(&format!(
            "c{customer},a{},{},kept,2025-02-01\n",
            customer % 6,
            sizes[new]
        ));
        // Later and returned, so not a target, and not to be used for predicting the target.
        for k in 0..6 {
            history.push_str(&format!(
                "c{customer},a{},{},other_reason,2025-03-0{}\n",
                k % 6,
                sizes[new],
                k + 1
            ));
        }
    }
    shop(name, &history)
}

#[test]
fn predictions_use_neither_the_target_nor_later_purchases() {
    let found = report(&shop_of_surprises("surprises"), &["--last-kept", "--folds", "4"]);
    assert_eq!(found["cases"], 160);
    for hits in [&found, &found["advised"], &found["customer_mode"]] {
        let hit = hits["hit"].as_f64().unwrap();
        assert!((0.1..0.45).contains(&hit), "a size drawn anew is predicted in {hit} of the cases");
    }
    assert_eq!(found["cases_by_slice"]["4-9"], 160);
}

/// Every customer of this shop takes one size, except in their last order, whose size is drawn
/// anew. The lines of this order have one day, and the one that is kept comes last.
fn shop_of_last_orders(name: &str) -> PathBuf {
    let sizes = ["S", "M", "L", "XL"];
    let mut history = String::from("customer_id,article_id,size,outcome,ordered_at\n");
    for customer in 0..160_usize {
        let mut add = |article: usize, size: usize, outcome: &str, day: &str| {
            let size = sizes[size];
            history.push_str(&format!("c{customer},a{article},{size},{outcome},{day}\n"));
        };
        let (usual, new) = (customer % 4, (customer / 4) % 4);
        (0..2).for_each(|k| add((customer + k) % 6, usual, "kept", &format!("2025-01-0{}", k + 1)));
        (1..6).for_each(|k| add((customer + k) % 6, new, "unknown_reason", "2025-02-01"));
        add(customer % 6, new, "kept", "2025-02-01");
    }
    shop(name, &history)
}

/// The other lines of an order repeat its size. They are known only with `--same-day`.
#[test]
fn other_lines_of_the_same_day_are_not_known() {
    let folder = shop_of_last_orders("last-orders");
    let hits = |report: &Value| {
        [&report["hit"], &report["customer_mode"]["hit"]].map(|hit| hit.as_f64().unwrap())
    };
    let found = report(&folder, &["--last-kept", "--folds", "4"]);
    assert_eq!((&found["same_day"], &found["cases"]), (&false.into(), &160.into()));
    assert_eq!(found["cases_by_slice"]["2-3"], 160);
    assert!(hits(&found).iter().all(|hit| (0.1..0.45).contains(hit)), "{found}");
    let group = found["customer_group_mode"]["hit"].as_f64().unwrap();
    assert!((0.1..0.45).contains(&group), "{found}");
    let found = report(&folder, &["--last-kept", "--folds", "4", "--same-day"]);
    assert_eq!((&found["same_day"], &found["cases"]), (&true.into(), &160.into()));
    assert_eq!(found["cases_by_slice"]["4-9"], 160);
    assert!(hits(&found).iter().all(|hit| *hit > 0.6), "{found}");
    fails(&folder, &["evaluate", "pipeline.toml", "--same-day"], 2, &["required"]);
}

#[test]
fn the_table_of_cases_has_the_hits_of_the_report() {
    let folder = simulated("cases");
    let found = report(&folder, &["--last-kept", "--folds", "2", "--cases", "cases.csv"]);
    let table = std::fs::read_to_string(folder.join("cases.csv")).unwrap();
    let mut lines = table.lines().map(|line| line.split(',').collect::<Vec<&str>>());
    let heads = lines.next().unwrap();
    let cases: Vec<Vec<&str>> = lines.collect();
    let column = |name: &str| heads.iter().position(|head| *head == name).unwrap();
    assert_eq!(found["cases"], cases.len());
    let share = |of: &dyn Fn(&[&str]) -> bool| {
        cases.iter().filter(|case| of(case)).count() as f64 / cases.len() as f64
    };
    let equal = |a: &str, b: &str| {
        let (a, b) = (column(a), column(b));
        share(&|case: &[&str]| case[a] == case[b])
    };
    for (rates, named, rank) in [
        (&found, "likeliest_choice", "choice_rank"),
        (&found["advised"], "advised_size", "advised_rank"),
    ] {
        assert_eq!(rates["hit"], equal("size", named));
        assert_eq!(rates["hit"], share(&|case: &[&str]| case[column(rank)] == "0"));
    }
    let second = equal("size", "second_choice") + found["hit"].as_f64().unwrap();
    assert!((found["hit2"].as_f64().unwrap() - second).abs() < 1e-12);
    for (rates, rank) in [
        ("customer_mode", "customer_mode_rank"),
        ("customer_group_mode", "customer_group_mode_rank"),
        ("article_mode", "article_mode_rank"),
    ] {
        assert_eq!(found[rates]["hit"], share(&|case: &[&str]| case[column(rank)] == "0"));
    }
    let history = rows(&folder);
    let known = |case: &Vec<&str>| {
        let row = [0, 1, 2, 3].map(|i| case[i]);
        history.iter().any(|of| [&of[0], &of[1], &of[2], &of[4]].map(String::as_str) == row)
    };
    assert!(cases.iter().all(known), "{table}");
}

#[test]
fn the_gap_is_neither_trained_nor_measured_on() {
    let folder = simulated("after");
    let mut days: Vec<String> = rows(&folder).into_iter().map(|row| row[4].clone()).collect();
    days.sort();
    let day = days[days.len() * 3 / 4].clone();
    let at = |gap: &str| report(&folder, &["--after", &day, "--gap", gap]);
    let after = days.iter().filter(|d| **d >= day).count();
    let measured = rows(&folder).iter().filter(|row| row[4] >= day && row[3] != "pending").count();
    let none = at("0");
    assert_eq!(
        (&none["protocol"], &none["day"], &none["between"]),
        (&"after".into(), &day.as_str().into(), &0.into())
    );
    assert_eq!(none["test_rows"], measured);
    assert_eq!(none["training_rows"], days.len() - after);
    let wide = at("60");
    let between = wide["between"].as_u64().unwrap() as usize;
    assert!(between > 0, "{wide}");
    assert_eq!(wide["test_rows"], measured);
    assert_eq!(wide["training_rows"], days.len() - after - between);
    assert_eq!(report(&folder, &["--after", &day])["gap_days"], 30);
    assert!(wide["outcome"]["macro_auc"].as_f64().unwrap() > 0.5);
}

#[test]
fn all_rows_includes_those_that_where_leaves_out() {
    let folder = simulated("all-rows");
    let pipeline = std::fs::read_to_string(folder.join("pipeline.toml")).unwrap();
    let narrow = pipeline.replace("[history]\n", "[history]\nwhere = { group = \"dresses\" }\n");
    assert_ne!(pipeline, narrow);
    std::fs::write(folder.join("pipeline.toml"), narrow).unwrap();
    let rows = |options: &[&str]| report(&folder, options)["rows"].as_u64().unwrap() as usize;
    let all = self::rows(&folder).len();
    assert!(rows(&["--last-kept", "--folds", "2"]) < all);
    assert_eq!(rows(&["--last-kept", "--folds", "2", "--all-rows"]), all);
}
