//! Simulated and written shops, runs of the program, and checks of its report.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder for one test, empty at its beginning.
pub(crate) fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("evaluate-{name}"));
    drop(std::fs::remove_dir_all(&path));
    std::fs::create_dir_all(&path).unwrap();
    path
}

pub(crate) fn inseam(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_inseam")).args(arguments).current_dir(folder).output().unwrap()
}

/// Runs the program, which must succeed; returns standard output and standard error.
pub(crate) fn runs(folder: &Path, arguments: &[&str]) -> (String, String) {
    let output = inseam(folder, arguments);
    let log = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{arguments:?}: {log}");
    (String::from_utf8(output.stdout).unwrap(), log)
}

/// The report of `evaluate pipeline.toml` with these options; all its fields must be documented.
pub(crate) fn report(folder: &Path, options: &[&str]) -> Value {
    let arguments = [&["evaluate", "pipeline.toml", "--json"], options].concat();
    let report = serde_json::from_str(&runs(folder, &arguments).0).unwrap();
    assert_documented(&report);
    report
}

/// Fields with these parents are named by ranges of purchase counts.
pub(crate) const BY_RANGE: [&str; 2] = ["slices", "cases_by_slice"];

/// Checks that `docs/json.md` names every field, at any depth.
pub(crate) fn assert_documented(value: &Value) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                let named = include_str!("../../../docs/json.md").contains(&format!("`{name}`"));
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
pub(crate) fn fails(folder: &Path, arguments: &[&str], status: i32, parts: &[&str]) {
    let output = inseam(folder, arguments);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(status), "{arguments:?}: {message}");
    for part in parts {
        assert!(message.contains(part), "{arguments:?}: no {part:?} in\n{message}");
    }
}

/// A small simulated shop in a folder of its own.
pub(crate) fn simulated(name: &str) -> PathBuf {
    let folder = folder(name);
    runs(&folder, &["simulate", "--out", ".", "--customers", "240", "--articles", "30", "--quiet"]);
    folder
}

pub(crate) const PIPELINE: &str =
    "[history]\npath = \"history.csv\"\n[model]\nout = \"shop.inseam\"\n[train]\nsweeps = 12\n";

/// A shop with this history.
pub(crate) fn shop(name: &str, history: &str) -> PathBuf {
    let folder = folder(name);
    std::fs::write(folder.join("pipeline.toml"), PIPELINE).unwrap();
    std::fs::write(folder.join("history.csv"), history).unwrap();
    folder
}

/// Customer, article, size, outcome and day of every row of a simulated history.
pub(crate) fn rows(folder: &Path) -> Vec<[String; 5]> {
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
pub(crate) fn outcomes_and_days(folder: &Path) -> Vec<Vec<[String; 2]>> {
    let mut rows = rows(folder);
    rows.retain(|row| row[3] != "pending");
    rows.sort_by(|a, b| (&a[0], &a[4]).cmp(&(&b[0], &b[4])));
    rows.chunk_by(|a, b| a[0] == b[0])
        .map(|of| of.iter().map(|row| [row[3].clone(), row[4].clone()]).collect())
        .collect()
}

/// The outcomes alone.
pub(crate) fn outcomes(folder: &Path) -> Vec<Vec<String>> {
    let outcome = |[outcome, _]: [String; 2]| outcome;
    let customers = outcomes_and_days(folder).into_iter();
    customers.map(|rows| rows.into_iter().map(outcome).collect()).collect()
}

/// Every attribute and text of a page. Panics unless the page is well-formed: every element closed,
/// every text escaped.
pub(crate) fn well_formed(page: &str) -> Vec<String> {
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
