//! A model in the browser's memory.

use crate::error::{DAMAGED, error};
use crate::fetch;
use crate::purchase;
use crate::record::Record;
use crate::shopper::Shopper;
use inseam::infer;
use inseam::math::Gaussian;
use inseam::model::MeasurementKind;
use inseam::recommend::{self, Question, Worth};
use js_sys::{Array, Error};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// An opened model.
#[wasm_bindgen]
pub struct Model(Rc<inseam::Model>);

#[wasm_bindgen]
impl Model {
    /// Fetches and opens the model at a URL.
    ///
    /// # Errors
    /// `InseamUnreachable` where it can't be had, `InseamDamaged` where it is not a whole and valid model.
    pub async fn open(url: String) -> Result<Model, Error> {
        Self::from_bytes(&fetch::bytes(&url).await?)
    }

    /// Opens a model from a whole file's bytes.
    ///
    /// # Errors
    /// `InseamDamaged`, with the offset of the first byte at fault.
    #[wasm_bindgen(js_name = fromBytes)]
    pub fn from_bytes(bytes: &[u8]) -> Result<Model, Error> {
        match inseam::format::read(bytes) {
            Ok(model) => Ok(Self(Rc::new(model))),
            Err(refused) => Err(error(DAMAGED, &refused.to_string())),
        }
    }

    /// Names of the fit groups.
    #[must_use]
    pub fn groups(&self) -> Array {
        self.0.groups.iter().map(|g| JsValue::from_str(&g.name)).collect()
    }

    /// The body measurements the model can use: name, and levels where they are words.
    #[must_use]
    pub fn measurements(&self) -> Array {
        self.0
            .measurements
            .iter()
            .map(|m| {
                let record = Record::new().with("name", m.name.as_str());
                JsValue::from(match &m.kind {
                    MeasurementKind::Numeric { .. } => record,
                    MeasurementKind::Categorical { levels } => {
                        record.with("levels", levels.iter().map(|l| JsValue::from_str(l)).collect::<Array>())
                    }
                })
            })
            .collect()
    }

    /// What is believed of an article; undefined if the model has never met it.
    #[must_use]
    pub fn article(&self, id: &str) -> JsValue {
        let model = &*self.0;
        let Some(article) = model.article(id) else {
            return JsValue::UNDEFINED;
        };
        let brand = &model.brands[article.brand as usize];
        let scale = &model.scales[usize::from(article.scale)];
        let sizes: Array = article
            .sizes
            .iter()
            .map(|size| {
                let label = &scale.labels[usize::from(size.label)];
                let runs = article.offset.mean() + size.deviation.mean();
                JsValue::from(
                    Record::new().with("size", label.text.as_str()).with("position", label.position).with("runs", runs),
                )
            })
            .collect();
        Record::new()
            .with("brand", brand.name.as_str())
            .with("category", brand.category.as_str())
            .with("group", model.groups[usize::from(brand.group)].name.as_str())
            .with("system", scale.system.name())
            .with("sizes", sizes)
            .with("offset", spread_of(article.offset))
            .with("spread", spread_of(article.spread))
            .into()
    }

    /// The size scales of a fit group: their system, labels and positions; empty for a group the model does not have.
    #[must_use]
    pub fn scales(&self, group: &str) -> Array {
        let Some(index) = self.0.group_index(group) else {
            return Array::new();
        };
        let of_group = self.0.scales.iter().filter(|s| usize::from(s.group) == index);
        of_group
            .map(|scale| {
                let labels: Array = scale
                    .labels
                    .iter()
                    .map(|l| JsValue::from(Record::new().with("size", l.text.as_str()).with("position", l.position)))
                    .collect();
                JsValue::from(Record::new().with("system", scale.system.name()).with("labels", labels))
            })
            .collect()
    }

    /// A shopper with this history, body and preference.
    ///
    /// # Errors
    /// `InseamInput`, naming the field at fault.
    pub fn shopper(&self, history: &JsValue, body: &JsValue, preference: f64) -> Result<Shopper, Error> {
        let purchases = purchase::history(history)?;
        let body = purchase::body(body, &self.0.measurements)?;
        let borrowed: Vec<_> = purchases.iter().map(purchase::OwnedPurchase::borrow).collect();
        let posterior = infer::posterior(&self.0, &borrowed, &body);
        Shopper::new(Rc::clone(&self.0), posterior, preference)
    }

    /// The questions that could help a shopper with this history and body, the most telling first; none for an article that the model has never met.
    ///
    /// # Errors
    /// `InseamInput`, naming the field at fault.
    pub fn questions(
        &self,
        history: &JsValue,
        body: &JsValue,
        article: &str,
        brands: &JsValue,
    ) -> Result<Array, Error> {
        let purchases = purchase::history(history)?;
        let body = purchase::body(body, &self.0.measurements)?;
        let Some(article) = self.0.article(article) else {
            return Ok(Array::new());
        };
        let borrowed: Vec<_> = purchases.iter().map(purchase::OwnedPurchase::borrow).collect();
        let brands = purchase::texts(brands, "brands")?.unwrap_or_default();
        let brands: Vec<&str> = brands.iter().map(String::as_str).collect();
        Ok(recommend::questions(&self.0, &borrowed, &body, article, &brands).iter().map(asked).collect())
    }
}

/// `{ kind, name, nats }`, `kind` being `measurement` or `brand`.
fn asked(worth: &Worth<'_>) -> JsValue {
    let (kind, name) = match worth.question {
        Question::Measurement(name) => ("measurement", name),
        Question::Brand(name) => ("brand", name),
    };
    Record::new().with("kind", kind).with("name", name).with("nats", worth.nats).into()
}

/// A Gaussian as its mean and standard deviation.
pub(crate) fn spread_of(belief: Gaussian) -> Record {
    Record::new().with("mean", belief.mean()).with("sd", belief.sd())
}
