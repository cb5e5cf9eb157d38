//! A partition of the customers: their order lines, and the sites that training keeps of them, as
//! bytes that are read customer by customer.

use super::customer::Customer;
use super::line_bytes::{LineReader, write_customer, write_lines};
use super::order_line::OrderLine;
use super::popularity_site::PopularitySite;
use super::site_bytes;
use super::store::{PartitionSource, PartitionStore};
use crate::error::Error;
use crate::infer::Sites;
use crate::train::graph::Graph;

/// One customer's purchases before they join a partition.
#[derive(Clone, Debug)]
pub(crate) struct CustomerPurchases {
    pub(crate) customer: Customer,
    /// Sorted by day, article and size.
    pub(crate) lines: Vec<OrderLine>,
}

/// A customer with their part of the partition.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CustomerView<'p> {
    pub(crate) customer: &'p Customer,
    pub(crate) lines: &'p [OrderLine],
    /// The sites of each line.
    pub(crate) sites: &'p [Sites],
    /// For each line one site for each size of its article.
    pub(crate) popularity_sites: &'p [PopularitySite],
}

/// A customer with their part of the partition, the sites to be replaced.
#[derive(Debug)]
pub(crate) struct CustomerViewMut<'p> {
    pub(crate) customer: &'p Customer,
    pub(crate) lines: &'p [OrderLine],
    pub(crate) sites: &'p mut [Sites],
    pub(crate) popularity_sites: &'p mut [PopularitySite],
}

/// A customer of a partition as bytes, with their order lines.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CustomerBytes<'p> {
    pub(crate) id: u32,
    /// Their measurements: equal bytes where these are equal.
    pub(crate) measurements: &'p [u8],
    /// All of their bytes among the lines of the partition.
    pub(crate) whole: &'p [u8],
    pub(crate) lines: &'p [OrderLine],
}

/// A partition that is being put together.
#[derive(Debug, Default)]
pub(crate) struct PartitionBuilder {
    lines: Vec<u8>,
    sites: usize,
}

impl PartitionBuilder {
    /// Adds a customer. All sites are without information.
    pub(crate) fn push(&mut self, graph: &Graph, purchases: &CustomerPurchases) {
        let CustomerPurchases { customer, lines } = purchases;
        write_customer(graph, customer, lines.len(), &mut self.lines);
        write_lines(graph, lines, &mut self.lines);
        let length = |line: &OrderLine| site_bytes::site_bytes(graph.sizes_of(line.article));
        self.sites += lines.iter().map(length).sum::<usize>();
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The bytes of the customers and their lines.
    pub(crate) fn lines(&self) -> &[u8] {
        &self.lines
    }

    /// Adds the partition to a store, and begins the next one.
    pub(crate) fn store(&mut self, store: &mut dyn PartitionStore) -> Result<(), Error> {
        store.add(&self.lines, self.sites)?;
        self.lines.clear();
        self.sites = 0;
        Ok(())
    }
}

/// A partition as it was read from a store, with buffers that serve from partition to partition.
#[derive(Debug, Default)]
pub(crate) struct Partition<'s> {
    /// Its lines in the memory of the store; `None` if they were read into `lines`.
    in_memory: Option<&'s [u8]>,
    lines: Vec<u8>,
    sites: Vec<u8>,
    buffers: Buffers,
}

/// One customer's part.
#[derive(Debug, Default)]
struct Buffers {
    customer: Customer,
    lines: Vec<OrderLine>,
    sites: Vec<Sites>,
    popularity: Vec<PopularitySite>,
}

impl<'s> Partition<'s> {
    /// Reads the lines of a partition alone.
    pub(crate) fn read_lines(
        &mut self,
        store: &'s dyn PartitionSource,
        partition: usize,
    ) -> Result<(), Error> {
        self.in_memory = store.lines_in_memory(partition);
        if self.in_memory.is_none() {
            store.read_lines(partition, &mut self.lines)?;
        }
        Ok(())
    }

    /// Reads a partition.
    pub(crate) fn read(
        &mut self,
        store: &'s dyn PartitionSource,
        partition: usize,
    ) -> Result<(), Error> {
        self.read_lines(store, partition)?;
        store.read_sites(partition, &mut self.sites)
    }

    /// Writes the sites back.
    pub(crate) fn write_sites(
        &self,
        store: &dyn PartitionStore,
        partition: usize,
    ) -> Result<(), Error> {
        store.write_sites(partition, &self.sites)
    }

    /// Calls `f` with the lines of every customer.
    pub(crate) fn each_customers_lines(
        &mut self,
        graph: &Graph,
        mut f: impl FnMut(&Customer, &[OrderLine]),
    ) {
        let mut reader = LineReader::new(self.in_memory.unwrap_or(&self.lines));
        while self.buffers.read_lines(graph, &mut reader) {
            f(&self.buffers.customer, &self.buffers.lines);
        }
    }

