//! `inseam evaluate` from the outside: which purchases it measures, that it uses nothing from the
//! future, and that its reports are complete.

use inseam::train::ModelTerm;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder for one test, empty at its beginning.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("evaluate-{name}"));
    drop(std::fs::remove_dir_all(&path));
    std::fs::create_dir_all(&path).unwrap();
    path
}

fn inseam(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_inseam")).args(arguments).current_dir(folder).output().unwrap()
}

/// Runs the program, which must succeed; returns standard output and standard error.
fn runs(folder: &Path, arguments: &[&str]) -> (String, String) {
    let output = inseam(folder, arguments);
    let log = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{arguments:?}: {log}");
    (String::from_utf8(output.stdout).unwrap(), log)
}

/// The report of `evaluate pipeline.toml` with these options; all its fields must be documented.
fn report(folder: &Path, options: &[&str]) -> Value {
    let arguments = [&["evaluate", "pipeline.toml", "--json"], options].concat();
    let report = serde_json::from_str(&runs(folder, &arguments).0).unwrap();
    assert_documented(&report);
    report
}

/// Fields with these parents are named by ranges of purchase counts.
const BY_RANGE: [&str; 2] = ["slices", "cases_by_slice"];

/// Checks that `docs/json.md` names every field, at any depth.
fn assert_documented(value: &Value) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                let named = include_str!("../../docs/json.md").contains(&format!("`{name}`"));
                assert!(named, "docs/json.md does not name {name}");
                if !BY_RANGE.contains(&name.as_str()) {
                    assert_documented(value);
                }
            }
        }
        Value::Array(values) => values.iter().for_each(assert_documented),
        _ => {}
    }
}

/// Runs the program and checks its exit status and its message on standard error.
fn fails(folder: &Path, arguments: &[&str], status: i32, parts: &[&str]) {
    let output = inseam(folder, arguments);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(status), "{arguments:?}: {message}");
    for part in parts {
        assert!(message.contains(part), "{arguments:?}: no {part:?} in\n{message}");
    }
}

/// A small simulated shop in a folder of its own.
fn simulated(name: &str) -> PathBuf {
    let folder = folder(name);
    runs(&folder, &["simulate", "--out", ".", "--customers", "240", "--articles", "30", "--quiet"]);
    folder
}

const PIPELINE: &str =
    "[history]\npath = \"history.csv\"\n[model]\nout = \"shop.inseam\"\n[train]\nsweeps = 12\n";

/// A shop with this history.
fn shop(name: &str, history: &str) -> PathBuf {
    let folder = folder(name);
    std::fs::write(folder.join("pipeline.toml"), PIPELINE).unwrap();
    std::fs::write(folder.join("history.csv"), history).unwrap();
    folder
}

/// Customer, article, size, outcome and day of every row of a simulated history.
fn rows(folder: &Path) -> Vec<[String; 5]> {
    let history = std::fs::read_to_string(folder.join("history.csv")).unwrap();
    let mut lines = history.lines();
    let heads: Vec<&str> = lines.next().unwrap().split(',').collect();
    let at = ["customer_id", "article_id", "size", "outcome", "ordered_at"]
        .map(|name| heads.iter().position(|head| *head == name).unwrap());
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            at.map(|i| cells[i].to_owned())
        })
        .collect()
}

/// The outcomes and days of every customer in order, without pending ones, which are neither
/// measured nor used.
fn outcomes_and_days(folder: &Path) -> Vec<Vec<[String; 2]>> {
    let mut rows = rows(folder);
    rows.retain(|row| row[3] != "pending");
    rows.sort_by(|a, b| (&a[0], &a[4]).cmp(&(&b[0], &b[4])));
    rows.chunk_by(|a, b| a[0] == b[0])
        .map(|of| of.iter().map(|row| [row[3].clone(), row[4].clone()]).collect())
        .collect()
}

/// The outcomes alone.
fn outcomes(folder: &Path) -> Vec<Vec<String>> {
    let outcome = |[outcome, _]: [String; 2]| outcome;
    let customers = outcomes_and_days(folder).into_iter();
    customers.map(|rows| rows.into_iter().map(outcome).collect()).collect()
}

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

