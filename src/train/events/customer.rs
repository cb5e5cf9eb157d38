//! What training knows of a customer besides their purchases.

use super::measurement_set::MeasurementSet;
use crate::model::KnownFeatures;

/// One customer of a partition.
#[derive(Clone, Debug, Default)]
pub(crate) struct Customer {
    /// Index of the customer's id among the distinct texts of the customer column.
    pub(crate) id: u32,
    pub(crate) features: KnownFeatures,
    /// The measurements that the customer did not give.
    pub(crate) missing: MeasurementSet,
}
