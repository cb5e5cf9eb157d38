//! Small models made by hand.

use inseam::Model;
use inseam::math::Gaussian;
use inseam::model::{
    Article, ArticleSize, Brand, Choice, Group, OutcomeTerms, Scale, ScaleLabel, SizePrior, article_key,
};
use inseam::size::System;
use nalgebra::DMatrix;

/// Labels of every group's one scale, from -3 steps up by one each.
const LABELS: [&str; 7] = ["32", "34", "36", "38", "40", "42", "44"];
/// Offset, spread (mean and variance) of every group's articles; all different.
const ARTICLES: [[f64; 4]; 6] = [
    [0.0, 0.04, 0.0, 0.03],
    [-0.6, 0.10, 0.2, 0.05],
    [0.5, 0.02, -0.2, 0.02],
    [0.2, 0.25, 0.1, 0.08],
    [-0.1, 0.06, 0.0, 0.04],
    [0.3, 0.08, 0.1, 0.05],
];
/// Labels an article is sold in: all, but the last article's only one.
const SOLD: [&[usize]; 6] = [&ALL, &ALL, &ALL, &ALL, &ALL, &[4]];
const ALL: [usize; 7] = [0, 1, 2, 3, 4, 5, 6];

fn group(name: &str, intercept: f64, variance: f64) -> Group {
    Group {
        name: name.into(),
        size: SizePrior { intercept, coefficients: vec![], variance },
        outcome: OutcomeTerms {
            intercept: [-1.3, -1.4],
            linear: [0.05, -0.04],
            quadratic: [0.01, 0.02],
            slope: 0.8,
            chosen_slope: 0.6,
            unrelated: 0.3,
        },
        choice: Choice { scale: 0.7, popularity: 0.5, awareness: 0.4 },
        offset_variance: [0.1, 0.1, 0.03],
        spread_variance: [0.03, 0.03],
    }
}

/// A model of one or two fit groups, "dress" and "top", latent sizes correlating at 0.6; articles "dress-0" to "dress-5" ...
pub(crate) fn model(groups: usize) -> Model {
    let groups = [group("dress", 0.3, 2.2), group("top", -0.4, 1.6)][..groups].to_vec();
    let covariance = DMatrix::from_fn(groups.len(), groups.len(), |i, j| {
        let both = groups[i].size.variance * groups[j].size.variance;
        if i == j { groups[i].size.variance } else { 0.6 * both.sqrt() }
    });
    let (mut scales, mut brands, mut articles) = (Vec::new(), Vec::new(), Vec::new());
    for (g, group) in groups.iter().enumerate() {
        let label = |(i, text): (usize, &&str)| ScaleLabel { text: (*text).into(), position: i as f64 - 3.0 };
        scales.push(Scale {
            group: g as u16,
            system: System::Eu,
            labels: LABELS.iter().enumerate().map(label).collect(),
        });
        brands.push(Brand {
            name: "Alba".into(),
            category: String::new(),
            group: g as u16,
            offset: Gaussian::new(0.0, 0.05),
            spread: Gaussian::new(0.0, 0.02),
        });
        for (a, [offset, of_offset, spread, of_spread]) in ARTICLES.into_iter().enumerate() {
            let size = |&label: &usize| ArticleSize {
                label: label as u16,
                log_share: -1.9,
                deviation: Gaussian::new(0.1 * (label as f64 - 3.0), 0.02),
            };
            articles.push(Article {
                key: article_key(&format!("{}-{a}", group.name)),
                brand: g as u32,
                scale: g as u16,
                offset: Gaussian::new(offset, of_offset),
                spread: Gaussian::new(spread, of_spread),
                sizes: SOLD[a].iter().map(size).collect(),
            });
        }
    }
    articles.sort_by_key(|a| a.key);
    let prior = |intercept, variance| SizePrior { intercept, coefficients: vec![], variance };
    Model {
        groups,
        covariance,
        fussiness: prior(0.0, 0.3),
        preference: prior(0.1, 0.12),
        measurements: vec![],
        scales,
        brands,
        articles,
    }
}
