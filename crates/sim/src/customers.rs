//! Draws customers with their purchases and the outcomes of those.

use crate::catalogue::{CUSTOMER_STREAMS, Catalogue};
use crate::random::{Random, running_totals};
use crate::truth::{Article, Customer, Parameters};
use inseam::outcome::Outcome;
use std::collections::HashMap;

/// Number of days of the history.
const DAYS: i32 = 730;
/// Last day of the history, 2026-06-30, in days since 1970-01-01.
const LAST_DAY: i32 = 20_634;
/// Share of an account's purchases that the second person on it wears.
const OTHERS_SHARE: f64 = 0.4;

/// One order line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Purchase {
    /// Index of the article.
    pub article: u32,
    /// Index of the size among the article's.
    pub size: u16,
    /// Number of the order among the customer's.
    pub order: u32,
    /// Days since 1970-01-01.
    pub day: i32,
    /// What the shop learns of it.
    pub outcome: Outcome,
    /// Who wears it.
    pub worn_by: WornBy,
    /// Latent size of the wearer in the article's fit group, steps.
    pub wearer_size: f64,
    /// Fussiness of the wearer, probit units.
    pub wearer_fussiness: f64,
    /// How much larger the article is for the wearer than for others, steps.
    pub personal_offset: f64,
}

/// Who wears a purchase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WornBy {
    /// The customer, whose measurements the history has.
    Owner,
    /// The second person who buys on the account.
    Other,
    /// Another person, who got it as a gift.
    Gift,
}

impl WornBy {
    /// The word in the tables.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Other => "other",
            Self::Gift => "gift",
        }
    }
}

/// Who wears a garment, and how it is on them.
#[derive(Clone, Copy)]
struct Wearing<'a> {
    person: &'a Customer,
    /// How much larger the article is for them than for others, steps.
    personal_offset: f64,
}

impl Wearing<'_> {
    /// How much larger a size of an article is than the wearer, steps.
    fn misfit(self, article: &Article, size: usize) -> f64 {
        article.true_position(size) + self.personal_offset - self.person.sizes[article.group]
    }
}

/// The fit of a garment on its wearer.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fit {
    Small,
    Fits,
    Large,
}

/// Draws customers and their purchases over a catalogue.
pub(crate) struct ShopSimulator<'a> {
    catalogue: &'a Catalogue,
    parameters: &'a Parameters,
    /// For each group its articles, and the running totals of their popularity.
    by_group: Vec<(Vec<u32>, Vec<f64>)>,
    mean_purchases: f64,
}

/// Number and day of an order.
#[derive(Clone, Copy)]
struct Order {
    number: u32,
    day: i32,
}

/// The purchases of one customer so far, with what later ones depend on.
#[derive(Default)]
struct Purchases<'a> {
    lines: Vec<Purchase>,
    /// The label last kept, by fit group, size system and whether the second person wears it.
    habits: HashMap<(usize, &'a str, bool), &'a str>,
}

impl<'a> ShopSimulator<'a> {
    /// A simulator in which customers make so many purchases on average.
    #[must_use]
    pub(crate) fn new(
        catalogue: &'a Catalogue,
        parameters: &'a Parameters,
        mean_purchases: f64,
    ) -> Self {
        let by_group = (0..catalogue.groups.len()).map(|group| {
            let articles: Vec<u32> = (0..catalogue.articles.len() as u32)
                .filter(|&a| catalogue.articles[a as usize].group == group)
                .collect();
            let totals =
                running_totals(articles.iter().map(|&a| catalogue.articles[a as usize].popularity));
            (articles, totals)
        });
        Self { catalogue, parameters, by_group: by_group.collect(), mean_purchases }
    }

