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
    pub(crate) fn read_lines(&self, into: &mut Partition<'s>) -> Result<Option<usize>, Error> {
        let Some(partition) = self.take() else { return Ok(None) };
        into.read_lines(self.store, partition)?;
        Ok(Some(partition))
    }

    /// Reads the next partition with its sites; returns its index, or `None` at the end.
    pub(crate) fn read(&self, into: &mut Partition<'s>) -> Result<Option<usize>, Error> {
        let Some(partition) = self.take() else { return Ok(None) };
        into.read(self.store, partition)?;
        Ok(Some(partition))
    }

    /// Writes the sites of the partition with this index back.
    pub(crate) fn write_sites(&self, index: usize, partition: &Partition<'_>) -> Result<(), Error> {
        partition.write_sites(self.store, index)
    }
}

/// What `work` makes of all partitions: one result for each thread, which takes one partition after
/// the other.
pub(crate) fn in_threads<R: Send>(
    store: &dyn PartitionStore,
    work: impl Fn(&Queue<'_>) -> Result<R, Error> + Sync,
) -> Result<Vec<R>, Error> {
    let queue = Queue::new(store);
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        let threads = rayon::current_num_threads().clamp(1, store.partitions().max(1));
        (0..threads).into_par_iter().with_max_len(1).map(|_| work(&queue)).collect()
    }
    #[cfg(not(feature = "parallel"))]
    work(&queue).map(|result| vec![result])
}

/// The sums over all partitions. Each thread has one set of sums and one partition in memory, as
/// they are large.
pub(crate) fn sum_in_threads<S: Merge + Send>(
    store: &dyn PartitionStore,
    sum: impl Fn(&Queue<'_>) -> Result<S, Error> + Sync,
) -> Result<S, Error> {
    Ok(merged(in_threads(store, sum)?.into_iter()))
}

/// The sums over all items of some lists, by all threads.
pub(crate) fn sum_items<T: Sync, S: Merge + Send>(
    lists: &[Vec<T>],
    new: impl Fn() -> S + Sync,
    add: impl Fn(&T, &mut S) + Sync,
) -> S {
    let sum = |items: &[T]| {
        let mut sums = new();
        items.iter().for_each(|item| add(item, &mut sums));
        sums
    };
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        let parts = 4 * rayon::current_num_threads();
        let length = lists.iter().map(Vec::len).sum::<usize>().div_ceil(parts).max(1);
        let chunks: Vec<&[T]> = lists.iter().flat_map(|list| list.chunks(length)).collect();
        let sums: Vec<S> = chunks.into_par_iter().map(sum).collect();
        merged(std::iter::once(new()).chain(sums))
    }
    #[cfg(not(feature = "parallel"))]
    merged(std::iter::once(new()).chain(lists.iter().map(|list| sum(list))))
}

/// Items that are made ahead of the one that is taken, at most.
#[cfg(feature = "parallel")]
const MADE_AHEAD: usize = 4;

/// Makes items by all threads, and takes them in their order, one at a time. While some are taken,
/// the next ones are made. The first error ends it.
pub(crate) fn in_order<T: Send, E: From<Error> + Send>(
    count: usize,
    make: impl Fn(usize) -> Result<T, Error> + Sync,
    mut take: impl FnMut(T) -> Result<(), E> + Send,
) -> Result<(), E> {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        let ahead = rayon::current_num_threads().min(MADE_AHEAD);
        let made = |from: usize| -> Vec<Result<T, Error>> {
            let to = (from + ahead).min(count);
            (from.min(to)..to).into_par_iter().with_max_len(1).map(&make).collect()
        };
        let (mut from, mut items) = (ahead, made(0));
        while !items.is_empty() {
            let take = || items.into_iter().try_for_each(|item| take(item?));
            let (taken, next) = rayon::join(take, || made(from));
            taken?;
            (from, items) = (from + ahead, next);
        }
        Ok(())
    }
    #[cfg(not(feature = "parallel"))]
    (0..count).try_for_each(|item| take(make(item)?))
}

/// All sums together.
fn merged<S: Merge>(mut sums: impl Iterator<Item = S>) -> S {
    let mut all = sums.next().expect("there is a thread");
    sums.for_each(|sums| all.merge(&sums));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_taken_in_their_order_until_the_first_error() {
        for count in [0, 1, 7, 100] {
            let mut taken = Vec::new();
            let done: Result<(), Error> = in_order(count, Ok, |item| {
                taken.push(item);
                Ok(())
            });
            assert_eq!((done, taken), (Ok(()), (0..count).collect()));
        }
        let failed = |what: &str| Error::Storage { what: what.to_owned() };
        let mut taken = 0;
        let make = |item: usize| if item == 40 { Err(failed("made")) } else { Ok(item) };
        let done: Result<(), Error> = in_order(100, make, |_| {
            taken += 1;
            Ok(())
        });
        assert_eq!((done, taken), (Err(failed("made")), 40));
        let take = |item: usize| if item == 30 { Err(failed("taken")) } else { Ok(()) };
        assert_eq!(in_order(100, make, take), Err(failed("taken")));
    }
}
