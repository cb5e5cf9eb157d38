//! What training found out about the sizes of a history.

use crate::size::System;

/// The size runs of a history, and the labels that it could not read.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SizeReport {
    /// Purchases that are evidence.
    pub purchases: u64,
    /// The number of fit groups that the history names, if a model cannot have as many and training
    /// took them for categories.
    pub groups_as_categories: Option<usize>,
    /// By fit group, then by falling number of purchases.
    pub runs: Vec<RunReport>,
    /// Labels that no shape of a size fits, with their purchases, the most frequent first. Training
    /// learns their positions from purchases alone.
    pub not_understood: Vec<(String, u64)>,
    /// For each fit group what relates its sizes to bodies; empty without a body prior.
    pub bodies: Vec<(String, BodySource)>,
}

/// What relates the sizes of a fit group to bodies, so that height, weight and age tell the size of
/// somebody without a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
pub enum BodySource {
    /// Size charts.
    Charts,
    /// Public standards.
    Standards,
    /// The mean and the spread of the sizes alone, as neither charts nor standards have the labels.
    Spread,
    /// Nothing.
    Nothing,
}

impl SizeReport {
    /// Purchases whose labels were not understood.
    #[must_use]
    pub fn purchases_not_understood(&self) -> u64 {
        self.not_understood.iter().map(|(_, purchases)| purchases).sum()
    }
}

/// Articles that are sold in the same sizes.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct RunReport {
    /// The name of its fit group.
    pub group: String,
    /// Whether training found the fit group, which the history does not name.
    pub group_is_found: bool,
    /// The size system that the history names.
    pub system: System,
    /// Where the positions of its labels come from.
    pub source: PositionSource,
    /// Its articles.
    pub articles: usize,
    /// Their purchases that are evidence.
    pub purchases: u64,
    /// Its labels in the order of their positions, with their purchases.
    pub labels: Vec<(String, u64)>,
}

/// Where the positions of a run's labels come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
pub enum PositionSource {
    /// A public table of its size system.
    Table,
    /// The labels' letters and numbers, and then purchases.
    Labels,
}
