//! What is written for lists.

use crate::kit::{Row, article, rows, score, shop, succeed, write};
use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;

/// Five customers, of whom the last three are new, and one of these without measurements.
const CUSTOMERS: &str =
    "customer_id,height_cm\nc0000003,170\nc0000007,\ntall,185\nshort,155\nnobody,\n";

#[test]
fn lists_get_the_advice_of_pairs() {
    let folder = shop("as-pairs");
    write(&folder, "customers.csv", CUSTOMERS);
    let articles: Vec<String> =
        rows(&folder, "catalogue.csv").iter().map(|row| row["article_id"].clone()).collect();
    write(&folder, "articles.csv", &format!("article_id\n{}\n", articles.join("\n")));
    let lists = ["--customers", "customers.csv", "--articles", "articles.csv"];
    succeed(&folder, &score(&[&lists[..], &["--out", "grid.csv"]].concat()));
    let mut pairs = String::from("customer_id,height_cm,article_id\n");
    for customer in CUSTOMERS.lines().skip(1) {
        articles.iter().for_each(|id| pairs.push_str(&format!("{customer},{id}\n")));
    }
    write(&folder, "pairs.csv", &pairs);
    succeed(&folder, &score(&["--pairs", "pairs.csv", "--out", "scored.csv"]));
    let [grid, scored] = ["grid.csv", "scored.csv"].map(|name| rows(&folder, name));
    assert_eq!(grid.len(), 5 * articles.len());
    assert_eq!(grid.len(), scored.len());
    for (grid, scored) in grid.iter().zip(&scored) {
        for column in ["customer_id", "article_id", "advised_size", "advised_p_fits", "status"] {
            assert_eq!(grid[column], scored[column], "{column} of {grid:?}");
        }
    }
    let sizes = |customer: &str| -> Vec<String> {
        let own = grid.iter().filter(|row| row["customer_id"] == customer);
        own.map(|row| row["advised_size"].clone()).collect()
    };
    assert_ne!(sizes("tall"), sizes("short"), "the height counts for nothing");
    for form in ["grid.parquet", "grid.jsonl.gz"] {
        succeed(&folder, &score(&[&lists[..], &["--out", form]].concat()));
        let back = ["--pairs", form, "--out", "again.csv"];
        let log = crate::kit::fail(&folder, 1, &score(&back));
        assert!(log.contains("column \"advised_size\": is there already"), "{log}");
    }
}

/// The best `most` rows of each customer, by their chance to fit; of equal ones the earlier.
fn best(all: Vec<Row>, most: usize) -> Vec<[String; 3]> {
    let mut by_customer: Vec<Vec<Row>> = Vec::new();
    for row in all {
        match by_customer.last_mut() {
            Some(rows) if rows[0]["customer_id"] == row["customer_id"] => rows.push(row),
            _ => by_customer.push(vec![row]),
        }
    }
    let fits = |row: &Row| row["advised_p_fits"].parse::<f64>().unwrap();
    let mut out = Vec::new();
    for mut rows in by_customer {
        rows.retain(|row| !row["advised_size"].is_empty());
        rows.sort_by(|a, b| fits(b).total_cmp(&fits(a)));
        out.extend(rows.iter().take(most).map(named));
    }
    out
}

fn named(row: &Row) -> [String; 3] {
    ["customer_id", "article_id", "advised_p_fits"].map(|column| row[column].clone())
}

#[test]
fn the_best_articles_are_those_with_the_best_chances_in_stock() {
    let folder = shop("best");
    write(&folder, "customers.csv", CUSTOMERS);
    // Every third article is sold out, every other one has only its first sizes.
    let mut list = String::from("article_id,sizes\n");
    for (i, row) in rows(&folder, "catalogue.csv").iter().enumerate() {
        let sizes: Vec<&str> = row["sizes"].split('|').collect();
        let left = match i % 3 {
            0 => 0,
            1 => sizes.len(),
            _ => sizes.len().div_ceil(2),
        };
        list.push_str(&format!("{},{}\n", row["article_id"], sizes[..left].join("|")));
    }
    write(&folder, "articles.csv", &list);
    let lists = ["--customers", "customers.csv", "--articles", "articles.csv"];
    let [_, log] = succeed(&folder, &score(&[&lists[..], &["--out", "all.csv"]].concat()));
    assert!(log.contains("articles: 14 have no size in stock"), "{log}");
    succeed(&folder, &score(&[&lists[..], &["--top", "5", "--out", "best.csv"]].concat()));
    let all = rows(&folder, "all.csv");
    let missed = all.iter().filter(|row| !row["missed_size"].is_empty());
    assert!(missed.clone().any(|row| row["advised_size"].is_empty()));
    assert!(missed.clone().any(|row| !row["advised_size"].is_empty()));
    let found = rows(&folder, "best.csv");
    let ranks: Vec<&str> = found.iter().map(|row| row["rank"].as_str()).collect();
    assert_eq!(ranks, ["1", "2", "3", "4", "5"].repeat(5));
    assert_eq!(found.iter().map(named).collect::<Vec<_>>(), best(all, 5));
}

