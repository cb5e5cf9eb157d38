//! Withholds estimates that few customers support: the parent's prior replaces them.
//!
//! Nobody's purchase can then be read off a belief that hardly anyone else has shaped. Training
//! itself is not changed, nor the server's model in its private file.

use super::published::PublishedBeliefs;
use crate::error::Error;
use crate::math::Gaussian;
use crate::train::events::{PartitionStore, each_customers_lines};
use crate::train::graph::Graph;
use crate::train::state::{ArticleBelief, Broadcast, chart_offset, shifts};

/// The beliefs, with the parent's prior in place of the estimates of brands, articles and sizes
/// that fewer than `min_customers` customers bought.
pub(super) fn withhold(
    Broadcast { graph, parameters, beliefs }: Broadcast<'_>,
    store: &dyn PartitionStore,
    min_customers: usize,
) -> Result<PublishedBeliefs, Error> {
    let seen = CustomerCounts::new(graph, store)?;
    let group = |group: u16| &parameters.groups[usize::from(group)];
    let known = |a: usize| seen.articles[a] >= min_customers;
    let brands: Vec<ArticleBelief> = (graph.brands.iter().zip(&beliefs.brands).zip(&seen.brands))
        .map(|((node, &belief), &customers)| {
            let prior = ArticleBelief::brand_prior(group(node.group));
            if customers < min_customers { prior } else { belief }
        })
        .collect();
    let articles = (graph.articles.iter().zip(&beliefs.articles).enumerate())
        .map(|(a, (node, &belief))| {
            let [offset, spread] = shifts(&graph.attributes, &parameters.effects, a);
            let shifts = [offset + chart_offset(graph, parameters, a), spread];
            let prior = brands[node.brand as usize].widened(group(node.group)).shifted(shifts);
            if known(a) { belief } else { prior }
        })
        .collect();
    let grades = (graph.articles.iter().zip(&beliefs.grades).enumerate())
        .map(|(a, (node, &belief))| match known(a) {
            true => belief,
            false => Gaussian::new(0.0, group(node.group).grade_variance),
        })
        .collect();
    let choice_offsets = (beliefs.choice_offsets.iter().enumerate())
        .map(|(a, offset)| if known(a) { offset.mean() } else { 0.0 })
        .collect();
    // Customers who took another size shape a popularity too, but one customer alone may account
    // for most of it: so the customers of the size itself count.
    let popularity = (beliefs.popularity.iter().zip(&seen.slots))
        .map(|(belief, &customers)| if customers < min_customers { 0.0 } else { belief.mean() })
        .collect();
    Ok(PublishedBeliefs { brands, articles, grades, choice_offsets, popularity })
}

/// Number of customers of each brand, article and slot.
struct CustomerCounts {
    brands: Vec<usize>,
    articles: Vec<usize>,
    slots: Vec<usize>,
}

impl CustomerCounts {
    fn new(graph: &Graph, store: &dyn PartitionStore) -> Result<Self, Error> {
        let mut brands = Distinct::new(graph.brands.len());
        let mut articles = Distinct::new(graph.articles.len());
        let mut slots = Distinct::new(graph.slots.len());
        let mut customer = 0;
        each_customers_lines(graph, store, |_, lines| {
            for line in lines {
                brands.see(graph.articles[line.article as usize].brand, customer);
                articles.see(line.article, customer);
                slots.see(line.slot, customer);
            }
            customer += 1;
        })?;
        Ok(Self { brands: brands.count, articles: articles.count, slots: slots.count })
    }
}

/// Counts each customer once; they come one after the other.
struct Distinct {
    count: Vec<usize>,
    last: Vec<usize>,
}

impl Distinct {
    fn new(length: usize) -> Self {
        Self { count: vec![0; length], last: vec![usize::MAX; length] }
    }

    fn see(&mut self, index: u32, customer: usize) {
        let index = index as usize;
        if self.last[index] != customer {
            self.last[index] = customer;
            self.count[index] += 1;
        }
    }
}
