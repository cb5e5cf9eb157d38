//! Articles that nobody has bought yet, whose catalogue has attributes.

mod simulated;

use simulated::{Shop, Tracked, number, simulated, trained};
use std::collections::HashMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Cloth and weight of an article, and what they add to its offset, in steps: articles with
/// elastane run large, those of wool or heavy cloth run small.
fn cloth_effect(i: usize) -> (&'static str, f64, f64) {
    let (cloth, offset) = [
        ("100 % cotton", 0.0),
        ("95 % cotton, 5 % elastane", 0.45),
        ("wool", -0.4),
        ("cotton, linen", 0.0),
    ][i * 7 % 4];
    let weight = 150.0 + 10.0 * (i * 13 % 11) as f64;
    (cloth, weight, offset - 0.04 * (weight - 200.0) / 10.0)
}

/// Whether nobody has bought an article yet.
fn is_new(i: usize) -> bool {
    i % 5 == 3
}

/// A shop whose articles' offsets depend on their cloth. The history has no purchase of the new
/// articles; the catalogue has the cloth of all.
fn shop_of_cloth() -> PathBuf {
    let drawn = simulated("cloth-drawn", &["--customers", "1", "--articles", "500", "--seed", "8"]);
    let rows = |folder: &Path, table: &str| std::fs::read_to_string(folder.join(table)).unwrap();
    let (mut with_offsets, mut with_cloth) = (String::new(), String::new());
    let offsets = rows(&drawn, "truth_articles.csv");
    for (i, (line, truth)) in rows(&drawn, "catalogue.csv").lines().zip(offsets.lines()).enumerate()
    {
        if i == 0 {
            writeln!(with_offsets, "{line},offset").unwrap();
            writeln!(with_cloth, "{line},Composition,Weight").unwrap();
            continue;
        }
        let (cloth, weight, effect) = cloth_effect(i);
        let offset: f64 = truth.split(',').nth(1).unwrap().parse().unwrap();
        writeln!(with_offsets, "{line},{}", offset + effect).unwrap();
        writeln!(with_cloth, "{line},\"{cloth}\",{weight}").unwrap();
    }
    let catalogue = drawn.join("offsets.csv");
    std::fs::write(&catalogue, with_offsets).unwrap();
    let folder = simulated(
        "cloth",
        &["--customers", "5000", "--seed", "8", "--catalogue", catalogue.to_str().unwrap()],
    );
    std::fs::write(folder.join("catalogue.csv"), with_cloth).unwrap();
    let new: Vec<String> =
        (1..=500).filter(|i| is_new(*i)).map(|i| format!(",A-{i:05},")).collect();
    let sold = rows(&folder, "history.csv");
    let kept: Vec<&str> =
        sold.lines().filter(|line| !new.iter().any(|id| line.contains(id.as_str()))).collect();
    assert!(kept.len() < sold.lines().count());
    std::fs::write(folder.join("history.csv"), kept.join("\n")).unwrap();
    folder
}

/// True offsets of new articles, and the beliefs about them, centred in each fit group.
fn new_articles(shop: &Shop) -> Tracked {
    let mut groups: HashMap<u32, Vec<(f64, f64, f64)>> = HashMap::new();
    for (i, row) in shop.rows("truth_articles").iter().enumerate() {
        let article = shop.model.article(&row["article_id"]).unwrap();
        if is_new(i + 1) {
            let belief = (number(row, "offset"), article.offset.mean(), article.offset.sd());
            groups.entry(shop.model.group_of(article) as u32).or_default().push(belief);
        }
    }
    Tracked::centred(groups.into_iter().map(|(group, of)| (group.to_string(), of)).collect())
}

#[test]
fn attributes_predict_the_offsets_of_articles_that_nobody_has_bought() {
    let folder = shop_of_cloth();
    let error = |shop: &Shop| {
        let Tracked(of) = new_articles(shop);
        (of.iter().map(|(truth, mean, _)| (truth - mean) * (truth - mean)).sum::<f64>()
            / of.len() as f64)
            .sqrt()
    };
    let without = trained(folder.clone());
    let pipeline = folder.join("pipeline.toml");
    let text = std::fs::read_to_string(&pipeline).unwrap();
    let attributes = "[catalogue.attributes]\ncloth = \"Composition\"\nweight = \"Weight\"\n";
    std::fs::write(&pipeline, format!("{text}\n{attributes}")).unwrap();
    let with = trained(folder);
    println!(
        "error of new articles' offsets, steps: {:.3} by brand alone, {:.3} with attributes",
        error(&without),
        error(&with)
    );
    new_articles(&without).check("new articles by brand alone", 0.5, 0.8);
    new_articles(&with).check("new articles by brand and cloth", 0.7, 0.8);
    assert!(error(&with) < 0.85 * error(&without), "{} against {}", error(&with), error(&without));
}

#[test]
fn a_missing_attribute_column_is_named_in_the_message() {
    let folder = simulated("cloth-none", &["--customers", "30", "--articles", "30"]);
    let pipeline = folder.join("pipeline.toml");
    let text = std::fs::read_to_string(&pipeline).unwrap();
    std::fs::write(&pipeline, format!("{text}\n[catalogue.attributes]\ncloth = \"Composition\"\n"))
        .unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_inseam"))
        .arg("train")
        .arg(&pipeline)
        .output()
        .unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(error.contains("catalogue.csv") && error.contains("Composition"), "{error}");
}