/// What a customer is advised in one article whose sizes in stock are these; and the messages.
fn advised(
    folder: &Path,
    id: &str,
    header: &str,
    cells: &[&str],
) -> (HashMap<String, String>, String) {
    let list: String = cells.iter().map(|cell| format!("{id},{cell}\n")).collect();
    write(folder, "one.csv", &format!("article_id,{header}\n{list}"));
    write(folder, "anna.csv", "customer_id\nc0000003\n");
    let lists = ["--customers", "anna.csv", "--articles", "one.csv", "--out", "one-scored.csv"];
    let [_, log] = succeed(folder, &score(&lists));
    (rows(folder, "one-scored.csv").remove(0), log)
}

#[test]
fn stock_is_read_as_people_write_it() {
    let folder = shop("stock");
    let (id, sizes) = article(&folder, "dresses", "DE");
    let labels: Vec<&str> = sizes.split('|').collect();
    assert!(labels.contains(&"38"), "{sizes}");
    // One size in stock, in ways that shops write it.
    for (header, cells) in [
        ("sizes", &["38"][..]),
        ("sizes", &["\"[\"\"38\"\"]\""]),
        ("sizes", &["DE 38"]),
        // The same size in other countries.
        ("sizes", &["UK 12"]),
        ("size", &["FR 40"]),
    ] {
        let (row, log) = advised(&folder, &id, header, cells);
        assert_eq!(row["advised_size"], "38", "{cells:?}: {log}");
        assert!(!log.contains("note"), "{cells:?}: {log}");
    }
    // One row for each size.
    let (row, log) = advised(&folder, &id, "size", &labels);
    let (all, _) = advised(&folder, &id, "brand", &["x"]);
    assert_eq!(row["advised_size"], all["advised_size"], "{log}");
    assert!(!log.contains("repeat"), "{log}");
    // A size that the article does not have is reported, and is not in stock.
    let (row, log) = advised(&folder, &id, "sizes", &["XS|77"]);
    assert_eq!(row["advised_size"], "");
    assert!(
        log.contains("1 row: have a size in which the model does not know the article"),
        "{log}"
    );
}

#[test]
fn the_summary_and_the_manifest_tell_what_was_read_and_written() {
    let folder = shop("summary");
    write(&folder, "customers.csv", "customer_id\nc0000003\nc0000003\nnobody\nguest\n");
    write(&folder, "articles.csv", "article_id\nA-00001\nA-00002\nA-00001\nX-99\n");
    let options =
        ["--customers", "customers.csv", "--articles", "articles.csv", "--out", "out.csv"];
    let [text, log] = succeed(
        &folder,
        &score(&[&options[..], &["--json", "--price-per-cpu-hour", "3600"]].concat()),
    );
    let summary: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(summary["result"]["pairs"], 4);
    assert_eq!(summary["result"]["new_customers"], 1);
    assert_eq!(summary["files"], 1);
    let manifest = std::fs::read_to_string(folder.join("out.csv.manifest.json")).unwrap();
    let manifest: Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!(manifest["verb"], "score");
    assert_eq!(manifest["rows"], summary["rows"]);
    for (list, read, repeated, reason) in [
        ("customers", 4, 1, "name no customer"),
        ("articles", 4, 1, "name an article that the model does not know"),
    ] {
        let rows = &manifest["rows"][list];
        assert_eq!((&rows["read"], &rows["repeated"]), (&read.into(), &repeated.into()), "{rows}");
        assert_eq!(rows["left_out"][0]["reason"], reason);
        assert_eq!(rows["rejected"], 1);
    }
    let inputs: Vec<&str> = manifest["inputs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["path"].as_str().unwrap())
        .collect();
    for name in ["shop.inseam", "shop.customers", "customers.csv", "articles.csv"] {
        assert!(inputs.contains(&name), "{inputs:?}");
    }
    assert!(!inputs.contains(&"shop.key"), "{inputs:?}");
    assert!(log.contains("out.csv.manifest.json: "), "{log}");
    // No id of a customer is in a message or a manifest.
    assert!(!log.contains("c0000003") && !manifest.to_string().contains("c0000003"));
    // The pairs' manifest.
    write(&folder, "pairs.csv", "customer_id,article_id\nc0000003,A-00001\nc0000003,none\n");
    let [text, _] =
        succeed(&folder, &score(&["--pairs", "pairs.csv", "--out", "pairs-out.csv", "--json"]));
    let summary: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(summary["result"]["pairs"], 2);
    assert_eq!(summary["result"]["of_unknown_articles"], 1);
    assert!(folder.join("pairs-out.csv.manifest.json").exists());
}

#[test]
fn all_customers_and_articles_of_the_model_have_their_keys() {
    let folder = shop("keys");
    let [text, _] = succeed(&folder, &score(&["--all-articles", "--plan", "--json"]));
    let plan: Value = serde_json::from_str(&text).unwrap();
    let customers = plan["customers"].as_u64().unwrap();
    assert_eq!(plan["articles"], 40);
    assert_eq!(plan["rows"], 40 * customers);
    let [text, _] = succeed(&folder, &score(&["--all-articles", "--plan", "--top", "3"]));
    assert!(text.contains(&format!("rows    {} in 1 file", 3 * customers)), "{text}");
    succeed(&folder, &score(&["--all-articles", "--out", "all.csv"]));
    let all = rows(&folder, "all.csv");
    assert_eq!(all.len() as u64, 40 * customers);
    assert_eq!((all[0]["customer_key"].len(), all[0]["article_key"].len()), (32, 13));
}
