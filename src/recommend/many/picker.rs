//! Picks one article's size for every customer of a block.

use super::customers::{CustomerBlock, CustomerLanes};
use crate::infer::choice_model::Offer;
use crate::infer::{
    ChanceLanes, ChoosingLanes, PreparedGarment, SizedGarment, choice_noise, offered_sizes,
};
use crate::model::{AdviceRule, Article, Model};
use crate::recommend::advice::Status;
use crate::recommend::rank::{Availability, Chances, rank_in_stock};
use std::cell::Cell;

/// The size advised to one customer in one article. Sizes are indices into the article's sizes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SizePick {
    /// The advised size; `None` if no size is in stock.
    pub size: Option<u16>,
    /// The next best size in stock.
    pub next: Option<u16>,
    /// The size that would be advised if every size were in stock, where that is another one.
    pub missed: Option<u16>,
    /// Whether the advised size is clearly best.
    pub status: Status,
    /// Probability that the advised size fits; 0 without one.
    pub fits: f64,
}

/// Picks sizes for one article after another.
#[derive(Debug)]
pub struct Picker<'m> {
    model: &'m Model,
    chances: ChanceLanes,
    garments: Vec<PreparedGarment>,
    /// Of one customer: the probability of each size to be chosen, and of each to fit once it is
    /// known.
    chosen: Vec<f64>,
    fits: Vec<Cell<f64>>,
}

/// A probability that is not known yet.
const UNKNOWN: f64 = -1.0;

impl<'m> Picker<'m> {
    /// A picker for this model.
    #[must_use]
    pub fn new(model: &'m Model) -> Self {
        Self {
            model,
            chances: ChanceLanes::default(),
            garments: Vec::new(),
            chosen: Vec::new(),
            fits: Vec::new(),
        }
    }

    /// Picks the size in an article for every customer of a block, and gives it to `each` with the
    /// customer's index, in no particular order. `in_stock` tells for each of the article's sizes
    /// whether it is in stock; an empty slice means that all are.
    ///
    /// # Panics
    /// If the article or the block is of another model.
    pub fn pick(
        &mut self,
        article: &Article,
        in_stock: &[bool],
        customers: &CustomerBlock,
        mut each: impl FnMut(usize, SizePick),
    ) {
        let model = self.model;
        let group = model.group_of(article);
        let terms = &model.groups[group];
        let sizes = offered_sizes(model, article);
        self.chances.prepare(&Offer {
            sizes: &sizes,
            noise: choice_noise(model, article),
            others: &terms.choice.others,
        });
        self.garments.clear();
        self.garments.extend(
            (0..sizes.len()).map(|i| SizedGarment::new(model, article, i).prepared(model, group)),
        );
        self.chosen.resize(sizes.len(), 0.0);
        self.fits.resize(sizes.len(), Cell::new(UNKNOWN));
        let awareness = terms.choice.awareness;
        let known = KnownOffset {
            offset: awareness * article.offset.mean(),
            choice_offset: article.choice_offset,
            variance: awareness * awareness * article.offset.variance(),
        };
        let availability = Availability { offered: &[], in_stock, refused: &[] };
        for lanes in customers.lanes(group) {
            self.chances.compute(&known.choosing(lanes));
            for (lane, &customer) in lanes.customers.iter().enumerate() {
                each(customer, self.pick_lane(lane, lanes, &availability, terms.advice));
            }
        }
    }

    /// Picks for one customer, whose chances to choose are computed.
    fn pick_lane(
        &mut self,
        lane: usize,
        customers: &CustomerLanes,
        availability: &Availability<'_>,
        rule: AdviceRule,
    ) -> SizePick {
        for (chosen, chances) in self.chosen.iter_mut().zip(self.chances.last()) {
            *chosen = chances[lane];
        }
        self.fits.iter().for_each(|fits| fits.set(UNKNOWN));
        let customer = &customers.outcomes[lane];
        let fits = |size: usize| {
            let known = &self.fits[size];
            if known.get() == UNKNOWN {
                known.set(self.garments[size].chances(customer)[1]);
            }
            known.get()
        };
        let chances = Chances { chosen: &self.chosen, fits: &fits, rule };
        let (ranking, missed) = rank_in_stock(availability, &chances);
        let index = |size: usize| u16::try_from(size).ok();
        SizePick {
            size: ranking.best.and_then(|best| index(best.size)),
            next: ranking.next.and_then(|next| index(next.size)),
            missed: missed.and_then(|missed| index(missed.size)),
            status: ranking.status,
            fits: ranking.best.map_or(0.0, |best| best.fits),
        }
    }
}

/// What customers know of how an article runs when they choose.
struct KnownOffset {
    offset: f64,
    choice_offset: f64,
    variance: f64,
}

impl KnownOffset {
    /// What the choices of several customers depend on.
    fn choosing(&self, customers: &CustomerLanes) -> ChoosingLanes {
        let (mut mean, mut variance) = (customers.mean, customers.variance);
        // Loops, because the compiler does not inline `map` of arrays.
        mean.iter_mut().for_each(|mean| *mean = *mean - self.offset - self.choice_offset);
        variance.iter_mut().for_each(|variance| *variance += self.variance);
        let CustomerLanes { wish_mean, wish_variance, .. } = *customers;
        ChoosingLanes { mean, variance, wish_mean, wish_variance }
    }
}
