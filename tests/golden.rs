//! Golden cases, natively: every number equal to the last bit to the one in
//! `tests/golden/cases.json`.
//!
//! The same cases run under Node (`tests/node/golden.test.mjs`) and in Chromium
//! (`tests/browser/golden.test.mjs`). The file holds, for each case, the shopper as a page would
//! give it and, as hexadecimal bits of f64, the first persona's belief in every fit group (mean,
//! sd) and the chances of every size of the articles asked for (too small, fits, too large,
//! chosen). After a change of the model that is meant, `cargo test --test golden -- --ignored`
//! draws the shop, trains `shop.inseam` and answers the cases anew; the inputs in the file stay as
//! they are.

#[cfg(feature = "train")]
mod tiny;

use inseam::infer::{Posterior, Purchase, personas};
use inseam::model::{Features, MeasurementValue, Model};
use inseam::outcome::Outcome;
use inseam::recommend::{Request, Shopper, advise};
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

fn answer(model: &Model, case: &Value) -> Value {
    let text =
        |line: &'_ Value, name: &str| line.get(name).map(|v| v.as_str().expect("text").to_owned());
    type Line = ([Option<String>; 6], bool);
    let lines: Vec<Line> = case["history"]
        .as_array()
        .expect("a history")
        .iter()
        .map(|line| {
            let texts = ["article", "brand", "group", "system", "size", "outcome"]
                .map(|name| text(line, name));
            (texts, line.get("advised").is_some_and(|v| v.as_bool().expect("true or false")))
        })
        .collect();
    let history: Vec<Purchase<'_>> = lines
        .iter()
        .map(|([article, brand, group, system, size, outcome], advised)| Purchase {
            article: article.as_deref(),
            brand: brand.as_deref(),
            group: group.as_deref(),
            system: system
                .as_ref()
                .map_or(System::Unspecified, |s| System::parse(s).expect("a size system")),
            size: size.as_deref().expect("a size"),
            outcome: outcome
                .as_ref()
                .map_or(Outcome::Kept, |o| Outcome::parse(o).expect("an outcome")),
            advised: *advised,
        })
        .collect();
    let body: Vec<(&String, MeasurementValue)> = case["body"]
        .as_object()
        .expect("a body")
        .iter()
        .map(|(name, value)| match value {
            Value::String(word) => (name, MeasurementValue::Word(word.clone())),
            number => {
                (name, MeasurementValue::Number(number.as_f64().expect("a number or a word")))
            }
        })
        .collect();
    let features = Features::of(&model.measurements, &|name| {
        body.iter().find(|(n, _)| *n == name).map(|(_, v)| v)
    });
    let account = personas(model, &history, &features);
    let shopper = &account.list()[0].posterior;
    let whoever: Vec<(f64, &Posterior)> =
        account.mixture().iter().map(|(weight, p)| (*weight, p)).collect();

    let belief = |(i, g): (usize, &inseam::model::Group)| {
        let size = shopper.size(i);
        (g.name.clone(), format!("{} {}", bits(size.mean()), bits(size.sd())).into())
    };
    let beliefs: Map<String, Value> = model.groups.iter().enumerate().map(belief).collect();
    let preference = case["preference"].as_f64().expect("a number");
    let mut advice = Map::new();
    for id in case["articles"].as_array().expect("articles") {
        let id = id.as_str().expect("text");
        let given = advise(&Request {
            model,
            shopper: Shopper::OneOf(&whoever),
            article: model.article(id).expect("in the model"),
            in_stock: &|_| true,
            preference,
            costs: None,
        });
        let sizes: Vec<Value> = given
            .sizes
            .iter()
            .map(|s| {
                let chances = [s.too_small, s.fits, s.too_large, s.chosen].map(bits);
                format!("{}: {}", s.label, chances.join(" ")).into()
            })
            .collect();
        let advised = given.size.map(|i| given.sizes[i].label);
        advice.insert(
            id.to_owned(),
            json!({ "size": advised, "status": given.status.name(), "outcomes": sizes }),
        );
    }
    json!({ "ignored": shopper.ignored(), "beliefs": beliefs, "advice": advice })
}

#[test]
fn every_bit_is_as_written() {
    let (model, cases) = (model(), cases());
    let cases = cases.as_array().expect("a list");
    assert!(cases.len() >= 10);
    for case in cases {
        assert_eq!(answer(&model, case), case["expected"], "{}", case["name"]);
    }
    let different: std::collections::BTreeSet<String> =
        cases.iter().map(|c| c["expected"].to_string()).collect();
    assert_eq!(different.len(), cases.len(), "two cases with the same answer test one thing twice");
}

#[cfg(feature = "train")]
#[test]
#[ignore = "writes tests/golden/shop.inseam and the answers in cases.json anew"]
fn write_anew() {
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
