//! Draws whole shops from the model in `model/README.md`: the truth, and the history that training
//! sees.

use super::draw::{Chance, Customer, Garment};
use super::shop;
use inseam::Model;
use inseam::math::Gaussian;
use inseam::model::{Article, ArticleSize, Brand, RETURNING, article_key};
use inseam::size::{Label, System};
use inseam::train::{CatalogueEntry, Coded, Columns};

/// A model with two fit groups. Nothing is added to the outcome of an advised size: that is a
/// parameter of the predictor and not of the world.
pub(crate) fn timeless() -> Model {
    let mut model = shop::model(2);
    for group in &mut model.groups {
        group.outcome.advised = [0.0; 2];
        group.returns.article_variance = 0.15;
    }
    model.traits[RETURNING].variance = 0.25;
    model
}

/// Draws parameters from a narrow prior around those of [`timeless`]. Traits have mean 0, because a
/// history cannot tell other means from the thresholds. `knowing` is the slope of a chosen size as
/// a share of the slope, 0 to 1.
pub(crate) fn drawn(knowing: f64, chance: &mut Chance) -> Model {
    let mut model = timeless();
    let mut about = |typical: f64, spread: f64| typical * libm::exp(spread * chance.normal());
    for group in &mut model.groups {
        let terms = [about(-1.2, 0.1), about(-1.2, 0.1)];
        group.outcome.terms = terms.map(|intercept| [intercept, 0.0, 0.0]);
        group.outcome.slope = about(0.5, 0.2);
        group.outcome.chosen_slope = knowing * group.outcome.slope;
        group.choice.scale = about(0.7, 0.1);
        group.choice.awareness = about(0.3, 0.2);
        group.offset_variance = group.offset_variance.to_array().map(|v| about(v, 0.3)).into();
        group.spread_variance = group.spread_variance.to_array().map(|v| about(v, 0.3)).into();
        group.returns.article_variance = about(0.1, 0.3);
    }
    for (prior, typical) in model.traits.iter_mut().zip([0.3, 0.12, 1.0, 0.2]) {
        prior.intercept = 0.0;
        prior.variance = about(typical, 0.2);
    }
    for label in model.scales.iter_mut().flat_map(|s| &mut s.labels) {
        (label.appeal, label.thresholds) = (0.0, [0.0; 2]);
    }
    model
}

/// The size of a shop.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extent {
    pub(crate) customers: usize,
    /// Maximal number of purchases of a customer; the number is drawn uniformly from 1.
    pub(crate) purchases: usize,
    /// Number in each fit group.
    pub(crate) brands: usize,
    /// Number of each brand.
    pub(crate) articles: usize,
}

/// A shop's history and its truth.
pub(crate) struct Shop {
    pub(crate) customers: Vec<Customer>,
    /// In the order of the model's brands.
    pub(crate) brands: Vec<Truth>,
    pub(crate) articles: Vec<(String, Garment)>,
    pub(crate) columns: Columns,
}

/// A brand's latents.
pub(crate) struct Truth {
    pub(crate) group: usize,
    pub(crate) name: String,
    pub(crate) offset: f64,
    pub(crate) spread: f64,
}

/// The labels of `shop::model` without length. An article is sold in all seven or in five of them.
const LABELS: [&str; 7] = ["32", "34", "36", "38", "40", "42", "44"];
const MENUS: [std::ops::Range<usize>; 3] = [0..7, 0..5, 2..7];

