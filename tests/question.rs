//! The question most worth asking, on the golden shop: three brands, a number and a word among the
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
    Features::of(&model.measurements, &|name| {
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
fn the_most_telling_question_comes_first_and_none_tells_less_than_nothing() {
    let model = model();
    let worths = asked(&model, &[], &body(&model, &[]));
    assert_eq!(worths.len(), model.measurements.len() + BRANDS.len());
    assert!(worths.iter().all(|w| w.nats >= 0.0 && w.nats.is_finite()), "{worths:?}");
    assert!(worths.windows(2).all(|pair| pair[0].nats >= pair[1].nats), "{worths:?}");
    assert!(worths[0].nats > 0.1, "{worths:?}");
}

#[test]
fn a_measurement_is_worth_what_knowing_it_narrows() {
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
fn what_is_known_is_not_asked_again() {
    let model = model();
    let word = model.measurements.iter().position(|m| m.name == "shape").expect("a word");
    assert_eq!(word, 1, "its features come after the number's");
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
fn a_brand_is_worth_more_where_its_cut_is_known_and_less_where_the_customer_is() {
    let model = model();
    let nothing = body(&model, &[]);
    let first = asked(&model, &[], &nothing);
    let [known, unknown] = BRANDS.map(|brand| nats(&first, Question::Brand(brand)));
    assert!(known > unknown && unknown > 0.0, "{known} and {unknown}");
    let history = ["dresses-0", "dresses-1", "dresses-2"].map(|article| kept(article, "38"));
    let later = nats(&asked(&model, &history, &nothing), Question::Brand("Brina"));
    assert!(later < 0.5 * known, "{later} after three purchases, {known} before");
}
