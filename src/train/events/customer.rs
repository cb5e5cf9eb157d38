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
