//! Models for the tests of the format: a small one written by hand, and random ones.

use crate::random::Random;
use inseam::Model;
use inseam::math::Gaussian;
use inseam::model::{
    AdviceRule, Article, ArticleSize, Brand, Choice, Features, Group, Measurement, MeasurementKind,
    Others, OutcomeTerms, PurchaseTerms, Returns, Scale, ScaleLabel, SizePrior, Trend, article_key,
};
use inseam::size::System;
use nalgebra::DMatrix;

impl Random {
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * ((self.next() >> 11) as f64 / 9_007_199_254_740_992.0)
    }

    /// A belief. One in eight has no information, another one in eight is extreme.
    pub(crate) fn belief(&mut self) -> Gaussian {
        match self.below(8) {
            0 => Gaussian::FLAT,
            1 => Gaussian::new(self.between(-50.0, 50.0), 1e-14),
            _ => Gaussian::new(self.between(-3.0, 3.0), self.between(0.001, 2.0)),
        }
    }

    pub(crate) fn text(&mut self) -> String {
        let letters: Vec<char> = "abcXYZ 0189/äß€袖👗".chars().collect();
        (0..self.below(12)).map(|_| letters[self.below(letters.len())]).collect()
    }
}

pub(crate) fn group(name: &str, intercept: f64, features: usize) -> Group {
    Group {
        name: name.into(),
        size: SizePrior {
            intercept,
            coefficients: (0..features).map(|i| 0.125 * (i as f64 + 1.0)).collect(),
            variance: 4.0,
        },
        outcome: OutcomeTerms {
            terms: [terms(-1.25, 0.0625), terms(-1.5, 0.125)],
            slope: 0.640_625,
            chosen_slope: 0.5625,
            advised: [0.34375, -0.40625],
        },
        purchase: PurchaseTerms {
            terms: [terms(-1.75, 0.03125), terms(-2.0, 0.015_625)],
            lean: 0.03125,
            size: 0.515_625,
            garment: 0.578_125,
            fussiness: 0.921_875,
            preference: 1.078_125,
            spread: 0.890_625,
        },
        choice: Choice {
            scale: 0.8125,
            awareness: 0.4375,
            others: Others { share: 0.039_062_5, mean: 0.703_125, variance: 2.343_75 },
        },
        advice: AdviceRule { weight: 4.0, reach: 2 },
        returns: Returns {
            intercept: -1.062_5,
            article_variance: 0.171_875,
            unexplained: 0.375,
            bracketed: 0.03125,
        },
        offset_variance: [0.1875, 0.21875].into(),
        grade_variance: 0.015_625,
        spread_variance: [0.046_875, 0.054_687_5].into(),
    }
}

/// Terms, all different: `first`, `first` + `step` ...
fn terms<const N: usize>(first: f64, step: f64) -> [f64; N] {
    std::array::from_fn(|i| first + step * i as f64)
}

pub(crate) fn scale(group: u16, system: System, labels: &[(&str, f64)]) -> Scale {
    let label = |&(text, position): &(&str, f64)| ScaleLabel {
        text: text.into(),
        position,
        length: 0.25 * position,
        appeal: 0.03125 - position,
        thresholds: [0.078_125 * position, 0.125 - position],
    };
    Scale { group, system, noise: 1.25, labels: labels.iter().map(label).collect() }
}

fn brand(name: &str, category: &str, group: u16) -> Brand {
    let offset = Gaussian::new(0.75, 0.0625);
    Brand {
        name: name.into(),
        category: category.into(),
        group,
        offset,
        spread: Gaussian::new(-0.125, 0.015_625),
    }
}

fn article(id: &str, brand: u32, scale: u16, labels: &[u16]) -> Article {
    let sizes = labels
        .iter()
        .map(|&label| ArticleSize { label, popularity: 0.25 - 0.5 * f64::from(label) });
    let (offset, spread) = (Gaussian::new(-0.5, 0.140_625), Gaussian::new(0.25, 0.25));
    let (grade, choice_offset) = (Gaussian::new(0.0625, 0.015_625), -0.21875);
    Article {
        key: article_key(id),
        brand,
        scale,
        offset,
        grade,
        spread,
        choice_offset,
        sizes: sizes.collect(),
    }
}

