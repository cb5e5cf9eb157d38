//! The truth of a simulated shop: its parameters, fit groups, articles and customers, which
//! training should recover.

use crate::bodies::{self, Body};
use crate::random::Random;
use crate::settings::ShopSettings;
use inseam::body::Dimension;
use inseam::size::{Axis, System};
use serde::Serialize;

/// The parameters of the whole shop. Positions, offsets and latent sizes are in steps.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Parameters {
    /// Threshold of too small, probit units.
    pub kappa_small: f64,
    /// Threshold of too large, probit units.
    pub kappa_large: f64,
    /// Slope: probit units per step of misfit.
    pub alpha: f64,
    /// Sd of the customers' fussiness, probit units.
    pub fussiness_sd: f64,
    /// Sd of a brand's mean offset.
    pub brand_offset_sd: f64,
    /// Sd of a brand's offset in one fit group about its mean.
    pub brand_group_offset_sd: f64,
    /// Sd of an article's offset about its brand's.
    pub article_offset_sd: f64,
    /// Sd of a brand's mean spread, probit units.
    pub brand_spread_sd: f64,
    /// Sd of an article's spread about its brand's, probit units.
    pub article_spread_sd: f64,
    /// Sd of a size's offset about its article's; the model assumes that there is none.
    pub deviation_sd: f64,
    /// Scale of the noise (Student t, 3 degrees) between latent size and size chosen.
    pub choice_scale: f64,
    /// Share of an article's offset that customers allow for when they choose, 0 to 1.
    pub awareness: f64,
    /// Share of purchases in which the customer repeats the size they last kept in the fit group,
    /// if the article has it.
    pub habit: f64,
    /// Probit of the probability that a purchase that fits comes back, for a typical customer and
    /// article.
    pub returning: f64,
    /// Sd of a customer's part in that, probit units.
    pub customer_returning_sd: f64,
    /// Sd of an article's part in that, probit units.
    pub article_returning_sd: f64,
    /// Share of size reasons that do not name the direction.
    pub undirected: f64,
    /// Share of returns with a reason.
    pub reasons: f64,
    /// Share of purchases that are gifts.
    pub gifts: f64,
    /// Share of purchases in two neighbouring sizes.
    pub brackets: f64,
    /// Share of misfits that customers keep.
    pub kept_misfits: f64,
    /// Share of accounts that two persons buy for.
    pub families: f64,
    /// Sd of the personal offset of a purchase: how much larger the article is for its wearer than
    /// for others.
    pub personal_offset_sd: f64,
    /// Share of a personal offset that customers allow for when they choose, 0 to 1.
    pub personal_awareness: f64,
    /// Share of customers who give no measurements.
    pub silent: f64,
    /// Whether customers have bodies and brands have size charts.
    pub bodies: bool,
    /// Sd of the error of a brand's size chart in a fit group.
    pub chart_error: f64,
    /// Factor on the weight of bodies.
    pub heavier: f64,
    /// Orders of so many last days are still pending.
    pub pending_days: i32,
    /// Seed of the random numbers.
    pub seed: u64,
}

impl Parameters {
    /// The parameters that the settings ask for.
    pub(crate) fn new(settings: &ShopSettings) -> Self {
        let &ShopSettings {
            seed,
            reasons,
            gifts,
            brackets,
            unrelated,
            tolerance,
            kept_misfits,
            families,
            personal_offset,
            personal_awareness,
            measured,
            bodies,
            chart_error,
            heavier,
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
            // So that the probability over all customers and articles is `unrelated`.
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
            personal_offset_sd: personal_offset,
            personal_awareness,
            silent: 1.0 - measured,
            bodies,
            chart_error,
            heavier,
            pending_days: 14,
            seed,
        }
    }

    /// True probabilities of too small, fits and too large under do(size). Two independent probit
    /// factors decide "too small" and "too large"; both at once is impossible, and the garment fits
    /// if neither holds.
    pub(crate) fn outcome_probabilities(
        &self,
        misfit: f64,
        fussiness: f64,
        spread: f64,
    ) -> [f64; 3] {
        let small = inseam::math::cdf(-self.kappa_small - self.alpha * misfit + fussiness + spread);
        let large = inseam::math::cdf(-self.kappa_large + self.alpha * misfit + fussiness + spread);
        let parts = [small * (1.0 - large), (1.0 - small) * (1.0 - large), (1.0 - small) * large];
        let total: f64 = parts.iter().sum();
        parts.map(|part| part / total)
    }
}

/// One fit group.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Group {
    /// Its name.
    pub name: String,
    /// The axis of its sizes.
    #[serde(skip)]
    pub axis: Axis,
    /// Share of the shop's purchases.
    pub share: f64,
    /// Mean latent size. A customer's latent size is mean + girth * G + height * H + own * E, with
    /// G, H and E standard normal. G and H are the same in all groups and determine the
    /// measurements.
    pub mean: f64,
    /// Weight of the customer's girth G.
    pub girth: f64,
    /// Weight of the customer's height H.
    pub height: f64,
    /// Weight of the customer's own part E in this group.
    pub own: f64,
}

