//! One customer's history to their posterior: the very code that training uses, at home in the
//! browser too.
//!
//! Expectation propagation (Minka 2001) on two probit factors and a choice factor a purchase;
//! `model/README.md` has the formulas.

mod belief;
pub(crate) mod choice;
mod event;
mod evidence;
mod history;
mod messages;
mod personas;
mod probit;
mod profile;

pub(crate) use belief::Belief;
pub(crate) use choice::Offer;
pub(crate) use event::{Event, Garment, article};
pub(crate) use evidence::Evidence;
pub use personas::{Persona, Personas, personas};
#[cfg(feature = "train")]
pub(crate) use {choice::Choosing, event::EventStats, messages::Messages, probit::Pull};

use crate::math::Gaussian;
use crate::model::{Article, ArticleSize, CustomerBelief, Features, GroupEvidence, Model, TRAITS};
use crate::outcome::Outcome;
use crate::size::{Axis, Label, System, position, same_name};
use nalgebra::DVector;

/// One purchase of a customer's own history, or a garment they say fits them.
///
/// ```
/// use inseam::{infer::Purchase, outcome::Outcome};
/// let bought = Purchase { article: Some("SKU-123"), size: "M", outcome: Outcome::Kept, ..Purchase::default() };
/// let told = Purchase { brand: Some("Acme"), group: Some("dresses"), ..bought };
/// # assert_eq!(told.size, "M");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Purchase<'a> {
    /// The article's id; where the model knows it, the fields `brand`, `group` and `system` are not
    /// needed.
    pub article: Option<&'a str>,
    /// The brand, for an article the model does not know.
    pub brand: Option<&'a str>,
    /// The fit group, for an article the model does not know.
    pub group: Option<&'a str>,
    /// The size system, for an article the model does not know.
    pub system: System,
    /// The size label.
    pub size: &'a str,
    /// What became of it.
    pub outcome: Outcome,
    /// Whether the size was taken on advice: then the choice says nothing of the customer, only
    /// what became of it does.
    pub advised: bool,
}

impl Default for Purchase<'_> {
    fn default() -> Self {
        Self {
            article: None,
            brand: None,
            group: None,
            system: System::Unspecified,
            size: "",
            outcome: Outcome::Kept,
            advised: false,
        }
    }
}

/// What is believed of one customer: latent sizes in every fit group jointly, and fussiness.
#[derive(Clone, Debug, PartialEq)]
pub struct Posterior {
    belief: Belief,
    purchases: Vec<u32>,
    measured: bool,
    ignored: usize,
    refused: Vec<Refused>,
    /// By group: what the choices in it say, node by node; `None` without any.
    profiles: Vec<Option<profile::Profile>>,
}

/// A size of an article that came back as too small, or too large.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Refused {
    article: u64,
    position: f64,
    too_small: bool,
}

impl Posterior {
    /// Belief about the latent size in the fit group of this index, steps.
    ///
    /// # Panics
    /// If the model has no group of this index.
    #[must_use]
    pub fn size(&self, group: usize) -> Gaussian {
        self.belief.size(group)
    }

    /// Beliefs about the traits: fussiness, preference, length, and how readily they send things
    /// back for other reasons; all but length in probit units.
    #[must_use]
    pub fn traits(&self) -> [Gaussian; TRAITS] {
        self.belief.traits
    }

    /// What the choices in this fit group say, node by node; `None` without any.
    pub(crate) fn profile(&self, group: usize) -> Option<&[(f64, f64)]> {
        self.profiles[group].as_deref()
    }

    /// Number of purchases behind the belief in this fit group.
    #[must_use]
    pub fn purchases(&self, group: usize) -> u32 {
        self.purchases[group]
    }

    /// Number of purchases behind the belief in all fit groups.
    #[must_use]
    pub fn all_purchases(&self) -> u32 {
        self.purchases.iter().sum()
    }

    /// Whether any body measurement was known.
    #[must_use]
    pub fn measured(&self) -> bool {
        self.measured
    }

