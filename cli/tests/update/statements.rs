//! New lines, returns, corrections and cancellations: the model is that of the equivalent history.

use crate::kit::{output, shop};
use serde_json::Value;

const UPDATE: [&str; 2] = ["update", "pipeline.toml"];
/// Trains from nothing, so that the model is that of the equivalent history.
const FULL: [&str; 3] = ["update", "pipeline.toml", "--full"];

#[test]
fn days_added_one_by_one_give_the_model_of_the_whole_history() {
    let shop = shop("days");
    let (first, rest) = shop.lines.split_at(shop.lines.len() * 9 / 10);
    shop.write("orders.csv", first);
    shop.begin();
    let parts: Vec<&[String]> = rest.chunks(rest.len().div_ceil(3)).collect();
    // The last day arrives before the one before it, and all of it twice.
    for day in [0, 2, 1] {
        shop.write(&format!("2026-03-0{}.csv", day + 1), parts[day]);
        shop.run(&UPDATE);
    }
    shop.write("again-0.csv", parts[1]);
    assert!(shop.run(&UPDATE).contains("nothing new"), "a file that was sent again is new");
    shop.run(&FULL);
    let updated = shop.model();
    assert!(updated == shop.trained_on(&shop.lines), "the bytes differ from those of training");
    // Training on the files themselves gives the same, too.
    std::fs::copy(shop.folder.join("shop.key"), shop.folder.join("whole.key")).unwrap();
    shop.run(&["train", "pipeline.toml", "--out", "whole.inseam"]);
    assert!(updated[0] == std::fs::read(shop.folder.join("whole.inseam")).unwrap());
}

#[test]
fn each_statement_counts_once_in_any_order_of_the_files() {
    let shop = shop("statements");
    let (first, rest) = shop.lines.split_at(shop.lines.len() - 40);
    let kept = |line: &&String| shop.value(line, "outcome") == "kept";
    let mut kept = first.iter().filter(kept).map(String::as_str);
    let mut next = || kept.next().unwrap();
    let (late, corrected, moved, cancelled, twice) = (next(), next(), next(), next(), next());
    let other_size = |line: &str| {
        let article = shop.value(line, "article_id");
        let size = shop.value(line, "size");
        let of_article = shop.lines.iter().filter(|l| shop.value(l, "article_id") == article);
        let mut sizes = of_article.map(|l| shop.value(l, "size").to_owned());
        sizes.find(|other| other != size).unwrap()
    };
    let late_return = shop.with(late, "outcome", "too_small");
    let correction = shop.with(corrected, "size", &other_size(corrected));
    let new_customer = shop.with(moved, "customer_id", "somebody-else");
    let cancellation = shop.with(cancelled, "outcome", "pending");
    let second_correction = shop.with(twice, "size", &other_size(twice));
    // A return that comes in a file before that of its purchase.
    let early = rest[0].as_str();
    let early_return = shop.with(early, "outcome", "too_large");

    let days = [
        ("orders.csv", first.to_vec()),
        ("day-9.csv", vec![early_return.clone(), second_correction.clone()]),
        ("day-10.csv", rest.to_vec()),
        ("day-11.csv", vec![late_return.clone(), correction.clone(), new_customer.clone()]),
        ("day-12.csv", vec![cancellation, late_return.clone()]),
    ];
    let dropped = [late, corrected, moved, cancelled, twice, early];
    let mut whole: Vec<&str> = shop.lines.iter().map(String::as_str).collect();
    whole.retain(|line| !dropped.contains(line));
    let last = [late_return, correction, new_customer, second_correction, early_return];
    whole.extend(last.iter().map(String::as_str));

    shop.write(days[0].0, &days[0].1);
    shop.begin();
    for (day, lines) in &days[1..] {
        shop.write(day, lines);
        shop.run(&UPDATE);
    }
    let expected = shop.trained_on(&whole);
    shop.run(&FULL);
    assert!(shop.model() == expected, "the days in order");
    // The other way round, and again with copies.
    for (day, _) in &days[1..] {
        std::fs::remove_file(shop.folder.join("days").join(day)).unwrap();
    }
    shop.begin();
    for (day, lines) in days[1..].iter().rev() {
        shop.write(day, lines);
        let twice: Vec<&String> = lines.iter().chain(lines).collect();
        shop.write(&format!("{day}-again.csv").replace(".csv-", "-"), &twice);
        shop.run(&UPDATE);
    }
    shop.run(&FULL);
    assert!(shop.model() == expected, "the days in reverse");
}

