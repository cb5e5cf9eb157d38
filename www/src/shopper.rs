//! One shopper's posterior in the browser's memory. It never leaves it.

use crate::advice;
use crate::input::{self, SizeList};
use crate::protocol::{self, ShopperQuery};
use crate::shared::Shared;
use crate::wire::{QueryReader, ReplyWriter};
use inseam::infer::{Personas, Posterior};
use inseam::recommend::{self, Request};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// A shopper's account: the personas that it buys for, with the posterior of each.
#[wasm_bindgen]
pub struct Shopper {
    shared: Rc<Shared>,
    account: Personas,
    /// How much larger than their size they like to wear things, in steps.
    preference: f64,
}

impl Shopper {
    pub(crate) fn new(shared: Rc<Shared>, account: Personas, preference: f64) -> Self {
        Self { shared, account, preference }
    }
}

#[wasm_bindgen]
impl Shopper {
    /// Answers a query: the number of a [`ShopperQuery`], then its arguments. Undefined for a query
    /// with a number that the protocol does not have.
    #[must_use]
    pub fn ask(&self, query: &[u8]) -> Option<Vec<u8>> {
        let (mut query, mut reply) = (QueryReader(query), ReplyWriter::default());
        self.answer(&mut query, &mut reply)?;
        Some(reply.0)
    }
}

impl Shopper {
    fn answer(&self, query: &mut QueryReader<'_>, reply: &mut ReplyWriter) -> Option<()> {
        match query.one_of(ShopperQuery::ALL)? {
            ShopperQuery::Advise => self.advise(query, reply)?,
            ShopperQuery::Pick => self.pick(query, reply),
            ShopperQuery::Belief => self.belief(query.text().unwrap_or_default(), reply),
            ShopperQuery::Personas => self.personas(reply),
            ShopperQuery::Ignored => reply.count(self.main_persona().ignored()),
        }
        Some(())
    }

    /// Writes advice (see [`advice`]). The query has the article, the sizes in stock, the sizes
    /// offered, what to take as not known, the index of a persona or -1 for all of them, and the
    /// costs. Writes nothing for an article that the model does not know.
    fn advise(&self, query: &mut QueryReader<'_>, reply: &mut ReplyWriter) -> Option<()> {
        let model = self.shared.model.borrow();
        let Some(article) = model.article(query.text().unwrap_or_default()) else {
            return Some(());
        };
        let in_stock = SizeList::read(query);
        let offered = SizeList::read(query);
        let prior =
            input::unknown(query)?.map(|parent| recommend::article_prior(&model, article, parent));
        let persona = query.number();
        let personas = self.weighted((persona >= 0.0).then_some(persona as usize));
        let request = Request {
            model: &model,
            shopper: recommend::Shopper::OneOf(&personas),
            article: prior.as_ref().unwrap_or(article),
            in_stock: &|label| in_stock.has(label),
            offered: &|label| offered.has(label),
            preference: self.preference,
            costs: input::costs(query),
        };
        let advice = self.shared.timing.measure("inseam:advise", || recommend::advise(&request));
        advice::write(&advice, reply);
        Some(())
    }

    /// Writes the label of the size advised among those in stock, the status, and the chance that
    /// the size fits. Writes nothing where no size is advised.
    fn pick(&self, query: &mut QueryReader<'_>, reply: &mut ReplyWriter) {
        let model = self.shared.model.borrow();
        let Some(article) = model.article(query.text().unwrap_or_default()) else { return };
        let in_stock = SizeList::read(query);
        let personas = self.weighted(None);
        let request = Request {
            model: &model,
            shopper: recommend::Shopper::OneOf(&personas),
            article,
            in_stock: &|label| in_stock.has(label),
            offered: &|_| true,
            preference: self.preference,
            costs: None,
        };
        if let Some(pick) = recommend::pick(&request) {
            reply.text(pick.label);
            reply.count(protocol::status(pick.status));
            reply.number(pick.fits);
        }
    }

    /// Writes the belief about the main persona's size in a fit group: its mean and standard
    /// deviation in steps, and the number of purchases that it is based on. Writes nothing for a
    /// group that the model does not have.
    fn belief(&self, group: &str, reply: &mut ReplyWriter) {
        if let Some(index) = self.shared.model.borrow().group_index(group) {
            write_belief(reply, self.main_persona(), index);
        }
    }

    /// Writes the account's personas: for each its share, a list of the indices of its purchases in
    /// the history, and the belief about its size in every fit group of the model.
    fn personas(&self, reply: &mut ReplyWriter) {
        for persona in self.account.list() {
            reply.number(persona.share);
            reply.count(persona.purchases.len());
            persona.purchases.iter().for_each(|&index| reply.count(index));
            for group in 0..self.shared.model.borrow().groups.len() {
                write_belief(reply, &persona.posterior, group);
            }
        }
    }

    /// The persona with the most purchases. An account always has one.
    fn main_persona(&self) -> &Posterior {
        &self.account.list()[0].posterior
    }

    /// The persona with this index, or all of them where it is absent or unknown, each with the
    /// chance that the article is for them.
    fn weighted(&self, persona: Option<usize>) -> Vec<(f64, &Posterior)> {
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

/// Writes the belief about a persona's size in a fit group, and the number of its purchases there.
fn write_belief(reply: &mut ReplyWriter, persona: &Posterior, group: usize) {
    reply.belief(persona.size(group));
    reply.number(f64::from(persona.purchases(group)));
}
