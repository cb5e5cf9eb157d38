//! Size scales: labels and their positions (`model/README.md`, section 1, labels and size runs).

use crate::size::System;

/// One size scale: the labels of articles of one fit group and one size run or size system, and
/// their positions.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Scale {
    /// Index of the fit group.
    pub group: u16,
    /// The size system the labels are written in.
    pub system: System,
    /// Factor on the noise of the fit group's choices: customers choose less precisely among a few
    /// letters than the steps between them suggest.
    pub noise: f64,
    /// The labels, sorted by position, texts unique.
    pub labels: Vec<ScaleLabel>,
}

/// One label of a scale.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ScaleLabel {
    /// Canonical text of the label.
    pub text: String,
    /// Position x on the group's axis, steps.
    pub position: f64,
    /// Length: petite below 0, long above.
    pub length: f64,
    /// Appeal, the logarithm of its weight in the choice: how much more often it is taken than its
    /// position and length predict.
    pub appeal: f64,
    /// Thresholds that it adds to the arguments of too small and too large where it was chosen,
    /// probit units: customers who choose it report misfits more or less readily.
    pub thresholds: [f64; 2],
}