    /// Draws the customer with this number and everything they bought, by day. The draw depends on
    /// the seed and the number alone.
    #[must_use]
    pub(crate) fn customer(&self, number: u32) -> (Customer, Vec<Purchase>) {
        let random = &mut Random::new(self.parameters.seed, CUSTOMER_STREAMS + u64::from(number));
        let groups = &self.catalogue.groups;
        let mut customer = Customer::draw(groups, self.parameters, None, random);
        if self.parameters.families > 0.0 && random.happens(self.parameters.families) {
            let other = Customer::draw(groups, self.parameters, Some(&customer), random);
            customer.other = Some(Box::new(other));
        }
        // Nine of ten customers buy little, the tenth seven times as much.
        let more = self.mean_purchases - 1.0;
        let often = random.happens(0.1);
        let count = 1 + random.geometric(if often { 4.6 * more } else { 0.6 * more });
        // Every customer prefers some groups.
        let taste = running_totals((0..groups.len()).map(|g| {
            if self.by_group[g].0.is_empty() || !customer.buys_in(&groups[g]) {
                0.0
            } else {
                groups[g].share * libm::exp(random.normal())
            }
        }));
        let mut days: Vec<i32> =
            (0..count).map(|_| LAST_DAY - random.below(DAYS as usize) as i32).collect();
        days.sort_unstable();

        let mut purchases = Purchases::default();
        let (mut order, mut last_day) = (0, None);
        for mut day in days {
            // Purchases close together are often one order.
            match last_day {
                Some(last) if day - last < 5 && random.happens(0.7) => day = last,
                _ => {
                    order += 1;
                    last_day = Some(day);
                }
            }
            let (articles, popularity) = &self.by_group[random.weighted(&taste)];
            let article = articles[random.weighted(popularity)];
            // The same article twice in one order is a quantity, not a second purchase.
            if purchases.lines.iter().any(|p| p.order == order && p.article == article) {
                continue;
            }
            self.buy(&customer, article, Order { number: order, day }, &mut purchases, random);
        }
        (customer, purchases.lines)
    }

    /// Draws one purchase of an article, in one size or in two.
    fn buy(
        &self,
        customer: &Customer,
        index: u32,
        order: Order,
        purchases: &mut Purchases<'a>,
        random: &mut Random,
    ) {
        let p = self.parameters;
        let article = &self.catalogue.articles[index as usize];
        let gift = random.happens(p.gifts);
        let receiver =
            gift.then(|| Customer::draw(&self.catalogue.groups, p, Some(customer), random));
        let other = customer.other.as_deref().filter(|_| !gift && random.happens(OTHERS_SHARE));
        let person = receiver.as_ref().or(other).unwrap_or(customer);
        // Without personal offsets, the draws are those of a shop that never had them.
        let personal = p.personal_offset_sd > 0.0;
        let personal_offset = if personal { p.personal_offset_sd * random.normal() } else { 0.0 };
        let wearer = Wearing { person, personal_offset };
        let worn_by = match (gift, other) {
            (true, _) => WornBy::Gift,
            (_, Some(_)) => WornBy::Other,
            _ => WornBy::Owner,
        };
        let habit = (article.group, article.system.as_str(), other.is_some());
        let usual = purchases.habits.get(&habit).copied().filter(|_| !gift);
        let size = self.choose(article, wearer, usual, random);
        let bracket = !gift && article.sizes.len() > 1 && random.happens(p.brackets);
        let mut lines = vec![(size, self.draw_fit(article, size, wearer, random))];
        if bracket {
            let second = neighbour(article, size, person, random);
            lines.push((second, self.draw_fit(article, second, wearer, random)));
        }
        let best = best_fitting(article, &lines, wearer);
        for (i, &(size, fit)) in lines.iter().enumerate() {
            let outcome = if order.day > LAST_DAY - p.pending_days {
                Outcome::Pending
            } else if fit == Fit::Fits && best != Some(i) {
                // Of two sizes that fit, the worse one goes back without a reason.
                Outcome::UnknownReason
            } else {
                self.draw_outcome(fit, article, customer, random)
            };
            if outcome == Outcome::Kept && !gift {
                purchases.habits.insert(habit, &article.sizes[size].label);
            }
            purchases.lines.push(Purchase {
                article: index,
                size: size as u16,
                order: order.number,
                day: order.day,
                outcome,
                worn_by,
                wearer_size: person.sizes[article.group],
                wearer_fussiness: person.fussiness,
                personal_offset,
            });
        }
    }