/// A shop that records no reasons has no known misfit: the report is about returns instead.
#[test]
fn without_reasons_the_report_is_about_returns() {
    let folder = folder("no-reasons");
    let options = ["--customers", "600", "--articles", "40", "--reasons", "0", "--quiet"];
    runs(&folder, &[&["simulate", "--out", "."], &options[..]].concat());
    let protocols: [&[&str]; 2] =
        [&["--after", "2025-06-01"], &["--train", "--test", "history.csv"]];
    for protocol in protocols {
        let json = report(&folder, protocol);
        assert_eq!((&json["outcome"], &json["curves"]), (&Value::Null, &Value::Null));
        let returned = &json["returned"];
        let figure = |name: &str| returned[name].as_f64().unwrap();
        assert!(figure("auc") > 0.5 && figure("log_loss") < figure("prior_log_loss"), "{returned}");
        assert!(figure("ece") > 0.0 && figure("ece") < 0.12, "{returned}");
        let tenths = returned["calibration"].as_array().unwrap();
        assert_eq!(tenths.len(), 10);
        let cases: u64 = tenths.iter().map(|bin| bin["cases"].as_u64().unwrap()).sum();
        assert_eq!(returned["rows"], cases);
        assert_eq!(json["by_history"][1]["outcome"], Value::Null);
        assert!(json["by_history"][4]["returned"]["auc"].is_number(), "{json}");
        let all = [&["evaluate", "pipeline.toml", "--html", "report.html"], protocol].concat();
        let (text, _) = runs(&folder, &all);
        let page = std::fs::read_to_string(folder.join("report.html")).unwrap();
        well_formed(&page);
        for part in [format!("{:.4}", figure("auc")), format!("{:.4}", figure("log_loss"))] {
            assert!(text.contains(&part) && page.contains(&part), "{part} is not in\n{text}");
        }
        let observed = tenths[9]["observed"].as_f64().unwrap();
        assert!(text.contains(&format!("{observed:.3}")), "{text}");
        for shown in [&text, &page] {
            assert!(shown.contains("No return names a direction"), "{shown}");
            assert!(!shown.contains("macro") && !shown.contains("Macro"), "{shown}");
        }
        assert!(text.contains("RETURNED for any reason") && !text.contains("FITS,"), "{text}");
        assert!(page.contains("Does it come back?") && !page.contains("Accuracy"), "{page}");
    }
}

