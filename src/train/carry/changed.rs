//! The customers that have changed since the training before.

use crate::error::Error;
use crate::train::events::{
    CustomerBytes, MemoryStore, PARTITION_CUSTOMERS, PartitionSource, PartitionStore,
};
use std::collections::HashSet;

/// Customers whose purchases or measurements have changed, in a store of their own.
#[derive(Debug, Default)]
pub(crate) struct ChangedCustomers {
    /// Their indices.
    pub(crate) ids: HashSet<u32>,
    /// The customers with their sites.
    pub(crate) store: MemoryStore,
    /// For each of them, in order: their partition among all, the offset of their sites there, and
    /// the length of the sites.
    places: Vec<(usize, usize, usize)>,
    /// Lines and sites of the next partition.
    lines: Vec<u8>,
    sites: Vec<u8>,
}

impl ChangedCustomers {
    /// Adds the next customer, whose sites are at this place: the partition and the offset.
    pub(super) fn add(
        &mut self,
        customer: CustomerBytes<'_>,
        sites: &[u8],
        (partition, offset): (usize, usize),
    ) -> Result<(), Error> {
        self.ids.insert(customer.id);
        self.lines.extend_from_slice(customer.whole);
        self.sites.extend_from_slice(sites);
        self.places.push((partition, offset, sites.len()));
        if self.places.len().is_multiple_of(PARTITION_CUSTOMERS) { self.end() } else { Ok(()) }
    }

    /// Puts the last customers into the store.
    pub(super) fn end(&mut self) -> Result<(), Error> {
        if !self.lines.is_empty() {
            self.store.add(&self.lines, self.sites.len())?;
            self.store.write_sites(self.store.partitions() - 1, &self.sites)?;
            self.lines.clear();
            self.sites.clear();
        }
        Ok(())
    }

    /// Replaces the sites of these customers among all by those of their own store.
    pub(crate) fn put_back(&self, all: &mut dyn PartitionStore) -> Result<(), Error> {
        let (mut fresh, mut own) = (Vec::new(), Vec::new());
        for index in 0..self.store.partitions() {
            self.store.read_sites(index, &mut own)?;
            fresh.append(&mut own);
        }
        let mut fresh = fresh.as_slice();
        let mut places = self.places.iter().peekable();
        let mut sites = Vec::new();
        for index in 0..all.partitions() {
            all.read_sites(index, &mut sites)?;
            while let Some(&(_, offset, length)) = places.next_if(|place| place.0 == index) {
                let (own, rest) = fresh.split_at(length);
                fresh = rest;
                sites[offset..offset + length].copy_from_slice(own);
            }
            all.write_sites(index, &sites)?;
        }
        all.end_sweep(&mut Vec::new)
    }
}
