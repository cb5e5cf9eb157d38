//! A model in the browser's memory: whole, or its head and the articles that were asked for so far.

use crate::error::{DAMAGED, error};
use crate::purchase;
use crate::record::Record;
use crate::shopper::Shopper;
use inseam::format::{self, Head};
use inseam::infer;
use inseam::math::Gaussian;
use inseam::model::MeasurementKind;
use inseam::recommend::{self, Question, Worth};
use js_sys::{Array, Error};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// An opened model.
#[wasm_bindgen]
pub struct Model {
    head: Head,
    // Shoppers share it, and see the articles that come later.
    model: Rc<RefCell<inseam::Model>>,
    /// Blocks that are held.
    held: Vec<bool>,
}

fn refused(refused: inseam::Error) -> Error {
    error(DAMAGED, &refused.to_string())
}

#[wasm_bindgen]
impl Model {
    /// How many bytes of a file its head takes, by the first 32.
    ///
    /// # Errors
    /// `InseamDamaged` where they begin no model.
    #[wasm_bindgen(js_name = headLength)]
    pub fn head_length(start: &[u8]) -> Result<usize, Error> {
        format::head_length(start).map_err(refused)
    }

    /// What a head's signature signs, as its number of bytes; undefined where it is not signed. The signature follows.
    ///
    /// # Errors
    /// `InseamDamaged` where the head is not whole.
    #[wasm_bindgen(js_name = signedLength)]
    pub fn signed_length(head: &[u8]) -> Result<Option<usize>, Error> {
        let (signed, signature) = format::signature(head).map_err(refused)?;
        Ok(signature.map(|_| signed.len()))
    }

    /// Opens a model from a whole file's bytes.
    ///
    /// # Errors
    /// `InseamDamaged`, with the offset of the first byte at fault.
    #[wasm_bindgen(js_name = fromBytes)]
    pub fn from_bytes(bytes: &[u8]) -> Result<Model, Error> {
        Head::read_all(bytes).map(|(head, model)| Self::new(head, model, true)).map_err(refused)
    }

    /// Opens a model from its head alone; its articles come later, by [`add_block`](Self::add_block) and [`add_record`](Self::add_record).
    ///
    /// # Errors
    /// `InseamDamaged`, with the offset of the first byte at fault.
    #[wasm_bindgen(js_name = fromHead)]
    pub fn from_head(bytes: &[u8]) -> Result<Model, Error> {
        Head::read(bytes).map(|(head, model)| Self::new(head, model, false)).map_err(refused)
    }

    /// The model's name: a digest of its head, which pins all the rest, as hexadecimal digits.
    #[must_use]
    pub fn name(&self) -> String {
        let digit = |nibble: u8| char::from_digit(nibble.into(), 16).unwrap_or_default();
        self.head.name().iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
    }

    /// Length of the whole file, bytes.
    #[must_use]
    #[wasm_bindgen(js_name = fileLength)]
    pub fn file_length(&self) -> usize {
        self.head.file_length()
    }

    /// The block that has to be had for an article: its number, its first byte in the file, and the first beyond it. Nothing where it is held, or the
    /// article itself.
    #[must_use]
    pub fn wants(&self, article: &str) -> Vec<usize> {
        let block = self.head.block_of(article);
        if self.held[block] || self.model.borrow().article(article).is_some() {
            return Vec::new();
        }
        let span = self.head.span(block);
        vec![block, span.start, span.end]
    }

    /// Adds the articles of a block.
    ///
    /// # Errors
    /// `InseamDamaged` where the bytes are not those that the head pins.
    #[wasm_bindgen(js_name = addBlock)]
    pub fn add_block(&mut self, block: usize, bytes: &[u8]) -> Result<(), Error> {
        let articles = self.head.block(&self.model.borrow(), block, bytes).map_err(refused)?;
        self.model.borrow_mut().hold(articles);
        self.held[block] = true;
        Ok(())
    }

    /// Gives the articles of a block up again.
    #[wasm_bindgen(js_name = dropBlock)]
    pub fn drop_block(&mut self, block: usize) {
        if let Some(held) = self.held.get_mut(block) {
            *held = false;
            self.model.borrow_mut().release(self.head.keys(block));
        }
    }

    /// Adds the article of a record.
    ///
    /// # Errors
    /// `InseamDamaged` where the record is damaged or belongs to another version of the model.
    #[wasm_bindgen(js_name = addRecord)]
    pub fn add_record(&mut self, record: &[u8]) -> Result<(), Error> {
        let article = self.head.read_record(&self.model.borrow(), record).map_err(refused)?;
        self.model.borrow_mut().hold(vec![article]);
        Ok(())
    }

    /// Names of the fit groups.
    #[must_use]
    pub fn groups(&self) -> Array {
        self.model.borrow().groups.iter().map(|g| JsValue::from_str(&g.name)).collect()
    }

    /// The body measurements the model can use: name, and levels where they are words.
    #[must_use]
    pub fn measurements(&self) -> Array {
        self.model
            .borrow()
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
        let model = &*self.model.borrow();
        let Some(article) = model.article(id) else {
            return JsValue::UNDEFINED;
        };
        let brand = &model.brands[article.brand as usize];
        let scale = &model.scales[usize::from(article.scale)];
        let sizes: Array = article
            .sizes
            .iter()
            .enumerate()
            .map(|(i, size)| {
                let label = &scale.labels[usize::from(size.label)];
                let runs = infer::SizedGarment::of(model, article, i).runs();
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
        let model = self.model.borrow();
        let Some(index) = model.group_index(group) else {
            return Array::new();
        };
        let of_group = model.scales.iter().filter(|s| usize::from(s.group) == index);
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
        let model = self.model.borrow();
        let body = purchase::body(body, &model.measurements)?;
        let borrowed: Vec<_> = purchases.iter().map(purchase::OwnedPurchase::borrow).collect();
        let account = infer::personas(&model, &borrowed, &body);
        Shopper::new(Rc::clone(&self.model), account, preference)
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
        let model = self.model.borrow();
        let body = purchase::body(body, &model.measurements)?;
        let Some(article) = model.article(article) else {
            return Ok(Array::new());
        };
        let borrowed: Vec<_> = purchases.iter().map(purchase::OwnedPurchase::borrow).collect();
        let brands = purchase::texts(brands, "brands")?.unwrap_or_default();
        let brands: Vec<&str> = brands.iter().map(String::as_str).collect();
        Ok(recommend::questions(&model, &borrowed, &body, article, &brands).iter().map(asked).collect())
    }
}

impl Model {
    fn new(head: Head, model: inseam::Model, whole: bool) -> Self {
        let held = vec![whole; head.blocks()];
        Self { head, model: Rc::new(RefCell::new(model)), held }
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
