//! What attributes of articles add to their expected offsets and spreads.

use crate::train::graph::Attributes;
use serde::{Deserialize, Serialize};

/// Prior precision of a coefficient before any is learned: sd .2 steps, or probit units.
const FIRST_RIDGE: f64 = 25.0;

/// What attributes add to the offsets, or to the spreads, of one fit group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Effects {
    pub(crate) coefficients: Vec<f64>,
    /// The coefficients times the means of the features.
    pub(crate) centre: f64,
    /// Prior precision of the coefficients.
    pub(crate) ridge: f64,
}

impl Effects {
    /// Effects before anything is learned: none. For each fit group those on the offset and those
    /// on the spread.
    pub(crate) fn start(attributes: &Attributes) -> Vec<Self> {
        let coefficients = vec![0.0; attributes.width()];
        vec![Self { coefficients, centre: 0.0, ridge: FIRST_RIDGE }; 2 * attributes.means().len()]
    }
}

/// How much the attributes of `article` add to the offset and the spread that its brand expects.
pub(crate) fn shifts(attributes: &Attributes, effects: &[Effects], article: usize) -> [f64; 2] {
    let Some((group, features)) = attributes.features(article) else { return [0.0; 2] };
    [0, 1].map(|k| {
        let Effects { coefficients, centre, .. } = &effects[2 * group + k];
        features.iter().map(|&(i, x)| coefficients[i] * x).sum::<f64>() - centre
    })
}
