//! What customers buy, and what becomes of it.

use super::catalogue::{CUSTOMER_STREAMS, Shop};
use super::chance::{Chance, totals};
use super::truth::{Article, Customer, Parameters};
use inseam::outcome::Outcome;
use std::collections::HashMap;

/// Days of the history, and its last one: 2026-06-30.
const DAYS: i32 = 730;
const LAST_DAY: i32 = 20_634;
/// Share of an account's purchases that the second person on it wears.
const OTHERS_SHARE: f64 = 0.4;

/// One line of an order.
#[derive(Clone, Copy, Debug)]
pub struct Purchase {
    pub article: u32,
    pub size: u16,
    /// Number of the order among the customer's.
    pub order: u32,
    pub day: i32,
    pub outcome: Outcome,
    pub worn_by: WornBy,
}

/// Whose body a purchase was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WornBy {
    /// The customer, of whom the measurements speak.
    Owner,
    /// Whoever else buys on their account.
    Other,
    /// Somebody who got it as a gift.
    Gift,
}

impl WornBy {
    /// As the tables write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Other => "other",
            Self::Gift => "gift",
        }
    }
}

/// Too small, fits, too large.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fit {
    Small,
    Fits,
    Large,
}

/// Draws customers and their purchases over a shop.
pub struct Street<'a> {
    shop: &'a Shop,
    parameters: &'a Parameters,
    /// For each group its articles, and the running totals of their popularity.
    by_group: Vec<(Vec<u32>, Vec<f64>)>,
    mean_purchases: f64,
}

impl<'a> Street<'a> {
    pub fn new(shop: &'a Shop, parameters: &'a Parameters, mean_purchases: f64) -> Self {
        let by_group = (0..shop.groups.len()).map(|group| {
            let articles: Vec<u32> = (0..shop.articles.len() as u32)
                .filter(|&a| shop.articles[a as usize].group == group)
                .collect();
            let totals = totals(articles.iter().map(|&a| shop.articles[a as usize].popularity));
            (articles, totals)
        });
        Self { shop, parameters, by_group: by_group.collect(), mean_purchases }
    }

    /// The customer of this number, with everything they bought, by day. Depends on the seed and
    /// the number alone.
    pub fn customer(&self, number: u32) -> (Customer, Vec<Purchase>) {
        let chance = &mut Chance::new(self.parameters.seed, CUSTOMER_STREAMS + u64::from(number));
        let mut customer = Customer::draw(&self.shop.groups, self.parameters, chance);
        if self.parameters.families > 0.0 && chance.happens(self.parameters.families) {
            customer.other =
                Some(Box::new(Customer::draw(&self.shop.groups, self.parameters, chance)));
        }
        // Nine of ten buy little, the tenth seven times as much.
        let more = self.mean_purchases - 1.0;
        let often = chance.happens(0.1);
        let count = 1 + chance.geometric(if often { 4.6 * more } else { 0.6 * more });
        // Everybody has their own taste for the groups.
        let taste = totals((0..self.shop.groups.len()).map(|g| {
            if self.by_group[g].0.is_empty() {
                0.0
            } else {
                self.shop.groups[g].share * libm::exp(chance.normal())
            }
        }));
        let mut days: Vec<i32> =
            (0..count).map(|_| LAST_DAY - chance.below(DAYS as usize) as i32).collect();
        days.sort_unstable();

        let mut purchases: Vec<Purchase> = Vec::with_capacity(count as usize);
        let mut habits: HashMap<(usize, &str, bool), &str> = HashMap::new();
        let (mut order, mut last_day) = (0, None);
        for mut day in days {
            // Things bought close together are one order.
            match last_day {
                Some(last) if day - last < 5 && chance.happens(0.7) => day = last,
                _ => {
                    order += 1;
                    last_day = Some(day);
                }
            }
            let (articles, popularity) = &self.by_group[chance.weighted(&taste)];
            let index = articles[chance.weighted(popularity)];
            // The same thing twice in one order is a quantity, not a second purchase.
            if purchases.iter().any(|p| p.order == order && p.article == index) {
                continue;
            }
            let article = &self.shop.articles[index as usize];
            let gift = chance.happens(self.parameters.gifts);
            let wearer = if gift {
                Some(Customer::draw(&self.shop.groups, self.parameters, chance))
            } else {
                None
            };
            let other = customer.other.as_deref().filter(|_| !gift && chance.happens(OTHERS_SHARE));
            let wearer = wearer.as_ref().or(other).unwrap_or(&customer);
            let worn_by = match (gift, other) {
                (true, _) => WornBy::Gift,
                (_, Some(_)) => WornBy::Other,
                _ => WornBy::Owner,
            };
            let habit = habits
                .get(&(article.group, &article.system, other.is_some()))
                .copied()
                .filter(|_| !gift);
            let size = self.choose(article, wearer, habit, chance);
            let bracket =
                !gift && article.sizes.len() > 1 && chance.happens(self.parameters.brackets);
            let mut lines = vec![(size, self.fit(article, size, wearer, chance))];
            if bracket {
                let other = neighbour(article, size, wearer, chance);
                lines.push((other, self.fit(article, other, wearer, chance)));
            }
            let kept = self.best(article, &lines, wearer);
            for (i, &(size, fit)) in lines.iter().enumerate() {
                let outcome = if day > LAST_DAY - self.parameters.pending_days {
                    Outcome::Pending
                } else if fit == Fit::Fits && kept != Some(i) {
                    // The worse of two that fit goes back, and nobody says why.
                    Outcome::UnknownReason
                } else {
                    self.outcome(fit, article, &customer, chance)
                };
                if outcome == Outcome::Kept && !gift {
                    habits.insert(
                        (article.group, &article.system, other.is_some()),
                        &article.sizes[size].label,
                    );
                }
                purchases.push(Purchase {
                    article: index,
                    size: size as u16,
                    order,
                    day,
                    outcome,
                    worn_by,
                });
            }
        }
        (customer, purchases)
    }

