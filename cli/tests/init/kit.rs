//! A small shop, the folder of a test, and the program.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub(crate) const SIZES: [&str; 4] = ["S", "M", "L", "XL"];
pub(crate) const ARTICLES: [&str; 4] = ["Linen Dress", "Wool Coat", "Silk Blouse", "Slim Trousers"];
/// The number of order lines of the shop, two for each order.
pub(crate) const LINES: usize = 80;

/// An order line of the shop.
pub(crate) struct Line {
    /// Its number, from 0.
    pub(crate) number: usize,
    pub(crate) order: usize,
    pub(crate) customer: usize,
    pub(crate) article: &'static str,
    pub(crate) colour: &'static str,
    pub(crate) size: &'static str,
    /// The day of January to March, as 2026-01-05.
    pub(crate) day: String,
    /// Why it came back: 0, 1, 2 ... of the test's reasons; every fourth line did.
    pub(crate) returned: Option<usize>,
}

impl Line {
    /// Whether it is the first line of its order.
    pub(crate) fn is_first(&self) -> bool {
        self.number.is_multiple_of(2)
    }

    pub(crate) fn email(&self) -> String {
        format!("customer{}@example.com", self.customer)
    }

    /// "Linen Dress - Navy / M".
    pub(crate) fn variant(&self) -> String {
        format!("{} - {} / {}", self.article, self.colour, self.size)
    }

    /// "LD-N-M": the article's and the colour's initials, and the size.
    pub(crate) fn sku(&self) -> String {
        let initials: String =
            self.article.split(' ').filter_map(|word| word.chars().next()).collect();
        format!("{initials}-{}-{}", &self.colour[..1], self.size)
    }
}

/// The order lines of the shop.
pub(crate) fn lines() -> Vec<Line> {
    let line = |number: usize| {
        let order = number / 2;
        let customer = order % 16;
        Line {
            number,
            order: 1001 + order,
            customer,
            article: ARTICLES[number % 4],
            colour: ["Navy", "Red"][order % 2],
            size: SIZES[(customer + number / 9) % 4],
            day: format!("2026-0{}-{:02}", 1 + order / 28, 1 + order % 28),
            returned: (number % 4 == 3).then_some(number / 4),
        }
    };
    (0..LINES).map(line).collect()
}

/// An empty folder for one test.
pub(crate) fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("init-{name}"));
    drop(std::fs::remove_dir_all(&path));
    std::fs::create_dir_all(&path).unwrap();
    path
}

pub(crate) fn inseam(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_inseam")).args(arguments).current_dir(folder).output().unwrap()
}

/// Runs the program, which must succeed, and returns its standard output.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> String {
    let output = inseam(folder, arguments);
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {message}");
    String::from_utf8(output.stdout).unwrap()
}

/// Writes the files, drafts their pipeline, and returns the folder, the pipeline file and the
/// number of lines that a person must edit.
pub(crate) fn init(name: &str, files: &[(&str, String)]) -> (PathBuf, String, usize) {
    let folder = folder(name);
    for (file, text) in files {
        std::fs::write(folder.join(file), text).unwrap();
    }
    let names: Vec<&str> = files.iter().map(|(file, _)| *file).collect();
    run(&folder, &[&["init"], &names[..]].concat());
    let pipeline = std::fs::read_to_string(folder.join("shop.toml")).unwrap();
    assert!(!pipeline.contains('@'), "personal data:\n{pipeline}");
    let edits = pipeline.matches("# TODO:").count();
    (folder, pipeline, edits)
}

/// What `inseam check --json` reports, after a draft without lines to edit.
pub(crate) fn checked(name: &str, files: &[(&str, String)]) -> (PathBuf, Value) {
    let (folder, pipeline, edits) = init(name, files);
    assert_eq!(edits, 0, "{pipeline}");
    let report = check(&folder);
    assert_eq!(report["not_understood"], serde_json::json!([]), "{pipeline}");
    (folder, report)
}

/// What `inseam check --json` reports.
pub(crate) fn check(folder: &Path) -> Value {
    let report = run(folder, &["check", "shop.toml", "--json"]);
    serde_json::from_str(&report).unwrap()
}

/// Trains the model of a pipeline, and returns what the program printed on standard error.
pub(crate) fn train(folder: &Path) -> String {
    let output = inseam(folder, &["train", "shop.toml"]);
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{message}");
    assert!(folder.join("shop.inseam").is_file(), "{message}");
    message
}

/// The number of rows of each value in a list of the report, in the order of the names.
pub(crate) fn rows(list: &Value, names: &[&str]) -> Vec<u64> {
    let row = |name: &&str| {
        let found = list.as_array().unwrap().iter().find(|share| share["value"] == **name);
        found.map_or(0, |share| share["rows"].as_u64().unwrap())
    };
    names.iter().map(row).collect()
}

/// Asserts that the sizes of the shop, and no others, were found.
pub(crate) fn assert_sizes(report: &Value) {
    let labels = report["sizes"]["understood"]["labels"].as_array().unwrap();
    let mut labels: Vec<&str> = labels.iter().map(|l| l["value"].as_str().unwrap()).collect();
    labels.sort_by_key(|label| SIZES.iter().position(|size| size == label));
    assert_eq!(labels, SIZES, "{}", report["sizes"]);
    assert_eq!(report["sizes"]["not_understood"]["labels"], serde_json::json!([]));
}