#[test]
fn new_brands_and_labels_and_a_file_without_rows() {
    let shop = shop("new");
    let (first, rest) = shop.lines.split_at(shop.lines.len() - 30);
    shop.write("orders.csv", first);
    shop.begin();
    shop.write("day-1.csv", &Vec::<String>::new());
    shop.run(&UPDATE);
    let size = |line: &str| {
        let number: i32 = shop.value(line, "size").parse().unwrap_or(40);
        (number + 30).to_string()
    };
    let changed: Vec<String> = rest
        .iter()
        .map(|line| {
            let line = shop.with(line, "article_id", "NEW-1");
            let line = shop.with(&line, "brand", "Newcomer");
            shop.with(&line, "size", &size(&line))
        })
        .collect();
    shop.write("day-2.csv", &changed);
    shop.run(&UPDATE);
    let model = inseam::format::read(&shop.model()[0]).unwrap();
    let brand = |name: &str| model.brands.iter().any(|brand| brand.name == name);
    assert!(brand("Newcomer"), "a new brand is in the model at once");
    shop.run(&FULL);
    let whole: Vec<&String> = first.iter().chain(&changed).collect();
    assert!(shop.model() == shop.trained_on(&whole));
}

#[test]
fn the_log_has_no_ids_and_only_its_owner_reads_it() {
    let shop = shop("private");
    shop.write("orders.csv", &shop.lines);
    shop.begin();
    let folder = shop.folder.join("shop.orders");
    let mut segments = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        #[cfg(unix)]
        if path.file_name().unwrap() != "lock" {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "{}", path.display());
        }
        if path.extension().is_some_and(|ending| ending == "parquet") {
            segments += 1;
            let source = inseam_io::table::Source::open(&[path]).unwrap();
            let texts: Vec<String> = source
                .columns()
                .iter()
                .flat_map(|name| source.texts(name).unwrap().values)
                .collect();
            assert!(texts.iter().any(|text| text == shop.value(&shop.lines[0], "article_id")));
            for id in ["customer_id", "order_id", "line_id"] {
                let id = shop.value(&shop.lines[0], id).to_owned();
                assert!(!texts.contains(&id), "{id}");
            }
        }
    }
    assert_eq!(segments, 1);
}

#[test]
fn json_tells_what_was_new() {
    let shop = shop("json");
    let (first, rest) = shop.lines.split_at(shop.lines.len() - 20);
    shop.write("orders.csv", first);
    shop.begin();
    shop.write("day-1.csv", &[rest, &first[..5]].concat());
    let json = |arguments: &[&str]| -> Value {
        let output = output(&shop.folder, arguments);
        assert!(output.status.success());
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let found = json(&["update", "pipeline.toml", "--json"]);
    assert_eq!(found["files"], serde_json::json!({ "new": 1, "seen": 1 }));
    assert_eq!((&found["rows"]["read"], &found["rows"]["new"]), (&25.into(), &25.into()));
    assert_eq!((&found["trained"], &found["result"]["sweeps"]), (&true.into(), &3.into()));
    // Rows that were sent again, and pending ones, change nobody's purchases.
    let evidence = rest.iter().filter(|line| shop.value(line, "outcome") != "pending");
    let customers: std::collections::BTreeSet<&str> =
        evidence.map(|line| shop.value(line, "customer_id")).collect();
    assert!(!customers.is_empty());
    assert_eq!(found["result"]["changed_customers"], customers.len());
    let found = json(&["update", "pipeline.toml", "--json"]);
    assert_eq!((&found["trained"], &found["rows"]["new"]), (&false.into(), &0.into()));
    let manifest = std::fs::read(shop.folder.join("shop.manifest.json")).unwrap();
    let manifest: Value = serde_json::from_slice(&manifest).unwrap();
    assert_eq!(manifest["verb"], "update");
    assert_eq!(manifest["inputs"].as_array().unwrap().len(), 2);
    let found = json(&["update", "pipeline.toml", "--json", "--full"]);
    assert_eq!(found["result"]["changed_customers"], Value::Null);
}
