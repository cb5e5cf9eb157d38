//! `--json`: what it prints can be parsed, agrees with the file, and has documented fields.

use inseam::format::{head_checksum, read};
use inseam::model::{Brand, Group, Measurement, Scale, SizePrior, Trend};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeSet;
use std::process::Command;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../model/fixtures");
const REFERENCE: &str = include_str!("../../docs/json.md");

/// What the program prints, as JSON; it must succeed.
#[track_caller]
fn json(words: &[&str]) -> Value {
    let run = Command::new(env!("CARGO_BIN_EXE_inseam"))
        .args(words)
        .current_dir(FIXTURES)
        .output()
        .unwrap();
    assert!(run.status.success(), "{words:?}: {}", String::from_utf8_lossy(&run.stderr));
    serde_json::from_slice(&run.stdout).unwrap()
}

/// A part of the output as the core's value.
#[track_caller]
fn parsed<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap_or_else(|e| panic!("{e}: {value}"))
}

/// The names of all fields, at any depth.
fn fields(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                found.insert(name.clone());
                fields(value, found);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| fields(value, found)),
        _ => {}
    }
}

#[test]
fn inspect_prints_the_parameters_of_the_model() {
    for name in ["valid-small.inseam", "valid-trees.inseam"] {
        let bytes = std::fs::read(format!("{FIXTURES}/{name}")).unwrap();
        let model = read(&bytes).unwrap();
        let found = json(&["inspect", name, "--json"]);
        assert_eq!(found["bytes"], bytes.len());
        assert_eq!(found["articles"], model.articles.len());
        assert_eq!(found["head_checksum"], format!("{:016x}", head_checksum(&bytes).unwrap()));
        assert_eq!(parsed::<Vec<Group>>(&found["groups"]), model.groups);
        assert_eq!(parsed::<Vec<Scale>>(&found["scales"]), model.scales);
        assert_eq!(parsed::<Vec<Brand>>(&found["brands"]), model.brands);
        assert_eq!(parsed::<Vec<Measurement>>(&found["measurements"]), model.measurements);
        assert_eq!(parsed::<Trend>(&found["trend"]), model.trend);
        let traits = ["fussiness", "preference", "length", "returning"];
        for (trait_name, prior) in traits.into_iter().zip(&model.traits) {
            assert_eq!(parsed::<SizePrior>(&found["traits"][trait_name]), *prior, "{trait_name}");
        }
        let covariance: Vec<Vec<f64>> = parsed(&found["covariance"]);
        for (i, row) in covariance.iter().enumerate() {
            assert_eq!(row.len(), model.groups.len());
            assert!(row.iter().enumerate().all(|(j, x)| *x == model.covariance[(i, j)]));
        }
        let of_groups: u64 = found["groups"]
            .as_array()
            .unwrap()
            .iter()
            .map(|g| g["articles"].as_u64().unwrap())
            .sum();
        assert_eq!(of_groups, model.articles.len() as u64);
    }
}

#[test]
fn every_field_is_documented() {
    let mut found = BTreeSet::new();
    for words in [
        &["inspect", "valid-small.inseam", "--json"][..],
        &["inspect", "valid-trees.inseam", "--json"],
        &["diff", "valid-small.inseam", "valid-blocks.inseam", "--json"],
    ] {
        fields(&json(words), &mut found);
    }
    assert!(found.len() > 40, "{found:?}");
    let missing: Vec<&String> =
        found.iter().filter(|name| !REFERENCE.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "docs/json.md does not name {missing:?}");
}

#[test]
fn the_help_names_the_documentation() {
    for verb in ["inspect", "diff", "evaluate"] {
        let run =
            Command::new(env!("CARGO_BIN_EXE_inseam")).args([verb, "--help"]).output().unwrap();
        let help = String::from_utf8(run.stdout).unwrap();
        assert!(help.contains("--json") && help.contains("docs/json.md"), "{verb}: {help}");
    }
}
