//! The training before, as a caller gives it.

use crate::train::events::PartitionSource;

/// A training that has ended, from which another one can continue.
#[derive(Debug)]
pub struct PreviousTraining {
    /// The bytes of [`Learned::tables`](crate::train::Learned::tables).
    pub tables: Vec<u8>,
    /// The bytes of [`Learned::outcomes`](crate::train::Learned::outcomes).
    pub outcomes: Vec<u8>,
    /// Its partitions, as [`Learned::keep_partition`](crate::train::Learned::keep_partition) gives
    /// them.
    pub partitions: Box<dyn PartitionSource>,
    /// For each of its customers, by index, the index of the customer now: rising, `None` for one
    /// without purchases.
    pub customers: Vec<Option<u32>>,
}
