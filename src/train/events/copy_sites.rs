//! Brings the sites of a sample of customers up to date.

use super::partition::Partition;
use super::store::{PartitionSource, PartitionStore};
use crate::error::Error;
use crate::train::graph::Graph;

/// Replaces the sites of a sample by those that its customers have in the store of all customers.
/// Both stores have the customers in the same order.
pub(crate) fn copy_sites(
    graph: &Graph,
    all: &dyn PartitionSource,
    sample: &mut dyn PartitionStore,
) -> Result<(), Error> {
    let mut partition = Partition::default();
    // Each customer of the sample, with their partition of the sample.
    let mut wanted: Vec<(u32, usize)> = Vec::new();
    for index in 0..sample.partitions() {
        partition.read_lines(sample, index)?;
        partition.each_customers_bytes(graph, |customer| wanted.push((customer.id, index)));
    }
    let mut wanted = wanted.into_iter().peekable();
    let (mut index, mut sites) = (0, Vec::new());
    for source in 0..all.partitions() {
        let mut whole = Vec::new();
        partition.read(all, source)?;
        partition.each_customers_sites(graph, |customer, bytes| {
            let Some((_, own)) = wanted.next_if(|(id, _)| *id == customer) else { return };
            if own != index {
                whole.push((index, std::mem::take(&mut sites)));
                index = own;
            }
            sites.extend_from_slice(bytes);
        });
        for (index, sites) in whole {
            sample.write_sites(index, &sites)?;
        }
    }
    sample.write_sites(index, &sites)?;
    sample.end_sweep(&mut Vec::new)
}
