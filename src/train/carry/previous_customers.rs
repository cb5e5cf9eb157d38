//! The customers of the training before, one after the other, in terms of the tables now.

use super::kept_lines::{KeptCustomer, KeptLines, PurchasePlace};
use super::matched::Matched;
use crate::error::Error;
use crate::train::events::{PartitionSource, read_sites, site_bytes};
use crate::train::graph::Graph;
use crate::train::sweep::CatalogueSums;
use std::ops::Range;

/// One customer's purchases with the bytes of their sites.
#[derive(Debug, Default)]
pub(super) struct PreviousCustomer {
    /// The digest of their measurements; `None` for a customer whom the training did not know.
    pub(super) measurements: Option<u64>,
    pub(super) purchases: Vec<PreviousPurchase>,
}

/// One purchase.
#[derive(Clone, Debug)]
pub(super) struct PreviousPurchase {
    /// `None` where its article or size is not matched.
    pub(super) place: Option<PurchasePlace>,
    /// The slot of the training before.
    pub(super) slot: u32,
    /// Where its sites are in [`PreviousCustomers::sites`].
    pub(super) sites: Range<usize>,
}

/// Reads the customers of a training partition by partition.
pub(super) struct PreviousCustomers<'p> {
    source: &'p dyn PartitionSource,
    graph: &'p Graph,
    matched: &'p Matched,
    /// For each customer before, their index now; rising where there is one.
    customers: &'p [Option<u32>],
    next_partition: usize,
    lines: Vec<u8>,
    sites: Vec<u8>,
    /// How many bytes of the lines and of the sites have been read.
    read: [usize; 2],
    /// A customer whose lines come next.
    waiting: Option<KeptCustomer>,
    /// The messages of customers who have changed or are gone.
    removed: CatalogueSums,
}

impl<'p> PreviousCustomers<'p> {
    pub(super) fn new(
        source: &'p dyn PartitionSource,
        graph: &'p Graph,
        matched: &'p Matched,
        customers: &'p [Option<u32>],
    ) -> Self {
        let (lines, sites) = (Vec::new(), Vec::new());
        let (next_partition, read, waiting) = (0, [0; 2], None);
        let removed = CatalogueSums::new(graph);
        Self {
            source,
            graph,
            matched,
            customers,
            next_partition,
            lines,
            sites,
            read,
            waiting,
            removed,
        }
    }

    /// The bytes of the sites of the last customer.
    pub(super) fn sites(&self) -> &[u8] {
        &self.sites
    }

    /// Replaces `into` by the customer with this id, who comes after those asked for before.
    pub(super) fn take(&mut self, id: u32, into: &mut PreviousCustomer) -> Result<(), Error> {
        into.measurements = None;
        into.purchases.clear();
        while let Some(customer) = self.next_customer()? {
            let now = self.customers.get(customer.id as usize).copied().flatten();
            if now.is_some_and(|now| now > id) {
                self.waiting = Some(customer);
                break;
            }
            into.purchases.clear();
            self.read_lines(customer.lines, &mut into.purchases);
            if now == Some(id) {
                into.measurements = Some(customer.measurements);
                return Ok(());
            }
            self.remove(into);
        }
        into.purchases.clear();
        Ok(())
    }

    /// Notes that a customer who was taken last has changed or is gone.
    pub(super) fn remove(&mut self, customer: &PreviousCustomer) {
        for purchase in &customer.purchases {
            let article = self.graph.slots[purchase.slot as usize].article;
            let (sites, popularity) = read_sites(&self.sites[purchase.sites.clone()]);
            self.removed.add(self.graph, article, &sites, &popularity);
        }
    }

    /// The messages to the articles before, of the customers who have changed or are gone. To be
    /// called after the last customer.
    pub(super) fn removed(mut self) -> Result<CatalogueSums, Error> {
        self.take(u32::MAX, &mut PreviousCustomer::default())?;
        Ok(self.removed)
    }

    fn next_customer(&mut self) -> Result<Option<KeptCustomer>, Error> {
        if let Some(customer) = self.waiting.take() {
            return Ok(Some(customer));
        }
        while self.read[0] == self.lines.len() {
            if self.next_partition == self.source.partitions() {
                return Ok(None);
            }
            self.source.read_lines(self.next_partition, &mut self.lines)?;
            self.source.read_sites(self.next_partition, &mut self.sites)?;
            self.next_partition += 1;
            self.read = [0; 2];
        }
        let mut reader = KeptLines(&self.lines[self.read[0]..]);
        let customer = reader.customer();
        self.read[0] = self.lines.len() - reader.0.len();
        Ok(customer)
    }

    fn read_lines(&mut self, lines: u32, into: &mut Vec<PreviousPurchase>) {
        let mut reader = KeptLines(&self.lines[self.read[0]..]);
        for _ in 0..lines {
            let (slot, day, outcome) = reader.line();
            let article = self.graph.slots[slot as usize].article;
            let first = self.read[1];
            self.read[1] += site_bytes(self.graph.sizes_of(article));
            let place = self.matched.slots[slot as usize].map(|slot| (slot, day, outcome));
            into.push(PreviousPurchase { place, slot, sites: first..self.read[1] });
        }
        self.read[0] = self.lines.len() - reader.0.len();
    }
}
