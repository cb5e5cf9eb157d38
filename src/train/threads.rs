//! Sums over the partitions of a store by all threads.

use super::events::{Partition, PartitionStore};
use super::fixed_point::Merge;
use crate::error::Error;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The partitions of a store that no thread has taken yet.
pub(crate) struct Queue<'s> {
    store: &'s dyn PartitionStore,
    next: AtomicUsize,
}

impl<'s> Queue<'s> {
    fn new(store: &'s dyn PartitionStore) -> Self {
        Self { store, next: AtomicUsize::new(0) }
    }

    /// The index of the next partition; `None` at the end.
    fn take(&self) -> Option<usize> {
        let partition = self.next.fetch_add(1, Ordering::Relaxed);
        (partition < self.store.partitions()).then_some(partition)
    }

    /// Reads the lines of the next partition alone; returns its index, or `None` at the end.
    pub(crate) fn read_lines(&self, into: &mut Partition) -> Result<Option<usize>, Error> {
        let Some(partition) = self.take() else { return Ok(None) };
        into.read_lines(self.store, partition)?;
        Ok(Some(partition))
    }

    /// Reads the next partition with its sites; returns its index, or `None` at the end.
    pub(crate) fn read(&self, into: &mut Partition) -> Result<Option<usize>, Error> {
        let Some(partition) = self.take() else { return Ok(None) };
        into.read(self.store, partition)?;
        Ok(Some(partition))
    }

    /// Writes the sites of the partition with this index back.
    pub(crate) fn write_sites(&self, index: usize, partition: &Partition) -> Result<(), Error> {
        partition.write_sites(self.store, index)
    }
}

/// The sums over all partitions. Each thread takes one partition after the other, and has one set
/// of sums and one partition in memory, as they are large.
pub(crate) fn sum_in_threads<S: Merge + Send>(
    store: &dyn PartitionStore,
    sum: impl Fn(&Queue<'_>) -> Result<S, Error> + Sync,
) -> Result<S, Error> {
    let queue = Queue::new(store);
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        let threads = rayon::current_num_threads().clamp(1, store.partitions().max(1));
        let sums = (0..threads).into_par_iter().with_max_len(1).map(|_| sum(&queue));
        let merged = sums.try_reduce_with(|mut sums, other| {
            sums.merge(&other);
            Ok(sums)
        });
        merged.expect("there is a thread")
    }
    #[cfg(not(feature = "parallel"))]
    sum(&queue)
}