/// Without outcomes every purchase counts as kept, so nothing tells how well they are predicted.
#[test]
fn without_outcomes_only_the_size_kept_is_measured() {
    let folder = simulated("no-outcomes");
    let history = rows(&folder);
    let mut table = String::from("customer_id,article_id,size,ordered_at\n");
    history.iter().for_each(|r| table.push_str(&format!("{},{},{},{}\n", r[0], r[1], r[2], r[4])));
    let folder = shop("no-outcomes-at-all", &table);
    let json = report(&folder, &["--after", "2025-06-01"]);
    for part in ["outcome", "curves", "returned"] {
        assert_eq!(json[part], Value::Null, "{json}");
    }
    assert!(json["kept_size"]["advised"].as_f64().unwrap() > 0.1, "{json}");
    let options = ["evaluate", "pipeline.toml", "--after", "2025-06-01", "--html", "report.html"];
    let (text, _) = runs(&folder, &options);
    let page = std::fs::read_to_string(folder.join("report.html")).unwrap();
    for shown in [&text, &page] {
        assert!(shown.contains("the history has no outcomes"), "{shown}");
        assert!(!shown.contains("RETURNED") && !shown.contains("alibration"), "{shown}");
    }
    assert!(text.contains("KEPT SIZE, "), "{text}");
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
fn mistakes_have_clear_messages() {
    let folder = simulated("mistakes");
    let evaluate = |options: &[&'static str]| [&["evaluate", "pipeline.toml"], options].concat();
    fails(
        &folder,
        &evaluate(&["--after", "31/01/2026"]),
        2,
        &["--after <DATE>", "a date is written like 2026-01-31"],
    );
    fails(
        &folder,
        &evaluate(&["--after", "2026-01-31", "--last-kept"]),
        2,
        &["cannot be used with"],
    );
    fails(&folder, &evaluate(&["--all-rows"]), 2, &["required"]);
    fails(
        &folder,
        &evaluate(&["--after", "1990-01-01"]),
        1,
        &["pipeline.toml: has no purchase before 1989-12-02", "its history goes from 20"],
    );
    fails(
        &folder,
        &evaluate(&["--after", "2190-01-01"]),
        1,
        &["has no purchase at or after 2190-01-01"],
    );
    fails(&folder, &evaluate(&["--last-kept", "--html", "."]), 1, &["is a folder"]);

    let undated = shop(
        "undated",
        "customer_id,article_id,size,outcome\nc1,a,M,kept\nc2,a,L,kept\nc3,a,M,too_small\n",
    );
    fails(
        &undated,
        &evaluate(&["--after", "2026-01-31"]),
        1,
        &["pipeline.toml: maps no column to ordered_at"],
    );
    fails(
        &undated,
        &evaluate(&["--last-kept"]),
        1,
        &["no customer has two purchases, one of them kept"],
    );
    let help = runs(&undated, &["evaluate", "--help"]).0;
    for part in ["--last-kept", "return window", "FOUR PROTOCOLS"] {
        assert!(help.contains(part), "{help}");
    }
}

/// The ablation reports the whole model, then the model without each term. It is measured on the
/// training history itself: this test is about which figures are reported where.
#[test]
fn an_ablation_leaves_out_each_term_in_turn() {
    let folder = simulated("ablation");
    let options = ["--train", "--test", "history.csv", "--ablation", "--html", "report.html"];
    let report = report(&folder, &options);
    let rows = report["ablation"].as_array().unwrap();
    let terms: Vec<&str> = rows.iter().map(|row| row["term"].as_str().unwrap()).collect();
    assert_eq!((terms[0], terms.len()), ("", 1 + ModelTerm::ALL.len()));
    assert!(terms.contains(&"measurements") && terms.contains(&"size runs"), "{terms:?}");
    // The whole model, trained again on the same rows, only lacks the rounding of the model file.
    for (ablation, figure, tolerance) in [
        ("macro_auc", &report["outcome"]["macro_auc"], 1e-3),
        ("log_loss", &report["outcome"]["log_loss"], 1e-4),
        ("choice_log_loss", &report["kept_size"]["choice_log_loss"], 1e-3),
        ("kept_size_hit", &report["kept_size"]["advised"], 0.01),
    ] {
        let difference = rows[0][ablation].as_f64().unwrap() - figure.as_f64().unwrap();
        assert!(difference.abs() < tolerance, "{ablation} differs by {difference}");
    }
    let figure = |term: &str, figure: &str| {
        rows[terms.iter().position(|t| *t == term).unwrap()][figure].as_f64().unwrap()
    };
    // On the rows it was trained on, a model with fewer terms fits worse.
    assert!(figure("spreads", "log_loss") > figure("", "log_loss"));
    assert!(figure("lengths", "choice_log_loss") > figure("", "choice_log_loss"));
    let hits = rows.iter().map(|row| row["kept_size_hit"].as_f64().unwrap());
    assert!(hits.clone().all(|hit| (0.3..1.0).contains(&hit)), "{report}");
    let page = std::fs::read_to_string(folder.join("report.html")).unwrap();
    well_formed(&page);
    assert!(page.contains("What does each term gain?") && page.contains("<rect "), "{page}");
    assert!(page.contains("Choice: the rise without the term"), "{page}");
    let text = runs(&folder, &[&["evaluate", "pipeline.toml"], &options[1..4]].concat()).0;
    assert!(text.contains("TRAINED WITHOUT") && text.contains("purchases for others"), "{text}");
    for figure in ["choice_log_loss", "kept_size_hit"] {
        let figure = format!("{:.4}", rows[0][figure].as_f64().unwrap());
        assert!(text.contains(&figure), "{figure} is not in\n{text}");
    }
    fails(
        &folder,
        &["evaluate", "pipeline.toml", "--ablation", "--last-kept"],
        2,
        &["cannot be used with"],
    );
}

/// The estimates of the report are those of the table of cases, by their definition.
#[test]
fn the_headline_is_what_would_fit_if_the_advice_were_followed() {
    let folder = simulated("followed");
    let options = ["--after", "2025-06-01", "--cases", "choices.csv", "--html", "report.html"];
    let found = report(&folder, &options);
    let figures = &found["off_policy"];
    assert_eq!(figures["success"], "fits");

    let table = std::fs::read_to_string(folder.join("choices.csv")).unwrap();
    let mut lines = table.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let heads = lines.next().unwrap();
    let at = |name: &str| heads.iter().position(|head| *head == name).unwrap();
    let columns = ["size", "advised", "success", "weight", "advised_propensity"].map(at);
    let (mut weights, mut successes, mut all, mut taken, mut followed) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for case in lines {
        let [size, advised, success, weight, propensity] = columns.map(|i| case[i]);
        let [success, weight, propensity] =
            [success, weight, propensity].map(|x| x.parse::<f64>().unwrap());
        // Six of ten returns have a reason, and count for the others.
        assert!(success == 0.0 || success == 1.0 && (1.0..2.5).contains(&weight), "{case:?}");
        (all, taken) = (all + weight, taken + weight * success);
        if size == advised {
            followed += weight;
            weights += weight / propensity.max(0.05);
            successes += weight * success / propensity.max(0.05);
        }
    }
    let advice = &figures["rules"][0];
    assert_eq!(advice["rule"], "advised");
    let close = |figure: &Value, expected: f64| {
        assert!((figure.as_f64().unwrap() - expected).abs() < 1e-9, "{figure}, not {expected}");
    };
    close(&advice["snips"]["value"], successes / weights);
    close(&advice["mean_weight"], weights / all);
    close(&advice["followed"], followed / all);
    close(&figures["taken"]["value"], taken / all);
    close(&advice["gain"]["snips"]["value"], successes / weights - taken / all);
    assert_eq!(figures["rows"].as_u64().unwrap() as usize, table.lines().count() - 1);
    let left_out: u64 = ["several_sizes", "no_reason", "no_choice"]
        .iter()
        .map(|why| figures["left_out"][why].as_u64().unwrap())
        .sum();
    assert_eq!(left_out + figures["rows"].as_u64().unwrap(), found["test_rows"].as_u64().unwrap());
    assert_eq!(advice["advice_lead"], Value::Null);
    assert!(figures["rules"][3]["advice_lead"]["hidden_odds"].as_f64().unwrap() >= 1.0);

    let per_cent = |part: &str| format!("{:.1}", 100.0 * advice["snips"][part].as_f64().unwrap());
    let headline = format!(
        "If everybody followed the advice, {} % would fit ({} to {}); today {:.1} % do.",
        per_cent("value"),
        per_cent("low"),
        per_cent("high"),
        100.0 * figures["taken"]["value"].as_f64().unwrap()
    );
    let (text, _) = runs(&folder, &[&["evaluate", "pipeline.toml"], &options[..2]].concat());
    let page = std::fs::read_to_string(folder.join("report.html")).unwrap();
    well_formed(&page);
    for shown in [&text, &page] {
        assert!(shown.contains(&headline) && shown.contains("hidden odds"), "{headline}\n{shown}");
    }
}

/// Without reasons what is estimated is the share that would be kept.
#[test]
fn without_reasons_the_headline_is_what_would_be_kept() {
    let folder = folder("kept");
    let options = ["--customers", "600", "--articles", "40", "--reasons", "0", "--quiet"];
    runs(&folder, &[&["simulate", "--out", "."], &options[..]].concat());
    let found = report(&folder, &["--after", "2025-06-01"]);
    let figures = &found["off_policy"];
    assert_eq!(figures["success"], "kept");
    let value = |figure: &Value| figure["value"].as_f64().unwrap();
    let (kept, advice) = (value(&figures["taken"]), value(&figures["rules"][0]["snips"]));
    // A return for another reason is no success, and no purchase stands for another.
    assert!((kept - (1.0 - found["returned"]["share"].as_f64().unwrap())).abs() < 0.04, "{found}");
    assert!((advice - kept).abs() < 0.15, "{figures}");
    let predicted = figures["rules"][0]["predicted"].as_f64().unwrap();
    assert!((predicted - kept).abs() < 0.1, "{figures}");
    let (text, _) = runs(&folder, &["evaluate", "pipeline.toml", "--after", "2025-06-01"]);
    assert!(text.contains("% would be kept (") && text.contains("% are."), "{text}");
}

#[test]
fn random_splits_measure_a_tenth_each() {
    let folder = simulated("splits");
    let found = report(&folder, &["--random-splits", "3", "--html", "report.html"]);
    assert_eq!((&found["protocol"], &found["splits"]), (&"random_splits".into(), &3.into()));
    let measured = rows(&folder).iter().filter(|row| row[3] != "pending").count() as f64;
    let parts = found["parts"].as_array().unwrap();
    let of = |by: &str| parts.iter().filter(|part| part["by"] == by).collect::<Vec<_>>();
    let sum = |parts: &[&Value]| parts.iter().map(|p| p["rows"].as_f64().unwrap()).sum::<f64>();
    let all = sum(&of("all"));
    assert!((0.085..0.115).contains(&(all / measured)), "{all} of {measured}");
    for by in ["customer", "article"] {
        assert!((sum(&of(by)) - all).abs() < 1e-6, "{found}");
    }
    let auc = &parts[0]["macro_auc"];
    let figure = |name: &str| auc[name].as_f64().unwrap();
    assert!(figure("low") < figure("mean") && figure("mean") > 0.5 && figure("sd") > 0.0, "{auc}");
    assert!((figure("high") - figure("mean") - 1.96 * figure("sd")).abs() < 1e-9, "{auc}");
    // The purchases of all splits together; of a row measured twice, twice.
    let choices = found["off_policy"]["rows"].as_f64().unwrap();
    assert!(choices > 0.6 * 3.0 * all && choices < 3.0 * all, "{choices}");
    assert!(found["off_policy"]["customers"].as_u64().unwrap() < 240);
    let page = std::fs::read_to_string(folder.join("report.html")).unwrap();
    well_formed(&page);
    let (text, _) = runs(&folder, &["evaluate", "pipeline.toml", "--random-splits", "3"]);
    for shown in [&text, &page] {
        assert!(shown.contains("customer: none, cold"), "{shown}");
        assert!(shown.contains(&format!("{:.4}", figure("mean"))), "{shown}");
    }
    assert!(!folder.join("shop.inseam").exists(), "the models of splits are not kept");
    fails(
        &folder,
        &["evaluate", "pipeline.toml", "--random-splits", "3", "--cases", "cases.csv"],
        2,
        &["cannot be used with"],
    );
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

/// Every attribute and text of a page. Panics unless the page is well-formed: every element closed,
/// every text escaped.
fn well_formed(page: &str) -> Vec<String> {
    let body = page.strip_prefix("<!DOCTYPE html>").expect("a page");
    let (mut open, mut found, mut rest): (Vec<String>, Vec<String>, &str) =
        (Vec::new(), Vec::new(), body);
    let escaped = |text: &str| {
        text.split('&')
            .skip(1)
            .all(|t| ["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|e| t.starts_with(e)))
    };
    while let Some(at) = rest.find('<') {
        let text = &rest[..at];
        assert!(
            open.last().is_some_and(|o| o == "style") || (escaped(text) && !text.contains('>')),
            "{text:?}"
        );
        found.push(text.to_owned());
        let end = at + rest[at..].find('>').expect("a tag ends");
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name));
            continue;
        }
        let (tag, empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(name.chars().all(char::is_alphanumeric), "<{tag}>");
        assert!(
            attributes.matches('"').count().is_multiple_of(2) && escaped(attributes),
            "<{tag}>"
        );
        found.push(format!("{name} {attributes}"));
        if !empty {
            open.push(name.to_owned());
        }
    }
    assert!(open.is_empty() && rest.trim().is_empty(), "left open: {open:?}");
    found
}

#[test]
fn the_page_is_well_formed_and_fetches_nothing() {
    let hostile =
        "tops</style><script src=http://x.example/x.js>alert(1)</script>\"'&amp;<img src=x>";
    let folder = simulated("page");
    let history = std::fs::read_to_string(folder.join("history.csv")).unwrap();
    let quoted = format!(",\"{}\",", hostile.replace('"', "\"\""));
    std::fs::write(folder.join("history.csv"), history.replace(",tops,", &quoted)).unwrap();
    let catalogue = std::fs::read_to_string(folder.join("catalogue.csv")).unwrap();
    std::fs::write(folder.join("catalogue.csv"), catalogue.replace(",tops,", &quoted)).unwrap();
    std::fs::copy(folder.join("pipeline.toml"), folder.join("<b>&.toml")).unwrap();
    runs(&folder, &["evaluate", "<b>&.toml", "--after", "2025-06-01", "--html", "after.html"]);
    runs(
        &folder,
        &["evaluate", "<b>&.toml", "--last-kept", "--folds", "2", "--html", "deep/last.html"],
    );
    for (name, charts) in [("after.html", 10), ("deep/last.html", 2)] {
        let page = std::fs::read_to_string(folder.join(name)).unwrap();
        let found = well_formed(&page);
        assert!(page.contains("&lt;b&gt;&amp;.toml") && !page.contains("<b>&"), "{name}");
        assert!(
            name != "after.html" || page.contains("tops&lt;/style&gt;&lt;script src=http"),
            "{name}"
        );
        let elements: Vec<&str> = found.iter().map(|f| f.split(' ').next().unwrap()).collect();
        assert!(
            !elements.contains(&"script")
                && !elements.contains(&"link")
                && !elements.contains(&"img"),
            "{name}"
        );
        let fetches = |f: &&String| {
            ["src=", "href=", "url("].iter().any(|how| f.contains(how)) && !f.contains("&lt;")
        };
        assert_eq!(found.iter().find(fetches), None, "{name}");
        assert!(!page.contains("@import") && page.contains("prefers-color-scheme: dark"), "{name}");
        assert_eq!(found.iter().filter(|f| f.contains("role=\"img\"")).count(), charts, "{name}");
        assert!(!page.contains("NaN") && !page.contains("inf,"), "{name}");
    }
}

#[test]
fn the_text_has_the_figures_of_the_json() {
    let folder = simulated("text");
    runs(&folder, &["train", "pipeline.toml"]);
    let (text, _) = runs(&folder, &["evaluate", "pipeline.toml", "--test", "history.csv"]);
    let json = report(&folder, &["--test", "history.csv"]);
    assert_eq!(json["protocol"], "test");
    let unnamed = rows(&folder)
        .iter()
        .filter(|row| row[3] == "unknown_reason" || row[3] == "size_reason")
        .count();
    assert!(
        unnamed > 0 && json["unnamed_returns"] == unnamed && text.contains("names no direction"),
        "{text}"
    );
    let outcome = &json["outcome"];
    for figure in
        ["macro_auc", "log_loss", "class_prior_log_loss"].map(|key| outcome[key].as_f64().unwrap())
    {
        assert!(text.contains(&format!("{figure:.4}")), "{figure} is not in\n{text}");
    }
    for key in ["ece", "ece_floor"] {
        for figure in outcome[key].as_array().unwrap() {
            let figure = figure.as_f64().unwrap();
            assert!(
                figure > 0.0 && figure < 0.2 && text.contains(&format!("{figure:.4}")),
                "{key}\n{text}"
            );
        }
    }
    for key in ["advised_fits", "advised_taken_fits"] {
        let bins = json["curves"][key].as_array().unwrap();
        assert_eq!(bins.len(), 10);
        let (predicted, observed) =
            (bins[4]["predicted"].as_f64().unwrap(), bins[4]["observed"].as_f64().unwrap());
        assert!(
            text.contains(&format!("{predicted:.3}")) && text.contains(&format!("{observed:.3}")),
            "{key}\n{text}"
        );
    }
    assert_eq!(json["curves"]["accuracy"].as_array().unwrap().len(), 20);
    assert_eq!(json["by_group"].as_array().unwrap().len(), 4);
    assert!(text.contains("dresses"), "{text}");
}
