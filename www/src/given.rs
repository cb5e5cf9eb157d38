//! What the page gives, laid out flat and checked by `ts/given.ts`. What is not of its kind all the same counts as absent.

use inseam::infer::Purchase;
use inseam::model::{Features, Measurement, MeasurementValue};
use inseam::outcome::Outcome;
use inseam::recommend::Costs;
use inseam::size::{Label, System};
use wasm_bindgen::JsValue;

/// A purchase that owns its texts.
pub(crate) struct OwnedPurchase {
    article: Option<String>,
    brand: Option<String>,
    group: Option<String>,
    system: System,
    size: String,
    outcome: Outcome,
    advised: bool,
}

impl OwnedPurchase {
    pub(crate) fn borrow(&self) -> Purchase<'_> {
        Purchase {
            article: self.article.as_deref(),
            brand: self.brand.as_deref(),
            group: self.group.as_deref(),
            system: self.system,
            size: &self.size,
            outcome: self.outcome,
            advised: self.advised,
        }
    }
}

/// A history: of each purchase article, brand, group, system and size as texts, the place of its outcome in [`Outcome::ALL`], whether it was advised.
pub(crate) fn history(values: &[JsValue]) -> Vec<OwnedPurchase> {
    let purchase = |values: &[JsValue; 7]| {
        let text = |at: usize| values[at].as_string();
        let outcome = values[5].as_f64().and_then(|place| Outcome::ALL.get(place as usize));
        OwnedPurchase {
            article: text(0),
            brand: text(1),
            group: text(2),
            system: text(3).and_then(|name| System::parse(&name)).unwrap_or(System::Unspecified),
            size: text(4).unwrap_or_default(),
            outcome: *outcome.unwrap_or(&Outcome::Kept),
            advised: values[6].is_truthy(),
        }
    };
    values.as_chunks().0.iter().map(purchase).collect()
}

/// The body's features, by its values in the order of the model's measurements.
pub(crate) fn body(values: &[JsValue], measurements: &[Measurement]) -> Features {
    let value = |value: &JsValue| match (value.as_f64(), value.as_string()) {
        (Some(number), _) => MeasurementValue::Number(number),
        (None, Some(word)) => MeasurementValue::Word(word),
        (None, None) => MeasurementValue::Missing,
    };
    let values: Vec<_> = values.iter().map(value).collect();
    Features::of(measurements, &|name| measurements.iter().position(|m| m.name == name).and_then(|i| values.get(i)))
}

/// The texts of a list.
pub(crate) fn texts(values: &[JsValue]) -> Vec<String> {
    values.iter().filter_map(JsValue::as_string).collect()
}

/// Whether a page's list of labels has this canonical one, however the page writes it.
pub(crate) fn lists(list: &[String], label: &str) -> bool {
    list.iter().any(|text| text == label || Label::parse(text).is_ok_and(|parsed| parsed.as_str() == label))
}

/// What things cost: a lost sale, a spare, the share of the hesitant; NaN for what is usual. `None` where nothing is given.
pub(crate) fn costs(values: &[f64]) -> Option<Costs> {
    let &[lost_sale, spare, hesitant] = values else { return None };
    let usual = Costs::default();
    let or = |given: f64, usual: f64| if given.is_nan() { usual } else { given };
    Some(Costs {
        lost_sale: or(lost_sale, usual.lost_sale),
        spare: or(spare, usual.spare),
        hesitant: or(hesitant, usual.hesitant),
    })
}
