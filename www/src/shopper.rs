//! One shopper's belief in the browser's memory. It never leaves it.

use crate::advice;
use crate::error::{INPUT, error};
use crate::model::spread_of;
use crate::purchase;
use crate::record::Record;
use inseam::infer::Posterior;
use inseam::recommend;
use js_sys::Error;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// What is believed of one shopper.
#[wasm_bindgen]
pub struct Shopper {
    model: Rc<RefCell<inseam::Model>>,
    posterior: Posterior,
    preference: f64,
}

impl Shopper {
    pub(crate) fn new(model: Rc<RefCell<inseam::Model>>, posterior: Posterior, preference: f64) -> Result<Self, Error> {
        if !preference.is_finite() {
            return Err(error(INPUT, "preference should be a finite number of steps"));
        }
        Ok(Self { model, posterior, preference })
    }
}

#[wasm_bindgen]
impl Shopper {
    /// Advice on an article; undefined if the model has never met it. `in_stock` lists the labels that can be had;
    /// undefined for all of them. `labelled` takes the article as one that runs as its labels say.
    ///
    /// # Errors
    /// `InseamInput` where `in_stock` is no list of texts.
    pub fn advise(&self, article: &str, in_stock: &JsValue, labelled: bool) -> Result<JsValue, Error> {
        let in_stock = purchase::texts(in_stock, "inStock")?;
        let model = self.model.borrow();
        let Some(article) = model.article(article) else {
            return Ok(JsValue::UNDEFINED);
        };
        let available = |label: &str| in_stock.as_ref().is_none_or(|list| advice::lists(list, label));
        let centred = labelled.then(|| recommend::as_labelled(article));
        let article = centred.as_ref().unwrap_or(article);
        let advice = recommend::advise(&model, &self.posterior, article, self.preference, &available);
        Ok(advice::record(&advice).into())
    }

    /// What `advise` names, and nothing else: `{ size, status, fits }`; undefined where it names nothing.
    ///
    /// # Errors
    /// `InseamInput` where `in_stock` is no list of texts.
    pub fn pick(&self, article: &str, in_stock: &JsValue) -> Result<JsValue, Error> {
        let in_stock = purchase::texts(in_stock, "inStock")?;
        let available = |label: &str| in_stock.as_ref().is_none_or(|list| advice::lists(list, label));
        let model = self.model.borrow();
        let picked = model.article(article).and_then(|article| {
            recommend::pick_in_stock(&model, &self.posterior, article, self.preference, &available)
        });
        Ok(picked.map_or(JsValue::UNDEFINED, |pick| {
            Record::new().with("size", pick.label).with("status", pick.status.name()).with("fits", pick.fits).into()
        }))
    }

    /// Belief about the latent size in a fit group: mean and sd, steps; undefined for a group the model does not have.
    #[must_use]
    pub fn belief(&self, group: &str) -> JsValue {
        match self.model.borrow().group_index(group) {
            Some(index) => {
                spread_of(self.posterior.size(index)).with("purchases", self.posterior.purchases(index)).into()
            }
            None => JsValue::UNDEFINED,
        }
    }

    /// Number of purchases that could not be placed: neither article nor group known, or a label that is nowhere.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn ignored(&self) -> u32 {
        u32::try_from(self.posterior.ignored()).unwrap_or(u32::MAX)
    }
}
