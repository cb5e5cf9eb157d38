//! The header starts in bincode's encoding: bincode and wincode, each with its own derives, read
//! the same values from it.

use crate::shop::{random, small};
use crate::surgery::directory;
use bincode::Decode;
use inseam::Model;
use inseam::format::write;
use inseam::model::BASIS;
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
    rest: [f32; 16],
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

fn agrees(header: &Header, model: &Model) {
    let names: Vec<&str> = model.groups.iter().map(|g| g.name.as_str()).collect();
    assert_eq!(header.groups.iter().map(|g| g.name.as_str()).collect::<Vec<_>>(), names);
    for (ours, group) in header.groups.iter().zip(&model.groups) {
        let terms = &group.outcome;
        assert_eq!(ours.terms, terms.terms.map(|t| t.map(|x| x as f32)));
        assert_eq!(ours.rest[..3], [terms.slope, terms.lean, terms.chosen_slope].map(|x| x as f32));
        let choice = &group.choice;
        let [small, large] = choice.outcome_shift;
        assert_eq!(
            ours.rest[3..7],
            [choice.scale, choice.awareness, small, large].map(|x| x as f32)
        );
        let returns = &group.returns;
        let numbers =
            [returns.intercept, returns.article_variance, returns.unexplained, returns.bracketed];
        assert_eq!(ours.rest[7..11], numbers.map(|x| x as f32));
        assert_eq!(ours.rest[11..13], group.offset_variance.to_array().map(|x| x as f32));
        assert_eq!(ours.rest[13], group.grade_variance as f32);
        assert_eq!(ours.rest[14..], group.spread_variance.to_array().map(|x| x as f32));
        assert_eq!(ours.intercept, group.size.intercept as f32);
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
