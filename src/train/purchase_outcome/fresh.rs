//! Which cases a training computes that continues from another one.

use crate::train::events::PartitionStore;
use std::collections::HashSet;

/// The customers whose cases are computed when a training continues from another one.
#[derive(Clone, Copy)]
pub(in crate::train) struct FreshCases<'f> {
    /// All customers.
    pub(in crate::train) all: &'f dyn PartitionStore,
    /// Those that have changed, and their indices.
    pub(in crate::train) changed: &'f dyn PartitionStore,
    pub(in crate::train) changed_ids: &'f HashSet<u32>,
    /// The customers that outcomes are learned from; `None` for all.
    pub(in crate::train) sample: Option<&'f HashSet<u32>>,
}
