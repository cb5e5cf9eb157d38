//! Trains on small made-up exports, and checks what the model has of their sizes and what the
//! program says.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder with a history and a pipeline for it.
fn folder(name: &str, history: &str) -> PathBuf {
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
fn printed(folder: &Path, arguments: &[&str]) -> String {
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
fn history(runs: &[&str], group: &str, system: &str) -> String {
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
fn scales(folder: &Path) -> Vec<Vec<(String, f64)>> {
    let model = printed(folder, &["inspect", "m.inseam", "--json"]);
    let model: Value = serde_json::from_str(&model).unwrap();
    let label = |label: &Value| {
        (label["text"].as_str().unwrap().to_owned(), label["position"].as_f64().unwrap())
    };
    let scales = model["scales"].as_array().unwrap().iter();
    scales.map(|scale| scale["labels"].as_array().unwrap().iter().map(label).collect()).collect()
}

/// Numbers that mean different things in articles of one fit group keep both meanings: collars and
/// suits, waists in inches and dress sizes, children's shoes before and after 13.
#[test]
fn numbers_of_one_group_with_two_meanings() {
    for (name, group, system, runs, distances) in [
        ("collars", "mens", "DE", ["37|38|39|40|41|42|43|44|45", "42|44|46|48|50"], [1.0, 1.0]),
        ("jeans", "womens jeans", "DE", ["26|27|28|29|30|31", "34|36|38|40|42|44"], [0.5, 0.79]),
        ("shoes", "kids shoes", "UK", ["6|7|8|9|10", "11|12|13|1|2|3"], [1.27, 1.27]),
    ] {
        let folder = folder(name, &history(&runs, group, system));
        let report = printed(&folder, &["train", "p.toml"]);
        assert!(report.contains("every size was understood"), "{report}");
        let scales = scales(&folder);
        for (run, distance) in runs.iter().zip(distances) {
            let sizes: Vec<&str> = run.split('|').collect();
            let scale = scales.iter().find(|scale| {
                sizes.iter().all(|size| scale.iter().any(|(label, _)| label == size))
            });
            let scale = scale.unwrap_or_else(|| panic!("{name}: {run} in {scales:?}"));
            let at = |size: &str| scale.iter().find(|(label, _)| label == size).unwrap().1;
            for (i, size) in sizes.iter().enumerate() {
                let expected = at(sizes[0]) + distance * i as f64;
                assert!((at(size) - expected).abs() < 0.3, "{name}: {size} in {scale:?}");
            }
        }
    }
}

/// A marketplace's order lines: the status says what the empty reasons leave open.
#[test]
fn cancelled_lines_and_returns_without_a_reason_are_not_kept() {
    let history = "order_number;order_date;article_number;size;status;return_reason;customer_number\n\
        101;2024-01-05;ZA1;38;shipped;;k1\n\
        102;2024-01-06;ZA1;40;returned;Article is too small;k2\n\
        103;2024-01-07;ZA2;36;cancelled;;k3\n\
        104;2024-01-07;ZA2;38;returned;;k4\n";
    let folder = folder("statuses", history);
    let report = printed(&folder, &["train", "p.toml"]);
    assert!(report.contains("training: 3 purchases of 3 customers"), "{report}");
    for part in ["column \"status\"", "\"cancelled\", \"returned\"", "2 rows"] {
        assert!(report.contains(part), "{report}");
    }
    let check: Value =
        serde_json::from_str(&printed(&folder, &["check", "p.toml", "--json"])).unwrap();
    let outcomes = check.to_string();
    for outcome in ["kept", "too_small", "unknown_reason", "pending"] {
        assert!(outcomes.contains(&format!("\"{outcome}\"")), "{outcome} is not in {outcomes}");
    }
}
