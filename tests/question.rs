//! The worth of questions on the golden shop, which has three brands, and a number and a word as
//! measurements.

use inseam::infer::{Purchase, posterior};
use inseam::model::{Features, MeasurementValue, Model};
use inseam::recommend::{Question, Worth, questions};

fn model() -> Model {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/shop.inseam");
    inseam::format::read(&std::fs::read(path).expect("the model")).expect("a usable model")
}

const BRANDS: [&str; 2] = ["Brina", "Nobody's"];

fn asked<'m>(model: &'m Model, history: &[Purchase<'_>], body: &Features) -> Vec<Worth<'m>> {
    let article = model.article("dresses-1").expect("an article");
    questions(model, history, body, article, &BRANDS)
}

fn body(model: &Model, values: &[(&str, MeasurementValue)]) -> Features {
    Features::new(&model.measurements, &|name| {
        values.iter().find(|(n, _)| *n == name).map(|(_, v)| v)
    })
}

fn nats(worths: &[Worth<'_>], question: Question<'_>) -> f64 {
    worths.iter().find(|w| w.question == question).expect("it is asked").nats
}

const fn kept<'a>(article: &'a str, size: &'a str) -> Purchase<'a> {
    Purchase {
        article: Some(article),
        size,
        brand: None,
        group: None,
        system: inseam::size::System::Unspecified,
        outcome: inseam::outcome::Outcome::Kept,
        advised: false,
    }
}

#[test]
fn questions_are_in_descending_order_of_worth_and_never_negative() {
    let model = model();
    let worths = asked(&model, &[], &body(&model, &[]));
    assert_eq!(worths.len(), model.measurements.len() + BRANDS.len());
    assert!(worths.iter().all(|w| w.nats >= 0.0 && w.nats.is_finite()), "{worths:?}");
    assert!(worths.windows(2).all(|pair| pair[0].nats >= pair[1].nats), "{worths:?}");
    assert!(worths[0].nats > 0.1, "{worths:?}");
}

#[test]
fn the_worth_of_a_measurement_is_how_much_it_narrows_the_prior() {
    let model = model();
    let nothing = body(&model, &[]);
    let weighed = body(&model, &[("weight", MeasurementValue::Number(68.0))]);
    let group = model.group_index("dresses").expect("a group");
    let variance = |f: &Features| posterior(&model, &[], f).size(group).variance();
    let expected = 0.5 * libm::log(variance(&nothing) / variance(&weighed));
    let found = nats(&asked(&model, &[], &nothing), Question::Measurement("weight"));
    assert!((found - expected).abs() < 1e-12 && expected > 0.0, "{found} for {expected}");
}

#[test]
fn known_measurements_are_not_asked() {
    let model = model();
    let word = model.measurements.iter().position(|m| m.name == "shape").expect("a word");
    assert_eq!(word, 1, "its features come after those of the number");
    for (name, value) in [
        ("weight", MeasurementValue::Number(68.0)),
        ("shape", MeasurementValue::Word("pear".to_owned())),
    ] {
        let worths = asked(&model, &[], &body(&model, &[(name, value)]));
        assert!(worths.iter().all(|w| w.question != Question::Measurement(name)), "{worths:?}");
        assert_eq!(worths.len(), model.measurements.len() - 1 + BRANDS.len());
    }
}

#[test]
fn a_brand_is_worth_more_if_the_model_knows_it_and_less_if_the_customer_is_known() {
    let model = model();
    let nothing = body(&model, &[]);
    let first = asked(&model, &[], &nothing);
    let [known, unknown] = BRANDS.map(|brand| nats(&first, Question::Brand(brand)));
    assert!(known > unknown && unknown > 0.0, "{known} and {unknown}");
    let history = ["dresses-0", "dresses-1", "dresses-2"].map(|article| kept(article, "38"));
    let later = nats(&asked(&model, &history, &nothing), Question::Brand("Brina"));
    assert!(later < 0.5 * known, "{later} after three purchases, {known} before");
}
