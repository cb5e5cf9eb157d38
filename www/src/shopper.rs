//! One shopper's belief in the browser's memory. It never leaves it.

use crate::advice;
use crate::given::{self, Stock};
use crate::wire::{Answer, Asked, answered};
use inseam::infer::{Personas, Posterior};
use inseam::recommend::{self, Parent, Request};
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
    pub(crate) fn new(
        model: Rc<RefCell<inseam::Model>>,
        account: Personas,
        preference: f64,
    ) -> Self {
        Self { model, account, preference }
    }
}

#[wasm_bindgen]
impl Shopper {
    /// Answers a question: its number (`ASK` in `ts/answers.ts`), then what belongs to it.
    #[must_use]
    pub fn ask(&self, question: &[u8]) -> Vec<u8> {
        answered(question, |what, asked, answer| match what {
            0 => self.advise(asked, answer),
            1 => self.pick(asked, answer),
            2 => self.belief(asked.text().unwrap_or_default(), answer),
            3 => self.personas(answer),
            _ => answer.count(self.main().ignored()),
        })
    }
}

impl Shopper {
    /// Advice (see [`advice`]) on an article, of what can be had; on what is to be taken as not
    /// known of how the article runs, 1 the article, 2 its brand as well; for a persona by index,
    /// -1 for whoever it may be; by cost where these are said. Nothing if the model has never met
    /// the article.
    fn advise(&self, asked: &mut Asked<'_>, answer: &mut Answer) {
        let model = self.model.borrow();
        let Some(article) = model.article(asked.text().unwrap_or_default()) else { return };
        let stock = Stock::of(asked);
        let less = match asked.count() {
            0 => None,
            1 => Some(Parent::Brand),
            _ => Some(Parent::Group),
        };
        let less = less.map(|parent| recommend::article_prior(&model, article, parent));
        let article = less.as_ref().unwrap_or(article);
        let persona = asked.number();
        let persons = self.meant((persona >= 0.0).then_some(persona as usize));
        let available = |label: &str| stock.has(label);
        let request = Request {
            model: &model,
            shopper: recommend::Shopper::OneOf(&persons),
            article,
            in_stock: &available,
            preference: self.preference,
            costs: given::costs(asked),
        };
        advice::answer(&recommend::advise(&request), answer);
    }

    /// What is advised of an article, of what can be had, for whoever it may be, and no more:
    /// label, status, chance to fit. Nothing where nothing is.
    fn pick(&self, asked: &mut Asked<'_>, answer: &mut Answer) {
        let model = self.model.borrow();
        let Some(article) = model.article(asked.text().unwrap_or_default()) else { return };
        let stock = Stock::of(asked);
        let persons = self.meant(None);
        let request = Request {
            model: &model,
            shopper: recommend::Shopper::OneOf(&persons),
            article,
            in_stock: &|label| stock.has(label),
            preference: self.preference,
            costs: None,
        };
        if let Some(pick) = recommend::pick(&request) {
            answer.text(pick.label);
            answer.count(pick.status as usize);
            answer.number(pick.fits);
        }
    }

    /// Belief about the latent size of the persona with the most purchases in a fit group: mean and
    /// sd, steps, and the number of purchases behind it. Nothing for a group the model does not
    /// have.
    fn belief(&self, group: &str, answer: &mut Answer) {
        if let Some(index) = self.model.borrow().group_index(group) {
            size(answer, self.main(), index);
        }
    }

    /// The persons behind the account: of each the share of its purchases, those that are theirs as
    /// indices in the history, and the belief about the latent size in every fit group, in the
    /// order of the model's groups.
    fn personas(&self, answer: &mut Answer) {
        for persona in self.account.list() {
            answer.number(persona.share);
            answer.count(persona.purchases.len());
            persona.purchases.iter().for_each(|&at| answer.count(at));
            for group in 0..self.model.borrow().groups.len() {
                size(answer, &persona.posterior, group);
            }
        }
    }

    /// The persona with the most purchases; there always is one.
    fn main(&self) -> &Posterior {
        &self.account.list()[0].posterior
    }

    /// A persona, or whoever of them it may be, each with the chance that it is for them.
    fn meant(&self, persona: Option<usize>) -> Vec<(f64, &Posterior)> {
        match persona.and_then(|index| self.account.list().get(index)) {
            None => self
                .account
                .mixture()
                .iter()
                .map(|(weight, posterior)| (*weight, posterior))
                .collect(),
            Some(persona) => vec![(1.0, &persona.posterior)],
        }
    }
}

/// What is believed of a persona's size in a fit group.
fn size(answer: &mut Answer, persona: &Posterior, group: usize) {
    answer.belief(persona.size(group));
    answer.number(f64::from(persona.purchases(group)));
}
