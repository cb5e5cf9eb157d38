//! Advice as a plain JavaScript object.

use crate::error::{INPUT, error};
use crate::record::{Reader, Record};
use inseam::recommend::{Advice, Costs, Reason, SizeChance};
use inseam::size::Label;
use js_sys::{Array, Error, Object};
use wasm_bindgen::prelude::*;

// One call into JavaScript a field, and no text to decode for its name: a page waits for these, and advice has many.
#[wasm_bindgen]
extern "C" {
    type Outcome;
    #[wasm_bindgen(method, setter, structural)]
    fn set_size(this: &Outcome, label: &str);
    #[wasm_bindgen(method, setter, structural, js_name = tooSmall)]
    fn set_too_small(this: &Outcome, chance: f64);
    #[wasm_bindgen(method, setter, structural)]
    fn set_fits(this: &Outcome, chance: f64);
    #[wasm_bindgen(method, setter, structural, js_name = tooLarge)]
    fn set_too_large(this: &Outcome, chance: f64);
    #[wasm_bindgen(method, setter, structural)]
    fn set_chosen(this: &Outcome, chance: f64);
    #[wasm_bindgen(method, setter, structural)]
    fn set_position(this: &Outcome, steps: f64);
    #[wasm_bindgen(method, setter, structural)]
    fn set_runs(this: &Outcome, steps: f64);
}

/// Whether a page's list of labels has this canonical one, however the page writes it.
pub(crate) fn lists(list: &[String], label: &str) -> bool {
    list.iter().any(|text| text == label || Label::parse(text).is_ok_and(|parsed| parsed.as_str() == label))
}

/// What things cost the shop, in returns: `{ lostSale, spare, hesitant }`, each with its default where it is absent. `None` where undefined or null is given.
pub(crate) fn costs(value: &JsValue) -> Result<Option<Costs>, Error> {
    if value.is_undefined() || value.is_null() {
        return Ok(None);
    }
    let reader = Reader::of(value, "costs")?;
    let usual = Costs::default();
    let costs = Costs {
        lost_sale: reader.number("lostSale")?.unwrap_or(usual.lost_sale),
        spare: reader.number("spare")?.unwrap_or(usual.spare),
        hesitant: reader.number("hesitant")?.unwrap_or(usual.hesitant),
    };
    if costs.sound() { Ok(Some(costs)) } else { Err(error(INPUT, "costs are from 0, and costs.hesitant is at most 1")) }
}

/// `{ size, status, outcomes, reasons, alternative, missed, expected }`; the last three and `size` are absent where there is none.
pub(crate) fn record(advice: &Advice<'_>) -> Record {
    let outcomes: Array = advice.sizes.iter().map(|s| JsValue::from(chances(s))).collect();
    let reasons: Array = advice.reasons.iter().map(|r| JsValue::from(reason(*r))).collect();
    let record = Record::new().with("status", advice.status.name()).with("outcomes", outcomes).with("reasons", reasons);
    let label = |index: usize| advice.sizes[index].label;
    let record = match advice.size {
        Some(index) => record.with("size", label(index)),
        None => record,
    };
    let record = match advice.alternative {
        Some(index) => record.with("alternative", label(index)),
        None => record,
    };
    let record = match advice.missed {
        Some(missed) => {
            record.with("missed", Record::new().with("size", label(missed.size)).with("wouldDo", missed.would_do))
        }
        None => record,
    };
    match advice.expected {
        Some(expected) => record.with(
            "expected",
            Record::new().with("one", expected.one).with("both", expected.both).with("none", expected.none),
        ),
        None => record,
    }
}

fn chances(size: &SizeChance<'_>) -> Outcome {
    let outcome: Outcome = Object::new().unchecked_into();
    outcome.set_size(size.label);
    outcome.set_too_small(size.too_small);
    outcome.set_fits(size.fits);
    outcome.set_too_large(size.too_large);
    outcome.set_chosen(size.chosen);
    outcome.set_position(size.position);
    outcome.set_runs(size.runs);
    outcome
}

fn reason(reason: Reason) -> Record {
    let of = |kind: &str| Record::new().with("kind", kind);
    match reason {
        Reason::History { purchases } => of("history").with("purchases", purchases),
        Reason::OtherGroups { purchases } => of("otherGroups").with("purchases", purchases),
        Reason::Measurements => of("measurements"),
        Reason::NoHistory => of("noHistory"),
        Reason::ArticleRuns { steps } => of("articleRuns").with("steps", steps),
        Reason::BrandRuns { steps } => of("brandRuns").with("steps", steps),
    }
}
