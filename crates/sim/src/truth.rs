//! The true shop: what a model trained on its history ought to find out.

use super::chance::Chance;
use crate::settings::ShopSettings;
use inseam::size::{Axis, System};
use serde::Serialize;

/// The numbers that hold for the whole shop. Positions, offsets and latent sizes are in steps.
#[derive(Clone, Debug, Serialize)]
pub struct Parameters {
    /// Thresholds of too small and too large, probit units.
    pub kappa_small: f64,
    pub kappa_large: f64,
    /// Probit units a step of misfit.
    pub alpha: f64,
    /// Sd of the customers' fussiness, probit units.
    pub fussiness_sd: f64,
    /// Sd of a brand's mean offset, of its part in one fit group, and of an article about that.
    pub brand_offset_sd: f64,
    pub brand_group_offset_sd: f64,
    pub article_offset_sd: f64,
    /// Sd of a brand's mean spread and of an article about that, probit units.
    pub brand_spread_sd: f64,
    pub article_spread_sd: f64,
    /// Sd of one size about its article.
    pub deviation_sd: f64,
    /// Scale of the noise (Student t, 3 degrees) between latent size and size chosen.
    pub choice_scale: f64,
    /// How much of an article's offset customers allow for when they choose, 0 to 1.
    pub awareness: f64,
    /// Share of purchases that repeat the size last kept in the group if the article has it.
    pub habit: f64,
    /// Probit of the chance that what fits comes back all the same, where customer and article are
    /// as usual.
    pub returning: f64,
    /// Sd of the customers' and of the articles' part in that, probit units.
    pub customer_returning_sd: f64,
    pub article_returning_sd: f64,
    /// Share of size reasons that do not say the direction.
    pub undirected: f64,
    /// Share of returns with a reason, of gifts, of brackets.
    pub reasons: f64,
    pub gifts: f64,
    pub brackets: f64,
    /// Share of misfits that are kept, and of accounts that two persons buy for.
    pub kept_misfits: f64,
    pub families: f64,
    /// Days before the end in which an order is still pending.
    pub pending_days: i32,
    /// The seed it was all drawn with.
    pub seed: u64,
}

impl Parameters {
    /// The shop as the settings ask for it.
    pub fn new(settings: &ShopSettings) -> Self {
        let &ShopSettings {
            seed,
            reasons,
            gifts,
            brackets,
            unrelated,
            tolerance,
            kept_misfits,
            families,
            ..
        } = settings;
        let (customer, article) = (0.5, 0.4);
        Self {
            kappa_small: 1.35 + tolerance,
            kappa_large: 1.5 + tolerance,
            alpha: 0.8,
            fussiness_sd: 0.35,
            brand_offset_sd: 0.5,
            brand_group_offset_sd: 0.25,
            article_offset_sd: 0.35,
            brand_spread_sd: 0.12,
            article_spread_sd: 0.15,
            deviation_sd: 0.15,
            choice_scale: 0.45,
            awareness: 0.3,
            habit: 0.25,
            // Over all customers and articles the chance is as asked for.
            returning: inseam::math::quantile(unrelated)
                * f64::sqrt(1.0 + customer * customer + article * article),
            customer_returning_sd: customer,
            article_returning_sd: article,
            undirected: 0.15,
            reasons,
            gifts,
            brackets,
            kept_misfits,
            families,
            pending_days: 14,
            seed,
        }
    }

    /// True chances of too small, fits, too large under do(size): the two probit factors say
    /// independently "too small" and "too large", both at once is ruled out, and fits is what is
    /// left over.
    pub fn chances(&self, misfit: f64, fussiness: f64, spread: f64) -> [f64; 3] {
        let small = inseam::math::cdf(-self.kappa_small - self.alpha * misfit + fussiness + spread);
        let large = inseam::math::cdf(-self.kappa_large + self.alpha * misfit + fussiness + spread);
        let parts = [small * (1.0 - large), (1.0 - small) * (1.0 - large), (1.0 - small) * large];
        let total: f64 = parts.iter().sum();
        parts.map(|part| part / total)
    }
}

