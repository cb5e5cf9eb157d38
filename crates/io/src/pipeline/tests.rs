use super::*;
use inseam::outcome::Outcome;
use inseam::train::Settings;
use std::path::{Path, PathBuf};

#[test]
fn a_whole_file() {
    let text = r#"
        [history]
        path = ["a.parquet", "b.parquet"]
        where = { split = "train", country = ["DE", "AT"] }
        [history.columns]
        customer_id = "user_id"
        order_id = ""
        [history.outcomes]
        fit = "kept"
        "" = "unknown_reason"
        [history.groups]
        "*" = "dresses"
        [history.measurements]
        weight = "weight_lbs"
        [catalogue]
        path = "catalogue.csv"
        [train]
        sweeps = 7
        return_window_days = 30
        today = "2026-01-31"
        [model]
        out = "out/shop.inseam"
        [test]
        where = { split = "validation" }
    "#;
    let mut pipeline = Pipeline::parse(text).unwrap();
    pipeline.file = PathBuf::from("shops/one.toml");
    assert_eq!(
        pipeline.history_paths().unwrap(),
        ["shops/a.parquet", "shops/b.parquet"].map(PathBuf::from)
    );
    assert_eq!(pipeline.model_path().unwrap(), PathBuf::from("shops/out/shop.inseam"));
    assert_eq!(pipeline.history.conditions["country"].values(), ["DE", "AT"]);
    assert_eq!(pipeline.history.outcomes[""].0, Outcome::UnknownReason);
    assert_eq!(
        pipeline.train.settings([0; 16]),
        Settings { sweeps: 7, min_customers: 20, body_prior: true, ..Settings::default() }
    );
    assert_eq!((pipeline.train.return_window_days, pipeline.train.today), (Some(30), Some(20_484)));
    let (paths, conditions) = pipeline.test(None).unwrap();
    assert_eq!(
        (paths.len(), conditions["split"].values()),
        (2, ["validation".to_owned()].as_slice())
    );
    assert_eq!(pipeline.test(Some(Path::new("t.csv"))).unwrap().0, [PathBuf::from("t.csv")]);
}

#[test]
fn mistakes_are_named_with_their_line() {
    for (text, parts) in [
        (
            "[history]\npath = \"a\"\noutt = 3\n",
            vec!["line 3", "unknown field `outt`", "in: outt = 3"],
        ),
        (
            "[history.outcomes]\n\nfit = \"keeped\"\n",
            vec!["line 3", "\"keeped\" is not an outcome", "too_small"],
        ),
        ("[train]\nsweeps = 0\n", vec!["line 2", "1 to 1000"]),
        ("[train]\nepsilon = 0\n", vec!["line 2", "0.1 to 100", "no noise"]),
        ("[train]\nepsilon = 1.0\ndelta = 0.5\n", vec!["line 3", "1e-12 to 0.01"]),
        ("[train]\nsweeps = \"many\"\n", vec!["line 2", "invalid type"]),
        ("[train]\ntoday = \"31.1.2026\"\n", vec!["line 2", "2026-01-31"]),
        ("[history]\npath = 3\n", vec!["line 2", "a text, or several in [ ]"]),
        ("[history\n", vec!["line 1"]),
    ] {
        let message = Pipeline::parse(text).unwrap_err().to_string();
        for part in parts {
            assert!(message.contains(part), "{text:?} gave: {message}");
        }
    }
}
