//! What is written is read again, exactly where it can be and within the stated errors where not.

use crate::shop::{Random, group, minimal, random, scale, small};
use crate::surgery::{in_blocks, refused};
use inseam::format::{head_checksum, read, write};
use inseam::math::Gaussian;
use inseam::model::{Article, ArticleSize, MAX_GROUPS, Model, article_key};
use inseam::size::System;
use nalgebra::DMatrix;

#[test]
fn what_is_exact_comes_back_unchanged() {
    for model in [minimal(), small()] {
        let bytes = write(&model).unwrap();
        assert_eq!(read(&bytes).unwrap(), model);
    }
    let model = read(&write(&small()).unwrap()).unwrap();
    assert_eq!(model.article("SKU-3").unwrap().brand, 2);
    assert_eq!(model.article("SKU-5"), None);
}

#[test]
fn writing_what_was_read_gives_the_same_bytes() {
    for seed in 0..60 {
        let model = random(seed, [0, 1, 7, 100, 700][seed as usize % 5]);
        let bytes = write(&model).unwrap_or_else(|e| panic!("seed {seed}: {e}"));
        let back = read(&bytes).unwrap_or_else(|e| panic!("seed {seed}: {e}"));
        assert_eq!(write(&back).unwrap(), bytes, "seed {seed}");
        within_bounds(&model, &back);
    }
}

fn within_bounds(model: &Model, back: &Model) {
    assert_eq!(model.covariance, back.covariance);
    assert_eq!(model.articles.len(), back.articles.len());
    let texts =
        |m: &Model| -> Vec<String> { m.scales.iter().flat_map(|s| s.labels.iter().map(|l| l.text.clone())).collect() };
    assert_eq!(texts(model), texts(back));
    let near = |a: Gaussian, b: Gaussian| {
        assert!((a.mean().clamp(-16.0, 15.9996) - b.mean()).abs() <= 1.0 / 4096.0 + 1e-9, "{a:?} {b:?}");
        let clamped = if a.precision == 0.0 { 0.0 } else { a.precision.min(1_099_511_627_776.0) };
        assert!((clamped - b.precision).abs() <= clamped / 256.0, "{a:?} {b:?}");
    };
    for (a, b) in model.articles.iter().zip(&back.articles) {
        assert_eq!((a.key, a.brand, a.scale, a.sizes.len()), (b.key, b.brand, b.scale, b.sizes.len()));
        near(a.offset, b.offset);
        near(a.spread, b.spread);
        for (x, y) in a.sizes.iter().zip(&b.sizes) {
            assert_eq!(x.label, y.label);
            near(x.deviation, y.deviation);
        }
    }
}

#[test]
fn many_articles_make_several_blocks() {
    let bytes = write(&random(3, 700)).unwrap();
    let blocks = u32::from_le_bytes(bytes[16..20].try_into().unwrap());
    assert!(blocks >= 4, "{blocks}");
    assert_eq!(read(&bytes).unwrap().articles.len(), 700);
}

#[test]
fn a_reader_takes_any_number_of_blocks() {
    let bytes = write(&small()).unwrap();
    assert_eq!(in_blocks(&bytes, 0), bytes);
    for bits in [1, 2, 3, 10, 16] {
        assert_eq!(read(&in_blocks(&bytes, bits)).unwrap(), small(), "2^{bits} blocks");
    }
    assert!(read(&in_blocks(&bytes, 17)).is_err());
}

#[test]
fn the_most_groups() {
    let mut model = minimal();
    model.groups = (0..MAX_GROUPS).map(|i| group(&format!("group {i}"), 0.0, 0)).collect();
    model.covariance = DMatrix::from_diagonal_element(MAX_GROUPS, MAX_GROUPS, 4.0);
    assert_eq!(read(&write(&model).unwrap()).unwrap(), model);
    model.groups.push(group("one more", 0.0, 0));
    model.covariance = DMatrix::from_diagonal_element(MAX_GROUPS + 1, MAX_GROUPS + 1, 4.0);
    refused(write(&model), 33, "fit groups: 33 of them, and at most 32 may be");
}

