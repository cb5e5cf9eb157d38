//! The golden cases in native code: every number has the bits in `tests/golden/cases.json`.
//!
//! The same cases run under Node (`tests/node/golden.test.mjs`) and in Chromium
//! (`tests/browser/golden.test.mjs`). For each case the file has the shopper as a page describes
//! them and, as hexadecimal bits of f64, the first persona's belief in every fit group (mean, sd)
//! and the chances of every size of the requested articles (too small, fits, too large, chosen).
//! After an intended change of the model, `cargo test --test golden -- --ignored` draws the shop,
//! trains `shop.inseam` and answers the cases again; the inputs in the file stay the same.

#[cfg(feature = "train")]
mod tiny;

use inseam::infer::{Posterior, Purchase, personas};
use inseam::model::{Features, MeasurementValue, Model};
use inseam::outcome::Outcome;
use inseam::recommend::{Advice, Request, Shopper, advise};
use inseam::size::System;
use serde_json::{Map, Value, json};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");

fn cases() -> Value {
    let text = std::fs::read_to_string(format!("{FOLDER}/cases.json")).expect("the cases");
    serde_json::from_str(&text).expect("JSON")
}

fn model() -> Model {
    let bytes = std::fs::read(format!("{FOLDER}/shop.inseam")).expect("the model");
    assert!(bytes.len() < 20_000, "{} bytes are too many for a fixture", bytes.len());
    inseam::format::read(&bytes).expect("a usable model")
}

fn bits(x: f64) -> String {
    format!("{:016x}", x.to_bits())
}

/// The purchases of a case.
fn history(case: &Value) -> Vec<Purchase<'_>> {
    case["history"].as_array().expect("a history").iter().map(purchase).collect()
}

fn purchase(line: &Value) -> Purchase<'_> {
    let text = |name: &str| line.get(name).map(|v| v.as_str().expect("text"));
    Purchase {
        article: text("article"),
        brand: text("brand"),
        group: text("group"),
        system: text("system")
            .map_or(System::Unspecified, |s| System::parse(s).expect("a size system")),
        size: text("size").expect("a size"),
        outcome: text("outcome")
            .map_or(Outcome::Kept, |o| Outcome::from_name(o).expect("an outcome")),
        advised: line.get("advised").is_some_and(|v| v.as_bool().expect("true or false")),
    }
}

/// The body features of a case.
fn features(model: &Model, case: &Value) -> Features {
    let value = |value: &Value| match value {
        Value::String(word) => MeasurementValue::Word(word.clone()),
        number => MeasurementValue::Number(number.as_f64().expect("a number or a word")),
    };
    let body: Vec<(&String, MeasurementValue)> = case["body"]
        .as_object()
        .expect("a body")
        .iter()
        .map(|(name, given)| (name, value(given)))
        .collect();
    Features::new(&model.measurements, &|name| {
        body.iter().find(|(n, _)| *n == name).map(|(_, v)| v)
    })
}

/// Advice on one article, with its chances as bits.
fn advice_bits(advice: &Advice<'_>) -> Value {
    let sizes: Vec<Value> = advice
        .sizes
        .iter()
        .map(|s| {
            let chances = [s.too_small, s.fits, s.too_large, s.chosen].map(bits);
            format!("{}: {}", s.label, chances.join(" ")).into()
        })
        .collect();
    let advised = advice.size.map(|i| advice.sizes[i].label);
    json!({ "size": advised, "status": advice.status.name(), "outcomes": sizes })
}

fn answer(model: &Model, case: &Value) -> Value {
    let account = personas(model, &history(case), &features(model, case));
    let first = &account.list()[0].posterior;
    let persons: Vec<(f64, &Posterior)> =
        account.mixture().iter().map(|(weight, p)| (*weight, p)).collect();
    let belief = |(i, g): (usize, &inseam::model::Group)| {
        let size = first.size(i);
        (g.name.clone(), format!("{} {}", bits(size.mean()), bits(size.sd())).into())
    };
    let beliefs: Map<String, Value> = model.groups.iter().enumerate().map(belief).collect();
    let mut advice = Map::new();
    for id in case["articles"].as_array().expect("articles") {
        let id = id.as_str().expect("text");
        let given = advise(&Request {
            model,
            shopper: Shopper::OneOf(&persons),
            article: model.article(id).expect("in the model"),
            in_stock: &|_| true,
            offered: &|_| true,
            preference: case["preference"].as_f64().expect("a number"),
            costs: None,
        });
        advice.insert(id.to_owned(), advice_bits(&given));
    }
    json!({ "ignored": first.ignored(), "beliefs": beliefs, "advice": advice })
}

#[test]
fn every_bit_agrees_with_the_cases() {
    let (model, cases) = (model(), cases());
    let cases = cases.as_array().expect("a list");
    assert!(cases.len() >= 10);
    for case in cases {
        assert_eq!(answer(&model, case), case["expected"], "{}", case["name"]);
    }
    let different: std::collections::BTreeSet<String> =
        cases.iter().map(|c| c["expected"].to_string()).collect();
    assert_eq!(different.len(), cases.len(), "two cases with the same answer test the same thing");
}

#[cfg(feature = "train")]
#[test]
#[ignore = "writes tests/golden/shop.inseam and the answers in cases.json again"]
fn write_again() {
    let rows = tiny::draw(2026, 400, 5, 2);
    let settings = inseam::train::Settings::default();
    let trained = inseam::train::train(&tiny::columns(&rows), &settings, &mut |_| ())
        .expect("a usable history");
    std::fs::write(
        format!("{FOLDER}/shop.inseam"),
        inseam::format::write(&trained.model).expect("within the limits"),
    )
    .expect("written");
    let (model, mut cases) = (model(), cases());
    for case in cases.as_array_mut().expect("a list") {
        let expected = answer(&model, case);
        case["expected"] = expected;
    }
    let lines: Vec<String> =
        cases.as_array().expect("a list").iter().map(Value::to_string).collect();
    std::fs::write(format!("{FOLDER}/cases.json"), format!("[\n{}\n]\n", lines.join(",\n")))
        .expect("written");
}
