//! One shopper's belief in the browser's memory. It never leaves it.

use crate::advice;
use crate::answer::Answer;
use crate::given;
use inseam::infer::{Personas, Posterior};
use inseam::recommend::{self, Less};
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
    pub(crate) fn new(model: Rc<RefCell<inseam::Model>>, account: Personas, preference: f64) -> Self {
        Self { model, account, preference }
    }

    /// The persona with the most purchases; there always is one.
    fn main(&self) -> &Posterior {
        &self.account.list()[0].posterior
    }

    /// A persona, or whoever of them it may be, each with the chance that it is for them.
    fn meant(&self, persona: Option<usize>) -> Vec<(f64, &Posterior)> {
        match persona.and_then(|index| self.account.list().get(index)) {
            None => self.account.mixture().iter().map(|(weight, posterior)| (*weight, posterior)).collect(),
            Some(persona) => vec![(1.0, &persona.posterior)],
        }
    }
}

#[wasm_bindgen]
impl Shopper {
    /// Advice on an article (see [`advice`]); nothing if the model has never met it. `in_stock` lists the labels that can be had, undefined for all of them.
    /// `unknown` is what to take as not known of how the article runs: 1 the article, 2 its brand as well. `persona` is an index into the personas; undefined
    /// for whoever it may be. With `costs` it is decided by cost (see [`given::costs`]).
    #[must_use]
    pub fn advise(
        &self,
        article: &str,
        in_stock: Option<Vec<JsValue>>,
        unknown: u8,
        persona: Option<usize>,
        costs: &[f64],
    ) -> Vec<JsValue> {
        let in_stock = in_stock.map(|list| given::texts(&list));
        let persons = self.meant(persona);
        let model = self.model.borrow();
        let Some(article) = model.article(article) else { return Vec::new() };
        let available = |label: &str| in_stock.as_ref().is_none_or(|list| given::lists(list, label));
        let less = match unknown {
            0 => None,
            1 => Some(Less::Article),
            _ => Some(Less::Brand),
        };
        let less = less.map(|less| recommend::knowing_less(&model, article, less));
        let article = less.as_ref().unwrap_or(article);
        let advice = match &given::costs(costs) {
            Some(costs) => recommend::advise_by_cost(&model, &persons, article, self.preference, &available, costs),
            None => recommend::advise_one_of(&model, &persons, article, self.preference, &available),
        };
        advice::answer(&advice).done()
    }

    /// What `advise` names for whoever it may be, and no more: label, status, chance to fit. Nothing where it names nothing.
    #[must_use]
    pub fn pick(&self, article: &str, in_stock: Option<Vec<JsValue>>) -> Vec<JsValue> {
        let in_stock = in_stock.map(|list| given::texts(&list));
        let available = |label: &str| in_stock.as_ref().is_none_or(|list| given::lists(list, label));
        let persons = self.meant(None);
        let model = self.model.borrow();
        let mut answer = Answer::default();
        let picked = model
            .article(article)
            .and_then(|article| recommend::pick_one_of(&model, &persons, article, self.preference, &available));
        if let Some(pick) = picked {
            answer.text(pick.label);
            answer.number(f64::from(pick.status as u8));
            answer.number(pick.fits);
        }
        answer.done()
    }

    /// Belief about the latent size of the persona with the most purchases in a fit group: mean and sd, steps, and the number of purchases behind it.
    /// Nothing for a group the model does not have.
    #[must_use]
    pub fn belief(&self, group: &str) -> Vec<JsValue> {
        let mut answer = Answer::default();
        if let Some(index) = self.model.borrow().group_index(group) {
            size(&mut answer, self.main(), index);
        }
        answer.done()
    }

    /// The persons behind the account: of each the share of its purchases, how many are theirs, these as indices in the history, and the belief about the
    /// latent size in every fit group, in the order of the model's groups.
    #[must_use]
    pub fn personas(&self) -> Vec<JsValue> {
        let mut answer = Answer::default();
        for persona in self.account.list() {
            answer.number(persona.share);
            answer.count(persona.purchases.len());
            persona.purchases.iter().for_each(|&at| answer.count(at));
            for group in 0..self.model.borrow().groups.len() {
                size(&mut answer, &persona.posterior, group);
            }
        }
        answer.done()
    }

    /// Number of purchases that could not be placed: neither article nor group known, or a label that is nowhere.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn ignored(&self) -> usize {
        self.main().ignored()
    }
}

/// What is believed of a persona's size in a fit group.
fn size(answer: &mut Answer, persona: &Posterior, group: usize) {
    answer.belief(persona.size(group));
    answer.number(f64::from(persona.purchases(group)));
}