/// One fit group.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    pub name: String,
    #[serde(skip)]
    pub axis: Axis,
    /// Share of the shop's purchases.
    pub share: f64,
    /// A customer's latent size is mean + girth * G + height * H + own * E, with G, H and E
    /// standard normal; G and H are the same for all groups and show in the measurements.
    pub mean: f64,
    pub girth: f64,
    pub height: f64,
    pub own: f64,
}

impl Group {
    /// A group by its name: what it is worn on decides how sizes are distributed.
    pub fn named(name: &str) -> Self {
        let axis = Axis::guess(name);
        let (share, mean, girth, height, own) = match (name, axis) {
            ("tops", _) => (0.35, 0.6, 1.5, 0.3, 0.5),
            ("bottoms", _) => (0.2, 0.5, 1.7, 0.1, 0.55),
            (_, Axis::ShoesWomen | Axis::ShoesMen | Axis::ShoesChildren) => {
                (0.15, 0.0, 0.3, 0.9, 0.7)
            }
            _ => (0.3, 0.8, 1.8, 0.15, 0.45),
        };
        Self { name: name.to_owned(), axis, share, mean, girth, height, own }
    }
}

/// One article.
#[derive(Clone, Debug)]
pub struct Article {
    pub id: String,
    pub brand: String,
    pub group: usize,
    /// The size system as the tables write it; empty for none.
    pub system: String,
    /// Offset of its brand in its group, the mean of its own.
    pub brand_offset: f64,
    pub offset: f64,
    pub spread: f64,
    /// How much more readily it comes back though it fits, probit units.
    pub returning: f64,
    /// Weight of being bought.
    pub popularity: f64,
    /// In the order of position.
    pub sizes: Vec<Size>,
}

/// One size of one article.
#[derive(Clone, Debug)]
pub struct Size {
    pub label: String,
    pub position: f64,
    pub deviation: f64,
}

impl Article {
    /// How large a size is on the group's axis, everything included.
    pub fn true_position(&self, size: usize) -> f64 {
        self.sizes[size].position + self.offset + self.sizes[size].deviation
    }
}

/// One customer.
#[derive(Clone, Debug)]
pub struct Customer {
    /// Latent size in each group.
    pub sizes: Vec<f64>,
    pub fussiness: f64,
    /// How much more readily they send back what fits, probit units.
    pub returning: f64,
    /// Whoever else buys on this account.
    pub other: Option<Box<Customer>>,
    /// Leg and foot: how much taller than the mean, sd.
    pub height: f64,
    pub height_cm: Option<f64>,
    pub weight_kg: Option<f64>,
    pub age: Option<f64>,
}

impl Customer {
    /// Draws a customer.
    pub fn draw(groups: &[Group], parameters: &Parameters, chance: &mut Chance) -> Self {
        let age = (16.0 + 0.5 * f64::from(chance.geometric(45.0))).min(85.0);
        let girth = chance.normal() + 0.006 * (age - 38.0);
        let height = chance.normal();
        let sizes = groups
            .iter()
            .map(|g| g.mean + g.girth * girth + g.height * height + g.own * chance.normal())
            .collect();
        let fussiness = parameters.fussiness_sd * chance.normal();
        let height_cm = (167.0 + 6.4 * height + 1.0 * chance.normal()).round();
        let weight_kg =
            (66.0 + 10.5 * girth + 3.5 * height + 2.5 * chance.normal()).max(38.0).round();
        // A quarter says nothing of themselves, the others leave out one thing or another.
        let silent = chance.happens(0.25);
        let returning = parameters.customer_returning_sd * chance.normal();
        let mut told = |value: f64| (!silent && !chance.happens(0.12)).then_some(value);
        Self {
            sizes,
            fussiness,
            returning,
            other: None,
            height,
            height_cm: told(height_cm),
            weight_kg: told(weight_kg),
            age: told(age.round()),
        }
    }
}

/// Where the labels of an article lie: by the public tables where they know every label, else
/// evenly in the order given.
pub fn positions(labels: &[String], system: &str, axis: Axis) -> Vec<f64> {
    let system = System::parse(system).unwrap_or_default();
    let known: Option<Vec<f64>> =
        labels.iter().map(|label| inseam::size::position(label, system, axis)).collect();
    let middle = (labels.len().max(1) - 1) as f64 / 2.0;
    known.unwrap_or_else(|| (0..labels.len()).map(|i| i as f64 - middle).collect())
}