/// A model with one fit group and nothing else.
pub(crate) fn minimal() -> Model {
    let mut only = group("g", 0.5, 0);
    only.size.variance = 1.0;
    Model {
        groups: vec![only],
        covariance: DMatrix::from_element(1, 1, 1.0),
        traits: [(0.0, 0.25), (0.5, 0.125), (-0.25, 1.0), (0.0, 0.25)]
            .map(|(intercept, variance)| SizePrior { intercept, coefficients: vec![], variance }),
        trend: Trend::default(),
        measurements: vec![],
        scales: vec![],
        brands: vec![],
        articles: vec![],
    }
}

/// A model with two fit groups, measurements of both types, three scales and four articles, whose
/// numbers the file stores exactly.
pub(crate) fn small() -> Model {
    let measurements = vec![
        Measurement {
            name: "height".into(),
            kind: MeasurementKind::Numeric { mean: 165.25, sd: 7.125 },
            missing: 0.296_875,
        },
        Measurement {
            name: "shape".into(),
            kind: MeasurementKind::Categorical { levels: vec!["apple".into(), "pear".into()] },
            missing: 0.0,
        },
        Measurement {
            name: "age".into(),
            kind: MeasurementKind::Numeric { mean: 39.5, sd: 11.25 },
            missing: 0.5,
        },
    ];
    let features = Features::width(&measurements);
    let mut shoe = group("shoe", -0.5, features);
    shoe.outcome.slope = 0.875;
    shoe.size.variance = 2.0;
    let mut articles = vec![
        article("SKU-1", 0, 0, &[0, 1, 2]),
        article("SKU-2", 1, 2, &[1]),
        article("SKU-3", 2, 1, &[0, 2]),
        article("SKU-4", 0, 1, &[1, 2]),
    ];
    articles.sort_by_key(|a| a.key);
    Model {
        groups: vec![group("dress", 0.5, features), shoe],
        covariance: DMatrix::from_row_slice(2, 2, &[4.0, 1.375, 1.375, 2.0]),
        traits: [
            (0.0625, 0.0, 0.28125),
            (-0.0625, 0.25, 0.34375),
            (0.09375, 0.5, 1.0),
            (0.15625, 0.0, 0.40625),
        ]
        .map(|(intercept, each, variance)| SizePrior {
            intercept,
            coefficients: vec![each; features],
            variance,
        }),
        trend: Trend { days: vec![-3, 20_000], values: vec![[0.25, -0.125], [0.0, 0.0]] },
        measurements,
        scales: vec![
            scale(0, System::Eu, &[("36", -1.0), ("38", 0.0), ("40", 1.0)]),
            scale(0, System::Unspecified, &[("S", -1.5), ("M", 0.5), ("L", 2.5)]),
            scale(1, System::De, &[("41", 0.0), ("42 2/3", 1.6875)]),
        ],
        brands: vec![brand("Alba", "gown", 0), brand("Alba", "", 1), brand("", "", 0)],
        articles,
    }
}

