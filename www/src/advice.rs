//! Advice as a plain JavaScript object.

use crate::record::Record;
use inseam::recommend::{Advice, Reason, SizeChance};
use inseam::size::Label;
use js_sys::Array;
use wasm_bindgen::JsValue;

/// Whether a page's list of labels has this canonical one, however the page writes it.
pub(crate) fn lists(list: &[String], label: &str) -> bool {
    list.iter().any(|text| text == label || Label::parse(text).is_ok_and(|parsed| parsed.as_str() == label))
}

/// `{ size, status, outcomes, reasons, alternative }`; `size` and `alternative` are absent where there is none.
pub(crate) fn record(advice: &Advice<'_>) -> Record {
    let outcomes: Array = advice.sizes.iter().map(|s| JsValue::from(chances(s))).collect();
    let reasons: Array = advice.reasons.iter().map(|r| JsValue::from(reason(*r))).collect();
    let record = Record::new().with("status", advice.status.name()).with("outcomes", outcomes).with("reasons", reasons);
    let label = |index: usize| advice.sizes[index].label;
    let record = match advice.size {
        Some(index) => record.with("size", label(index)),
        None => record,
    };
    match advice.alternative {
        Some(index) => record.with("alternative", label(index)),
        None => record,
    }
}

fn chances(size: &SizeChance<'_>) -> Record {
    Record::new()
        .with("size", size.label)
        .with("position", size.position)
        .with("chosen", size.chosen)
        .with("tooSmall", size.too_small)
        .with("fits", size.fits)
        .with("tooLarge", size.too_large)
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
