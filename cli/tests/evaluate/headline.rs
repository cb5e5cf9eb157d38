//! Off-policy estimates, random splits and ablations.

use super::kit::{fails, folder, report, rows, runs, simulated, well_formed};
use inseam::train::ModelTerm;
use serde_json::Value;

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

    let per_cent =
        |of: &str, part: &str| format!("{:.1}", 100.0 * advice[of][part].as_f64().unwrap());
    assert_bounds_contain_all_estimates(advice);
    let headline = format!(
        "If everybody followed the advice, {} % would fit ({} to {}, allowing for what customers know of their own \
         size); today {:.1} % do.",
        per_cent("snips", "value"),
        per_cent("bounds", "low"),
        per_cent("bounds", "high"),
        100.0 * figures["taken"]["value"].as_f64().unwrap()
    );
    let (text, _) = runs(&folder, &[&["evaluate", "pipeline.toml"], &options[..2]].concat());
    let page = std::fs::read_to_string(folder.join("report.html")).unwrap();
    well_formed(&page);
    for shown in [&text, &page] {
        assert!(shown.contains(&headline) && shown.contains("hidden odds"), "{headline}\n{shown}");
    }
}

fn assert_bounds_contain_all_estimates(rule: &Value) {
    for (end, sign) in [("low", 1.0), ("high", -1.0)] {
        let bound = sign * rule["bounds"][end].as_f64().unwrap();
        for estimate in ["snips", "adjusted"] {
            assert!(bound <= sign * rule[estimate][end].as_f64().unwrap(), "{rule}");
        }
        assert!(bound < sign * rule["predicted"].as_f64().unwrap(), "{rule}");
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
        ("choice_log_loss", &report["kept_size"]["choice_log_loss"], 2e-3),
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
