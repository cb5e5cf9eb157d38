//! Moves the sites of known purchases to their place in the new partitions.

use super::changed::ChangedCustomers;
use super::kept::Kept;
use super::kept_lines::measurements_digest;
use super::matched::Matched;
use super::previous_customers::{PreviousCustomer, PreviousCustomers};
use crate::error::Error;
use crate::train::events::{
    OWN_SITES, OrderLine, Partition, PartitionSource, PartitionStore, SITE, site_bytes,
};
use crate::train::fixed_point::Unmerge;
use crate::train::graph::Graph;
use crate::train::sweep::CatalogueSums;

/// Replaces the sites of all customers by those of the training before; purchases that it did not
/// know have sites without information. Returns the customers whose purchases or measurements have
/// changed, and the messages to the articles of all others. `customers` has for each customer
/// before their index now, rising where there is one.
pub(crate) fn carry_sites(
    kept: &Kept,
    source: &dyn PartitionSource,
    customers: &[Option<u32>],
    (graph, matched): (&Graph, &Matched),
    all: &mut dyn PartitionStore,
) -> Result<(ChangedCustomers, CatalogueSums), Error> {
    let mut changed = ChangedCustomers::default();
    let mut previous = PreviousCustomers::new(source, &kept.graph, matched, customers);
    let mut before = PreviousCustomer::default();
    let mut partition = Partition::default();
    let mut sites = Vec::new();
    for index in 0..all.partitions() {
        let mut done = Ok(());
        sites.clear();
        partition.read_lines(all, index)?;
        partition.each_customers_bytes(graph, |customer| {
            if done.is_err() {
                return;
            }
            done = previous.take(customer.id, &mut before).and_then(|()| {
                let first = sites.len();
                let graphs = (&kept.graph, graph);
                let same_purchases = copy_sites(
                    graphs,
                    matched,
                    &before,
                    previous.sites(),
                    customer.lines,
                    &mut sites,
                );
                let measurements = measurements_digest(customer.measurements);
                if same_purchases && before.measurements == Some(measurements) {
                    return Ok(());
                }
                previous.remove(&before);
                changed.add(customer, &sites[first..], (index, first))
            });
        });
        done?;
        all.write_sites(index, &sites)?;
    }
    all.end_sweep(&mut Vec::new)?;
    changed.end()?;
    let mut others = kept.messages.clone();
    others.unmerge(&previous.removed()?);
    Ok((changed, matched.carried_messages(&others, graph)))
}

/// Appends the sites that a customer's purchases had. Returns whether they are the same purchases.
fn copy_sites(
    (before, now): (&Graph, &Graph),
    matched: &Matched,
    previous: &PreviousCustomer,
    bytes: &[u8],
    lines: &[OrderLine],
    out: &mut Vec<u8>,
) -> bool {
    let purchases = &previous.purchases;
    let mut taken = vec![false; purchases.len()];
    let mut same = lines.len() == purchases.len();
    for (i, line) in lines.iter().enumerate() {
        let place = Some((line.slot, line.day, line.outcome));
        let first = out.len();
        let length = site_bytes(now.sizes_of(line.article));
        // Nearly always the purchases are the same, in the same order.
        let in_order = (i..purchases.len()).chain(0..i.min(purchases.len()));
        let known = in_order.into_iter().find(|&k| !taken[k] && purchases[k].place == place);
        let Some(known) = known else {
            same = false;
            out.resize(first + length, 0);
            continue;
        };
        taken[known] = true;
        let own = &bytes[purchases[known].sites.clone()];
        let article = before.slots[purchases[known].slot as usize].article;
        if matched.whole[article as usize] {
            out.extend_from_slice(own);
            continue;
        }
        out.resize(first + length, 0);
        let (messages, offered) = own.split_at(OWN_SITES);
        let (new_messages, new_offered) = out[first..].split_at_mut(OWN_SITES);
        new_messages.copy_from_slice(messages);
        let from = now.articles[line.article as usize].slots.start;
        let old = before.articles[article as usize].slots.clone();
        for (slot, site) in old.zip(offered.chunks_exact(SITE)) {
            if let Some(slot) = matched.slots[slot as usize] {
                new_offered[SITE * (slot - from) as usize..][..SITE].copy_from_slice(site);
            }
        }
    }
    same
}