    /// The size a customer takes: the one nearest to what they think they need, or the one they
    /// always take.
    fn choose(
        &self,
        article: &Article,
        wearer: &Customer,
        habit: Option<&str>,
        chance: &mut Chance,
    ) -> usize {
        if let Some(label) = habit
            && chance.happens(self.parameters.habit)
            && let Some(index) = article.sizes.iter().position(|s| s.label == label)
        {
            return index;
        }
        let p = self.parameters;
        let wanted = wearer.sizes[article.group] - p.awareness * article.offset
            + p.choice_scale * chance.heavy();
        nearest(article, wanted, wearer)
    }

    fn fit(&self, article: &Article, size: usize, wearer: &Customer, chance: &mut Chance) -> Fit {
        let misfit = article.true_position(size) - wearer.sizes[article.group];
        let [small, fits, _] = self.parameters.chances(misfit, wearer.fussiness, article.spread);
        let draw = chance.uniform();
        if draw < small {
            Fit::Small
        } else if draw < small + fits {
            Fit::Fits
        } else {
            Fit::Large
        }
    }

    /// Which of the lines is kept, if any fits: the one nearest to the wearer.
    fn best(&self, article: &Article, lines: &[(usize, Fit)], wearer: &Customer) -> Option<usize> {
        let misfit =
            |size: usize| (article.true_position(size) - wearer.sizes[article.group]).abs();
        (0..lines.len())
            .filter(|&i| lines[i].1 == Fit::Fits)
            .min_by(|&a, &b| misfit(lines[a].0).total_cmp(&misfit(lines[b].0)))
    }

    /// What the shop gets to know.
    fn outcome(
        &self,
        fit: Fit,
        article: &Article,
        customer: &Customer,
        chance: &mut Chance,
    ) -> Outcome {
        let p = self.parameters;
        let back = inseam::math::cdf(p.returning + customer.returning + article.returning);
        if fit == Fit::Fits && !chance.happens(back) {
            return Outcome::Kept;
        }
        if fit != Fit::Fits && p.kept_misfits > 0.0 && chance.happens(p.kept_misfits) {
            return Outcome::Kept;
        }
        if !chance.happens(p.reasons) {
            return Outcome::UnknownReason;
        }
        match fit {
            Fit::Fits => Outcome::OtherReason,
            _ if chance.happens(p.undirected) => Outcome::SizeReason,
            Fit::Small => Outcome::TooSmall,
            Fit::Large => Outcome::TooLarge,
        }
    }
}

/// Index of the size nearest to a position; of trousers in several lengths, in the length for the
/// wearer.
fn nearest(article: &Article, wanted: f64, wearer: &Customer) -> usize {
    let length = if wearer.height > 0.3 { "L32" } else { "L30" };
    let distance = |i: usize| {
        let size = &article.sizes[i];
        let wrong_length = size.label.contains("/L") && !size.label.ends_with(length);
        (size.position - wanted).abs() + if wrong_length { 0.5 } else { 0.0 }
    };
    (0..article.sizes.len()).min_by(|&a, &b| distance(a).total_cmp(&distance(b))).unwrap_or(0)
}

/// The next size up or down, of another position if there is one.
fn neighbour(article: &Article, size: usize, wearer: &Customer, chance: &mut Chance) -> usize {
    let here = article.sizes[size].position;
    let below =
        article.sizes.iter().map(|s| s.position).filter(|x| *x < here).max_by(f64::total_cmp);
    let above =
        article.sizes.iter().map(|s| s.position).filter(|x| *x > here).min_by(f64::total_cmp);
    let wanted = match (below, above) {
        (Some(below), Some(above)) => Some(if chance.happens(0.5) { below } else { above }),
        (below, above) => below.or(above),
    };
    wanted.map_or(size, |wanted| nearest(article, wanted, wearer))
}
