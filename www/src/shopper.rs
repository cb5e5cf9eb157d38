//! One shopper's belief in the browser's memory. It never leaves it.

use crate::advice;
use crate::error::{INPUT, error};
use crate::model::spread_of;
use crate::purchase;
use crate::record::Record;
use inseam::infer::{Persona, Personas, Posterior};
use inseam::recommend::{self, Less};
use js_sys::{Array, Error};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// What is believed of one shopper, and of whoever else they buy for.
#[wasm_bindgen]
pub struct Shopper {
    model: Rc<RefCell<inseam::Model>>,
    account: Personas,
    preference: f64,
}

impl Shopper {
    pub(crate) fn new(model: Rc<RefCell<inseam::Model>>, account: Personas, preference: f64) -> Result<Self, Error> {
        if !preference.is_finite() {
            return Err(error(INPUT, "preference should be a finite number of steps"));
        }
        Ok(Self { model, account, preference })
    }

    /// The persona with the most purchases; there always is one.
    fn main(&self) -> &Posterior {
        &self.account.list()[0].posterior
    }

    /// A persona, or whoever of them it may be, each with the chance that it is for them.
    fn persons(&self, persona: Option<u32>) -> Result<Vec<(f64, &Posterior)>, Error> {
        match persona.map(|index| self.account.list().get(index as usize)) {
            None => Ok(self.account.mixture().iter().map(|(weight, posterior)| (*weight, posterior)).collect()),
            Some(Some(persona)) => Ok(vec![(1.0, &persona.posterior)]),
            Some(None) => Err(error(INPUT, "persona is none of this shopper's")),
        }
    }

    /// What is believed of a persona's size in a fit group.
    fn size(&self, persona: &Posterior, group: usize) -> Record {
        spread_of(persona.size(group)).with("purchases", persona.purchases(group))
    }
}

#[wasm_bindgen]
impl Shopper {
    /// Advice on an article; undefined if the model has never met it. `in_stock` lists the labels that can be had;
    /// undefined for all of them. `unknown` is what to take as not known of how the article runs: `"article"` or `"brand"`. `persona` is an index into the
    /// personas; undefined for whoever it may be. With `costs` it is decided by cost.
    ///
    /// # Errors
    /// `InseamInput` where one of these is not what it should be.
    pub fn advise(
        &self,
        article: &str,
        in_stock: &JsValue,
        unknown: Option<String>,
        persona: Option<u32>,
        costs: &JsValue,
    ) -> Result<JsValue, Error> {
        let in_stock = purchase::texts(in_stock, "inStock")?;
        let costs = advice::costs(costs)?;
        let persons = self.persons(persona)?;
        let model = self.model.borrow();
        let Some(article) = model.article(article) else {
            return Ok(JsValue::UNDEFINED);
        };
        let available = |label: &str| in_stock.as_ref().is_none_or(|list| advice::lists(list, label));
        let less = match unknown.as_deref() {
            None => None,
            Some("article") => Some(Less::Article),
            Some("brand") => Some(Less::Brand),
            Some(_) => return Err(error(INPUT, "unknown should be \"article\" or \"brand\"")),
        };
        let less = less.map(|less| recommend::knowing_less(&model, article, less));
        let article = less.as_ref().unwrap_or(article);
        let advice = match &costs {
            Some(costs) => recommend::advise_by_cost(&model, &persons, article, self.preference, &available, costs),
            None => recommend::advise_one_of(&model, &persons, article, self.preference, &available),
        };
        Ok(advice::record(&advice).into())
    }

    /// What `advise` names for whoever it may be, and nothing else: `{ size, status, fits }`; undefined where it names nothing.
    ///
    /// # Errors
    /// `InseamInput` where `in_stock` is no list of texts.
    pub fn pick(&self, article: &str, in_stock: &JsValue) -> Result<JsValue, Error> {
        let in_stock = purchase::texts(in_stock, "inStock")?;
        let available = |label: &str| in_stock.as_ref().is_none_or(|list| advice::lists(list, label));
        let persons = self.persons(None)?;
        let model = self.model.borrow();
        let picked = model
            .article(article)
            .and_then(|article| recommend::pick_one_of(&model, &persons, article, self.preference, &available));
        Ok(picked.map_or(JsValue::UNDEFINED, |pick| {
            Record::new().with("size", pick.label).with("status", pick.status.name()).with("fits", pick.fits).into()
        }))
    }

    /// Belief about the latent size of the persona with the most purchases in a fit group: mean and sd, steps; undefined for a
    /// group the model does not have.
    #[must_use]
    pub fn belief(&self, group: &str) -> JsValue {
        match self.model.borrow().group_index(group) {
            Some(index) => self.size(self.main(), index).into(),
            None => JsValue::UNDEFINED,
        }
    }

    /// The persons behind the account: share of its purchases, their indices in the history, and the belief about the latent size in
    /// every fit group, in the order of the model's groups.
    #[must_use]
    pub fn personas(&self) -> Array {
        let model = self.model.borrow();
        let record = |persona: &Persona| {
            let purchases: Array = persona.purchases.iter().map(|&at| JsValue::from(at as u32)).collect();
            let sizes: Array = (model.groups.iter().enumerate())
                .map(|(i, group)| JsValue::from(self.size(&persona.posterior, i).with("group", group.name.as_str())))
                .collect();
            let record = Record::new().with("share", persona.share).with("purchases", purchases).with("sizes", sizes);
            JsValue::from(record)
        };
        self.account.list().iter().map(record).collect()
    }

    /// Number of purchases that could not be placed: neither article nor group known, or a label that is nowhere.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn ignored(&self) -> u32 {
        u32::try_from(self.main().ignored()).unwrap_or(u32::MAX)
    }
}
