//! A small trained shop, and the program run as its user would.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_inseam");

/// A row of a table, by the names of its columns.
pub(crate) type Row = HashMap<String, String>;

/// A trained shop in a folder of its own: 200 customers, 40 articles.
pub(crate) fn shop(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("score-{name}"));
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).unwrap();
    succeed(&folder, &["simulate", "--out", ".", "--customers", "200", "--articles", "40"]);
    let pipeline = std::fs::read_to_string(folder.join("pipeline.toml")).unwrap();
    write(&folder, "pipeline.toml", &format!("{pipeline}\n[train]\nsweeps = 6\n"));
    succeed(&folder, &["train", "pipeline.toml"]);
    folder
}

pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(PROGRAM).args(arguments).current_dir(folder).output().unwrap()
}

/// Runs the program, which must succeed; returns what it prints, and its messages.
pub(crate) fn succeed(folder: &Path, arguments: &[&str]) -> [String; 2] {
    let output = run(folder, arguments);
    let [text, log] = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
    assert!(output.status.success(), "{arguments:?}: {log}");
    [text, log]
}

/// Runs the program, which must fail with this status; returns its messages.
pub(crate) fn fail(folder: &Path, status: i32, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    let log = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(status), "{arguments:?}: {log}");
    log
}

/// `inseam score` with the shop's model and these options.
pub(crate) fn score<'a>(options: &[&'a str]) -> Vec<&'a str> {
    [&["score", "--model", "shop.inseam"], options].concat()
}

pub(crate) fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).unwrap();
}

/// The rows of a CSV file without quotes.
pub(crate) fn rows(folder: &Path, name: &str) -> Vec<Row> {
    let text = std::fs::read_to_string(folder.join(name)).unwrap();
    let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned));
    let header: Vec<String> = lines.next().unwrap().collect();
    lines.map(|line| header.iter().cloned().zip(line).collect()).collect()
}

/// The sizes of an article in the catalogue whose size system is this, and its id.
pub(crate) fn article(folder: &Path, group: &str, system: &str) -> (String, String) {
    let found = rows(folder, "catalogue.csv")
        .into_iter()
        .find(|row| row["group"] == group && row["size_system"] == system)
        .unwrap_or_else(|| panic!("no {group} in {system}"));
    (found["article_id"].clone(), found["sizes"].clone())
}
