//! The shopper's own history and body, from JavaScript's values.

use crate::error::{INPUT, error};
use crate::record::{Reader, get};
use inseam::infer::Purchase;
use inseam::model::{Features, Measurement, MeasurementValue};
use inseam::outcome::Outcome;
use inseam::size::System;
use js_sys::{Array, Error};
use wasm_bindgen::{JsCast, JsValue};

/// More purchases than anyone makes; a list beyond this is a mistake, and would hold up the page.
const MAX_PURCHASES: u32 = 20_000;

/// A purchase that owns its text.
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

    fn read(value: &JsValue, place: &str) -> Result<Self, Error> {
        let reader = Reader::of(value, place)?;
        let refuse = |what: &str| Err(error(INPUT, &format!("{place}{what}")));
        let Some(size) = reader.text("size")? else {
            return refuse(".size is missing");
        };
        let outcome = match reader.text("outcome")? {
            None => Outcome::Kept,
            Some(word) => match Outcome::named(&word) {
                Some(outcome) => outcome,
                None => {
                    let mut what = format!(".outcome is \"{word}\"; it should be one of ");
                    for outcome in Outcome::ALL {
                        what.push_str(if outcome == Outcome::ALL[0] { "" } else { ", " });
                        what.push_str(outcome.name());
                    }
                    return refuse(&what);
                }
            },
        };
        let system = match reader.text("system")? {
            None => System::Unspecified,
            Some(word) => match System::parse(&word) {
                Some(system) => system,
                None => return refuse(&format!(".system is \"{word}\", which is no size system")),
            },
        };
        let (article, brand, group) = (reader.text("article")?, reader.text("brand")?, reader.text("group")?);
        if article.is_none() && group.is_none() {
            return refuse(" should have an article, or a group and mostly a brand");
        }
        let advised = reader.flag("advised")?;
        Ok(Self { article, brand, group, system, size, outcome, advised })
    }
}

/// The history: an array, or undefined or null for none.
pub(crate) fn history(value: &JsValue) -> Result<Vec<OwnedPurchase>, Error> {
    if value.is_undefined() || value.is_null() {
        return Ok(Vec::new());
    }
    let Some(list) = value.dyn_ref::<Array>() else {
        return Err(error(INPUT, "history should be an array"));
    };
    if list.length() > MAX_PURCHASES {
        return Err(error(INPUT, &format!("history has more than {MAX_PURCHASES} purchases")));
    }
    (0..list.length()).map(|i| OwnedPurchase::read(&list.get(i), &format!("history[{i}]"))).collect()
}

/// A list of texts, which messages call `name`; `None` where undefined or null is given.
pub(crate) fn texts(value: &JsValue, name: &str) -> Result<Option<Vec<String>>, Error> {
    if value.is_undefined() || value.is_null() {
        return Ok(None);
    }
    let refuse = || error(INPUT, &format!("{name} should be an array of texts"));
    let list = value.dyn_ref::<Array>().ok_or_else(refuse)?;
    list.iter().map(|label| label.as_string().ok_or_else(refuse)).collect::<Result<_, _>>().map(Some)
}

/// The body's features: an object from the measurement names of the model to numbers or words; names that the model
/// does not know are ignored.
pub(crate) fn body(value: &JsValue, measurements: &[Measurement]) -> Result<Features, Error> {
    if value.is_undefined() || value.is_null() {
        return Ok(Features::of(measurements, |_| None));
    }
    if !value.is_object() {
        return Err(error(INPUT, "body should be an object"));
    }
    let mut values = Vec::with_capacity(measurements.len());
    for measurement in measurements {
        values.push(match get(value, &JsValue::from_str(&measurement.name))? {
            v if v.is_undefined() || v.is_null() => MeasurementValue::Missing,
            v => match (v.as_f64(), v.as_string()) {
                (Some(number), _) if number.is_finite() => MeasurementValue::Number(number),
                (None, Some(word)) => MeasurementValue::Word(word),
                _ => {
                    let name = &measurement.name;
                    return Err(error(INPUT, &format!("body.{name} should be a finite number or a word")));
                }
            },
        });
    }
    Ok(Features::of(measurements, |name| measurements.iter().position(|m| m.name == name).map(|i| &values[i])))
}
