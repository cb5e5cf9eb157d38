//! The stated bound of what storing does: no chance of an outcome moves by more than .002.

use crate::shop::{Random, group, scale, small};
use inseam::Model;
use inseam::format::{read, write};
use inseam::infer::{Purchase, posterior};
use inseam::math::Gaussian;
use inseam::model::{Article, ArticleSize, Features, article_key};
use inseam::outcome::Outcome;
use inseam::recommend::{Request, size_chances};
use inseam::size::System;
use nalgebra::DMatrix;

/// What model/format.md promises.
const BOUND: f64 = 0.002;

/// A shop of 200 articles with beliefs all over the range that training can reach, and beyond it:
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
        *terms = [r.between(-2.5, 0.0), r.between(-0.2, 0.2), r.between(-0.05, 0.05), 0.0, 0.0];
    }
    // A customer who is known well: nothing blurs the chances.
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
            cut: 0.0,
            sizes: (0..6)
                .map(|label| ArticleSize { label, deviation: belief(1.0), popularity: 0.0 })
                .collect(),
        })
        .collect();
    model.articles.sort_by_key(|a| a.key);
    model
}

#[test]
fn storing_moves_no_chance_by_more_than_the_bound() {
    let mut most = 0.0_f64;
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
                        most = most.max((x - y).abs());
                    }
                }
            }
        }
    }
    println!("largest change of a chance: {most:.5}");
    assert!(most <= BOUND, "{most}");
    assert!(most > BOUND / 10.0, "{most}: finer than is needed, so larger than is needed");
}

/// What the format is for: a million articles in 32 MB, and half as much where nothing is known of
/// sizes.
#[test]
fn bytes_an_article() {
    let mut r = Random::new(11);
    let mut model = small();
    model.scales.push(scale(
        0,
        System::Us,
        &[("0", 0.0), ("2", 1.0), ("4", 2.0), ("6", 3.0), ("8", 4.0), ("10", 5.0)],
    ));
    let (brands, groups) = (model.brands.clone(), model.groups.clone());
    let parent = |brand: u32| &brands[brand as usize];
    let mut of = |known: bool, known_sizes: bool| {
        let mut articles: Vec<Article> = (0..20_000)
            .map(|i| {
                let brand = [0, 2][r.below(2)];
                let belief = |r: &mut Random, at: f64, prior: f64| {
                    // More purchases, narrower: the mean moves by what is left of the prior.
                    let left = r.between(0.1, 0.95) * prior;
                    let moved =
                        (prior - left).sqrt() * (0..4).map(|_| r.between(-0.87, 0.87)).sum::<f64>();
                    Gaussian::new(at + moved, left)
                };
                let usual = [
                    parent(brand).offset.widen(groups[0].offset_variance[1]),
                    parent(brand).spread.widen(groups[0].spread_variance[1]),
                ];
                let [offset, spread] = if known {
                    usual.map(|g| belief(&mut r, g.mean(), g.variance()))
                } else {
                    usual
                };
                let prior = groups[0].offset_variance[2];
                let sizes = (0..6).map(|label| match known_sizes {
                    true => ArticleSize {
                        label,
                        deviation: belief(&mut r, 0.0, prior),
                        popularity: r.between(-2.0, 2.0),
                    },
                    false => {
                        ArticleSize { label, deviation: Gaussian::new(0.0, prior), popularity: 0.0 }
                    }
                });
                let sizes = sizes.collect();
                let prior = groups[0].grade_variance;
                let (grade, cut) = match known {
                    true => (belief(&mut r, 0.0, prior), r.between(-0.5, 0.5)),
                    false => (Gaussian::new(0.0, prior), 0.0),
                };
                Article {
                    key: article_key(&format!("A{i}")),
                    brand,
                    scale: 3,
                    offset,
                    grade,
                    spread,
                    cut,
                    sizes,
                }
            })
            .collect();
        articles.sort_by_key(|a| a.key);
        model.articles = articles;
        let bytes = write(&model).unwrap();
        assert_eq!(read(&bytes).unwrap().articles.len(), 20_000);
        bytes.len() as f64 / 20_000.0
    };
    let [all, article, nothing] = [of(true, true), of(true, false), of(false, false)];
    println!(
        "bytes an article: {all:.2} with all six sizes known, {article:.2} itself alone, {nothing:.2} without history"
    );
    assert!(all <= 32.0 && article <= 16.0 && nothing <= 12.0, "{all} {article} {nothing}");
}
