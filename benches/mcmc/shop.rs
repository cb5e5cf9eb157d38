//! Draws a small shop, trains on its history, and prints as JSON what `compare.py` needs to compare
//! the posteriors with a sampler's: the learned parameters, the history, and the posteriors.

#[path = "../../tests/calibration/draw.rs"]
mod draw;
#[path = "../../tests/exact/shop.rs"]
mod shop;
#[path = "../../tests/calibration/world.rs"]
#[allow(dead_code)] // Only tests/calibration uses the true values.
mod world;

use draw::Chance;
use inseam::infer::Posterior;
use inseam::math::Gaussian;
use inseam::model::{Article, Model, PurchaseRecord, RETURNING};
use inseam::train::{Settings, Trained, train};
use serde_json::{Value, json};
use std::collections::HashMap;
use world::{Extent, Shop, drawn};

const EXTENT: Extent = Extent { customers: 120, purchases: 9, brands: 3, articles: 4 };
/// Many more sweeps than usual, because the comparison needs sites that have converged.
const SETTINGS: Settings = Settings {
    sweeps: 300,
    tolerance: 0.0,
    damping: 0.5,
    min_customers: 1,
    sample_customers: 50_000,
    privacy: None,
    body_prior: false,
    without: None,
};

fn main() {
    let number = |i: usize| std::env::args().nth(i).and_then(|text| text.parse::<f64>().ok());
    let (Some(slope_share), Some(seed)) = (number(1), number(2)) else {
        eprintln!(
            "usage: mcmc-shop SLOPE_SHARE SEED\n\
             SLOPE_SHARE, from 0 to 1: the chosen slope as a share of the slope"
        );
        std::process::exit(2);
    };
    let mut chance = Chance::new(seed as u64);
    let shop = Shop::draw(&drawn(slope_share, &mut chance), EXTENT, &mut chance);
    match train(&shop.columns, &SETTINGS, &mut |_| ()) {
        Ok(trained) => println!("{}", described(&trained)),
        Err(e) => {
            eprintln!("{e}");
            std::process::exit(1);
        }
    }
}

/// The JSON that `compare.py` reads.
fn described(trained: &Trained) -> Value {
    let model = &trained.model;
    let customers: Vec<Posterior> =
        trained.customers.iter().map(|(_, b)| Posterior::from_customer_belief(model, b)).collect();
    let index: HashMap<u32, usize> =
        trained.customers.iter().enumerate().map(|(i, (id, _))| (*id, i)).collect();
    let event = |e: &PurchaseRecord<u32>| {
        let customer = index[&e.customer];
        let a = model
            .articles
            .binary_search_by_key(&e.article, |a| a.key)
            .expect("a purchase's article");
        let article = &model.articles[a];
        json!({
            "customer": customer,
            "article": a,
            "size": article.sizes.iter().position(|s| s.label == e.label),
            "outcome": e.outcome.name(),
        })
    };
    const TRAITS: [usize; 3] = [0, 1, RETURNING];
    let trait_variances = TRAITS.map(|i| model.traits[i].variance);
    let customer = |c: &Posterior| {
        let groups = 0..model.groups.len();
        let sizes: Vec<[f64; 2]> = groups.clone().map(|g| normal(c.size(g))).collect();
        let bought: Vec<u32> = groups.map(|g| c.purchases(g)).collect();
        json!({ "sizes": sizes, "bought": bought, "traits": TRAITS.map(|i| normal(c.traits()[i])) })
    };
    json!({
        "groups": model.groups.iter().enumerate().map(|(g, group)| json!({
            "mean": group.size.intercept,
            "terms": group.outcome.terms, "slope": group.outcome.slope, "chosen_slope": group.outcome.chosen_slope,
            "scale": group.choice.scale, "awareness": group.choice.awareness, "others": [group.choice.others.share, group.choice.others.mean, group.choice.others.variance],
            "back": group.returns.intercept, "article_returning": group.returns.article_variance,
            "offset_variance": group.offset_variance.to_array(),
            "spread_variance": group.spread_variance.to_array(),
            "covariance": (0..model.groups.len()).map(|h| model.covariance[(g, h)]).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "trait_variances": trait_variances,
        "brands": model.brands.iter().map(|b| json!({
            "group": b.group, "offset": normal(b.offset), "spread": normal(b.spread),
        })).collect::<Vec<_>>(),
        "articles": model.articles.iter().map(|a| article(model, a)).collect::<Vec<_>>(),
        "customers": customers.iter().map(customer).collect::<Vec<_>>(),
        "purchases": trained.events.iter().map(event).collect::<Vec<_>>(),
    })
}

fn article(model: &Model, article: &Article) -> Value {
    let labels = &model.scales[usize::from(article.scale)].labels;
    let label = |i: usize| &labels[usize::from(article.sizes[i].label)];
    let sizes = (0..article.sizes.len()).map(|i| {
        // compare.py leaves lengths out of its density, and no article of this shop has one.
        assert_eq!(label(i).length, 0.0);
        json!({ "position": label(i).position, "appeal": label(i).appeal })
    });
    json!({
        "brand": article.brand,
        "group": model.group_of(article),
        "offset": normal(article.offset),
        "spread": normal(article.spread),
        "sizes": sizes.collect::<Vec<_>>(),
    })
}

/// A Gaussian as its mean and sd.
fn normal(g: Gaussian) -> [f64; 2] {
    [g.mean(), g.sd()]
}
