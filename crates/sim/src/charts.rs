//! The size charts of the brands, in cm.

use crate::bodies::girths;
use crate::catalogue::Catalogue;
use crate::random::Random;
use crate::truth::Parameters;
use inseam::body::Dimension;
use std::collections::BTreeMap;

/// Stream of random numbers of the charts' errors.
const CHART_STREAM: u64 = 1;

/// One row of the table of size charts.
pub(crate) struct ChartLine {
    pub(crate) brand: String,
    pub(crate) group: String,
    pub(crate) system: String,
    pub(crate) size: String,
    /// Chest, waist, hips and foot, cm, where the fit group goes by them.
    pub(crate) girths: [Option<f64>; 4],
}

/// The dimensions of [`ChartLine::girths`].
pub(crate) const CHARTED: [Dimension; 4] =
    [Dimension::Chest, Dimension::Waist, Dimension::Hip, Dimension::Foot];

/// The size charts: every brand says which body each of its sizes is made for, in whole cm, with an
/// error of its own.
pub(crate) fn charts(catalogue: &Catalogue, parameters: &Parameters) -> Vec<ChartLine> {
    let mut random = Random::new(parameters.seed, CHART_STREAM);
    let mut errors: BTreeMap<(&str, usize), f64> = BTreeMap::new();
    let mut lines: BTreeMap<(&str, usize, &str, &str), ChartLine> = BTreeMap::new();
    for article in &catalogue.articles {
        let error = *errors
            .entry((&article.brand, article.group))
            .or_insert_with(|| parameters.chart_error * random.normal());
        let group = &catalogue.groups[article.group].name;
        for size in &article.sizes {
            let made_for = size.position + article.brand_offset + error;
            let cm = |dimension: Dimension| {
                let girth = girths(group).iter().find(|girth| girth.dimension == dimension)?;
                let cm = girth.line.0 + girth.line.1 * made_for;
                // Feet are measured to the millimetre.
                let unit = if dimension == Dimension::Foot { 10.0 } else { 1.0 };
                Some((cm * unit).round() / unit)
            };
            let key =
                (article.brand.as_str(), article.group, article.system.as_str(), &*size.label);
            lines.entry(key).or_insert_with(|| ChartLine {
                brand: article.brand.clone(),
                group: group.clone(),
                system: article.system.clone(),
                size: size.label.clone(),
                girths: CHARTED.map(cm),
            });
        }
    }
    lines.into_values().collect()
}
