//! The bound on the error of storing beliefs: no chance of an outcome changes by more than .002.

use crate::random::Random;
use crate::shop::{group, scale, small};
use inseam::Model;
use inseam::format::{read, write};
use inseam::infer::{Purchase, posterior};
use inseam::math::Gaussian;
use inseam::model::{Article, ArticleSize, Features, article_key};
use inseam::outcome::Outcome;
use inseam::recommend::{Request, size_chances};
use inseam::size::System;
use nalgebra::DMatrix;

/// The bound in model/format.md.
const BOUND: f64 = 0.002;

/// A shop with 200 articles, whose beliefs cover the range that training can reach and more:
/// variances up to 1.
fn shop(seed: u64) -> Model {
    let mut r = Random::new(seed);
    let mut model = small();
    model.groups = vec![group("dress", 0.0, 0)];
    model.measurements.clear();
    model.traits.iter_mut().for_each(|t| t.coefficients.clear());
    let only = &mut model.groups[0];
    let root = r.between(0.02, 1.0);
    only.outcome.slope = 4.0 * root * root;
    only.outcome.chosen_slope = only.outcome.slope * r.between(-1.0, 1.0);
    for terms in &mut only.outcome.terms {
        *terms = [r.between(-2.5, 0.0), r.between(-0.2, 0.2), r.between(-0.05, 0.05)];
    }
    // The customer's size is known well, so that the chances are sensitive.
    only.size.variance = 0.01;
    model.covariance = DMatrix::from_element(1, 1, 0.01);
    for (trait_, variance) in model.traits.iter_mut().zip([0.001, 0.001, 1.0, 0.1]) {
        (trait_.intercept, trait_.variance) = (r.between(-0.5, 0.5), variance);
    }
    model.scales = vec![scale(
        0,
        System::Eu,
        &[("30", -4.0), ("34", -2.0), ("38", 0.0), ("40", 1.0), ("42", 2.0), ("46", 4.0)],
    )];
    model.brands.truncate(1);
    let mut belief = |spread: f64| {
        let sd = r.between(0.01, 1.0);
        Gaussian::new(r.between(-spread, spread), sd * sd)
    };
    model.articles = (0..200)
        .map(|i| Article {
            key: article_key(&format!("{seed}-{i}")),
            brand: 0,
            scale: 0,
            offset: belief(3.0),
            grade: belief(0.2),
            spread: belief(1.0),
            choice_offset: 0.0,
            sizes: (0..6).map(|label| ArticleSize { label, popularity: 0.0 }).collect(),
        })
        .collect();
    model.articles.sort_by_key(|a| a.key);
    model
}

#[test]
fn storing_changes_no_chance_by_more_than_the_bound() {
    let mut largest = 0.0_f64;
    for seed in 0..12 {
        let model = shop(seed);
        let back = read(&write(&model).unwrap()).unwrap();
        let history = Purchase {
            group: Some("dress"),
            system: System::Eu,
            size: "38",
            ..Purchase::default()
        };
        let histories = [vec![], vec![Purchase { outcome: Outcome::TooSmall, ..history }; 2]];
        for history in histories {
            let [before, after] =
                [&model, &back].map(|m| posterior(m, &history, &Features::default()));
            for (a, b) in model.articles.iter().zip(&back.articles) {
                let [a, b] = [Request::new(&model, &before, a), Request::new(&back, &after, b)]
                    .map(|request| size_chances(&request));
                for (a, b) in a.iter().zip(&b) {
                    for (x, y) in
                        [(a.too_small, b.too_small), (a.fits, b.fits), (a.too_large, b.too_large)]
                    {
                        largest = largest.max((x - y).abs());
                    }
                }
            }
        }
    }
    println!("largest change of a chance: {largest:.5}");
    assert!(largest <= BOUND, "{largest}");
    assert!(largest > BOUND / 10.0, "{largest}: the codes are finer than necessary");
}

/// Bytes an article of a file with 20,000 articles of six sizes, with or without evidence on the
/// articles and on their sizes.
fn bytes_per_article(r: &mut Random, known: bool, known_sizes: bool) -> f64 {
    let mut model = small();
    model.scales.push(scale(
        0,
        System::Us,
        &[("0", 0.0), ("2", 1.0), ("4", 2.0), ("6", 3.0), ("8", 4.0), ("10", 5.0)],
    ));
    let mut articles: Vec<Article> =
        (0..20_000).map(|i| typical_article(r, &model, i, known, known_sizes)).collect();
    articles.sort_by_key(|a| a.key);
    model.articles = articles;
    let bytes = write(&model).unwrap();
    assert_eq!(read(&bytes).unwrap().articles.len(), 20_000);
    bytes.len() as f64 / 20_000.0
}

/// A random posterior for this prior: more purchases make it narrower, and its mean moves by the
/// variance that they explain.
fn typical_posterior(r: &mut Random, prior: Gaussian) -> Gaussian {
    let variance = r.between(0.1, 0.95) * prior.variance();
    let explained = prior.variance() - variance;
    let moved = explained.sqrt() * (0..4).map(|_| r.between(-0.87, 0.87)).sum::<f64>();
    Gaussian::new(prior.mean() + moved, variance)
}

fn typical_article(
    r: &mut Random,
    model: &Model,
    i: usize,
    known: bool,
    known_sizes: bool,
) -> Article {
    let brand = [0, 2][r.below(2)];
    let (parent, group) = (&model.brands[brand as usize], &model.groups[0]);
    let mut belief = |prior: Gaussian, known: bool| {
        if known { typical_posterior(r, prior) } else { prior }
    };
    let offset = belief(parent.offset.widen(group.offset_variance.article), known);
    let spread = belief(parent.spread.widen(group.spread_variance.article), known);
    let grade = belief(Gaussian::new(0.0, group.grade_variance), known);
    let sizes = (0..6).map(|label| ArticleSize {
        label,
        popularity: if known_sizes { r.between(-2.0, 2.0) } else { 0.0 },
    });
    let sizes = sizes.collect();
    let choice_offset = if known { r.between(-0.5, 0.5) } else { 0.0 };
    let key = article_key(&format!("A{i}"));
    Article { key, brand, scale: 3, offset, grade, spread, choice_offset, sizes }
}

/// The format's goal: a million articles in 32 MB, and half as much without evidence on sizes.
#[test]
fn an_article_takes_few_bytes() {
    let mut r = Random::new(11);
    let [all, article, nothing] = [(true, true), (true, false), (false, false)]
        .map(|(known, known_sizes)| bytes_per_article(&mut r, known, known_sizes));
    println!(
        "bytes an article: {all:.2} with evidence on it and its sizes, {article:.2} on it alone, {nothing:.2} without"
    );
    assert!(all <= 32.0 && article <= 16.0 && nothing <= 12.0, "{all} {article} {nothing}");
}
