//! What training knows of a customer besides their purchases.

use super::measurement_set::MeasurementSet;
use crate::model::Features;

/// One customer of a partition.
#[derive(Clone, Debug, Default)]
pub(crate) struct Customer {
    /// Index of the customer's id among the distinct texts of the customer column.
    pub(crate) id: u32,
    pub(crate) features: Features,
    /// The measurements that the customer did not give.
    pub(crate) missing: MeasurementSet,
}

impl Customer {
    /// The features that are not 0, by index: words give many that are.
    pub(crate) fn known_features(&self) -> Vec<(usize, f64)> {
        self.features.phi.iter().copied().enumerate().filter(|(_, x)| *x != 0.0).collect()
    }
}
