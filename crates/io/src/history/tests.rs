//! Tests of reading a history: columns, words, rejects, the catalogue.

use super::*;
use crate::failure::Failure;
use crate::pipeline::Pipeline;
use inseam::outcome::Outcome;
use inseam::train::MeasurementColumn;
use std::path::Path;

const HISTORY: &str = "\
User ID,SKU,Size,Return Reason,Order Date,Product Type,Height,Shape,part
u1,a1,M,,2026-01-01,Maxi,170,pear,train
u1,a2,L,TOO_SMALL,2026-01-02,Mini,170,pear,train
u2,a1,S,nope,2026-01-03,Maxi,,,train
u3,a1,S,weird,2026-01-03,Maxi,165,apple,test
";

/// Loads a pipeline whose history is these bytes; gives what `use_it` makes of the result and the
/// folder.
fn with<T>(
    name: &str,
    history: &[u8],
    pipeline: &str,
    use_it: impl FnOnce(Result<History, Failure>, &Path) -> T,
) -> T {
    let folder = std::env::temp_dir().join(format!("inseam-history-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("h.csv"), history).unwrap();
    let file = folder.join("p.toml");
    std::fs::write(&file, format!("[history]\npath = \"h.csv\"\n{pipeline}")).unwrap();
    let rejects = folder.join("rejects.csv");
    let rejects = pipeline.contains("# rejects").then_some(rejects.as_path());
    let loaded = Pipeline::read(&file).and_then(|pipeline| load_history(&pipeline, &[], rejects));
    let result = use_it(loaded, &folder);
    drop(std::fs::remove_dir_all(&folder));
    result
}

#[test]
fn a_shops_own_export_with_a_few_words_explained() {
    let pipeline = "where = { part = \"train\" }\n[history.outcomes]\nnope = \"other_reason\"\n\
                    [history.groups]\n\"*\" = \"dresses\"\n[history.measurements]\nheight = \"Height\"\nshape = \"Shape\"\n";
    with("export", HISTORY.as_bytes(), pipeline, |loaded, _| {
        let History { columns, counts, .. } = loaded.unwrap();
        assert_eq!(counts, RowCounts { read: 4, left_out: 1, rejected: 0 });
        assert_eq!(columns.outcome, [Outcome::Kept, Outcome::TooSmall, Outcome::OtherReason]);
        assert_eq!(columns.customer.values, ["u1", "u2"], "customers of other parts are not in it");
        assert_eq!(columns.article.codes, [0, 1, 0]);
        assert_eq!(columns.day, Some(vec![20_454, 20_455, 20_456]));
        assert_eq!(columns.group.unwrap().values, ["dresses"]);
        let (MeasurementColumn::Number(height), MeasurementColumn::Word(shape)) =
            (&columns.measurements[0].1, &columns.measurements[1].1)
        else {
            panic!("a number and a word, but {:?}", columns.measurements);
        };
        assert!(height[..2] == [170.0, 170.0] && height[2].is_nan());
        assert_eq!((shape.text(0), shape.text(2)), ("pear", ""));
    });
}

#[test]
fn bad_rows_stop_or_are_put_aside() {
    let message = with("stop", HISTORY.as_bytes(), "", |loaded, _| loaded.unwrap_err().to_string());
    for part in [
        "h.csv, line 4, column \"Return Reason\"",
        "\"nope\" is not a known outcome",
        "1 other row",
        "--rejects",
    ] {
        assert!(message.contains(part), "{message}");
    }
    with("aside", HISTORY.as_bytes(), "# rejects\n", |loaded, folder| {
        let History { columns, counts, .. } = loaded.unwrap();
        assert_eq!((counts.rejected, columns.outcome.len()), (2, 2));
        let rejects = std::fs::read_to_string(folder.join("rejects.csv")).unwrap();
        let lines: Vec<&str> = rejects.lines().collect();
        assert_eq!(lines.len(), 3, "{rejects}");
        assert!(
            lines[0].ends_with("inseam_file,inseam_row,inseam_column,inseam_reason"),
            "{rejects}"
        );
        assert!(
            lines[1].contains("u2")
                && lines[1].contains(",4,Return Reason,\"is not a known outcome"),
            "{rejects}"
        );
        assert!(lines[2].contains("u3") && lines[2].contains(",5,"), "{rejects}");
    });
}

#[test]
fn bad_cells_are_named() {
    let header = "customer_id,article_id,size,ordered_at,size_system,h\n";
    let measured = "[history.measurements]\nh = \"h\"\n";
    let long = format!("c1,a1,{},2026-01-01,DE,1\n", "x".repeat(10_000));
    for (name, row, parts) in [
        (
            "label",
            long.as_str(),
            vec!["column \"size\"", "xxx... (9920 more bytes)", "not a size label"],
        ),
        ("inf", "c1,a1,M,2026-01-01,DE,inf\n", vec!["\"inf\" is not a finite number"]),
        ("word", "c1,a1,M,2026-01-01,DE,tall\n", vec!["\"tall\" is not a number"]),
        ("date", "c1,a1,M,2025-13-45,DE,1\n", vec!["\"2025-13-45\" is not a date"]),
        (
            "year",
            "c1,a1,M,1026-01-01,DE,1\n",
            vec!["column \"ordered_at\"", "\"1026-01-01\" is not"],
        ),
        (
            "rounded",
            "c1,4.61E+12,M,2026-01-01,DE,1\n",
            vec!["column \"article_id\"", "4.61E+12", "as text"],
        ),
        ("null", "NULL,a1,M,2026-01-01,DE,1\n", vec!["column \"customer_id\"", "counts as empty"]),
        (
            "nosize",
            "c1,a1,n/a,2026-01-01,DE,1\n",
            vec!["column \"size\"", "\"n/a\" counts as empty"],
        ),
        ("nodate", "c1,a1,M,,DE,1\n", vec!["column \"ordered_at\"", "counts as empty"]),
        ("system", "c1,a1,M,2026-01-01,Mars,1\n", vec!["\"Mars\" is not a size system"]),
        ("customer", ",a1,M,2026-01-01,DE,1\n", vec!["column \"customer_id\"", "counts as empty"]),
        ("fields", "c1,a1,M\n", vec!["has 3 fields, but the header has 6"]),
    ] {
        let good = "c0,a0,M,2026-01-01,DE,170\nc0,a1,M,2026-01-01,DE,171\n";
        let bytes = format!("{header}{good}{row}").into_bytes();
        let message = with(name, &bytes, measured, |loaded, _| loaded.unwrap_err().to_string());
        assert!(message.contains("h.csv, line 4"), "{name}: {message}");
        for part in parts {
            assert!(message.contains(part), "{name}: {message}");
        }
    }
}

#[test]
fn a_customers_id_is_in_no_message() {
    let id = "someone@example.org".repeat(40);
    let history = format!("email,sku,size\n{id},a1,M\n");
    let message =
        with("private", history.as_bytes(), "", |loaded, _| loaded.unwrap_err().to_string());
    assert!(message.contains("column \"email\": is longer than 512 bytes"), "{message}");
    assert!(!message.contains("someone"), "{message}");
}

#[test]
fn columns_that_are_not_there_are_named() {
    for (name, history, pipeline, parts) in [
        (
            "none",
            "customer_id,size\nc,M\n",
            "",
            vec!["column \"article_id\"", "customer_id, size", "[history.columns]"],
        ),
        (
            "given",
            "customer_id,sku,size\nc,a,M\n",
            "[history.columns]\nsize = \"dims\"\n",
            vec!["column \"dims\"", "sku"],
        ),
        (
            "where",
            "customer_id,sku,size\nc,a,M\n",
            "where = { part = \"x\" }\n",
            vec!["column \"part\""],
        ),
        ("rows", "customer_id,sku,size\n", "", vec!["has no rows"]),
    ] {
        let message =
            with(name, history.as_bytes(), pipeline, |loaded, _| loaded.unwrap_err().to_string());
        for part in parts {
            assert!(message.contains(part), "{name}: {message}");
        }
    }
}

#[test]
fn young_purchases_are_pending() {
    let history =
        "customer_id,sku,size,ordered_at\nc,a,M,2026-01-01\nc,b,M,2026-01-20\nc,c,M,2026-01-31\n";
    with("window", history.as_bytes(), "[train]\nreturn_window_days = 14\n", |loaded, _| {
        assert_eq!(
            loaded.unwrap().columns.outcome,
            [Outcome::Kept, Outcome::Pending, Outcome::Pending]
        );
    });
}

/// A history whose returns have reasons, and whose orders have a status.
const STATUSES: &str = "customer_id,article_id,size,status,return_reason\n\
    c1,a1,M,shipped,\n\
    c2,a1,L,returned,too small\n\
    c3,a2,S,Cancelled by customer,\n\
    c4,a2,M,returned,\n\
    c5,a2,M,Partially refunded,\n";

#[test]
fn a_status_tells_what_became_of_lines_without_a_reason() {
    use Outcome::{Kept, Pending, TooSmall, UnknownReason};
    with("status", STATUSES.as_bytes(), "", |loaded, _| {
        let History { columns, report, .. } = loaded.unwrap();
        assert_eq!(columns.outcome, [Kept, TooSmall, Pending, UnknownReason, Kept]);
        let guess = report.guesses[0].to_string();
        for part in ["2 rows", "\"status\"", "\"Cancelled by customer\"", "\"returned\"", "line 4"]
        {
            assert!(guess.contains(part), "{guess}");
        }
    });
    // A pipeline with a condition on the status decides itself.
    let own = "where = { status = { not = \"Cancelled by customer\" } }\n";
    with("own-status", STATUSES.as_bytes(), own, |loaded, _| {
        assert_eq!(loaded.unwrap().columns.outcome, [Kept, TooSmall, Kept, Kept]);
    });
    // A column that is no status of orders says nothing.
    let states = STATUSES.replace("status", "state").replace("shipped", "Ohio");
    let states = states.replace("returned,", "Texas,").replace("Cancelled by customer", "Utah");
    with("states", states.as_bytes(), "", |loaded, _| {
        assert_eq!(loaded.unwrap().columns.outcome, [Kept, TooSmall, Kept, Kept, Kept]);
    });
}

#[test]
fn a_column_that_says_whether_a_line_came_back_is_found() {
    use Outcome::{Kept, Pending, UnknownReason};
    let history = "customer_id,article_id,size,qty_refunded,status\n\
        c1,a1,M,0.0000,complete\nc2,a1,L,1.0000,complete\nc3,a2,S,0.0000,canceled\n";
    with("flag", history.as_bytes(), "", |loaded, _| {
        let History { columns, .. } = loaded.unwrap();
        assert_eq!(columns.outcome, [Kept, UnknownReason, Pending]);
    });
}

#[test]
fn a_catalogue_with_other_ids_is_reported() {
    let history = "customer_id,article_id,size\nc1,45,M\nc2,46,L\n";
    with(
        "ids",
        history.as_bytes(),
        "[catalogue]\npath = \"h.csv\"\n[catalogue.columns]\narticle_id = \"customer_id\"\nsizes = \"size\"\n",
        |loaded, _| {
            let report = loaded.unwrap().report;
            let warnings: Vec<String> = report.warnings.iter().map(ToString::to_string).collect();
            let warning =
                warnings.iter().find(|warning| warning.contains("catalogue has no article"));
            let warning = warning.unwrap_or_else(|| panic!("{warnings:?}"));
            assert!(warning.contains("\"45\"") && warning.contains("\"c1\""), "{warning}");
        },
    );
}

#[test]
fn a_repeated_header_and_empty_fields_are_no_rows() {
    let history = "customer_id,article_id,size\nc1,a1,M\n,,\ncustomer_id, article_id,size\n\u{feff}customer_id,article_id,size\nc2,a1,L\n";
    with("repeated", history.as_bytes(), "", |loaded, _| {
        let History { columns, counts, .. } = loaded.unwrap();
        assert_eq!((columns.customer.values.len(), counts.read), (2, 2));
    });
    // A row that has one of the names only is a row.
    let history = "customer_id,article_id,size\nc1,a1,M\ncustomer_id,a2,L\n,a2,\n";
    let message =
        with("named", history.as_bytes(), "", |loaded, _| loaded.unwrap_err().to_string());
    assert!(message.contains("h.csv, line 4"), "{message}");
}

#[test]
fn words_for_no_size_are_no_sizes() {
    let history = "customer_id,article_id,size\nc1,a1,M\nc2,a1,Select size\nc3,a1,unknown\n";
    with("nosizes", history.as_bytes(), "unusable = \"leave_out\"\n", |loaded, _| {
        assert_eq!(loaded.unwrap().columns.size.values.len(), 1);
    });
}

#[test]
fn sizes_of_the_catalogue_that_are_not_understood_are_reported() {
    let history = "customer_id,article_id,size,run\nc1,a1,M,\"S, M, Red\"\n";
    let catalogue = "[catalogue]\npath = \"h.csv\"\n[catalogue.columns]\nsizes = \"run\"\n";
    with("red", history.as_bytes(), catalogue, |loaded, _| {
        let warnings = loaded.unwrap().report.warnings;
        let found =
            warnings.iter().any(|warning| warning.what.ends_with("not understood: \"Red\""));
        assert!(found, "{warnings:?}");
    });
}