impl Group {
    /// A group by its name, which decides how latent sizes are distributed.
    pub(crate) fn from_name(name: &str) -> Self {
        let axis = Axis::guess(name);
        let (share, mean, girth, height, own) = match (name, axis) {
            ("tops", _) => (0.35, 0.6, 1.5, 0.3, 0.5),
            ("bottoms" | "mens trousers", _) => (0.2, 0.5, 1.7, 0.1, 0.55),
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
pub(crate) struct Article {
    /// Its id in the tables.
    pub id: String,
    /// Name of its brand.
    pub brand: String,
    /// Index of its fit group.
    pub group: usize,
    /// The size system as the tables write it; empty for none.
    pub system: String,
    /// Offset of its brand in its group, the mean of the articles' offsets.
    pub brand_offset: f64,
    /// How much larger than its labels it is, steps.
    pub offset: f64,
    /// How much more readily it is called a misfit in both directions, probit units.
    pub spread: f64,
    /// How much more readily it comes back although it fits, probit units.
    pub returning: f64,
    /// Its probability to be bought is proportional to this.
    pub popularity: f64,
    /// Its sizes in the order of position.
    pub sizes: Vec<Size>,
}

/// One size of one article.
#[derive(Clone, Debug)]
pub(crate) struct Size {
    /// The label.
    pub label: String,
    /// Position of the label on the group's axis, steps.
    pub position: f64,
    /// Offset of this size about its article's, steps.
    pub deviation: f64,
}

impl Article {
    /// Position of a size on the group's axis, with the article's offset and the size's deviation.
    pub(crate) fn true_position(&self, size: usize) -> f64 {
        self.sizes[size].position + self.offset + self.sizes[size].deviation
    }
}

/// One customer.
#[derive(Clone, Debug)]
pub(crate) struct Customer {
    /// Latent size in each group, steps.
    pub sizes: Vec<f64>,
    /// How much more readily they call a garment a misfit, probit units.
    pub fussiness: f64,
    /// How much more readily they send back what fits, probit units.
    pub returning: f64,
    /// The second person who buys on this account.
    pub other: Option<Box<Customer>>,
    /// Their body, in a shop with bodies.
    pub body: Option<Body>,
    /// How much taller than the mean they are, sd.
    pub height: f64,
    /// Height, if they give it.
    pub height_cm: Option<f64>,
    /// Weight, if they give it.
    pub weight_kg: Option<f64>,
    /// Age in years, if they give it.
    pub age: Option<f64>,
}

impl Customer {
    /// Draws a customer; in a shop with bodies of the same sex as `like`.
    pub(crate) fn draw(
        groups: &[Group],
        parameters: &Parameters,
        like: Option<&Self>,
        random: &mut Random,
    ) -> Self {
        if parameters.bodies {
            let sex = like.and_then(|like| like.body.as_ref()).map(|body| body.sex);
            let body = Body::draw(sex, parameters.heavier, random);
            return Self::with_body(groups, parameters, body, random);
        }
        let age = (16.0 + 0.5 * f64::from(random.geometric(45.0))).min(85.0);
        let girth = random.normal() + 0.006 * (age - 38.0);
        let height = random.normal();
        let sizes = groups
            .iter()
            .map(|g| g.mean + g.girth * girth + g.height * height + g.own * random.normal())
            .collect();
        let fussiness = parameters.fussiness_sd * random.normal();
        let height_cm = (167.0 + 6.4 * height + 1.0 * random.normal()).round();
        let weight_kg =
            (66.0 + 10.5 * girth + 3.5 * height + 2.5 * random.normal()).max(38.0).round();
        // Some give no measurements; the others leave out some.
        let silent = random.happens(parameters.silent);
        let returning = parameters.customer_returning_sd * random.normal();
        let mut given = |value: f64| (!silent && !random.happens(0.12)).then_some(value);
        Self {
            sizes,
            fussiness,
            returning,
            other: None,
            body: None,
            height,
            height_cm: given(height_cm),
            weight_kg: given(weight_kg),
            age: given(age.round()),
        }
    }

    /// A customer with this body, whose sizes follow from its girths.
    fn with_body(
        groups: &[Group],
        parameters: &Parameters,
        body: Body,
        random: &mut Random,
    ) -> Self {
        let sizes = groups.iter().map(|g| body.size(&g.name) + g.own * random.normal()).collect();
        let fussiness = parameters.fussiness_sd * random.normal();
        let silent = random.happens(parameters.silent);
        let returning = parameters.customer_returning_sd * random.normal();
        let mut given = |dimension| {
            (!silent && !random.happens(0.12)).then(|| body.dimension(dimension).round())
        };
        let (height_cm, weight_kg, age) =
            (given(Dimension::Height), given(Dimension::Weight), given(Dimension::Age));
        let height = (body.dimension(Dimension::Height) - 167.0) / 6.4;
        Self {
            sizes,
            fussiness,
            returning,
            other: None,
            height,
            height_cm,
            weight_kg,
            age,
            body: Some(body),
        }
    }

    /// Whether they buy in a fit group.
    pub(crate) fn buys_in(&self, group: &Group) -> bool {
        let buyers = bodies::buyers(&group.name);
        self.body.as_ref().is_none_or(|body| buyers.is_none_or(|sex| sex == body.sex))
    }
}

/// Positions of an article's labels: from the public tables if they have every label, otherwise
/// evenly spaced in the order given.
pub(crate) fn label_positions(labels: &[String], system: &str, axis: Axis) -> Vec<f64> {
    let system = System::parse(system).unwrap_or_default();
    let known: Option<Vec<f64>> =
        labels.iter().map(|label| inseam::size::position(label, system, axis)).collect();
    let middle = (labels.len().max(1) - 1) as f64 / 2.0;
    known.unwrap_or_else(|| (0..labels.len()).map(|i| i as f64 - middle).collect())
}
