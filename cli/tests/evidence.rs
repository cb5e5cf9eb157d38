//! What real shops' histories are like: returns without reasons, customers who keep little, misfits
//! that are kept, and the customer who orders the same thing four hundred times. On simulated shops
//! the truth is known through all of it.

mod simulated;

use inseam::model::{RETURNING, article_key};
use serde_json::Value;
use simulated::{Shop, Tracked, number, run, shop, simulated, trained};
use std::collections::HashMap;
use std::io::Write;

/// Offsets of brands, truth beside belief.
fn brands(shop: &Shop) -> Tracked {
    let mut groups: HashMap<String, HashMap<u32, (f64, f64, f64)>> = HashMap::new();
    for row in shop.rows("truth_articles") {
        let Some(article) = shop.model.article(&row["article_id"]) else { continue };
        let group = &shop.model.groups[shop.model.group_of(article)].name;
        let brand = shop.model.brands[article.brand as usize].offset;
        let belief = (number(&row, "brand_offset"), brand.mean(), brand.sd());
        groups.entry(group.clone()).or_default().insert(article.brand, belief);
    }
    Tracked::centred(
        groups.into_iter().map(|(group, of)| (group, of.into_values().collect())).collect(),
    )
}

/// Latent sizes where something was bought, of the customers for whom `which` holds of their true
/// readiness to return.
fn sizes(shop: &Shop, which: impl Fn(f64) -> bool) -> HashMap<String, Vec<(f64, f64, f64)>> {
    let mut known: HashMap<String, Vec<_>> = HashMap::new();
    for row in shop.rows("truth_customers").iter().filter(|row| which(number(row, "returning"))) {
        let (Some(group), Some(posterior)) =
            (shop.model.group_index(&row["group"]), shop.posterior(&row["customer_id"]))
        else {
            continue;
        };
        if posterior.purchases(group) > 0 {
            let belief =
                (number(row, "size"), posterior.size(group).mean(), posterior.size(group).sd());
            known.entry(row["group"].clone()).or_default().push(belief);
        }
    }
    known
}

/// Held-out log loss of "returned": of the model, and of customer and article alone.
fn returned(name: &str, options: &[&str]) -> [f64; 2] {
    let folder = simulated(
        name,
        &[&["--customers", "4000", "--seed", "3", "--reasons", "0"], options].concat(),
    );
    let pipeline = folder.join("pipeline.toml");
    let json = run(&[
        "evaluate",
        pipeline.to_str().unwrap(),
        "--after",
        "2026-03-01",
        "--gap",
        "14",
        "--json",
    ]);
    let report: Value = serde_json::from_str(&json).unwrap();
    let figure =
        |of: &str| report["returned"][of].as_f64().unwrap_or_else(|| panic!("{of} in {json}"));
    assert!(figure("rows") > 3000.0);
    let figures = [figure("log_loss"), figure("log_loss_without_sizes")];
    println!(
        "{name}: log loss of returned {:.4}, of customer and article alone {:.4}",
        figures[0], figures[1]
    );
    figures
}

/// Whatever the share of returns for size, of nothing at all to most: knowing sizes must not hurt.
#[test]
fn sizes_never_worsen_what_is_said_of_returns_without_reasons() {
    for (name, tolerance, unrelated, gain) in [
        ("for-size-0", "4", "0.2", 0.0),
        ("for-size-15", "0.8", "0.25", 0.002),
        ("for-size-40", "0", "0.2", 0.004),
        ("for-size-60", "0", "0.12", 0.006),
    ] {
        let [model, alone] = returned(name, &["--tolerance", tolerance, "--unrelated", unrelated]);
        assert!(model < alone - gain, "{name}: {model} beside {alone}");
    }
}

/// Brackets and what is kept tell which brands run small even where nobody ever says why.
#[test]
fn without_reasons_brands_that_run_small_are_found() {
    let shop = shop(
        "no-reasons",
        &["--customers", "8000", "--articles", "400", "--seed", "11", "--reasons", "0"],
    );
    let found = brands(&shop);
    println!(
        "correlation {:.3}, 90 % intervals cover {:.3}",
        found.correlation(),
        found.coverage()
    );
    assert!(found.correlation() > 0.6, "{}", found.correlation());
}