#[test]
fn the_head_names_the_model() {
    let (one, other) = (write(&small()).unwrap(), write(&minimal()).unwrap());
    assert_eq!(head_checksum(&one), head_checksum(&one));
    assert_ne!(head_checksum(&one), head_checksum(&other));
    let mut moved = small();
    moved.articles[0].offset = Gaussian::new(-0.25, 0.125);
    assert_ne!(head_checksum(&one), head_checksum(&write(&moved).unwrap()));
}

/// A shop for the writer's refusals: `change` breaks it.
fn broken(change: impl Fn(&mut Model)) -> Result<Vec<u8>, inseam::Error> {
    let mut model = small();
    change(&mut model);
    write(&model)
}

#[test]
fn a_broken_model_is_not_written() {
    let cases: Vec<(&str, Result<Vec<u8>, inseam::Error>)> = vec![
        ("is not in ascending order", broken(|m| m.articles.swap(0, 3))),
        ("is not in ascending order", broken(|m| m.articles[1].key = m.articles[0].key)),
        ("an article's brand is 9, and there are 3", broken(|m| m.articles[0].brand = 9)),
        ("an article has 0 sizes", broken(|m| m.articles[0].sizes.clear())),
        ("an article's offset is not a belief", broken(|m| m.articles[0].offset.precision = -1.0)),
        ("an article's spread is not a belief", broken(|m| m.articles[0].spread.precision_mean = f64::NAN)),
        ("what a missing measurement adds must be at least 0", broken(|m| m.measurements[0].missing = -0.5)),
        ("has length 65 and appeal", broken(|m| m.scales[0].labels[0].length = 65.0)),
        ("appeal -65, beyond +-64", broken(|m| m.scales[0].labels[2].appeal = -65.0)),
        ("an outcome term is not finite", broken(|m| m.groups[1].outcome.terms[1][0] = f64::NAN)),
        ("brand \"Alba\" has no belief", broken(|m| m.brands[1].offset.precision = f64::INFINITY)),
        ("a size label's position is not finite", broken(|m| m.scales[0].labels[2].position = 1e300)),
        ("the covariance is not symmetric", broken(|m| m.covariance[(0, 1)] = 0.0)),
        (
            "the covariance is not positive definite",
            broken(|m| {
                m.covariance.fill(4.0);
                m.groups[1].size.variance = 4.0;
            }),
        ),
        ("has another variance", broken(|m| m.groups[0].size.variance = 4.5)),
        ("a covariance of 1 x 1 for 2 fit groups", broken(|m| m.covariance = DMatrix::zeros(1, 1))),
        ("4 coefficients for 13", broken(|m| m.groups[0].size.coefficients.truncate(4))),
        ("a trait's variance must be above 0", broken(|m| m.traits[2].variance = 0.0)),
        ("two size labels \"S\"", broken(|m| m.scales[1].labels[1].text = "S".into())),
        ("a brand's name: 1025 of them", broken(|m| m.brands[0].name = "x".repeat(1025))),
        ("two fit groups are named", broken(|m| m.groups[1].name = m.groups[0].name.clone())),
    ];
    for (expected, result) in cases {
        let got = result.unwrap_err().to_string();
        assert!(got.contains(expected), "{got}, not {expected}");
    }
}

#[test]
fn a_hundred_thousand_articles() {
    let mut r = Random::new(9);
    let mut model = small();
    model.scales.push(scale(0, System::Us, &[("0", 0.0), ("2", 1.0), ("4", 2.0), ("6", 3.0), ("8", 4.0), ("10", 5.0)]));
    model.articles = (0..100_000)
        .map(|i| Article {
            key: article_key(&format!("A{i}")),
            brand: 0,
            scale: 3,
            offset: r.belief(),
            spread: r.belief(),
            sizes: (0..6).map(|label| ArticleSize { label, deviation: r.belief(), popularity: 0.0 }).collect(),
        })
        .collect();
    model.articles.sort_by_key(|a| a.key);
    let bytes = write(&model).unwrap();
    let per_article = bytes.len() as f64 / 100_000.0;
    assert!(per_article < 60.2, "{per_article} bytes an article");
    let back = read(&bytes).unwrap();
    for i in (0..100_000).step_by(997) {
        assert!(back.article(&format!("A{i}")).is_some());
    }
}
