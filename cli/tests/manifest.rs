//! The manifest that `inseam train` writes, and its plan.

use serde_json::Value;
use std::path::Path;
use std::process::Command;

const PROGRAM: &str = env!("CARGO_BIN_EXE_inseam");

/// Runs the program, which must succeed; returns what it prints, and its messages.
fn run(folder: &Path, arguments: &[&str]) -> [String; 2] {
    let output = Command::new(PROGRAM).args(arguments).current_dir(folder).output().unwrap();
    let [text, log] = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
    assert!(output.status.success(), "{arguments:?}: {log}");
    [text, log]
}

fn shop(name: &str) -> std::path::PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("manifest-{name}"));
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).unwrap();
    run(&folder, &["simulate", "--out", ".", "--customers", "300", "--articles", "30"]);
    folder
}

#[test]
fn the_manifest_tells_what_went_in_came_out_and_was_used() {
    let folder = shop("train");
    let history = std::fs::read_to_string(folder.join("history.csv")).unwrap();
    let rows = history.lines().count() as u64 - 1;
    std::fs::write(folder.join("history.csv"), history + "c1,A-00001\n").unwrap();
    let options = ["--rejects", "bad.csv", "--price-per-cpu-hour", "3600"];
    let [_, log] = run(&folder, &[&["train", "pipeline.toml"], &options[..]].concat());
    assert!(log.contains("shop.manifest.json: "), "{log}");
    let text = std::fs::read_to_string(folder.join("shop.manifest.json")).unwrap();
    let manifest: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(manifest["verb"], "train");
    assert_eq!(manifest["rows"]["read"], rows + 1);
    assert_eq!(manifest["rows"]["rejected"], 1);
    let reason = manifest["rows"]["left_out"][0]["reason"].as_str().unwrap();
    assert!(reason.contains("has 2 fields"), "{reason}");
    let result = &manifest["result"];
    let counted = ["purchases", "pending", "repeated"].map(|name| result[name].as_u64().unwrap());
    assert_eq!(counted.iter().sum::<u64>(), rows);
    assert!(counted[0] > rows / 2, "{text}");
    assert!(manifest["result"]["sweeps"].as_u64().unwrap() > 1);
    let names = |list: &str| -> Vec<String> {
        let files = manifest[list].as_array().unwrap();
        files.iter().map(|file| file["path"].as_str().unwrap().to_owned()).collect()
    };
    assert!(names("inputs").contains(&"pipeline.toml".to_owned()), "{text}");
    assert!(names("outputs").iter().any(|name| name.ends_with("shop.inseam")), "{text}");
    // The digest of the same bytes is the same, that of others is not.
    let digest = |list: &str, name: &str| {
        let files = manifest[list].as_array().unwrap();
        let file = files.iter().find(|file| file["path"].as_str().unwrap().ends_with(name));
        file.unwrap()["sha256"].as_str().unwrap().to_owned()
    };
    assert_eq!(digest("inputs", "pipeline.toml").len(), 64);
    assert_ne!(digest("inputs", "pipeline.toml"), digest("outputs", "shop.inseam"));
    // A price of 1 a second.
    let resources = &manifest["resources"];
    if let Some(seconds) = resources["cpu_seconds"].as_f64() {
        assert!((resources["cost"].as_f64().unwrap() - seconds).abs() < 1e-9, "{text}");
    }
    // The secret is in no manifest.
    let secret = std::fs::read_to_string(folder.join("shop.key")).unwrap();
    assert!(!text.contains(secret.trim()));
}

#[test]
fn a_plan_trains_nothing() {
    let folder = shop("plan");
    let rows = std::fs::read_to_string(folder.join("history.csv")).unwrap().lines().count() - 1;
    let [text, _] = run(&folder, &["train", "pipeline.toml", "--plan", "--memory", "1kB"]);
    assert!(text.contains(" customers; 30 articles in "), "{text}");
    assert!(text.replace(' ', "").starts_with(&format!("{rows}rows:")), "{text}");
    for part in ["with the purchases in files", "disk ", "time ", "sweeps of"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!folder.join("shop.inseam").exists());
    let [text, _] = run(&folder, &["train", "pipeline.toml", "--plan"]);
    assert!(text.contains("with the purchases in memory"), "{text}");
}