impl Shop {
    /// Draws a shop with two fit groups and the parameters of `world`; the brands and articles of
    /// `world` are not used.
    pub(crate) fn draw(world: &Model, extent: Extent, chance: &mut Chance) -> Self {
        let mut model = Model { brands: Vec::new(), articles: Vec::new(), ..world.clone() };
        let (mut brands, mut articles) = (Vec::new(), Vec::new());
        for (g, group) in world.groups.iter().enumerate() {
            for b in 0..extent.brands {
                let mut latent = |variance: f64| variance.sqrt() * chance.normal();
                let (offset, spread) =
                    (latent(group.offset_variance.brand), latent(group.spread_variance.brand));
                let brand = Truth { group: g, name: format!("brand-{b}"), offset, spread };
                // The prior of the brand's articles, given the brand.
                let offset = Gaussian::new(offset, group.offset_variance.article);
                let spread = Gaussian::new(spread, group.spread_variance.article);
                model.brands.push(Brand {
                    name: brand.name.clone(),
                    category: String::new(),
                    group: g as u16,
                    offset,
                    spread,
                });
                for a in 0..extent.articles {
                    let id = format!("{}-{b}-{a}", group.name);
                    let sizes = LABELS[MENUS[chance.below(MENUS.len())].clone()].iter();
                    let mut popularity = || 0.2 * chance.normal();
                    let size = |&text| ArticleSize {
                        label: label(&model, g, text),
                        popularity: popularity(),
                    };
                    let sizes = sizes.map(size).collect();
                    let choice_offset = 0.15 * chance.normal();
                    let grade = Gaussian::new(0.0, group.grade_variance);
                    let (key, brand) = (article_key(&id), model.brands.len() as u32 - 1);
                    model.articles.push(Article {
                        key,
                        brand,
                        scale: g as u16,
                        offset,
                        grade,
                        spread,
                        choice_offset,
                        sizes,
                    });
                    let garment =
                        Garment::draw(&model, &model.articles[model.articles.len() - 1], chance);
                    articles.push((id, garment));
                }
                brands.push(brand);
            }
        }
        let customers: Vec<Customer> =
            (0..extent.customers).map(|_| Customer::draw(world, chance)).collect();
        let columns = sell(&model, &customers, &articles, extent, chance);
        Self { customers, brands, articles, columns }
    }
}

/// Index of a label on the scale of a group; each group has one.
fn label(model: &Model, group: usize, text: &str) -> u16 {
    model.scales[group].labels.iter().position(|l| l.text == text).expect("a label of the scale")
        as u16
}

/// Draws all customers' purchases, of articles drawn uniformly, and the catalogue with the sizes on
/// offer.
fn sell(
    model: &Model,
    customers: &[Customer],
    articles: &[(String, Garment)],
    extent: Extent,
    chance: &mut Chance,
) -> Columns {
    let text = |article: &Article, size: usize| {
        &model.scales[usize::from(article.scale)].labels[usize::from(article.sizes[size].label)]
            .text
    };
    let (mut who, mut what, mut sizes, mut outcome) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (c, customer) in customers.iter().enumerate() {
        let mut bought = Vec::new();
        for _ in 0..=chance.below(extent.purchases) {
            let a = chance.below(articles.len());
            // Training gives less weight to several purchases of one article by one customer than
            // the model does, so each customer buys an article once.
            if bought.contains(&a) {
                continue;
            }
            bought.push(a);
            let (article, (id, garment)) = (&model.articles[a], &articles[a]);
            let (taken, became) = customer.buy(model, article, garment, chance);
            who.push(format!("c{c}"));
            what.push(id.as_str());
            sizes.push(text(article, taken).as_str());
            outcome.push(became);
        }
    }
    let entry = |(article, (id, _)): (&Article, &(String, Garment))| CatalogueEntry {
        article: id.clone(),
        group: model.groups[model.group_of(article)].name.clone(),
        brand: model.brands[article.brand as usize].name.clone(),
        system: System::Eu,
        sizes: (0..article.sizes.len())
            .map(|i| Label::parse(text(article, i)).expect("a label"))
            .collect(),
        ..CatalogueEntry::default()
    };
    Columns {
        customer: who.iter().collect(),
        article: what.iter().collect(),
        size: sizes.iter().collect::<Coded>().map(|size| Label::parse(&size).expect("a label")),
        outcome,
        catalogue: model.articles.iter().zip(articles).map(entry).collect(),
        ..Columns::default()
    }
}