    /// Calls `f` with every customer as bytes.
    pub(crate) fn each_customers_bytes(
        &mut self,
        graph: &Graph,
        mut f: impl FnMut(CustomerBytes<'_>),
    ) {
        let mut reader = LineReader::new(self.in_memory.unwrap_or(&self.lines));
        let lines = &mut self.buffers.lines;
        loop {
            let before = reader.rest();
            let Some((id, measurements, count)) = reader.skip_customer(graph) else { return };
            lines.clear();
            lines.extend((0..count).map(|_| reader.line(graph)));
            let whole = &before[..before.len() - reader.rest().len()];
            f(CustomerBytes { id, measurements, whole, lines });
        }
    }

    /// Calls `f` with every customer.
    pub(crate) fn each_customer(&mut self, graph: &Graph, mut f: impl FnMut(&CustomerView<'_>)) {
        let mut reader = LineReader::new(self.in_memory.unwrap_or(&self.lines));
        let mut bytes = self.sites.as_slice();
        while self.buffers.read_lines(graph, &mut reader) {
            let (own, rest) = bytes.split_at(sites_length(graph, &self.buffers.lines));
            bytes = rest;
            self.buffers.read_sites(graph, own);
            let Buffers { customer, lines, sites, popularity } = &self.buffers;
            f(&CustomerView { customer, lines, sites, popularity_sites: popularity });
        }
    }

    /// Calls `f` with the id of every customer and the bytes of their sites.
    pub(super) fn each_customers_sites(&mut self, graph: &Graph, mut f: impl FnMut(u32, &[u8])) {
        let sites = std::mem::take(&mut self.sites);
        let mut bytes = sites.as_slice();
        self.each_customers_bytes(graph, |customer| {
            let (own, rest) = bytes.split_at(sites_length(graph, customer.lines));
            bytes = rest;
            f(customer.id, own);
        });
        self.sites = sites;
    }

    /// Calls `f` with the lines and the sites of every customer. Nobody's measurements are read.
    pub(crate) fn each_customers_messages(
        &mut self,
        graph: &Graph,
        mut f: impl FnMut(&[OrderLine], &[Sites], &[PopularitySite]),
    ) {
        let mut reader = LineReader::new(self.in_memory.unwrap_or(&self.lines));
        let mut bytes = self.sites.as_slice();
        while let Some((_, _, count)) = reader.skip_customer(graph) {
            self.buffers.lines.clear();
            self.buffers.lines.extend((0..count).map(|_| reader.line(graph)));
            let (own, rest) = bytes.split_at(sites_length(graph, &self.buffers.lines));
            bytes = rest;
            self.buffers.read_sites(graph, own);
            let Buffers { lines, sites, popularity, .. } = &self.buffers;
            f(lines, sites, popularity);
        }
    }

    /// Calls `f` with every customer, and keeps the sites as `f` leaves them.
    pub(crate) fn each_customer_mut(
        &mut self,
        graph: &Graph,
        mut f: impl FnMut(CustomerViewMut<'_>),
    ) {
        let mut reader = LineReader::new(self.in_memory.unwrap_or(&self.lines));
        let mut bytes = self.sites.as_mut_slice();
        while self.buffers.read_lines(graph, &mut reader) {
            let (own, rest) = bytes.split_at_mut(sites_length(graph, &self.buffers.lines));
            bytes = rest;
            self.buffers.read_sites(graph, own);
            let Buffers { customer, lines, sites, popularity } = &mut self.buffers;
            f(CustomerViewMut { customer, lines, sites, popularity_sites: popularity });
            self.buffers.write_sites(graph, own);
        }
    }
}

/// Calls `f` with the id and the lines of every customer of a store.
pub(crate) fn each_customers_lines(
    graph: &Graph,
    store: &dyn PartitionStore,
    mut f: impl FnMut(u32, &[OrderLine]),
) -> Result<(), Error> {
    let mut partition = Partition::default();
    for index in 0..store.partitions() {
        partition.read_lines(store, index)?;
        partition.each_customers_bytes(graph, |customer| f(customer.id, customer.lines));
    }
    Ok(())
}

/// Length of the bytes of the sites of these lines.
pub(crate) fn sites_length(graph: &Graph, lines: &[OrderLine]) -> usize {
    lines.iter().map(|line| site_bytes::site_bytes(graph.sizes_of(line.article))).sum()
}

impl Buffers {
    /// Reads the next customer with their lines; `false` at the end.
    fn read_lines(&mut self, graph: &Graph, reader: &mut LineReader<'_>) -> bool {
        let Some(lines) = reader.customer(graph, &mut self.customer) else { return false };
        self.lines.clear();
        self.lines.extend((0..lines).map(|_| reader.line(graph)));
        true
    }

    fn read_sites(&mut self, graph: &Graph, mut bytes: &[u8]) {
        self.sites.clear();
        self.popularity.clear();
        for line in &self.lines {
            let (own, rest) = bytes.split_at(site_bytes::site_bytes(graph.sizes_of(line.article)));
            bytes = rest;
            self.sites.push(site_bytes::read(own, &mut self.popularity));
        }
    }

    fn write_sites(&self, graph: &Graph, mut bytes: &mut [u8]) {
        let mut popularity = self.popularity.as_slice();
        for (line, sites) in self.lines.iter().zip(&self.sites) {
            let sizes = graph.sizes_of(line.article);
            let (own, rest) = bytes.split_at_mut(site_bytes::site_bytes(sizes));
            bytes = rest;
            let (offered, rest) = popularity.split_at(sizes);
            popularity = rest;
            site_bytes::write(sites, offered, own);
        }
    }
}
