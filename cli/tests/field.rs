//! Trains on a folder of exports as shops, platforms and spreadsheets write them, and checks what
//! the model or the error message says.
//!
//! The exports are not part of the project. The environment variable INSEAM_FIELD names their
//! folder, which is `shared/field` beside the repository by default. Without it these tests skip.

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The folder with the exports; `None`, with a printed reason, where there is none.
fn exports() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/field");
    let folder = std::env::var_os("INSEAM_FIELD").map_or(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: there is no folder {} with exports", folder.display());
    None
}

/// A copy of one export, as training writes its model into the folder.
fn copied(exports: &Path, case: &str) -> PathBuf {
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("field-{case}"));
    drop(std::fs::remove_dir_all(&to));
    std::fs::create_dir_all(&to).unwrap();
    for entry in std::fs::read_dir(exports.join(case)).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        std::fs::write(to.join(path.file_name().unwrap()), bytes).unwrap();
    }
    to
}

fn inseam(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_inseam")).args(arguments).current_dir(folder).output().unwrap()
}

fn message(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Trains, and returns what the program says.
fn trained(folder: &Path, pipeline: &str, options: &[&str]) -> String {
    let output = inseam(folder, &[&["train", pipeline], options].concat());
    assert!(output.status.success(), "{folder:?}: {}", message(&output));
    message(&output)
}

/// The labels of all scales of the model in a folder: position and length.
fn labels(folder: &Path) -> BTreeMap<String, (f64, f64)> {
    let output = inseam(folder, &["inspect", "m.inseam", "--json"]);
    assert!(output.status.success(), "{folder:?}: {}", message(&output));
    let model: Value = serde_json::from_slice(&output.stdout).unwrap();
    let scales = model["scales"].as_array().unwrap().iter();
    scales
        .flat_map(|scale| scale["labels"].as_array().unwrap())
        .map(|label| {
            let number = |name: &str| label[name].as_f64().unwrap();
            (label["text"].as_str().unwrap().to_owned(), (number("position"), number("length")))
        })
        .collect()
}

/// Labels from small to large and their distance in steps; positions within .3 steps.
const RISING: [(&str, &str, f64); 9] = [
    (
        "labels-shopify-standard",
        "Extra small (XS)|Small (S)|Medium (M)|Large (L)|Extra large (XL)|Double extra large (XXL)|Triple extra large (XXXL)",
        1.5,
    ),
    (
        "labels-letter-and-range",
        "XS (4-6)|S (8-10)|M (12-14)|L (16-18)|XL (20-22)|XXL (24-26)",
        2.0,
    ),
    (
        "labels-number-and-letter",
        "0 (XS)|2 (XS)|4 (S)|6 (S)|8 (M)|10 (M)|12 (L)|14 (L)|16 (XL)|18 (XL)|20 (XXL)",
        1.0,
    ),
    ("labels-brazil-no-system", "PP|P|M|G|GG|G1|G2|G3", 1.5),
    ("labels-japan-LL-3L", "S|M|L|LL|3L|4L|5L", 1.5),
    ("labels-belts-cm", "80 cm|85 cm|90 cm|95 cm|100 cm|105 cm|110 cm", 1.0),
    ("labels-mens-collar-pairs", "37/38|39/40|41/42|43/44|45/46|47/48", 2.0),
    ("labels-shoe-width-C", "8C|8.5C|9C|9.5C|10D|10.5D|11D", 0.635),
    ("labels-years-other-languages", "2 anos|4 anos|6 anos|8 anos|10 anos|12 anos", 2.0),
];

#[test]
fn labels_lie_in_their_order_and_distance() {
    let Some(exports) = exports() else { return };
    for (case, sizes, distance) in RISING {
        let folder = copied(&exports, case);
        let report = trained(&folder, "p.toml", &[]);
        assert!(report.contains("every size was understood"), "{case}: {report}");
        let labels = labels(&folder);
        let found: Vec<(f64, f64)> = sizes.split('|').map(|size| labels[size]).collect();
        for (i, (position, length)) in found.iter().enumerate() {
            let expected = found[0].0 + distance * i as f64;
            assert!((position - expected).abs() < 0.3, "{case}: {labels:?}");
            assert!(length.abs() < 0.75, "{case}: {labels:?}");
        }
    }
}

/// Cases with positions of single labels.
const PLACED: [(&str, &[(&str, f64)]); 4] = [
    ("labels-half-plus", &[("5", -0.9), ("5.5", -0.26), ("6", 0.37)]),
    ("labels-cut-in-front", &[("Petite S", -1.5), ("S", -1.5), ("Petite M", 0.0), ("M", 0.0)]),
    ("crossborder-systems", &[("FR 40", 0.0), ("UK 12", 0.0), ("DE 38", 0.0), ("UK 14", 1.0)]),
    ("groups-compounds", &[("42", 0.0), ("44", 2.0), ("32", 0.0), ("34", 1.0)]),
];

#[test]
fn labels_lie_where_their_system_and_group_say() {
    let Some(exports) = exports() else { return };
    for (case, places) in PLACED {
        let folder = copied(&exports, case);
        trained(&folder, "p.toml", &[]);
        let labels = labels(&folder);
        for (label, position) in places {
            assert!((labels[*label].0 - position).abs() < 0.3, "{case}: {label} in {labels:?}");
        }
    }
    let folder = copied(&exports, "labels-cut-in-front");
    trained(&folder, "p.toml", &[]);
    let labels = labels(&folder);
    assert!(labels["Petite S"].1 < -0.75 && labels["Petite M"].1 < -0.75, "{labels:?}");
}

/// Pipelines that train, with the number of purchases and customers.
const TRAINED: [(&str, &str, usize, usize); 13] = [
    ("columns-option1-colour", "p.toml", 3, 3),
    ("customers-guests", "p.toml", 40, 40),
    ("dates-compact", "p.toml", 4, 4),
    ("dates-day-first", "p.toml", 2, 2),
    ("ids-float-csv", "p.toml", 3, 3),
    ("quantity-negative", "p.toml", 3, 3),
    ("systems-not-known", "p.toml", 3, 3),
    ("tsv-stray-quote", "p.toml", 5, 5),
    ("unclear-sepline", "p.toml", 3, 3),
    ("unclear-titlerows", "p.toml", 3, 3),
    ("unclear-utf16le_nobom", "p.toml", 3, 3),
    ("where-empty-cell", "p.toml", 3, 3),
    ("where-empty-cell", "p2.toml", 3, 3),
];

#[test]
fn rows_are_read_as_they_are_meant() {
    let Some(exports) = exports() else { return };
    for (case, pipeline, purchases, customers) in TRAINED {
        let report = trained(&copied(&exports, case), pipeline, &[]);
        let expected = format!("training: {purchases} purchases of {customers} customers");
        assert!(report.contains(&expected), "{case}: {report}");
    }
    let colours = copied(&exports, "columns-option1-colour");
    trained(&colours, "p.toml", &[]);
    assert_eq!(labels(&colours).into_keys().collect::<Vec<_>>(), ["L", "M", "S"]);
    let floats = trained(&copied(&exports, "ids-float-csv"), "p.toml", &[]);
    assert!(floats.contains("3 customers and 2 articles"), "{floats}");
    let lists = copied(&exports, "catalogue-list-of-one");
    trained(&lists, "p.toml", &[]);
    let labels = labels(&lists);
    for size in ["One Size", "XL Tall", "38 1/3", "38.5"] {
        assert!(labels.contains_key(size), "{size} in {labels:?}");
    }
    for part in ["One", "Size", "Tall", "5", "/", "EU", "UK", "{S", "L}"] {
        assert!(!labels.contains_key(part), "{part} in {labels:?}");
    }
}

#[test]
fn orders_and_reasons_are_read_as_their_platform_means_them() {
    let Some(exports) = exports() else { return };
    let orders = copied(&exports, "shopify-orders-export");
    let report = trained(&orders, "p.toml", &["--rejects", "rejects.csv"]);
    for part in ["4 purchases of 3 customers and 1 article,", "no column tells what became"] {
        assert!(report.contains(part), "{part:?} is not in {report}");
    }
    assert_eq!(labels(&orders).into_keys().collect::<Vec<_>>(), ["L", "M", "S"]);
    let reasons = copied(&exports, "outcome-fit-is-kept");
    let output = inseam(&reasons, &["check", "p.toml", "--json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = report.to_string();
    let fit = text.split('{').find(|part| part.contains("\"word\":\"Fit\"")).expect("the word");
    assert!(fit.contains("\"outcome\":\"size_reason\""), "{fit}");
}

/// Pipelines that are refused, with parts of the message.
const REFUSED: [(&str, &str, &[&str]); 5] = [
    ("files-orders-then-returns", "p2.toml", &["return_reason", "returns.jsonl"]),
    ("files-orders-then-returns", "p3.toml", &["return_reason", "returns.jsonl"]),
    ("files-orders-then-returns", "p4.toml", &["return_reason", "r.csv"]),
    ("ids-scientific", "p.toml", &["6.12E+12", "customer_id", "as text"]),
    ("null-words", "p.toml", &["line 2", "customer_id", "counts as empty"]),
];

#[test]
fn what_cannot_be_known_is_refused_with_the_value() {
    let Some(exports) = exports() else { return };
    for (case, pipeline, parts) in REFUSED {
        let output = inseam(&copied(&exports, case), &["train", pipeline]);
        let report = message(&output);
        assert_eq!(output.status.code(), Some(1), "{case}: {report}");
        for part in parts {
            assert!(report.contains(part), "{case}: {part:?} is not in {report}");
        }
    }
    let nulls = copied(&exports, "null-words");
    trained(&nulls, "p.toml", &["--rejects", "rejects.csv"]);
    for word in ["NULL", "N/A", "nan", "None", "-", "#N/A", "undefined", "?"] {
        assert!(!labels(&nulls).contains_key(word), "{word} is a size");
    }
}