/// A random model with about this number of articles, whose numbers the file has to round.
pub(crate) fn random(seed: u64, articles: usize) -> Model {
    let mut r = Random::new(seed);
    let g = 1 + r.below(5);
    let measurements = random_measurements(&mut r);
    let features = Features::width(&measurements);
    let factor = DMatrix::from_fn(g, g, |_, _| r.between(-1.0, 1.0));
    let mut covariance = &factor * factor.transpose() + DMatrix::identity(g, g);
    covariance.fill_upper_triangle_with_lower_triangle();
    let mut prior = |variance| SizePrior {
        intercept: r.between(-2.0, 2.0),
        coefficients: (0..features).map(|_| r.between(-1.0, 1.0)).collect(),
        variance,
    };
    let traits = [prior(0.3), prior(0.1), prior(1.0), prior(0.2)];
    let groups: Vec<Group> = (0..g)
        .map(|i| Group {
            size: prior(covariance[(i, i)]),
            ..group(&format!("group {i}"), 0.0, features)
        })
        .collect();
    let (mut scales, mut brands) = (Vec::new(), Vec::new());
    for group in 0..g as u16 {
        for _ in 0..1 + r.below(3) {
            scales.push(random_scale(&mut r, group));
        }
        for _ in 0..1 + r.below(5) {
            let (name, category) = (r.text(), r.text());
            brands.push(Brand { name, category, group, offset: r.belief(), spread: r.belief() });
        }
    }
    let mut articles: Vec<Article> =
        (0..articles).map(|_| random_article(&mut r, &groups, &scales, &brands)).collect();
    articles.sort_by_key(|a| a.key);
    articles.dedup_by_key(|a| a.key);
    let trend =
        Trend { days: vec![1, 17_000], values: vec![[r.between(-1.0, 1.0), 0.1], [0.0, 0.0]] };
    Model { groups, covariance, traits, trend, measurements, scales, brands, articles }
}

fn random_measurements(r: &mut Random) -> Vec<Measurement> {
    let mut measurements = Vec::new();
    for i in 0..r.below(4) {
        let kind = if r.below(2) == 0 {
            MeasurementKind::Numeric { mean: r.between(-90.0, 90.0), sd: r.between(0.1, 9.0) }
        } else {
            MeasurementKind::Categorical {
                levels: (0..r.below(5)).map(|l| format!("{l} {}", r.text())).collect(),
            }
        };
        let missing = r.between(0.0, 2.0);
        measurements.push(Measurement { name: format!("{i} {}", r.text()), kind, missing });
    }
    measurements
}

fn random_scale(r: &mut Random, group: u16) -> Scale {
    let mut position = r.between(-5.0, 0.0);
    let labels: Vec<ScaleLabel> = (0..1 + r.below(30))
        .map(|l| {
            position += r.between(0.0, 1.0);
            let (length, appeal) = (r.between(-64.0, 64.0), r.between(-64.0, 64.0));
            let thresholds = [r.between(-1.0, 1.0), r.between(-1.0, 1.0)];
            ScaleLabel { text: format!("{l}:{}", r.text()), position, length, appeal, thresholds }
        })
        .collect();
    let noise = r.between(0.0625, 16.0);
    Scale { group, system: System::ALL[r.below(System::ALL.len())], noise, labels }
}

fn random_article(r: &mut Random, groups: &[Group], scales: &[Scale], brands: &[Brand]) -> Article {
    let brand = r.below(brands.len());
    let of_group: Vec<usize> =
        (0..scales.len()).filter(|&s| scales[s].group == brands[brand].group).collect();
    let scale = of_group[r.below(of_group.len())];
    let labels = scales[scale].labels.len();
    let first = r.below(labels);
    let mut sizes = Vec::new();
    for label in first..labels {
        if label == first || r.below(3) > 0 {
            sizes.push(ArticleSize { label: label as u16, popularity: r.between(-9.0, 9.0) });
        }
    }
    let key = r.next() >> 12;
    let parent = &brands[brand];
    let group = &groups[usize::from(parent.group)];
    let prior = [
        parent.offset.widen(group.offset_variance.article),
        parent.spread.widen(group.spread_variance.article),
    ];
    // A quarter of the articles have no evidence of their own.
    let unseen = r.below(4) == 0;
    let [offset, spread] = if unseen { prior } else { [r.belief(), r.belief()] };
    let grade_prior = Gaussian::new(0.0, group.grade_variance);
    let (grade, choice_offset) =
        if unseen { (grade_prior, 0.0) } else { (r.belief(), r.between(-3.0, 3.0)) };
    let (brand, scale) = (brand as u32, scale as u16);
    Article { key, brand, scale, offset, grade, spread, choice_offset, sizes }
}
