//! Folders with small made-up exports, and what the program says about them.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder with a history and a pipeline for it.
pub(crate) fn folder(name: &str, history: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("export-{name}"));
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("h.csv"), history).unwrap();
    let pipeline =
        "[history]\npath = \"h.csv\"\n[train]\nmin_customers = 1\n[model]\nout = \"m.inseam\"\n";
    std::fs::write(folder.join("p.toml"), pipeline).unwrap();
    folder
}

/// What the program prints: the report of training on standard error, the model as JSON on standard
/// output.
pub(crate) fn printed(folder: &Path, arguments: &[&str]) -> String {
    let program = env!("CARGO_BIN_EXE_inseam");
    let output = Command::new(program).args(arguments).current_dir(folder).output().unwrap();
    let report = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{folder:?}: {report}");
    if arguments.contains(&"--json") {
        String::from_utf8_lossy(&output.stdout).into_owned()
    } else {
        report
    }
}

/// A history of articles in these runs of sizes, four of each, all in one fit group and system.
/// Customers buy twice about their size.
pub(crate) fn history(runs: &[&str], group: &str, system: &str) -> String {
    let mut text = "customer_id,article_id,size,outcome,group,size_system\n".to_owned();
    for (run, sizes) in runs.iter().enumerate() {
        let sizes: Vec<&str> = sizes.split('|').collect();
        for (i, size) in sizes.iter().enumerate() {
            for n in 0..8 {
                let other = sizes[(i + 1).min(sizes.len() - 1)];
                let article = |n: usize| format!("A{run}{}", n % 4);
                text += &format!("c{run}-{i}-{n},{},{size},kept,{group},{system}\n", article(n));
                text += &format!(
                    "c{run}-{i}-{n},{},{other},too_large,{group},{system}\n",
                    article(n + 1)
                );
            }
        }
    }
    text
}

/// The labels of each scale, with their positions.
pub(crate) fn scales(folder: &Path) -> Vec<Vec<(String, f64)>> {
    let model = printed(folder, &["inspect", "m.inseam", "--json"]);
    let model: Value = serde_json::from_str(&model).unwrap();
    let label = |label: &Value| {
        (label["text"].as_str().unwrap().to_owned(), label["position"].as_f64().unwrap())
    };
    let scales = model["scales"].as_array().unwrap().iter();
    scales.map(|scale| scale["labels"].as_array().unwrap().iter().map(label).collect()).collect()
}

/// The report of `inseam check`.
pub(crate) fn checked(folder: &Path) -> Value {
    serde_json::from_str(&printed(folder, &["check", "p.toml", "--json"])).unwrap()
}

/// How many purchases have this outcome.
pub(crate) fn with_outcome(report: &Value, outcome: &str) -> u64 {
    let outcomes = report["outcomes"].as_array().unwrap().iter();
    let found = outcomes.filter(|share| share["value"] == outcome);
    found.map(|share| share["rows"].as_u64().unwrap()).sum()
}

/// Of how many rows the report says something under `guesses`, `left_out` or `warnings` that has
/// this text.
pub(crate) fn rows_with(report: &Value, table: &str, text: &str) -> u64 {
    let findings = report[table].as_array().unwrap().iter();
    let found = findings.filter(|finding| finding["what"].as_str().unwrap().contains(text));
    found.map(|finding| finding["rows"].as_u64().unwrap()).sum()
}