    /// Number of purchases that could not be placed: article and group unknown, or a label that is
    /// nowhere on the axis.
    #[must_use]
    pub fn ignored(&self) -> usize {
        self.ignored
    }

    /// Whether the customer's own history rules out a size of this article at this position: it, or
    /// a larger one, came back as too small, or it, or a smaller one, as too large.
    #[must_use]
    pub fn refuses(&self, article: &Article, position: f64) -> bool {
        self.refused.iter().any(|r| {
            let as_far = if r.too_small { position <= r.position } else { position >= r.position };
            r.article == article.key && as_far
        })
    }

    /// The belief of a customer without history.
    #[must_use]
    pub fn prior(model: &Model, body: &Features) -> Self {
        let mean = DVector::from_iterator(
            model.groups.len(),
            model.groups.iter().map(|g| g.size.mean(&body.phi)),
        );
        let traits = model.traits.each_ref().map(|t| Gaussian::new(t.mean(&body.phi), t.variance));
        Self {
            belief: Belief::new(mean, &model.covariance * body.widening.max(1.0), traits),
            purchases: vec![0; model.groups.len()],
            measured: body.phi.iter().any(|&x| x != 0.0),
            ignored: 0,
            refused: Vec::new(),
            profiles: vec![None; model.groups.len()],
        }
    }

    /// The belief kept in a private file, put together with its model again.
    ///
    /// Evidence of groups the model does not have is ignored; absent prior means count as the
    /// group's own.
    #[must_use]
    pub fn of_customer(model: &Model, customer: &CustomerBelief) -> Self {
        let mut posterior = Self::prior(model, &Features::default());
        let mean =
            posterior.purchases.iter().enumerate().map(|(g, _)| {
                customer.prior.get(g).copied().unwrap_or(model.groups[g].size.intercept)
            });
        let mean = DVector::from_iterator(model.groups.len(), mean);
        let traits = std::array::from_fn(|i| {
            Gaussian::new(customer.trait_priors[i], model.traits[i].variance)
                .combine(customer.traits[i])
        });
        posterior.belief =
            Belief::new(mean, &model.covariance * customer.widening.max(1.0), traits);
        for &GroupEvidence { group, purchases, evidence } in &customer.sizes {
            let group = usize::from(group);
            if group < model.groups.len() {
                posterior.belief.observe(group, evidence);
                posterior.purchases[group] = purchases;
            }
        }
        posterior.measured = !customer.prior.is_empty();
        posterior
    }
}

/// One size of one article, ready for outcome chances.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SizedGarment(pub(crate) Garment);

impl SizedGarment {
    /// Of an article the model knows, by index into its sizes.
    ///
    /// # Panics
    /// If the article has no size of this index.
    #[must_use]
    pub fn of(model: &Model, article: &Article, index: usize) -> Self {
        let size = &article.sizes[index];
        let label = &model.scales[usize::from(article.scale)].labels[usize::from(size.label)];
        Self(Garment {
            noise: noise(model, article),
            position: label.position,
            latents: [article.offset, size.deviation, article.grade, article.spread],
            cut: [article.cut, 0.0],
            thresholds: label.thresholds,
            returning: Gaussian::new(
                0.0,
                model.groups[model.group_of(article)].returns.article_variance,
            ),
        })
    }

    /// Of a garment of which nothing is known but its position, steps.
    ///
    /// # Panics
    /// If the model has no group of this index.
    #[must_use]
    pub fn unknown(model: &Model, group: usize, position: f64) -> Self {
        let [brand_offset, article_offset, deviation] = model.groups[group].offset_variance;
        let [brand_spread, article_spread] = model.groups[group].spread_variance;
        Self(Garment {
            position,
            latents: [
                Gaussian::new(0.0, brand_offset + article_offset),
                Gaussian::new(0.0, deviation),
                Gaussian::new(0.0, model.groups[group].grade_variance),
                Gaussian::new(0.0, brand_spread + article_spread),
            ],
            cut: [0.0; 2],
            thresholds: [0.0; 2],
            noise: model.groups[group].choice.scale,
            returning: Gaussian::new(0.0, model.groups[group].returns.article_variance),
        })
    }

