//! Runs the program on bad input and checks its messages and exit statuses.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// An empty folder for one test.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("bad-input-{name}"));
    drop(std::fs::remove_dir_all(&path));
    std::fs::create_dir_all(&path).unwrap();
    path
}

fn inseam(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_inseam"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("INSEAM_TEST_UNSET")
        .output()
        .unwrap()
}

/// Runs the program; checks its exit status and that standard error has these parts.
fn fails(folder: &Path, arguments: &[&str], status: i32, parts: &[&str]) {
    let output = inseam(folder, arguments);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(status), "{arguments:?}: {message}");
    assert!(!message.contains("panicked"), "{message}");
    for part in parts {
        assert!(message.contains(part), "{arguments:?}: {part:?} is not in:\n{message}");
    }
}

/// A folder with a pipeline file and its history.
fn shop(name: &str, pipeline: &str, history: &[u8]) -> PathBuf {
    let folder = folder(name);
    std::fs::write(folder.join("shop.toml"), pipeline).unwrap();
    std::fs::write(folder.join("history.csv"), history).unwrap();
    folder
}

const PIPELINE: &str = "[history]\npath = \"history.csv\"\n[model]\nout = \"shop.inseam\"\n";
const ROW: &str = "c1,a1,M,kept,170\n";
const HEADER: &str = "customer_id,article_id,size,outcome,height\n";

#[test]
fn wrong_usage_is_2() {
    let folder = folder("usage");
    fails(&folder, &[], 2, &["Usage"]);
    fails(&folder, &["sew"], 2, &["sew"]);
    fails(&folder, &["train"], 2, &["PIPELINE"]);
    fails(&folder, &["train", "x.toml", "--threads", "none"], 2, &["--threads"]);
    fails(&folder, &["simulate", "--out", "x", "--gifts", "2"], 2, &["from 0 to 1"]);
    let help = inseam(&folder, &["train", "--help"]);
    assert!(help.status.success() && String::from_utf8(help.stdout).unwrap().contains("EXAMPLES"));
}

#[test]
fn files_that_are_not_there_or_empty() {
    let folder = shop("files", PIPELINE, b"");
    std::fs::write(folder.join("good.csv"), format!("{HEADER}{ROW}")).unwrap();
    let rejects = ["train", "shop.toml", "--history", "good.csv", "--rejects", "bad.xlsx"];
    fails(&folder, &rejects, 2, &["bad.xlsx: has an ending"]);
    fails(&folder, &["train", "nowhere.toml"], 1, &["nowhere.toml: cannot open"]);
    fails(&folder, &["train", "shop.toml"], 1, &["history.csv: is empty"]);
    fails(&folder, &["train", "shop.toml", "--history", "gone.csv"], 1, &["gone.csv: cannot open"]);
    fails(
        &folder,
        &["train", "shop.toml", "--history", "shop.toml"],
        1,
        &["shop.toml: has an ending", ".parquet"],
    );
}

#[test]
fn a_pipeline_file_with_mistakes() {
    let unknown =
        shop("key", "[history]\npath = \"history.csv\"\ncolums = {}\n", HEADER.as_bytes());
    fails(
        &unknown,
        &["train", "shop.toml"],
        1,
        &["shop.toml, line 3: unknown field `colums`", "expected one of"],
    );
    let unset = shop(
        "unset",
        "[history]\npath = \"$INSEAM_TEST_UNSET/h.csv\"\n[model]\nout = \"x.inseam\"\n",
        b"",
    );
    fails(
        &unset,
        &["train", "shop.toml"],
        1,
        &["environment variable INSEAM_TEST_UNSET, which is not set"],
    );
}

#[test]
fn rows_that_cannot_be_used() {
    for (name, measured, history, parts) in unusable_rows() {
        let measured =
            if measured.is_empty() { "" } else { "[history.measurements]\nh = \"height\"\n" };
        let folder = shop(name, &format!("{PIPELINE}{measured}"), &history);
        std::fs::write(folder.join("shop.inseam"), "the old one").unwrap();
        fails(&folder, &["train", "shop.toml"], 1, parts);
        assert_eq!(std::fs::read(folder.join("shop.inseam")).unwrap(), b"the old one", "{name}");
    }
}

/// Name, measurement, history and parts of the message of each case.
type UnusableRow = (&'static str, &'static str, Vec<u8>, &'static [&'static str]);