/// Some customers send back most of what they order, whatever its size: that is believed of them,
/// and not that they are of another size.
#[test]
fn who_keeps_little_is_not_taken_for_another_size() {
    let shop = shop("keeps-little", &["--customers", "6000", "--seed", "5", "--unrelated", "0.3"]);
    let mut seen: HashMap<String, (f64, f64, f64)> = HashMap::new();
    for row in shop.rows("truth_customers") {
        let Some(posterior) = shop.posterior(&row["customer_id"]) else { continue };
        if posterior.all_purchases() >= 10 {
            let belief = posterior.traits()[RETURNING];
            seen.insert(
                row["customer_id"].clone(),
                (number(&row, "returning"), belief.mean(), belief.sd()),
            );
        }
    }
    Tracked(seen.into_values().collect()).check(
        "readiness to return, of ten purchases on",
        0.5,
        0.7,
    );
    let error = |which: &dyn Fn(f64) -> bool| {
        let all: Vec<_> = sizes(&shop, which).into_values().flatten().collect();
        assert!(all.len() > 300, "{}", all.len());
        all.iter().map(|(truth, mean, _)| mean - truth).sum::<f64>() / all.len() as f64
    };
    let (readily, others) = (error(&|w| w > 0.6), error(&|w| w.abs() < 0.3));
    println!(
        "mean error of the size: {readily:.3} of those who return readily, {others:.3} of the others"
    );
    assert!((readily - others).abs() < 0.06, "{readily} {others}");
}

/// A third of all misfits kept: there are fewer misfits than there were, but the same brands run
/// small.
#[test]
fn misfits_that_are_kept_hide_no_brand() {
    let options =
        ["--customers", "8000", "--articles", "400", "--seed", "11", "--kept-misfits", "0.33"];
    let shop = shop("kept_misfits", &options);
    brands(&shop).check("brand offsets, a third of misfits kept", 0.85, 0.6);
}

/// One customer who orders the same size four hundred times, and always calls it too small, is one
/// voice.
#[test]
fn a_loyal_customer_does_not_drown_an_article() {
    let folder = simulated("loyal", &["--customers", "3000", "--articles", "200", "--seed", "7"]);
    let history = folder.join("history.csv");
    let text = std::fs::read_to_string(&history).unwrap();
    let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
    let mut counts: HashMap<String, usize> = HashMap::new();
    text.lines().skip(1).for_each(|line| *counts.entry(cells(line)[1].clone()).or_default() += 1);
    // Neither the favourite nor one that hardly sells; of equals always the same.
    let mut articles: Vec<_> = counts.iter().filter(|(_, n)| (60..120).contains(*n)).collect();
    articles.sort();
    let id = articles[0].0.clone();
    let row = text.lines().find(|line| cells(line)[1] == id).unwrap();
    let offset = |shop: &Shop| shop.model.article(&id).unwrap().offset;
    let before = offset(&trained(folder.clone()));
    let mut more = std::fs::OpenOptions::new().append(true).open(&history).unwrap();
    for i in 0..400 {
        let mut line = cells(row);
        line[0] = "loyal".into();
        line[6] = format!("loyal-{i}");
        line[7] = format!("2025-{:02}-{:02}", 1 + i % 12, 1 + i / 12 % 28);
        line[8] = "too_small".into();
        line[9..].fill(String::new());
        writeln!(more, "{}", line.join(",")).unwrap();
    }
    drop(more);
    let shop = trained(folder);
    let after = offset(&shop);
    println!(
        "offset {:.3} +- {:.3} before, {:.3} +- {:.3} after",
        before.mean(),
        before.sd(),
        after.mean(),
        after.sd()
    );
    assert_eq!(shop.model.article(&id).unwrap().key, article_key(&id));
    assert!((after.mean() - before.mean()).abs() < 1.5 * before.sd(), "{before:?} {after:?}");
    assert!(
        after.sd() > 0.8 * before.sd(),
        "four hundred orders are not four hundred customers: {before:?} {after:?}"
    );
}
