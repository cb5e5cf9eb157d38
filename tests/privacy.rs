//! What few customers stand behind is published as its parent expects it.
#![cfg(feature = "train")]

mod tiny;

use inseam::math::Gaussian;
use inseam::model::{Article, Model, article_key};
use inseam::outcome::Outcome;
use inseam::train::{Settings, train};
use std::collections::{BTreeMap, BTreeSet};
use tiny::{Row, columns, draw};

fn published(rows: &[Row], least_customers: usize) -> Model {
    let settings = Settings { sweeps: 6, least_customers, ..Settings::default() };
    train(&columns(rows), &settings, &mut |_| ()).expect("a usable history").model
}

/// Offset and spread that an article has of which nothing but its brand is known.
fn expected(model: &Model, article: &Article) -> [Gaussian; 2] {
    let (brand, group) = (&model.brands[article.brand as usize], &model.groups[model.group_of(article)]);
    [brand.offset.widen(group.offset_variance[1]), brand.spread.widen(group.spread_variance[1])]
}

/// How many customers bought each article, and each of its sizes; pending purchases are no evidence.
fn customers(rows: &[Row]) -> (BTreeMap<u64, usize>, BTreeMap<(u64, String), usize>) {
    let mut articles: BTreeMap<u64, BTreeSet<&str>> = BTreeMap::new();
    let mut sizes: BTreeMap<(u64, String), BTreeSet<&str>> = BTreeMap::new();
    for row in rows.iter().filter(|r| r.outcome != Outcome::Pending) {
        let key = article_key(&row.article);
        articles.entry(key).or_default().insert(&row.customer);
        sizes.entry((key, row.size.clone())).or_default().insert(&row.customer);
    }
    let count = |(key, of): (_, BTreeSet<&str>)| (key, of.len());
    (articles.into_iter().map(count).collect(), sizes.into_iter().map(|(key, of)| (key, of.len())).collect())
}

#[test]
fn fewer_than_the_least_are_not_seen() {
    let rows = draw(5, 60, 12, 2);
    let (by_article, by_size) = customers(&rows);
    let mut counts: Vec<usize> = by_article.values().copied().collect();
    counts.sort_unstable();
    // Some articles below, some not.
    let least = counts[counts.len() / 2];
    let (all, some) = (published(&rows, 1), published(&rows, least));
    let (mut hidden, mut shown, mut hidden_sizes) = (0, 0, 0);
    for (before, after) in all.articles.iter().zip(&some.articles) {
        let beliefs = [after.offset, after.spread];
        if by_article.get(&after.key).is_none_or(|&n| n < least) {
            assert_eq!(beliefs, expected(&some, after));
            hidden += 1;
        } else {
            assert_eq!(beliefs, [before.offset, before.spread]);
            assert_ne!(beliefs, expected(&some, after));
            shown += 1;
        }
        let prior = Gaussian::new(0.0, some.groups[some.group_of(after)].offset_variance[2]);
        for (before, size) in before.sizes.iter().zip(&after.sizes) {
            let label = &some.scales[usize::from(after.scale)].labels[usize::from(size.label)].text;
            if by_size.get(&(after.key, label.clone())).is_some_and(|&n| n < least) {
                assert_eq!(size.deviation, prior);
                hidden_sizes += usize::from(before.deviation != prior);
            }
        }
    }
    assert!(hidden > 2 && shown > 2 && hidden_sizes > 2, "{hidden} {shown} {hidden_sizes}");
}

#[test]
fn where_nobody_is_enough_only_the_group_speaks() {
    let rows = draw(5, 60, 12, 2);
    let model = published(&rows, 1_000_000);
    for brand in &model.brands {
        let group = &model.groups[usize::from(brand.group)];
        assert_eq!(brand.offset, Gaussian::new(0.0, group.offset_variance[0]));
        assert_eq!(brand.spread, Gaussian::new(0.0, group.spread_variance[0]));
    }
    assert!(model.articles.iter().all(|a| [a.offset, a.spread] == expected(&model, a)));
    let all = published(&rows, 1);
    let length = |model: &Model| inseam::format::write(model).expect("a model that can be written").len();
    assert!(length(&model) < length(&all));
}

#[test]
fn what_is_private_stays_as_it_is() {
    let rows = columns(&draw(5, 60, 12, 2));
    let of = |least_customers| {
        let settings = Settings { sweeps: 6, least_customers, ..Settings::default() };
        let trained = train(&rows, &settings, &mut |_| ()).expect("a usable history");
        (trained.customers, trained.events)
    };
    assert!(of(1) == of(50));
}
