//! Small models written by hand.

use inseam::Model;
use inseam::math::Gaussian;
use inseam::model::{
    AdviceRule, Article, ArticleSize, Brand, Choice, Group, Others, OutcomeTerms, PurchaseTerms,
    Returns, Scale, ScaleLabel, SizePrior, Trend, article_key,
};
use inseam::size::System;
use nalgebra::DMatrix;

/// Labels of every group's one scale: text, position, length, appeal.
const LABELS: [(&str, f64, f64, f64); 10] = [
    ("32", -3.0, 0.0, -0.3),
    ("34", -2.0, 0.0, 0.0),
    ("36", -1.0, 0.0, 0.2),
    ("36 Petite", -1.0, -1.0, -0.6),
    ("38", 0.0, 0.0, 0.1),
    ("38 Long", 0.0, 1.1, -0.4),
    ("40", 1.0, 0.0, 0.0),
    ("40 Long", 1.1, 0.9, -0.5),
    ("42", 2.0, 0.0, -0.4),
    ("44", 3.0, 0.0, -0.2),
];
/// Offset, spread (mean and variance) of every group's articles; all different.
const ARTICLES: [[f64; 4]; 8] = [
    [0.0, 0.04, 0.0, 0.03],
    [-0.6, 0.10, 0.2, 0.05],
    [0.5, 0.02, -0.2, 0.02],
    [0.2, 0.25, 0.1, 0.08],
    [-0.1, 0.06, 0.0, 0.04],
    [0.3, 0.08, 0.1, 0.05],
    [0.1, 0.05, -0.1, 0.03],
    [-0.2, 0.09, 0.0, 0.04],
];
/// Labels of an article: those without length; a single one of them for the sixth article, all
/// labels for the last two.
const SOLD: [&[usize]; 8] = [&PLAIN, &PLAIN, &PLAIN, &PLAIN, &PLAIN, &[6], &ALL, &ALL];
const PLAIN: [usize; 7] = [0, 1, 2, 4, 6, 8, 9];
const ALL: [usize; 10] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

fn group(name: &str, intercept: f64, variance: f64) -> Group {
    Group {
        name: name.into(),
        size: SizePrior { intercept, coefficients: vec![], variance },
        outcome: OutcomeTerms {
            // 1, x, x^2.
            terms: [[-1.2, 0.05, 0.01], [-1.1, -0.04, 0.02]],
            slope: 0.8,
            chosen_slope: 0.6,
            advised: [0.05, -0.1],
        },
        purchase: PurchaseTerms {
            // 1, x, x^2, |e|, e^2.
            terms: [[-1.2, 0.05, 0.01, 0.15, 0.02], [-1.1, -0.04, 0.02, 0.1, 0.03]],
            lean: 0.06,
            size: 0.5,
            garment: 0.7,
            fussiness: 0.9,
            preference: 1.1,
            spread: 0.8,
        },
        choice: Choice {
            scale: 0.7,
            awareness: 0.4,
            others: Others { share: 0.04, mean: 0.2, variance: 3.0 },
        },
        advice: AdviceRule { weight: 2.0, reach: 1 },
        // Phi(-0.5244) = 0.3 of the purchases come back for other reasons, independent of the
        // customer (see the trait below).
        returns: Returns {
            intercept: -0.5244,
            article_variance: 1e-9,
            unexplained: 1.0,
            bracketed: 0.0,
        },
        offset_variance: [0.1, 0.1].into(),
        grade_variance: 0.01,
        spread_variance: [0.03, 0.03].into(),
    }
}

/// A model with one or two fit groups, "dress" and "top", whose latent sizes have correlation 0.6,
/// and with articles "dress-0" to "dress-7" ...
pub(crate) fn model(groups: usize) -> Model {
    let groups = [group("dress", 0.3, 2.2), group("top", -0.4, 1.6)][..groups].to_vec();
    let covariance = DMatrix::from_fn(groups.len(), groups.len(), |i, j| {
        let both = groups[i].size.variance * groups[j].size.variance;
        if i == j { groups[i].size.variance } else { 0.6 * both.sqrt() }
    });
    let (mut scales, mut brands, mut articles) = (Vec::new(), Vec::new(), Vec::new());
    for (g, group) in groups.iter().enumerate() {
        let label = |(text, position, length, appeal): (&str, _, _, _)| ScaleLabel {
            text: text.into(),
            position,
            length,
            appeal,
            thresholds: [0.05 * position, 0.1 - 0.04 * position],
        };
        let labels = LABELS.into_iter().map(label).collect();
        scales.push(Scale { group: g as u16, system: System::Eu, noise: 1.0, labels });
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
                popularity: [0.15, -0.1, 0.0, 0.05][label % 4],
            };
            articles.push(Article {
                key: article_key(&format!("{}-{a}", group.name)),
                brand: g as u32,
                scale: g as u16,
                offset: Gaussian::new(offset, of_offset),
                grade: Gaussian::new(0.05 - 0.02 * a as f64, 0.004),
                choice_offset: 0.04 * a as f64 - 0.12,
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
        // All customers are equally ready to return, because the quadrature leaves that latent out.
        traits: [prior(0.0, 0.3), prior(0.1, 0.12), prior(-0.2, 1.0), prior(0.0, 1e-9)],
        trend: Trend::default(),
        measurements: vec![],
        scales,
        brands,
        articles,
    }
}
