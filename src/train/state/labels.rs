//! Parameters of the size labels of one scale.

use crate::train::graph::ScaleNode;

/// What is believed of the labels of one scale, each a column.
#[derive(Clone, Debug)]
pub(crate) struct Labels {
    /// Factor of the group's scale of the noise in a choice among them.
    pub(crate) noise: f64,
    /// Position, steps.
    pub(crate) position: Vec<f64>,
    /// Length: petite below 0, long above.
    pub(crate) length: Vec<f64>,
    /// Logarithm of the weight in the choice.
    pub(crate) appeal: Vec<f64>,
    /// What it adds to the arguments of too small and too large.
    pub(crate) thresholds: Vec<[f64; 2]>,
    /// How the logarithm of the weight rises with each z of a customer's measurements that are
    /// numbers, label by label; empty once the lengths have been read off them.
    pub(crate) affinity: Vec<f64>,
}

impl Labels {
    pub(crate) fn start(scale: &ScaleNode, numbers: usize) -> Self {
        let n = scale.labels.len();
        Self {
            noise: 1.0,
            position: scale.start.clone(),
            length: scale.lengths.clone(),
            appeal: vec![0.0; n],
            thresholds: vec![[0.0; 2]; n],
            affinity: vec![0.0; n * numbers],
        }
    }
}
