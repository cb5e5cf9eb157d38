//! The parameters that all customers share: small enough to send to every task of a sweep.

use super::effects::Effects;
use super::labels::Labels;
use super::start::{self, start_group, start_trend};
use super::start_counts::StartCounts;
use crate::model::{ChoiceVariances, Group, LENGTH, SizePrior, TRAITS, Trend};
use crate::train::day_zero::ExpectedRegression;
use crate::train::events::MeasurementSet;
use crate::train::graph::Graph;
use nalgebra::DMatrix;
use serde::{Deserialize, Serialize};

/// Traits that measurements predict: all but how readily a customer sends something back for other
/// reasons than its size.
pub(crate) const REGRESSED: usize = LENGTH + 1;

/// Hyperparameters and labels.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Parameters {
    pub(crate) groups: Vec<Group>,
    /// Covariance of the latent sizes between fit groups.
    #[serde(with = "rows")]
    pub(crate) covariance: DMatrix<f64>,
    /// Priors of the traits.
    pub(crate) traits: [SizePrior; TRAITS],
    /// Prior precision of the measurements' coefficients: for each group, then for each trait that
    /// measurements predict.
    pub(crate) ridges: Vec<f64>,
    pub(crate) trend: Trend,
    /// The labels of each scale.
    pub(crate) labels: Vec<Labels>,
    /// What each missing measurement adds to the variance of the latent sizes, as a share.
    pub(crate) missing: Vec<f64>,
    /// What attributes add to offsets and spreads: two for each fit group.
    pub(crate) effects: Vec<Effects>,
    /// For each fit group.
    pub(crate) choice_variances: Vec<ChoiceVariances>,
    /// What is expected of the regressions on measurements before any customer is measured; empty
    /// where nothing is.
    #[serde(skip)]
    pub(crate) expected: ExpectedRegression,
    /// Share of the differences between brands' size charts that their articles have.
    pub(crate) chart_trust: f64,
}

impl Parameters {
    pub(crate) fn start(graph: &Graph, counts: &StartCounts) -> Self {
        let groups: Vec<Group> = graph
            .groups
            .iter()
            .zip(&counts.groups)
            .map(|(name, counts)| start_group(name, graph.width, counts))
            .collect();
        let n = groups.len();
        let covariance = DMatrix::from_fn(n, n, |i, j| {
            if i == j { start::SIZE_VARIANCE } else { start::CORRELATION * start::SIZE_VARIANCE }
        });
        let traits = start::TRAIT_VARIANCE.map(|variance| SizePrior {
            intercept: 0.0,
            coefficients: vec![0.0; graph.width],
            variance,
        });
        let numbers = graph.measured_numbers();
        Self {
            groups,
            covariance,
            traits,
            ridges: vec![1.0; n + REGRESSED],
            trend: start_trend(&counts.days),
            // Affinities are learned from customers who are measured.
            labels: graph.scales.iter().map(|s| Labels::start(s, numbers)).collect(),
            missing: vec![0.0; graph.measurements.len()],
            effects: Effects::start(&graph.attributes),
            choice_variances: vec![start::CHOICE_VARIANCES; n],
            expected: ExpectedRegression::default(),
            chart_trust: start::CHART_TRUST,
        }
    }

    /// Computes what follows from the parameters; call it after they have changed.
    pub(crate) fn refresh(&mut self) {
        self.labels.iter_mut().for_each(Labels::refresh);
    }

    /// Factor on the variance of the latent sizes of a customer without these measurements; at
    /// least 1.
    pub(crate) fn widening(&self, missing: &MeasurementSet) -> f64 {
        missing.iter().fold(1.0, |sum, measurement| sum + self.missing[measurement])
    }
}

/// A square matrix as its rows, one after the other.
mod rows {
    use nalgebra::DMatrix;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

    pub(super) fn serialize<S: Serializer>(m: &DMatrix<f64>, to: S) -> Result<S::Ok, S::Error> {
        m.transpose().as_slice().serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<DMatrix<f64>, D::Error> {
        let numbers = Vec::<f64>::deserialize(from)?;
        let n = numbers.len().isqrt();
        if n * n != numbers.len() {
            return Err(de::Error::custom("a covariance must be square"));
        }
        Ok(DMatrix::from_row_slice(n, n, &numbers))
    }
}
