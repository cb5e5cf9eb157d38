//! The header starts in bincode's encoding: bincode and wincode, each with its own derives, read
//! the same values from it.

use crate::shop::{random, small};
use crate::surgery::directory;
use bincode::Decode;
use inseam::Model;
use inseam::format::write;
use inseam::model::{BASIS, Group as Expected, PURCHASE_BASIS};
use wincode::SchemaRead;

#[derive(Debug, PartialEq, Decode, SchemaRead)]
struct Header {
    measurements: Vec<Measurement>,
    groups: Vec<Group>,
    covariance: Vec<f64>,
    traits: [(f32, Vec<f32>, f32); 4],
    trend: Vec<(i32, [f32; 2])>,
    scales: Vec<Scale>,
}

#[derive(Debug, PartialEq, Decode, SchemaRead)]
struct Measurement {
    name: String,
    kind: Kind,
    missing: f32,
}

#[derive(Debug, PartialEq, Decode, SchemaRead)]
enum Kind {
    Numeric { mean: f32, sd: f32 },
    Categorical { levels: Vec<String> },
}

#[derive(Debug, PartialEq, Decode, SchemaRead)]
struct Group {
    name: String,
    intercept: f32,
    coefficients: Vec<f32>,
    terms: [[f32; BASIS]; 2],
    slopes: [f32; 2],
    advised: [f32; 2],
    purchase: [[f32; PURCHASE_BASIS]; 2],
    shared: [f32; 6],
    choice: [f32; 5],
    advice: (f32, u8),
    returns: [f32; 4],
    variances: [f32; 5],
}

/// Text, position, length, appeal and thresholds.
type Label = (String, f32, f32, f32, [f32; 2]);

#[derive(Debug, PartialEq, Decode, SchemaRead)]
struct Scale {
    group: u16,
    system: u8,
    noise: f32,
    labels: Vec<Label>,
}

#[test]
fn bincode_and_wincode_read_the_same_header() {
    for model in [small(), random(1, 3), random(2, 3), random(4, 3)] {
        let bytes = write(&model).unwrap();
        let header = &bytes[32..directory(&bytes)];
        let (ours, used): (Header, usize) =
            bincode::decode_from_slice(header, bincode::config::standard()).expect("bincode");
        // The tables of size runs and brands follow.
        let header = &header[..used];
        let config = wincode::config::Configuration::default().with_varint_encoding();
        let theirs: Header = wincode::config::deserialize_exact(header, config).expect("wincode");
        assert_eq!(ours, theirs);
        agrees(&ours, &model);
    }
}

fn agrees_on_group(ours: &Group, theirs: &Expected) {
    let (outcome, purchase, choice) = (&theirs.outcome, &theirs.purchase, &theirs.choice);
    assert_eq!(ours.intercept, theirs.size.intercept as f32);
    assert_eq!(ours.terms, outcome.terms.map(|t| t.map(|x| x as f32)));
    assert_eq!(ours.slopes, [outcome.slope, outcome.chosen_slope].map(|x| x as f32));
    assert_eq!(ours.advised, outcome.advised.map(|x| x as f32));
    assert_eq!(ours.purchase, purchase.terms.map(|t| t.map(|x| x as f32)));
    let [lean, size, garment] = [purchase.lean, purchase.size, purchase.garment];
    let [fussiness, preference, spread] =
        [purchase.fussiness, purchase.preference, purchase.spread];
    assert_eq!(ours.shared, [lean, size, garment, fussiness, preference, spread].map(|x| x as f32));
    let others = &choice.others;
    let numbers = [choice.scale, choice.awareness, others.share, others.mean, others.variance];
    assert_eq!(ours.choice, numbers.map(|x| x as f32));
    assert_eq!(ours.advice, (theirs.advice.weight as f32, theirs.advice.reach));
    let returns = &theirs.returns;
    let numbers =
        [returns.intercept, returns.article_variance, returns.unexplained, returns.bracketed];
    assert_eq!(ours.returns, numbers.map(|x| x as f32));
    let ([b, a], [d, c]) = (theirs.offset_variance.to_array(), theirs.spread_variance.to_array());
    assert_eq!(ours.variances, [b, a, theirs.grade_variance, d, c].map(|x| x as f32));
}

fn agrees(header: &Header, model: &Model) {
    let names: Vec<&str> = model.groups.iter().map(|g| g.name.as_str()).collect();
    assert_eq!(header.groups.iter().map(|g| g.name.as_str()).collect::<Vec<_>>(), names);
    for (ours, group) in header.groups.iter().zip(&model.groups) {
        agrees_on_group(ours, group);
    }
    for (ours, theirs) in header.traits.iter().zip(&model.traits) {
        assert_eq!((ours.0, ours.2), (theirs.intercept as f32, theirs.variance as f32));
    }
    assert_eq!(header.covariance[0], model.covariance[(0, 0)]);
    let (days, values): (Vec<i32>, Vec<[f32; 2]>) = header.trend.iter().copied().unzip();
    assert_eq!(days, model.trend.days);
    assert_eq!(values, model.trend.values.iter().map(|v| v.map(|x| x as f32)).collect::<Vec<_>>());
    let label = |l: &inseam::model::ScaleLabel| {
        let [position, length, appeal] = [l.position, l.length, l.appeal].map(|x| x as f32);
        (l.text.clone(), position, length, appeal, l.thresholds.map(|x| x as f32))
    };
    assert_eq!(
        header.scales[0].labels,
        model.scales[0].labels.iter().map(label).collect::<Vec<_>>()
    );
    assert_eq!(header.scales[0].noise, model.scales[0].noise as f32);
    assert_eq!(header.scales[0].system, model.scales[0].system.code());
    let missing = |m: &Measurement| m.missing;
    let theirs: Vec<f32> = model.measurements.iter().map(|m| m.missing as f32).collect();
    assert_eq!(header.measurements.iter().map(missing).collect::<Vec<_>>(), theirs);
}