    /// The size a customer takes: the one nearest to what they think they need, or their `habit`.
    fn choose(
        &self,
        article: &Article,
        wearer: Wearing<'_>,
        habit: Option<&str>,
        random: &mut Random,
    ) -> usize {
        if let Some(label) = habit
            && random.happens(self.parameters.habit)
            && let Some(index) = article.sizes.iter().position(|s| s.label == label)
        {
            return index;
        }
        let p = self.parameters;
        let wanted = wearer.person.sizes[article.group]
            - p.awareness * article.offset
            - p.personal_awareness * wearer.personal_offset
            + p.choice_scale * random.student_t();
        nearest(article, wanted, wearer.person)
    }

    fn draw_fit(
        &self,
        article: &Article,
        size: usize,
        wearer: Wearing<'_>,
        random: &mut Random,
    ) -> Fit {
        let misfit = wearer.misfit(article, size);
        let fussiness = wearer.person.fussiness;
        let [small, fits, _] =
            self.parameters.outcome_probabilities(misfit, fussiness, article.spread);
        let draw = random.uniform();
        if draw < small {
            Fit::Small
        } else if draw < small + fits {
            Fit::Fits
        } else {
            Fit::Large
        }
    }

    /// What the shop learns of a garment with this fit.
    fn draw_outcome(
        &self,
        fit: Fit,
        article: &Article,
        customer: &Customer,
        random: &mut Random,
    ) -> Outcome {
        let p = self.parameters;
        let returns = inseam::math::cdf(p.returning + customer.returning + article.returning);
        if fit == Fit::Fits && !random.happens(returns) {
            return Outcome::Kept;
        }
        if fit != Fit::Fits && p.kept_misfits > 0.0 && random.happens(p.kept_misfits) {
            return Outcome::Kept;
        }
        if !random.happens(p.reasons) {
            return Outcome::UnknownReason;
        }
        match fit {
            Fit::Fits => Outcome::OtherReason,
            _ if random.happens(p.undirected) => Outcome::SizeReason,
            Fit::Small => Outcome::TooSmall,
            Fit::Large => Outcome::TooLarge,
        }
    }
}

/// Index of the line that fits and is nearest to the wearer; `None` if no line fits.
fn best_fitting(article: &Article, lines: &[(usize, Fit)], wearer: Wearing<'_>) -> Option<usize> {
    let misfit = |size: usize| wearer.misfit(article, size).abs();
    (0..lines.len())
        .filter(|&i| lines[i].1 == Fit::Fits)
        .min_by(|&a, &b| misfit(lines[a].0).total_cmp(&misfit(lines[b].0)))
}

/// Index of the size nearest to a position; of trousers in several lengths, the one with the
/// wearer's length.
fn nearest(article: &Article, wanted: f64, wearer: &Customer) -> usize {
    let length = if wearer.height > 0.3 { "L32" } else { "L30" };
    let distance = |i: usize| {
        let size = &article.sizes[i];
        let wrong_length = size.label.contains("/L") && !size.label.ends_with(length);
        (size.position - wanted).abs() + if wrong_length { 0.5 } else { 0.0 }
    };
    (0..article.sizes.len()).min_by(|&a, &b| distance(a).total_cmp(&distance(b))).unwrap_or(0)
}

/// The next size up or down at another position, if there is one.
fn neighbour(article: &Article, size: usize, wearer: &Customer, random: &mut Random) -> usize {
    let here = article.sizes[size].position;
    let below =
        article.sizes.iter().map(|s| s.position).filter(|x| *x < here).max_by(f64::total_cmp);
    let above =
        article.sizes.iter().map(|s| s.position).filter(|x| *x > here).min_by(f64::total_cmp);
    let wanted = match (below, above) {
        (Some(below), Some(above)) => Some(if random.happens(0.5) { below } else { above }),
        (below, above) => below.or(above),
    };
    wanted.map_or(size, |wanted| nearest(article, wanted, wearer))
}
