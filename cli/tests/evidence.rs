//! Difficulties of real histories, on simulated shops whose truth is known: returns without
//! reasons, customers who send back most purchases, misfits that are kept, and a customer who
//! orders the same article four hundred times.

mod simulated;

use inseam::model::{RETURNING, article_key};
use serde_json::Value;
use simulated::{Shop, Tracked, number, run, shop, simulated, trained};
use std::collections::HashMap;
use std::io::Write;

/// True offsets of brands, and the beliefs about them.
fn brand_offsets(shop: &Shop) -> Tracked {
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

/// True latent sizes in the fit groups a customer bought in, and the beliefs about them, for the
/// customers whose true trait `returning` satisfies `which`.
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

/// Held-out log loss of returns for any reason: by the model, and by a model that ignores sizes.
fn return_log_losses(name: &str, options: &[&str]) -> [f64; 2] {
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
    let figure = |figure: &str| {
        report["returned"][figure].as_f64().unwrap_or_else(|| panic!("{figure} in {json}"))
    };
    assert!(figure("rows") > 3000.0);
    let figures = [figure("log_loss"), figure("log_loss_without_sizes")];
    println!(
        "{name}: log loss of returns {:.4}, by a model that ignores sizes {:.4}",
        figures[0], figures[1]
    );
    figures
}

/// Sizes must not worsen predicted returns, whatever share of the returns is for size.
#[test]
fn sizes_never_worsen_predicted_returns_without_reasons() {
    for (name, tolerance, unrelated, gain) in [
        ("for-size-0", "4", "0.2", 0.0),
        ("for-size-15", "0.8", "0.25", 0.002),
        ("for-size-40", "0", "0.2", 0.004),
        ("for-size-60", "0", "0.12", 0.006),
    ] {
        let [model, size_blind] =
            return_log_losses(name, &["--tolerance", tolerance, "--unrelated", unrelated]);
        assert!(model < size_blind - gain, "{name}: {model}, ignoring sizes {size_blind}");
    }
}

/// Brackets and kept sizes show which brands run small, even if no return has a reason.
#[test]
fn without_reasons_brands_that_run_small_are_found() {
    let shop = shop(
        "no-reasons",
        &["--customers", "8000", "--articles", "400", "--seed", "11", "--reasons", "0"],
    );
    let found = brand_offsets(&shop);
    println!(
        "correlation {:.3}, 90 % intervals cover {:.3}",
        found.correlation(),
        found.coverage()
    );
    assert!(found.correlation() > 0.6, "{}", found.correlation());
}

/// Some customers send back most of what they order, whatever its size. Training must attribute
/// that to the trait `returning`, not to another latent size.
#[test]
fn customers_who_keep_little_are_not_given_another_size() {
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
    Tracked(seen.into_values().collect()).check("trait returning, from ten purchases on", 0.5, 0.7);
    let error = |which: &dyn Fn(f64) -> bool| {
        let all: Vec<_> = sizes(&shop, which).into_values().flatten().collect();
        assert!(all.len() > 300, "{}", all.len());
        all.iter().map(|(truth, mean, _)| mean - truth).sum::<f64>() / all.len() as f64
    };
    let (readily, others) = (error(&|w| w > 0.6), error(&|w| w.abs() < 0.3));
    println!(
        "mean error of the size: {readily:.3} for those who return readily, {others:.3} for the others"
    );
    assert!((readily - others).abs() < 0.06, "{readily} {others}");
}

/// If customers keep a third of the misfits, the history shows fewer misfits, but the same brands
/// run small.
#[test]
fn kept_misfits_hide_no_brand() {
    let options =
        ["--customers", "8000", "--articles", "400", "--seed", "11", "--kept-misfits", "0.33"];
    let shop = shop("kept_misfits", &options);
    brand_offsets(&shop).check("brand offsets, a third of misfits kept", 0.85, 0.6);
}

/// A customer who orders the same size four hundred times, and always calls it too small, counts
/// little more than any other.
#[test]
fn one_customer_does_not_dominate_an_article() {
    let folder = simulated("loyal", &["--customers", "3000", "--articles", "200", "--seed", "7"]);
    let history = folder.join("history.csv");
    let text = std::fs::read_to_string(&history).unwrap();
    let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
    let mut counts: HashMap<String, usize> = HashMap::new();
    text.lines().skip(1).for_each(|line| *counts.entry(cells(line)[1].clone()).or_default() += 1);
    // An article that sells moderately; the first one by id, so that it is always the same.
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
