//! Writes the public file's header: the part that bincode encodes, then the tables of size runs and
//! brands.
//!
//! Reading goes field by field instead, so that each fault has an offset; the round-trip tests keep
//! the two consistent.

use crate::Error;
use crate::format::bytes::write_varint;
use crate::format::column;
use crate::format::envelope::PREAMBLE;
use crate::format::fault::fault;
use crate::format::quantize::Grid;
use crate::format::runs;
use crate::model::{self, BASIS, MeasurementKind, Model, PURCHASE_BASIS, TRAITS};
use bincode::Encode;
use std::collections::BTreeSet;

/// The header of a model as bytes.
pub(in crate::format) fn write(model: &Model) -> Result<Vec<u8>, Error> {
    let mut out = bincode::encode_to_vec(Header::new(model), bincode::config::standard())
        .map_err(|e| fault(PREAMBLE, format!("the header cannot be encoded: {e}")))?;
    let shared = runs::shared(&model.articles, &model.scales);
    write_varint(shared.len() as u64, &mut out);
    for run in &shared {
        write_varint(u64::from(run.scale), &mut out);
        column::write_bits(
            runs::bits(run, model.scales[usize::from(run.scale)].labels.len()),
            1,
            &mut out,
        );
    }
    brands(model, &mut out)?;
    Ok(out)
}

/// The table of brands.
fn brands(model: &Model, out: &mut Vec<u8>) -> Result<(), Error> {
    let brands = &model.brands;
    let texts: BTreeSet<&str> =
        brands.iter().flat_map(|b| [b.name.as_str(), b.category.as_str()]).collect();
    let texts: Vec<&str> = texts.into_iter().collect();
    write_varint(texts.len() as u64, out);
    for text in &texts {
        write_varint(text.len() as u64, out);
        out.extend(text.as_bytes());
    }
    let index = |text: &str| texts.binary_search(&text).unwrap_or(0) as i64;
    let codes = |brand: &model::Brand| {
        let offsets = Grid::for_offsets(model.groups.get(usize::from(brand.group))?);
        let [offset, spread] = [
            offsets.for_brands().encode(brand.offset)?,
            Grid::SPREAD.for_brands().encode(brand.spread)?,
        ];
        Some([offset.mean, offset.sd, spread.mean, spread.sd])
    };
    let mut beliefs = Vec::with_capacity(brands.len());
    for brand in brands {
        let what = || {
            format!(
                "brand {:?}: its fit group is not in the model, or a belief is not a valid Gaussian",
                brand.name
            )
        };
        beliefs.push(codes(brand).ok_or_else(|| fault(PREAMBLE, what()))?);
    }
    write_varint(brands.len() as u64, out);
    column::write(brands.iter().map(|b| index(&b.name)), out);
    column::write(brands.iter().map(|b| index(&b.category)), out);
    column::write(brands.iter().map(|b| i64::from(b.group)), out);
    for i in 0..4 {
        column::write(beliefs.iter().map(|codes| codes[i]), out);
    }
    Ok(())
}

/// The part of the header that bincode encodes, in the order of the file.
#[derive(Encode)]
struct Header<'a> {
    measurements: Vec<Measurement<'a>>,
    groups: Vec<Group<'a>>,
    covariance: Vec<f64>,
    traits: [Trait; TRAITS],
    trend: Vec<(i32, [f32; 2])>,
    scales: Vec<Scale<'a>>,
}

#[derive(Encode)]
struct Measurement<'a> {
    name: &'a str,
    kind: MeasurementFeatures<'a>,
    missing: f32,
}

#[derive(Encode)]
enum MeasurementFeatures<'a> {
    Numeric { mean: f32, sd: f32 },
    Categorical { levels: Vec<&'a str> },
}

#[derive(Encode)]
struct Group<'a> {
    name: &'a str,
    intercept: f32,
    coefficients: Vec<f32>,
    outcome: [[f32; BASIS]; 2],
    slope: f32,
    chosen_slope: f32,
    advised: [f32; 2],
    purchase: [[f32; PURCHASE_BASIS]; 2],
    purchase_shared: [f32; 6],
    choice: [f32; 5],
    advice_weight: f32,
    advice_reach: u8,
    returns: [f32; 4],
    offset_variance: [f32; 2],
    grade_variance: f32,
    spread_variance: [f32; 2],
}

