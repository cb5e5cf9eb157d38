//! Parameters of the size labels of one scale.

use crate::infer::OfferedSize;
use crate::train::graph::ScaleNode;
use serde::{Deserialize, Serialize};

/// Parameters of the labels of one scale, each a column.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Labels {
    /// Factor on the group's scale of the noise in a choice among these labels.
    pub(crate) noise: f64,
    /// Position, steps.
    pub(crate) position: Vec<f64>,
    /// Length: petite below 0, long above.
    pub(crate) length: Vec<f64>,
    /// Logarithm of the weight in the choice.
    pub(crate) appeal: Vec<f64>,
    /// Weight in the choice: exp(appeal), as of the last [`Labels::refresh`].
    pub(super) weight: Vec<f64>,
    /// What the label adds to the arguments of too small and too large.
    pub(crate) thresholds: Vec<[f64; 2]>,
    /// How the logarithm of the weight rises with each z of a customer's numeric measurements,
    /// label by label; empty once the lengths have been found from it.
    pub(crate) affinity: Vec<f64>,
}

impl Labels {
    /// `numbers` is the number of numeric measurements.
    pub(crate) fn start(scale: &ScaleNode, numbers: usize) -> Self {
        let n = scale.labels.len();
        Self {
            noise: 1.0,
            position: scale.start.clone(),
            length: scale.lengths.clone(),
            appeal: vec![0.0; n],
            weight: vec![1.0; n],
            thresholds: vec![[0.0; 2]; n],
            affinity: vec![0.0; n * numbers],
        }
    }

    /// Computes the weights from the present appeals.
    pub(crate) fn refresh(&mut self) {
        self.weight.clear();
        self.weight.extend(self.appeal.iter().map(|&appeal| libm::exp(appeal)));
    }

    /// The label as the choice sees it, before popularity and affinity.
    pub(crate) fn offer(&self, label: usize) -> OfferedSize {
        let (position, length) = (self.position[label], self.length[label]);
        OfferedSize { position, length, weight: self.weight[label] }
    }
}