    /// Position of the label, steps.
    #[must_use]
    pub fn position(&self) -> f64 {
        self.0.position
    }

    /// How much larger than its label it is expected to turn out, steps.
    #[must_use]
    pub fn runs(&self) -> f64 {
        self.0.runs()
    }

    /// Chances of too small, fits and too large if a customer believed so were to take this size;
    /// they sum to one.
    ///
    /// Its own choice has no part in them: this is P(outcome | do(size)).
    #[must_use]
    pub fn chances(
        &self,
        model: &Model,
        posterior: &Posterior,
        group: usize,
        size: Gaussian,
    ) -> [f64; 3] {
        self.event(model, group, None).chances(size, posterior.traits())
    }

    /// Chances of too small, fits and too large of a purchase in this size that the customer has
    /// made: that they chose it is part of what is known.
    #[must_use]
    pub fn chances_chosen(
        &self,
        model: &Model,
        posterior: &Posterior,
        group: usize,
        day: Option<i32>,
    ) -> [f64; 3] {
        let mut event = self.event(model, group, Some((&[], 0)));
        event.trend = day.map_or([0.0; 2], |day| model.trend.at(day));
        event.chances(posterior.size(group), posterior.traits())
    }

    /// Chance that a purchase in this size comes back, for its size or for any other reason.
    ///
    /// `chances` are those of its outcome, by [`chances`](Self::chances) or
    /// [`chances_chosen`](Self::chances_chosen); `said` is what the article's other purchases said
    /// of how readily it comes back for other reasons than its size, [`Gaussian::FLAT`] where that
    /// is not known.
    #[must_use]
    pub fn returned(
        &self,
        model: &Model,
        posterior: &Posterior,
        group: usize,
        said: Gaussian,
        [_, fits, _]: [f64; 3],
    ) -> f64 {
        let mut garment = *self;
        garment.0.returning = garment.0.returning.combine(said);
        let other = garment.event(model, group, None).returned(posterior.traits());
        let beaten = model.groups[group].returns.beaten;
        1.0 - (1.0 - beaten) * (1.0 - other) * fits
    }

    fn event<'m>(
        &self,
        model: &'m Model,
        group: usize,
        menu: Option<(&'m [Offer], usize)>,
    ) -> Event<'m> {
        let group = &model.groups[group];
        Event {
            axis: 0,
            garment: self.0,
            evidence: Evidence::None,
            menu,
            terms: &group.outcome,
            choice: &group.choice,
            returns: &group.returns,
            trend: [0.0; 2],
            share: 1.0,
        }
    }
}