fn unusable_rows() -> [UnusableRow; 8] {
    let label = format!("c2,a1,{},kept,170\n", "9".repeat(10_000));
    [
        (
            "column",
            "",
            b"customer_id,size\nc1,M\n".to_vec(),
            &["column \"article_id\": is not in the file"],
        ),
        (
            "outcome",
            "",
            format!("{HEADER}{ROW}c2,a1,M,shrunk,170\n").into(),
            &["line 3", "\"shrunk\" is not a known outcome"],
        ),
        (
            "label",
            "",
            format!("{HEADER}{ROW}{label}").into(),
            &["line 3, column \"size\"", "(9920 more bytes)"],
        ),
        (
            "null",
            "",
            format!("{HEADER}{ROW}c2,a1,#N/A,kept,170\n").into(),
            &["line 3, column \"size\": \"#N/A\" counts as empty"],
        ),
        (
            "rounded",
            "",
            format!("{HEADER}{ROW}6.12E+12,a1,M,kept,170\n").into(),
            &["line 3, column \"customer_id\": has 6.12E+12", "export the column as text"],
        ),
        (
            "quote",
            "",
            format!("{HEADER}{ROW}c2,\"a1,M,kept,170\nc3,a\"1,M,kept,170\n").into(),
            &["line 3: a quote mark opens field 2, \"a1,M", "quoting = false"],
        ),
        (
            "infinite",
            "h",
            format!("{HEADER}{ROW}c2,a1,M,kept,-inf\n").into(),
            &["line 3, column \"height\": \"-inf\""],
        ),
        (
            "latin",
            "",
            [HEADER, ROW, "c1,größe,für,kept,1\n"]
                .map(str::as_bytes)
                .concat()
                .into_iter()
                .chain(*b"c2,a1,gr\xf6n,kept,1\n")
                .collect(),
            &["line 4: is not UTF-8: byte 0xf6", "encoding = "],
        ),
    ]
}

#[test]
fn simulate_is_deterministic_and_its_formats_agree() {
    let folder = folder("simulate");
    let draw = |out: &str, more: &[&str]| {
        let arguments = [
            &["simulate", "--out", out, "--customers", "300", "--articles", "40", "--quiet"],
            more,
        ]
        .concat();
        let output = inseam(&folder, &arguments);
        assert!(
            output.status.success() && output.stderr.is_empty(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        std::fs::read(
            folder
                .join(out)
                .join(format!("history.{}", if more.contains(&"jsonl") { "jsonl" } else { "csv" })),
        )
        .unwrap()
    };
    let one = draw("one", &["--threads", "1"]);
    assert_eq!(one, draw("two", &["--threads", "2"]));
    assert_ne!(one, draw("other", &["--seed", "2"]));
    let jsonl = draw("jsonl", &["--format", "jsonl"]);
    let lines = |text: &[u8]| text.iter().filter(|b| **b == b'\n').count();
    assert_eq!(lines(&one), lines(&jsonl) + 1);
    for name in [
        "catalogue.csv",
        "truth_customers.csv",
        "truth_articles.csv",
        "truth_sizes.csv",
        "truth_model.json",
        "pipeline.toml",
    ] {
        assert!(folder.join("one").join(name).is_file(), "{name}");
    }
}

#[test]
fn simulate_over_a_catalogue() {
    let folder = folder("catalogue");
    let catalogue = "article_id,brand,group,size_system,sizes,offset\nx1,Bee,dresses,DE,36|38|40,0.5\nx2,Bee,hats,,S M L,\n";
    std::fs::write(folder.join("c.csv"), catalogue).unwrap();
    let arguments =
        ["simulate", "--out", "shop", "--catalogue", "c.csv", "--customers", "50", "--quiet"];
    assert!(inseam(&folder, &arguments).status.success());
    let truth = std::fs::read_to_string(folder.join("shop/truth_articles.csv")).unwrap();
    assert!(truth.contains("\nx1,0.5,"), "{truth}");
    std::fs::write(folder.join("c.csv"), "article_id,group,sizes\nx1,dresses,\n").unwrap();
    fails(&folder, &arguments[..5], 1, &["c.csv, line 2, column \"sizes\": is empty"]);
}

#[test]
fn sizes_that_are_not_understood_are_listed() {
    let rows = format!("{HEADER}{ROW}c2,a1,gigantic,kept,170\nc3,a1,L,kept,170\n");
    let folder = shop("not-understood", PIPELINE, rows.as_bytes());
    let training = inseam(&folder, &["train", "shop.toml"]);
    let report = String::from_utf8(training.stderr).unwrap();
    assert!(training.status.success(), "{report}");
    assert!(
        report.contains("NOT UNDERSTOOD: 33.33 % of the purchases: \"gigantic\" (1)"),
        "{report}"
    );
    let inspected = inseam(&folder, &["inspect", "shop.inseam"]);
    let text = String::from_utf8(inspected.stdout).unwrap();
    // The model withholds sizes with few customers, not their labels.
    assert!(text.contains("SIZES NOT UNDERSTOOD gigantic"), "{text}");
    fails(&folder, &["train", "shop.toml", "--strict"], 1, &["gigantic"]);
}
