//! `p_returned` of `inseam score` on purchases that training has not seen: its probabilities are
//! calibrated, whether or not the shop records reasons.

mod simulated;

use simulated::{run, simulated};
use std::collections::HashMap;
use std::path::Path;

/// Purchases from this day on are scored, earlier ones are trained on.
const DAY: &str = "2026-02-01";

/// The rows of a CSV table without quoted cells, by column.
fn rows(path: &Path) -> Vec<HashMap<String, String>> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines = text.lines();
    let heads: Vec<&str> = lines.next().unwrap().split(',').collect();
    let row = |line: &str| {
        heads.iter().zip(line.split(',')).map(|(h, c)| ((*h).to_owned(), c.to_owned())).collect()
    };
    lines.map(row).collect()
}

/// Trains on a simulated shop's earlier purchases and scores the later ones; returns each with its
/// predicted probability to come back and whether it did, by prediction.
fn scored(name: &str, options: &[&str]) -> Vec<(f64, bool)> {
    let folder = simulated(name, &[&["--customers", "6000", "--seed", "8"], options].concat());
    let history = std::fs::read_to_string(folder.join("history.csv")).unwrap();
    let (head, lines) = history.split_once('\n').unwrap();
    let day = head.split(',').position(|h| h == "ordered_at").unwrap();
    let (before, after): (Vec<&str>, Vec<&str>) =
        lines.lines().partition(|line| line.split(',').nth(day).unwrap() < DAY);
    let table = |rows: &[&str]| format!("{head}\n{}\n", rows.join("\n"));
    std::fs::write(folder.join("history.csv"), table(&before)).unwrap();
    std::fs::write(folder.join("pairs.csv"), table(&after)).unwrap();
    let path = |file: &str| folder.join(file).to_str().unwrap().to_owned();
    run(&["train", &path("pipeline.toml")]);
    let [model, pairs, out] = ["shop.inseam", "pairs.csv", "scored.csv"].map(path);
    run(&["score", "--model", &model, "--pairs", &pairs, "--out", &out]);
    let mut found: Vec<(f64, bool)> = rows(Path::new(&out))
        .iter()
        .filter(|row| row["outcome"] != "pending")
        .map(|row| (row["p_returned"].parse().unwrap(), row["outcome"] != "kept"))
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found
}

/// Mean prediction and observed share of each tenth.
fn tenths(found: &[(f64, bool)]) -> Vec<(f64, f64)> {
    let share = |part: &[(f64, bool)], of: fn(&(f64, bool)) -> f64| {
        part.iter().map(of).sum::<f64>() / part.len() as f64
    };
    let returned = |row: &(f64, bool)| f64::from(u8::from(row.1));
    found
        .chunks(found.len().div_ceil(10))
        .map(|p| (share(p, |r| r.0), share(p, returned)))
        .collect()
}

#[test]
fn p_returned_is_calibrated_with_and_without_reasons() {
    for (name, reasons) in [("returned-reasons", "0.9"), ("returned-no-reasons", "0")] {
        let found = scored(name, &["--reasons", reasons, "--unrelated", "0.2"]);
        assert!(found.len() > 3000, "{}", found.len());
        let tenths = tenths(&found);
        println!("{name}: {} rows, predicted and observed by tenth: {tenths:.3?}", found.len());
        let error = tenths.iter().map(|(p, o)| (p - o).abs()).sum::<f64>() / 10.0;
        let mean = tenths.iter().map(|(p, o)| p - o).sum::<f64>() / 10.0;
        println!("{name}: calibration error {error:.4}, mean predicted minus observed {mean:.4}");
        assert!(error < 0.04 && mean.abs() < 0.03, "{name}: {error}, {mean}");
        // The last tenth comes back much more often than the first.
        assert!(tenths[9].1 > tenths[0].1 + 0.15, "{name}: {tenths:?}");
    }
}
