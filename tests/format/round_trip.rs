//! Models come back from their bytes: exactly if possible, otherwise within the stated errors.

use crate::shop::{group, minimal, random, small};
use crate::surgery::refused;
use inseam::format::{Head, head_checksum, head_length, read, write, write_in_blocks};
use inseam::math::Gaussian;
use inseam::model::{MAX_GROUPS, Model};
use nalgebra::DMatrix;

#[test]
fn exact_numbers_come_back_unchanged() {
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
    for seed in 0..30 {
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
    let texts = |m: &Model| -> Vec<String> {
        m.scales.iter().flat_map(|s| s.labels.iter().map(|l| l.text.clone())).collect()
    };
    assert_eq!(texts(model), texts(back));
    let near = |a: Gaussian, b: Gaussian, unit: f64| {
        assert!((a.mean() - b.mean()).abs() <= unit / 2.0 + 1e-9, "{a:?} {b:?}");
        // A standard deviation is from one unit to 2^24 units.
        let sd = a.sd().clamp(2.0 * unit, 16_777_216.0 * 2.0 * unit);
        assert!((sd - b.sd()).abs() <= unit * (1.0 + 1e-9), "{a:?} {b:?}");
    };
    for (a, b) in model.articles.iter().zip(&back.articles) {
        assert_eq!(
            (a.key, a.brand, a.scale, a.sizes.len()),
            (b.key, b.brand, b.scale, b.sizes.len())
        );
        // The slope of every random group is .640625.
        near(a.offset, b.offset, 1.0 / 512.0);
        near(a.spread, b.spread, 1.0 / 512.0);
        for (x, y) in a.sizes.iter().zip(&b.sizes) {
            assert_eq!(x.label, y.label);
            assert!((x.popularity.clamp(-7.9375, 7.9375) - y.popularity).abs() <= 1.0 / 32.0);
        }
    }
    for (a, b) in model.brands.iter().zip(&back.brands) {
        assert_eq!((&a.name, &a.category, a.group), (&b.name, &b.category, b.group));
        near(a.offset, b.offset, 1.0 / 131_072.0);
        near(a.spread, b.spread, 1.0 / 131_072.0);
    }
}

#[test]
fn many_articles_make_several_blocks() {
    let bytes = write(&random(3, 700)).unwrap();
    let blocks = u32::from_le_bytes(bytes[16..20].try_into().unwrap());
    assert_eq!(blocks, 4);
    assert_eq!(read(&bytes).unwrap().articles.len(), 700);
}

#[test]
fn any_number_of_blocks_holds_the_same_articles() {
    assert_eq!(write_in_blocks(&small(), 1).unwrap(), write(&small()).unwrap());
    let shop = random(3, 700);
    let back = read(&write(&shop).unwrap()).unwrap();
    // From 512 blocks on, their digests form trees.
    for bits in [1, 2, 8, 9, 12, 16] {
        let bytes = write_in_blocks(&shop, 1 << bits).unwrap();
        assert_eq!(read(&bytes).unwrap(), back, "2^{bits} blocks");
    }
    assert!(write_in_blocks(&shop, 1 << 17).is_err());
    assert!(write_in_blocks(&shop, 3).is_err());
}

#[test]
fn a_page_reads_the_head_and_then_a_block() {
    let shop = random(5, 700);
    let whole = read(&write(&shop).unwrap()).unwrap();
    for blocks in [1, 8, 1024] {
        let bytes = write_in_blocks(&shop, blocks).unwrap();
        let length = head_length(&bytes[..32]).unwrap();
        assert!(Head::read(&bytes[..length - 1]).is_err());
        let (head, mut model) = Head::read(&bytes[..length]).unwrap();
        assert_eq!(
            (head.length(), head.file_length(), head.blocks()),
            (length, bytes.len(), blocks)
        );
        assert_eq!((head.articles(), model.articles.len()), (whole.articles.len(), 0));
        let mut end = length;
        for block in (0..blocks).rev() {
            let span = head.span(block);
            end = end.max(span.end);
            let articles = head.block(&model, block, &bytes[span]).unwrap();
            model.hold(articles);
        }
        assert_eq!(end, bytes.len());
        assert_eq!(model, whole);
        let other = (0..blocks).find(|&b| head.span(b).len() != head.span(0).len());
        if let Some(other) = other {
            assert!(
                head.block(&model, 0, &bytes[head.span(other)]).is_err(),
                "a block of another number"
            );
        }
        let last = head.span(blocks - 1);
        let mut flipped = bytes[last.clone()].to_vec();
        for bit in (0..flipped.len() * 8).step_by(7) {
            flipped[bit / 8] ^= 1 << (bit % 8);
            refused(
                head.block(&model, blocks - 1, &flipped),
                last.start,
                &format!("block {} is damaged: its digest does not match", blocks - 1),
            );
            flipped[bit / 8] ^= 1 << (bit % 8);
        }
    }
}

#[test]
fn an_article_alone_comes_back_from_its_record() {
    let bytes = write(&small()).unwrap();
    let (head, model) = Head::read(&bytes).unwrap();
    let (other, _) = Head::read(&write(&random(5, 3)).unwrap()).unwrap();
    for article in &small().articles {
        let record = head.record(&model, article).unwrap();
        assert!(record.len() <= 80, "{}", record.len());
        assert_eq!(&head.read_record(&model, &record).unwrap(), article);
        refused(
            other.read_record(&model, &record),
            0,
            "the article's record belongs to another version of the model",
        );
        for cut in 0..record.len() {
            assert!(head.read_record(&model, &record[..cut]).is_err(), "{cut}");
        }
        let mut flipped = record.clone();
        for bit in 0..flipped.len() * 8 {
            flipped[bit / 8] ^= 1 << (bit % 8);
            refused(
                head.read_record(&model, &flipped),
                0,
                "the article's record is damaged: its digest does not match",
            );
            flipped[bit / 8] ^= 1 << (bit % 8);
        }
    }
    assert_eq!(model.articles.len(), 0);
}

#[test]
fn the_maximal_number_of_groups_is_written() {
    let mut model = minimal();
    model.groups = (0..MAX_GROUPS).map(|i| group(&format!("group {i}"), 0.0, 0)).collect();
    model.covariance = DMatrix::from_diagonal_element(MAX_GROUPS, MAX_GROUPS, 4.0);
    assert_eq!(read(&write(&model).unwrap()).unwrap(), model);
    model.groups.push(group("one more", 0.0, 0));
    model.covariance = DMatrix::from_diagonal_element(MAX_GROUPS + 1, MAX_GROUPS + 1, 4.0);
    refused(write(&model), 33, "fit groups: found 33, at most 32 are allowed");
}

#[test]
fn the_digest_of_the_head_names_the_model() {
    let (one, other) = (write(&small()).unwrap(), write(&minimal()).unwrap());
    assert_eq!(head_checksum(&one), head_checksum(&one));
    assert_ne!(head_checksum(&one), head_checksum(&other));
    let mut moved = small();
    moved.articles[0].offset = Gaussian::new(-0.25, 0.125);
    assert_ne!(head_checksum(&one), head_checksum(&write(&moved).unwrap()));
}

/// The result of writing a small model that `change` breaks.
fn broken(change: impl Fn(&mut Model)) -> Result<Vec<u8>, inseam::Error> {
    let mut model = small();
    change(&mut model);
    write(&model)
}

/// Each result must be an error with its message.
fn all_fail(cases: Vec<(&str, Result<Vec<u8>, inseam::Error>)>) {
    for (expected, result) in cases {
        let got = result.unwrap_err().to_string();
        assert!(got.contains(expected), "{got}, not {expected}");
    }
}

#[test]
fn a_model_with_invalid_articles_is_not_written() {
    all_fail(vec![
        ("is not in ascending order", broken(|m| m.articles.swap(0, 3))),
        ("is not in ascending order", broken(|m| m.articles[1].key = m.articles[0].key)),
        ("has a brand that the model does not have", broken(|m| m.articles[0].brand = 9)),
        ("has no sizes, or more than 1024", broken(|m| m.articles[0].sizes.clear())),
        (
            "that is not a valid Gaussian, or a choice offset that is not finite",
            broken(|m| m.articles[0].offset.precision = -1.0),
        ),
        (
            "that is not a valid Gaussian, or a choice offset that is not finite",
            broken(|m| m.articles[0].spread.precision_mean = f64::NAN),
        ),
        (
            "that is not a valid Gaussian, or a choice offset that is not finite",
            broken(|m| m.articles[0].grade.precision = -1.0),
        ),
        (
            "that is not a valid Gaussian, or a choice offset that is not finite",
            broken(|m| m.articles[0].choice_offset = f64::INFINITY),
        ),
        (
            "has a size whose popularity is not finite",
            broken(|m| m.articles[1].sizes[0].popularity = f64::NAN),
        ),
        ("labels of its scale in ascending order", broken(|m| m.articles[0].sizes[0].label = 99)),
        ("has a size scale that the model does not have", broken(|m| m.articles[0].scale = 3)),
        (
            "a size scale of another fit group",
            broken(|m| m.articles.iter_mut().for_each(|a| a.scale = 2)),
        ),
    ]);
}

#[test]
fn a_model_with_an_invalid_fit_group_is_not_written() {
    all_fail(vec![
        ("a purchase term is not finite", broken(|m| m.groups[0].purchase.lean = f64::NAN)),
        ("a purchase term is not finite", broken(|m| m.groups[0].purchase.terms[1][4] = 1e300)),
        (
            "what an advised size adds is not finite",
            broken(|m| m.groups[1].outcome.advised[0] = f64::INFINITY),
        ),
        (
            "the share for others must be from 0 to below 1",
            broken(|m| m.groups[0].choice.others.share = 1.0),
        ),
        (
            "the variance of others must be above 0",
            broken(|m| m.groups[1].choice.others.variance = 0.0),
        ),
        (
            "the weight of P(fits) in advice must be from 0 to 64",
            broken(|m| m.groups[0].advice.weight = 64.5),
        ),
        ("the reach of advice must be at most 8", broken(|m| m.groups[0].advice.reach = 9)),
    ]);
}

#[test]
fn a_model_with_an_invalid_head_is_not_written() {
    all_fail(vec![
        (
            "a missing measurement's widening must be at least 0",
            broken(|m| m.measurements[0].missing = -0.5),
        ),
        ("has a length or an appeal beyond +-64", broken(|m| m.scales[0].labels[0].length = 65.0)),
        ("has a length or an appeal beyond +-64", broken(|m| m.scales[0].labels[2].appeal = -65.0)),
        ("a grade variance must be above 0", broken(|m| m.groups[1].grade_variance = 0.0)),
        ("day -3 of the trend is not in ascending order", broken(|m| m.trend.days[1] = -3)),
        ("a value of the trend is not finite", broken(|m| m.trend.values[0][1] = f64::NAN)),
        (
            "a size label's threshold is not finite",
            broken(|m| m.scales[2].labels[1].thresholds[0] = 1e300),
        ),
        ("an outcome term is not finite", broken(|m| m.groups[1].outcome.terms[1][0] = f64::NAN)),
        (
            "brand \"Alba\": its fit group is not in the model, or a belief is not a valid Gaussian",
            broken(|m| m.brands[1].offset.precision = f64::INFINITY),
        ),
        (
            "a size label's position is not finite",
            broken(|m| m.scales[0].labels[2].position = 1e300),
        ),
        ("the trend has 2 days but 1 values", broken(|m| m.trend.values.truncate(1))),
        ("the covariance is not symmetric", broken(|m| m.covariance[(0, 1)] = 0.0)),
        (
            "the covariance is not positive definite",
            broken(|m| {
                m.covariance.fill(4.0);
                m.groups[1].size.variance = 4.0;
            }),
        ),
        ("differs from the covariance's diagonal", broken(|m| m.groups[0].size.variance = 4.5)),
        (
            "the covariance is 1 x 1 for 2 fit groups",
            broken(|m| m.covariance = DMatrix::zeros(1, 1)),
        ),
        ("4 coefficients for 19", broken(|m| m.groups[0].size.coefficients.truncate(4))),
        ("a trait's variance must be above 0", broken(|m| m.traits[2].variance = 0.0)),
        ("two size labels \"S\"", broken(|m| m.scales[1].labels[1].text = "S".into())),
        ("a text of brands: found 1025", broken(|m| m.brands[0].name = "x".repeat(1025))),
        ("two fit groups are named", broken(|m| m.groups[1].name = m.groups[0].name.clone())),
    ]);
}
