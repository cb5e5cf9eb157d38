//! A request for advice: everything that the advice depends on.

use crate::infer::Posterior;
use crate::model::{Article, Model};

/// A request for advice on one article.
///
/// [`Request::new`] fills in the usual circumstances; set the other fields where they differ.
#[derive(Clone, Copy)]
pub struct Request<'m, 'r> {
    /// The model that the article and the posteriors belong to.
    pub model: &'m Model,
    /// For whom.
    pub shopper: Shopper<'r>,
    /// The article.
    pub article: &'r Article,
    /// Whether the size with this label is in stock.
    pub in_stock: &'r dyn Fn(&str) -> bool,
    /// Whether the shop offers the size with this label, in stock or not. Other sizes are neither
    /// advised nor missed: the model can know sizes that were never made, as it presumes those that
    /// a history does not list. Where the shop offers none of the article's sizes, all count as
    /// offered: it then means something else by its labels.
    pub offered: &'r dyn Fn(&str) -> bool,
    /// How much larger (positive) or smaller than their latent size the shopper likes to wear this
    /// article, steps.
    pub preference: f64,
    /// What a misfit, a lost sale and a second size cost the shop. If given, [`advise`] decides by
    /// cost whether to name one size, two or none.
    ///
    /// [`advise`]: super::advise
    pub costs: Option<Costs>,
}

impl<'m, 'r> Request<'m, 'r> {
    /// A request for one customer, without preference or costs; every size is offered and in stock.
    #[must_use]
    pub fn new(model: &'m Model, posterior: &'r Posterior, article: &'r Article) -> Self {
        Self {
            model,
            shopper: Shopper::One(posterior),
            article,
            in_stock: &|_| true,
            offered: &|_| true,
            preference: 0.0,
            costs: None,
        }
    }

    /// Index of the article's fit group.
    pub(super) fn group(&self) -> usize {
        self.model.group_of(self.article)
    }

    /// Label of the article's size of this index.
    pub(super) fn label(&self, size: usize) -> &'m str {
        let label = usize::from(self.article.sizes[size].label);
        &self.model.scales[usize::from(self.article.scale)].labels[label].text
    }

    /// Position of the article's size of this index, steps.
    pub(super) fn position(&self, size: usize) -> f64 {
        let label = usize::from(self.article.sizes[size].label);
        self.model.scales[usize::from(self.article.scale)].labels[label].position
    }
}

/// For whom a request is.
#[derive(Clone, Copy, Debug)]
pub enum Shopper<'r> {
    /// A customer with this posterior.
    One(&'r Posterior),
    /// One of several persons, with the probability of each. Probabilities should sum to one, as
    /// those of [`Personas::mixture`](crate::infer::Personas::mixture) do. There must be at least
    /// one person.
    OneOf(&'r [(f64, &'r Posterior)]),
}

impl<'r> Shopper<'r> {
    /// The persons, each with their probability.
    pub(super) fn persons(self) -> Vec<(f64, &'r Posterior)> {
        match self {
            Self::One(posterior) => vec![(1.0, posterior)],
            Self::OneOf(persons) => persons.to_vec(),
        }
    }
}

/// What things cost a shop, in units of one return.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default))]
pub struct Costs {
    /// A lost sale: what the shop would have earned by it. Not negative; 0 where only returns
    /// count.
    pub lost_sale: f64,
    /// The second of two sizes ordered together, of which one always comes back. Not negative;
    /// below 1 where both come back in one parcel, or where an expected return costs less.
    pub spare: f64,
    /// Share of the customers who order nothing if no size is advised, from 0 to 1.
    pub hesitant: f64,
}

/// Only returns count, a spare costs as much as any other return, and every customer orders.
impl Default for Costs {
    fn default() -> Self {
        Self { lost_sale: 0.0, spare: 1.0, hesitant: 0.0 }
    }
}

impl Costs {
    /// Whether every cost is a number in its range.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let price = |cost: f64| cost.is_finite() && cost >= 0.0;
        price(self.lost_sale) && price(self.spare) && (0.0..=1.0).contains(&self.hesitant)
    }
}