/// The posterior of a customer with this history and these body features.
///
/// Purchases that cannot be placed are counted in [`Posterior::ignored`], pending ones say nothing.
#[must_use]
pub fn posterior(model: &Model, history: &[Purchase<'_>], body: &Features) -> Posterior {
    let mut posterior = Posterior::prior(model, body);
    let (lines, ignored) = history::read(model, history);
    posterior.ignored = ignored;
    history::settle(model, &mut posterior, lines.iter());
    posterior
}

/// Sizes on each side of one bought elsewhere: a run of whole steps.
const LADDER: usize = 3;

/// What a purchase was chosen from, and the index of what was taken: the article's sizes, or, of an
/// article the model does not know, a run of whole steps about the one taken.
fn menu(model: &Model, purchase: &Purchase<'_>, position: f64) -> (Vec<Offer>, usize) {
    if let Some(article) = purchase.article.and_then(|id| model.article(id)) {
        let labels = &model.scales[usize::from(article.scale)].labels;
        let sold = |text: &str| {
            article.sizes.iter().position(|s| labels[usize::from(s.label)].text == text)
        };
        let mut offers = offers(model, article);
        // By its text: several labels may share a position and differ in length.
        let canonical = || Label::parse(purchase.size).ok();
        let taken =
            sold(purchase.size).or_else(|| sold(canonical()?.as_str())).unwrap_or_else(|| {
                let weight = offers.iter().map(|o| o.weight).fold(f64::INFINITY, f64::min);
                let label =
                    canonical().and_then(|text| labels.iter().find(|l| l.text == text.as_str()));
                offers.push(Offer { position, length: label.map_or(0.0, |l| l.length), weight });
                offers.len() - 1
            });
        return (offers, taken);
    }
    let step = |i: usize| Offer {
        position: position + i as f64 - LADDER as f64,
        length: 0.0,
        weight: 1.0,
    };
    ((0..=2 * LADDER).map(step).collect(), LADDER)
}

/// Scale of the noise in a choice among the sizes of an article, steps.
pub(crate) fn noise(model: &Model, article: &Article) -> f64 {
    model.groups[model.group_of(article)].choice.scale
        * model.scales[usize::from(article.scale)].noise
}

/// The sizes of an article as the choice sees them.
pub(crate) fn offers(model: &Model, article: &Article) -> Vec<Offer> {
    let labels = &model.scales[usize::from(article.scale)].labels;
    let offer = |size: &ArticleSize| {
        let label = &labels[usize::from(size.label)];
        Offer {
            position: label.position,
            length: label.length,
            weight: libm::exp(label.appeal + size.popularity),
        }
    };
    article.sizes.iter().map(offer).collect()
}

/// The fit group of a purchase, as an index, and its garment; `None` where neither the article nor
/// the group is known, or the label is nowhere on the axis. Of the purchase, its outcome plays no
/// part.
#[must_use]
pub fn locate(model: &Model, purchase: &Purchase<'_>) -> Option<(usize, SizedGarment)> {
    place(model, purchase).map(|(group, garment)| (group, SizedGarment(garment)))
}

fn place(model: &Model, purchase: &Purchase<'_>) -> Option<(usize, Garment)> {
    let article = purchase.article.and_then(|id| model.article(id));
    let sold = |article: &Article, text: &str| {
        let labels = &model.scales[usize::from(article.scale)].labels;
        let index = article.sizes.iter().position(|s| labels[usize::from(s.label)].text == text)?;
        Some((model.group_of(article), SizedGarment::of(model, article, index).0))
    };
    // Most labels are written as the model writes them: no need to parse those.
    if let Some(found) = article.and_then(|a| sold(a, purchase.size)) {
        return Some(found);
    }
    let label = Label::parse(purchase.size).ok()?;
    if let Some(article) = article {
        if let Some(found) = sold(article, label.as_str()) {
            return Some(found);
        }
        let labels = &model.scales[usize::from(article.scale)].labels;
        let group = model.group_of(article);
        // A size this article was never sold in: its label may still be on the scale.
        let label = labels.iter().find(|l| l.text == label.as_str())?;
        let position = label.position;
        let deviation = Gaussian::new(0.0, model.groups[group].offset_variance[2]);
        let returning = Gaussian::new(0.0, model.groups[group].returns.article_variance);
        return Some((
            group,
            Garment {
                position,
                latents: [article.offset, deviation, article.grade, article.spread],
                cut: [article.cut, 0.0],
                thresholds: label.thresholds,
                returning,
                noise: noise(model, article),
            },
        ));
    }
    let group = model.group_index(purchase.group?)?;
    let on_scale = model
        .scales
        .iter()
        .filter(|s| {
            usize::from(s.group) == group
                && (purchase.system == System::Unspecified || s.system == purchase.system)
        })
        .find_map(|s| s.labels.iter().find(|l| l.text == label.as_str()))
        .map(|l| l.position);
    let position = on_scale.or_else(|| {
        position(label.as_str(), purchase.system, Axis::guess(&model.groups[group].name))
    })?;
    let mut garment = SizedGarment::unknown(model, group, position).0;
    let brand = purchase.brand.and_then(|name| {
        model.brands.iter().find(|b| usize::from(b.group) == group && same_name(&b.name, name))
    });
    if let Some(brand) = brand {
        garment.latents[article::OFFSET] =
            brand.offset.widen(model.groups[group].offset_variance[1]);
        garment.latents[article::SPREAD] =
            brand.spread.widen(model.groups[group].spread_variance[1]);
    }
    Some((group, garment))
}
