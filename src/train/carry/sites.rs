//! Moves the sites of known purchases to their place in the new partitions.

use super::kept::Kept;
use super::matched::Matched;
use super::previous_customers::{PreviousCustomers, PreviousPurchase, place};
use crate::error::Error;
use crate::train::events::{
    CustomerPurchases, CustomerViewMut, MemoryStore, Partition, PartitionSource, PartitionStore,
    Partitioner, copy_sites,
};
use crate::train::graph::Graph;
use std::collections::HashSet;

/// Replaces the sites of all customers by those of the training before; purchases that it did not
/// know have sites without information. Returns the customers whose purchases have changed, and
/// these customers once more in a store of their own, in partitions of `size`. `customers` has for
/// each customer before their index now, rising where there is one.
pub(crate) fn carry_sites(
    kept: &Kept,
    source: &dyn PartitionSource,
    customers: &[Option<u32>],
    (graph, matched): (&Graph, &Matched),
    all: &mut dyn PartitionStore,
    size: usize,
) -> Result<(HashSet<u32>, MemoryStore), Error> {
    let mut changed = HashSet::new();
    let mut changed_store = MemoryStore::default();
    let mut partitions = Partitioner::new(graph, size);
    let mut previous = PreviousCustomers::new(source, &kept.graph, matched, customers);
    let mut partition = Partition::default();
    for index in 0..all.partitions() {
        let mut done = Ok(());
        partition.read(all, index)?;
        partition.each_customer_mut(graph, |view| {
            if done.is_err() {
                return;
            }
            done = previous.take(view.customer.id).and_then(|purchases| {
                let (customer, lines) = (view.customer.clone(), view.lines.to_vec());
                if take_sites(graph, view, purchases) {
                    return Ok(());
                }
                changed.insert(customer.id);
                partitions.push(&CustomerPurchases { customer, lines }, &mut changed_store)
            });
        });
        done?;
        partition.write_sites(all, index)?;
    }
    all.end_sweep(&mut Vec::new)?;
    partitions.finish(&mut changed_store)?;
    if !changed.is_empty() {
        copy_sites(graph, all, &mut changed_store)?;
    }
    Ok((changed, changed_store))
}

/// Gives a customer's purchases the sites that they had. Returns whether they are the same
/// purchases.
fn take_sites(
    graph: &Graph,
    view: CustomerViewMut<'_>,
    mut previous: Vec<PreviousPurchase>,
) -> bool {
    let mut same = true;
    let mut popularity = view.popularity_sites;
    for (line, sites) in view.lines.iter().zip(view.sites) {
        let (offered, rest) = popularity.split_at_mut(graph.sizes_of(line.article));
        popularity = rest;
        let known = previous.iter().position(|known| known.place == Some(place(line)));
        let Some(known) = known else {
            (*sites, same) = (Default::default(), false);
            offered.fill(Default::default());
            continue;
        };
        let known = previous.remove(known);
        *sites = known.sites;
        offered.fill(Default::default());
        let first = graph.articles[line.article as usize].slots.start;
        for (slot, site) in known.popularity {
            offered[(slot - first) as usize] = site;
        }
    }
    same && previous.is_empty()
}

/// Replaces the sites of the changed customers among all by those of their own store.
pub(crate) fn put_back_sites(
    graph: &Graph,
    changed: &dyn PartitionSource,
    all: &mut dyn PartitionStore,
) -> Result<(), Error> {
    let mut partition = Partition::default();
    let mut fresh = Vec::new();
    for index in 0..changed.partitions() {
        partition.read(changed, index)?;
        partition.each_customer(graph, |view| {
            fresh.push((view.customer.id, view.sites.to_vec(), view.popularity_sites.to_vec()));
        });
    }
    // Both stores have the customers in the same order.
    let mut fresh = fresh.into_iter().peekable();
    for index in 0..all.partitions() {
        partition.read(all, index)?;
        partition.each_customer_mut(graph, |view| {
            let next = fresh.next_if(|(id, ..)| *id == view.customer.id);
            let Some((_, sites, popularity)) = next else { return };
            view.sites.copy_from_slice(&sites);
            view.popularity_sites.copy_from_slice(&popularity);
        });
        partition.write_sites(all, index)?;
    }
    all.end_sweep(&mut Vec::new)
}
