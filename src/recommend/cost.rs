//! What a decision can be expected to cost the shop: naming one size, having two ordered of which
//! one comes back, or naming none.
//!
//! With f the chance that the size advised fits, g that the other of a pair fits where it doesn't,
//! o that the size fits which the customer takes by themselves, and a return as the unit:
//!
//! ```text
//! one    (1 - f) (1 + lost_sale)
//! both   spare + (1 - f) (1 - g) (1 + lost_sale)
//! none   hesitant lost_sale + (1 - hesitant) (1 - o) (1 + lost_sale)
//! ```
//!
//! Which size is named is not a matter of cost; whether one, two or none are is. g is the model's
//! own: given the customer's size and how the article runs, two sizes of it fit independently of
//! each other.

use super::rank::Stock;
use super::{Advice, Status, advise_one_of, refused, wanted};
use crate::infer::{Posterior, SizedGarment, choice};
use crate::math::Gaussian;
use crate::model::{Article, Model};

/// What things cost a shop. The unit is a return: what it costs that one thing comes back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Costs {
    /// A sale that doesn't come about: what the shop would have earned by it. From 0; 0 where only
    /// returns count.
    pub lost_sale: f64,
    /// The second of two sizes ordered together, one of which always comes back. From 0; below 1
    /// where the two come back in one parcel, or a spare that was foreseen costs less.
    pub spare: f64,
    /// Share of the customers who order nothing where no size is advised, from 0 to 1.
    pub hesitant: f64,
}

/// Only returns count, a spare as much as any, and nobody hesitates.
impl Default for Costs {
    fn default() -> Self {
        Self { lost_sale: 0.0, spare: 1.0, hesitant: 0.0 }
    }
}

impl Costs {
    /// Whether each is a number in its range.
    #[must_use]
    pub fn sound(&self) -> bool {
        let priced = |cost: f64| cost.is_finite() && cost >= 0.0;
        priced(self.lost_sale) && priced(self.spare) && (0.0..=1.0).contains(&self.hesitant)
    }

    fn misfits(&self, chance: f64) -> f64 {
        chance * (1.0 + self.lost_sale)
    }
}

/// What each decision can be expected to cost, in returns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expected {
    /// Naming the one size.
    pub one: f64,
    /// Having it and the best other ordered together; `None` where there is no other.
    pub both: Option<f64>,
    /// Naming none.
    pub none: f64,
}

/// Advises as [`advise_one_of`] does, and decides by cost whether one size is named, two, or none.
/// Where a size is [missed](Advice::missed) nothing is decided: what there is to say is that it
/// can't be had.
///
/// # Panics
/// If there is no person.
#[must_use]
pub fn advise_by_cost<'m>(
    model: &'m Model,
    persons: &[(f64, &Posterior)],
    article: &Article,
    preference: f64,
    in_stock: &dyn Fn(&str) -> bool,
    costs: &Costs,
) -> Advice<'m> {
    let mut advice = advise_one_of(model, persons, article, preference, in_stock);
    let Some(best) = advice.size.filter(|_| advice.missed.is_none()) else {
        return advice;
    };
    let stock = Stock {
        had: advice.sizes.iter().map(|s| in_stock(s.label)).collect(),
        refused: advice.sizes.iter().map(|s| refused(persons, article, s.position)).collect(),
    };
    let pair = partner(model, persons, article, preference, best, &stock.open());
    let misfit = 1.0 - advice.sizes[best].fits;
    let expected = Expected {
        one: costs.misfits(misfit),
        both: pair.map(|(_, helps)| costs.spare + costs.misfits(misfit * (1.0 - helps))),
        none: {
            let own = advice.sizes.iter().zip(&stock.had).filter(|&(_, &had)| had).map(|(s, _)| s);
            let (all, fits) =
                own.fold((0.0, 0.0), |(all, fits), s| (all + s.chosen, fits + s.chosen * s.fits));
            let alone = if all > 0.0 { fits / all } else { 0.0 };
            costs.hesitant * costs.lost_sale + (1.0 - costs.hesitant) * costs.misfits(1.0 - alone)
        },
    };
    let both = expected.both.unwrap_or(f64::INFINITY);
    if expected.none < expected.one.min(both) {
        advice.status = Status::Unsure;
    } else if both < expected.one {
        advice.status = Status::Both;
        advice.alternative = pair.map(|(other, _)| other);
    } else if advice.status == Status::Unsure {
        advice.status = Status::Advised;
    }
    advice.expected = Some(expected);
    advice
}

/// Variance of what is taken as known, steps squared.
const KNOWN: f64 = 1e-9;

/// The size to order with another, and the chance that it fits where that doesn't.
fn partner(
    model: &Model,
    persons: &[(f64, &Posterior)],
    article: &Article,
    preference: f64,
    best: usize,
    open: &[bool],
) -> Option<(usize, f64)> {
    let group = model.group_of(article);
    // Both sizes are of one customer and one article: what they have in common is how far the one's
    // size lies from how the other runs.
    let known = Article { offset: Gaussian::new(article.offset.mean(), KNOWN), ..article.clone() };
    let mut misfits = 0.0;
    let mut rescued = vec![0.0; open.len()];
    for (share, person) in persons {
        let size = wanted(person, group, preference);
        for (at, weight) in
            choice::nodes([size.mean(), size.variance() + article.offset.variance()])
        {
            let fits = |i| {
                SizedGarment::new(model, &known, i).chances(
                    model,
                    person,
                    group,
                    Gaussian::new(at, KNOWN),
                )[1]
            };
            let misfit = share * weight * (1.0 - fits(best));
            misfits += misfit;
            for i in (0..open.len()).filter(|&i| open[i] && i != best) {
                rescued[i] += misfit * fits(i);
            }
        }
    }
    let others = (0..open.len()).filter(|&i| open[i] && i != best);
    let other = others.reduce(|a, b| if rescued[b] > rescued[a] { b } else { a })?;
    Some((other, if misfits > 0.0 { rescued[other] / misfits } else { 0.0 }))
}
