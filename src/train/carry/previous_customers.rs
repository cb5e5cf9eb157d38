//! The customers of the training before, one after the other, in terms of the tables now.

use super::matched::Matched;
use crate::error::Error;
use crate::infer::Sites;
use crate::outcome::Outcome;
use crate::train::events::{OrderLine, Partition, PartitionSource, PopularitySite};
use crate::train::graph::Graph;
use std::collections::VecDeque;

/// What tells the purchases of one customer apart: the slot, the day and the outcome.
pub(super) type PurchasePlace = (u32, i32, Outcome);

pub(super) fn place(line: &OrderLine) -> PurchasePlace {
    (line.slot, line.day, line.outcome)
}

/// One customer's purchases with their sites.
#[derive(Debug)]
pub(super) struct PreviousCustomer {
    pub(super) id: u32,
    pub(super) purchases: Vec<PreviousPurchase>,
}

/// One purchase with its sites.
#[derive(Debug)]
pub(super) struct PreviousPurchase {
    /// `None` where its article or size is not matched.
    pub(super) place: Option<PurchasePlace>,
    pub(super) sites: Sites,
    /// By slot.
    pub(super) popularity: Vec<(u32, PopularitySite)>,
}

/// Reads the customers of a training partition by partition.
pub(super) struct PreviousCustomers<'p> {
    source: &'p dyn PartitionSource,
    graph: &'p Graph,
    matched: &'p Matched,
    /// For each customer before, their index now; rising where there is one.
    customers: &'p [Option<u32>],
    next: usize,
    partition: Partition,
    read: VecDeque<PreviousCustomer>,
}

impl<'p> PreviousCustomers<'p> {
    pub(super) fn new(
        source: &'p dyn PartitionSource,
        graph: &'p Graph,
        matched: &'p Matched,
        customers: &'p [Option<u32>],
    ) -> Self {
        let (partition, read) = (Partition::default(), VecDeque::new());
        Self { source, graph, matched, customers, next: 0, partition, read }
    }

    /// The purchases of this customer, who comes after those asked for before; empty for a new one.
    pub(super) fn take(&mut self, id: u32) -> Result<Vec<PreviousPurchase>, Error> {
        loop {
            match self.read.front() {
                Some(customer) if customer.id > id => return Ok(Vec::new()),
                Some(_) => {
                    let customer = self.read.pop_front().expect("there is a front");
                    if customer.id == id {
                        return Ok(customer.purchases);
                    }
                }
                None if self.next < self.source.partitions() => self.read_partition()?,
                None => return Ok(Vec::new()),
            }
        }
    }

    fn read_partition(&mut self) -> Result<(), Error> {
        let Self { source, graph, matched, customers, next, partition, read } = self;
        partition.read(*source, *next)?;
        *next += 1;
        partition.each_customer(graph, |view| {
            let Some(&Some(id)) = customers.get(view.customer.id as usize) else { return };
            let mut sites = view.popularity_sites;
            let purchases = view.lines.iter().zip(view.sites).map(|(line, own)| {
                let (offered, rest) = sites.split_at(graph.sizes_of(line.article));
                sites = rest;
                let first = graph.articles[line.article as usize].slots.start;
                let slots = (first..).zip(offered);
                PreviousPurchase {
                    place: matched.slots[line.slot as usize]
                        .map(|slot| place(&OrderLine { slot, ..*line })),
                    sites: *own,
                    popularity: slots
                        .filter_map(|(slot, site)| Some((matched.slots[slot as usize]?, *site)))
                        .collect(),
                }
            });
            let purchases = purchases.collect();
            read.push_back(PreviousCustomer { id, purchases });
        });
        Ok(())
    }
}
