//! Sums over partitions by all threads.

use super::fixed_point::Merge;

/// The sums over all partitions: each thread takes one partition after the other, and has one set
/// of sums, as they are large.
#[cfg(feature = "parallel")]
pub(crate) fn sum_in_threads<P: Send, S: Merge + Send>(
    partitions: impl ExactSizeIterator<Item = P> + Send,
    sum: impl Fn(&mut dyn Iterator<Item = P>) -> S + Sync,
) -> S {
    use rayon::prelude::*;
    let threads = rayon::current_num_threads().clamp(1, partitions.len().max(1));
    let queue = std::sync::Mutex::new(partitions);
    let next = || queue.lock().expect("no thread panics with the lock").next();
    let sums = (0..threads).into_par_iter().with_max_len(1);
    sums.map(|_| sum(&mut std::iter::from_fn(next)))
        .reduce_with(|mut sums, other| {
            sums.merge(&other);
            sums
        })
        .expect("there is a thread")
}

/// The sums over all partitions, where the build has no threads.
#[cfg(not(feature = "parallel"))]
pub(crate) fn sum_in_threads<P, S: Merge>(
    mut partitions: impl ExactSizeIterator<Item = P>,
    sum: impl Fn(&mut dyn Iterator<Item = P>) -> S,
) -> S {
    sum(&mut partitions)
}
