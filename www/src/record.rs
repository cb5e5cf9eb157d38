//! Plain JavaScript objects, field by field: far smaller in the browser than a general serialiser.

use crate::error::{INPUT, error};
use js_sys::{Error, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A plain object being written.
pub(crate) struct Record(Object);

impl Record {
    pub(crate) fn new() -> Self {
        Self(Object::new())
    }

    /// With one more field.
    pub(crate) fn with(self, key: &str, value: impl Into<JsValue>) -> Self {
        // Fails only on frozen objects and proxies; ours is neither.
        let _ = Reflect::set(&self.0, &JsValue::from_str(key), &value.into());
        self
    }
}

impl From<Record> for JsValue {
    fn from(record: Record) -> Self {
        record.0.into()
    }
}

/// An object being read, and where it stands, for messages.
pub(crate) struct Reader<'a> {
    object: &'a JsValue,
    place: &'a str,
}

impl<'a> Reader<'a> {
    /// Fails if `object` is none; `place` is what messages call it, as in `history[3]`.
    pub(crate) fn of(object: &'a JsValue, place: &'a str) -> Result<Self, Error> {
        if object.is_object() {
            Ok(Self { object, place })
        } else {
            Err(error(INPUT, &format!("{place} should be an object")))
        }
    }

    /// The text in a field; `None` where it is absent, undefined or null.
    pub(crate) fn text(&self, key: &str) -> Result<Option<String>, Error> {
        let value = get(self.object, &JsValue::from_str(key))?;
        if value.is_undefined() || value.is_null() {
            return Ok(None);
        }
        match value.as_string() {
            Some(text) => Ok(Some(text)),
            None => Err(error(INPUT, &format!("{}.{key} should be text", self.place))),
        }
    }

    /// The number in a field; `None` where it is absent, undefined or null.
    pub(crate) fn number(&self, key: &str) -> Result<Option<f64>, Error> {
        let value = get(self.object, &JsValue::from_str(key))?;
        if value.is_undefined() || value.is_null() {
            return Ok(None);
        }
        let number = value.as_f64().filter(|number| number.is_finite());
        number.map(Some).ok_or_else(|| error(INPUT, &format!("{}.{key} should be a finite number", self.place)))
    }

    /// The truth of a field; false where it is absent, undefined or null.
    pub(crate) fn flag(&self, key: &str) -> Result<bool, Error> {
        let value = get(self.object, &JsValue::from_str(key))?;
        if value.is_undefined() || value.is_null() {
            return Ok(false);
        }
        value.as_bool().ok_or_else(|| error(INPUT, &format!("{}.{key} should be true or false", self.place)))
    }
}

/// A field of an object. A getter of the page's own that throws comes back as its error.
pub(crate) fn get(object: &JsValue, key: &JsValue) -> Result<JsValue, Error> {
    Reflect::get(object, key)
        .map_err(|thrown| thrown.dyn_into().unwrap_or_else(|_| error(INPUT, "a field could not be read")))
}
