//! A partition of the customers: their order lines, and the sites that training keeps of them.

use super::measurement_set::MeasurementSet;
use super::order_line::OrderLine;
use super::popularity_site::PopularitySite;
use crate::infer::Sites;
use crate::model::Features;
use crate::train::graph::Graph;
use std::ops::Range;

/// One customer of a partition.
#[derive(Clone, Debug)]
pub(crate) struct Customer {
    /// Index of the customer's id among the distinct texts of the customer column.
    pub(crate) id: u32,
    pub(crate) features: Features,
    /// The measurements that the customer did not give.
    pub(crate) missing: MeasurementSet,
    /// The customer's order lines in the partition.
    lines: Range<usize>,
    /// Their popularity sites in the partition.
    popularity: Range<usize>,
}

/// Some customers with all their order lines, and with the sites of these.
#[derive(Clone, Debug, Default)]
pub(crate) struct Partition {
    customers: Vec<Customer>,
    /// By customer; each customer's by day, article and size.
    lines: Vec<OrderLine>,
    /// The sites of each line.
    sites: Vec<Sites>,
    /// For each line one site for each size of its article.
    popularity_sites: Vec<PopularitySite>,
}

/// One customer's purchases before they join a partition.
#[derive(Clone, Debug)]
pub(crate) struct CustomerPurchases {
    pub(crate) id: u32,
    pub(crate) features: Features,
    pub(crate) missing: MeasurementSet,
    /// Sorted by day, article and size.
    pub(crate) lines: Vec<OrderLine>,
}

/// A customer with their part of the partition.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CustomerView<'p> {
    pub(crate) customer: &'p Customer,
    pub(crate) lines: &'p [OrderLine],
    pub(crate) sites: &'p [Sites],
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

impl Partition {
    /// With flat sites. All columns get exactly the memory that they need.
    pub(super) fn new(graph: &Graph, purchases: Vec<CustomerPurchases>) -> Self {
        let offered = |lines: &[OrderLine]| -> usize {
            lines.iter().map(|line| graph.sizes_of(line.article)).sum()
        };
        let all_lines = purchases.iter().map(|p| p.lines.len()).sum();
        let all_offered = purchases.iter().map(|p| offered(&p.lines)).sum();
        let mut partition = Self {
            customers: Vec::with_capacity(purchases.len()),
            lines: Vec::with_capacity(all_lines),
            sites: vec![Sites::default(); all_lines],
            popularity_sites: vec![PopularitySite::default(); all_offered],
        };
        let mut first_offered = 0;
        for CustomerPurchases { id, features, missing, lines } in purchases {
            let (first, popularity) = (partition.lines.len(), first_offered);
            first_offered += offered(&lines);
            partition.lines.extend(lines);
            partition.customers.push(Customer {
                id,
                features,
                missing,
                lines: first..partition.lines.len(),
                popularity: popularity..first_offered,
            });
        }
        partition
    }

    pub(crate) fn lines(&self) -> &[OrderLine] {
        &self.lines
    }

    pub(crate) fn customers(&self) -> impl Iterator<Item = CustomerView<'_>> {
        self.customers.iter().map(|customer| CustomerView {
            customer,
            lines: &self.lines[customer.lines.clone()],
            sites: &self.sites[customer.lines.clone()],
            popularity_sites: &self.popularity_sites[customer.popularity.clone()],
        })
    }

    pub(crate) fn customers_mut(&mut self) -> impl Iterator<Item = CustomerViewMut<'_>> {
        let (lines, mut sites, mut popularity) =
            (&self.lines, self.sites.as_mut_slice(), self.popularity_sites.as_mut_slice());
        self.customers.iter().map(move |customer| CustomerViewMut {
            customer,
            lines: &lines[customer.lines.clone()],
            sites: take(&mut sites, customer.lines.len()),
            popularity_sites: take(&mut popularity, customer.popularity.len()),
        })
    }
}

/// Splits the first `count` elements off a slice.
fn take<'s, T>(slice: &mut &'s mut [T], count: usize) -> &'s mut [T] {
    let (first, rest) = std::mem::take(slice).split_at_mut(count);
    *slice = rest;
    first
}