#[derive(Encode)]
struct Trait {
    intercept: f32,
    coefficients: Vec<f32>,
    variance: f32,
}

#[derive(Encode)]
struct Scale<'a> {
    group: u16,
    system: u8,
    noise: f32,
    labels: Vec<Label<'a>>,
}

#[derive(Encode)]
struct Label<'a> {
    text: &'a str,
    position: f32,
    length: f32,
    appeal: f32,
    thresholds: [f32; 2],
}

impl<'a> Header<'a> {
    /// The header of a model. Numbers too large for an `f32` become infinite; the writer's check
    /// refuses them.
    fn new(model: &'a Model) -> Self {
        let g = model.covariance.nrows();
        Self {
            measurements: model.measurements.iter().map(Measurement::new).collect(),
            groups: model.groups.iter().map(Group::new).collect(),
            covariance: (0..g)
                .flat_map(|i| (0..=i).map(move |j| model.covariance[(i, j)]))
                .collect(),
            traits: model.traits.each_ref().map(Trait::new),
            trend: model
                .trend
                .days
                .iter()
                .copied()
                .zip(model.trend.values.iter().map(|v| v.map(|x| x as f32)))
                .collect(),
            scales: model.scales.iter().map(Scale::new).collect(),
        }
    }
}

impl<'a> Measurement<'a> {
    fn new(m: &'a model::Measurement) -> Self {
        let kind = match &m.kind {
            MeasurementKind::Numeric { mean, sd } => {
                MeasurementFeatures::Numeric { mean: *mean as f32, sd: *sd as f32 }
            }
            MeasurementKind::Categorical { levels } => MeasurementFeatures::Categorical {
                levels: levels.iter().map(String::as_str).collect(),
            },
        };
        Self { name: &m.name, kind, missing: m.missing as f32 }
    }
}

impl Trait {
    fn new(prior: &model::SizePrior) -> Self {
        let (intercept, variance) = (prior.intercept as f32, prior.variance as f32);
        Self { intercept, coefficients: singles(&prior.coefficients), variance }
    }
}

impl<'a> Group<'a> {
    fn new(group: &'a model::Group) -> Self {
        let (outcome, choice, returns) = (&group.outcome, &group.choice, &group.returns);
        let purchase = &group.purchase;
        Self {
            name: &group.name,
            intercept: group.size.intercept as f32,
            coefficients: singles(&group.size.coefficients),
            outcome: outcome.terms.map(|terms| terms.map(|x| x as f32)),
            slope: outcome.slope as f32,
            chosen_slope: outcome.chosen_slope as f32,
            purchase: purchase.terms.map(|terms| terms.map(|x| x as f32)),
            purchase_shared: [
                purchase.lean,
                purchase.size,
                purchase.garment,
                purchase.fussiness,
                purchase.preference,
                purchase.spread,
            ]
            .map(|x| x as f32),
            advised: outcome.advised.map(|x| x as f32),
            choice: [
                choice.scale,
                choice.awareness,
                choice.others.share,
                choice.others.mean,
                choice.others.variance,
            ]
            .map(|x| x as f32),
            advice_weight: group.advice.weight as f32,
            advice_reach: group.advice.reach,
            returns: [
                returns.intercept,
                returns.article_variance,
                returns.unexplained,
                returns.bracketed,
            ]
            .map(|x| x as f32),
            offset_variance: group.offset_variance.to_array().map(|x| x as f32),
            grade_variance: group.grade_variance as f32,
            spread_variance: group.spread_variance.to_array().map(|x| x as f32),
        }
    }
}

impl<'a> Scale<'a> {
    fn new(scale: &'a model::Scale) -> Self {
        let label = |l: &'a model::ScaleLabel| Label {
            text: &l.text,
            position: l.position as f32,
            length: l.length as f32,
            appeal: l.appeal as f32,
            thresholds: l.thresholds.map(|x| x as f32),
        };
        let labels = scale.labels.iter().map(label).collect();
        Self { group: scale.group, system: scale.system.code(), noise: scale.noise as f32, labels }
    }
}

fn singles(numbers: &[f64]) -> Vec<f32> {
    numbers.iter().map(|&x| x as f32).collect()
}
