//! One pass of message passing over the customers of a partition, or of all partitions.

use super::article_sums::CatalogueSums;
use super::customer_belief::CustomerPrior;
use super::customer_sums::{Regressor, add_customer};
use super::purchase_sums::{add_choice, add_evidence, add_labels, add_outcome};
use super::sums::SweepSums;
use crate::error::Error;
use crate::infer::{Belief, Choosing, OfferedSize, Sites, SizeChoice, Wanted, others_factor};
use crate::math::Score;
use crate::train::events::{
    Customer, CustomerViewMut, OrderLine, Partition, PartitionStore, PopularitySite, stored_sites,
};
use crate::train::graph::Graph;
use crate::train::state::Broadcast;
use crate::train::threads::{Queue, sum_in_threads};

/// How a sweep runs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SweepOptions {
    /// Weight of fresh messages against those of the sweep before, above 0 to 1.
    pub(crate) damping: f64,
    /// Whether to sum what hyperparameters are learned from. If not, the sums have the messages to
    /// articles and the log evidence alone.
    pub(crate) learn: bool,
    /// Whether to sum the regressions on measurements.
    pub(crate) regress: bool,
}

/// Replaces the sites of partitions by fresh ones, under parameters and beliefs that stay as they
/// are. Returns all sums that learning needs; those of several calls merge into the sums of one
/// call over all their partitions.
fn sweep(
    broadcast: Broadcast<'_>,
    queue: &Queue<'_>,
    options: SweepOptions,
) -> Result<SweepSums, Error> {
    let mut sums = SweepSums::new(broadcast.graph, options.regress);
    let mut pass = Pass::new(broadcast, options);
    let mut partition = Partition::default();
    while let Some(index) = queue.read(&mut partition)? {
        partition.each_customer_mut(broadcast.graph, |view| pass.customer(view, &mut sums));
        queue.write_sites(index, &partition)?;
    }
    Ok(sums)
}

/// [`sweep`] over all partitions by all threads. The new sites are the present ones once
/// [`PartitionStore::end_sweep`] is called.
pub(crate) fn sweep_in_threads(
    broadcast: Broadcast<'_>,
    store: &dyn PartitionStore,
    options: SweepOptions,
) -> Result<SweepSums, Error> {
    sum_in_threads(store, |queue| sweep(broadcast, queue, options))
}

/// The messages to all articles and sizes from the sites of a store, those of the last sweep.
pub(crate) fn sum_catalogue(
    graph: &Graph,
    store: &dyn PartitionStore,
) -> Result<CatalogueSums, Error> {
    sum_in_threads(store, |queue| {
        let mut sums = CatalogueSums::new(graph);
        let mut partition = Partition::default();
        while queue.read(&mut partition)?.is_some() {
            partition.each_customers_messages(graph, |lines, sites, mut popularity| {
                sums.read_ahead(graph, lines);
                for (line, sites) in lines.iter().zip(sites) {
                    let (own, rest) = popularity.split_at(graph.sizes_of(line.article));
                    popularity = rest;
                    sums.add(graph, line.article, sites, own);
                }
            });
        }
        Ok(sums)
    })
}

/// A pass over customers, with buffers that serve from customer to customer.
struct Pass<'s> {
    broadcast: Broadcast<'s>,
    options: SweepOptions,
    choosing: Choosing,
    /// By scale, for each label the factor on its weight where a purchase is for another person.
    others: Vec<Vec<f64>>,
    offers: Vec<OfferedSize>,
    groups: Vec<usize>,
    regressor: Regressor,
}

/// One line with its sites.
struct LineMut<'p> {
    line: &'p OrderLine,
    sites: &'p mut Sites,
    popularity: &'p mut [PopularitySite],
}

impl<'s> Pass<'s> {
    fn new(broadcast: Broadcast<'s>, options: SweepOptions) -> Self {
        let Broadcast { graph, parameters, .. } = broadcast;
        let others = graph.scales.iter().zip(&parameters.labels).map(|(scale, labels)| {
            let others = &parameters.groups[usize::from(scale.group)].choice.others;
            let factor = |&position: &f64| others_factor(position, others);
            labels.position.iter().map(factor).collect()
        });
        Self {
            others: others.collect(),
            broadcast,
            options,
            choosing: Choosing::wanting(match options.learn {
                true => Wanted::Everything,
                false => Wanted::Weights,
            }),
            offers: Vec::new(),
            groups: Vec::new(),
            regressor: Regressor::default(),
        }
    }

    fn customer(&mut self, view: CustomerViewMut<'_>, sums: &mut SweepSums) {
        let Broadcast { graph, parameters, .. } = self.broadcast;
        let customer = view.customer;
        self.broadcast.read_ahead(view.lines);
        sums.catalogue.read_ahead(graph, view.lines);
        let groups = std::mem::take(&mut self.groups);
        let prior = CustomerPrior::new(graph, parameters, customer, view.lines, groups);
        let mut belief = prior.belief(self.broadcast, view.lines, view.sites);
        let mut popularity = &mut *view.popularity_sites;
        for (line, sites) in view.lines.iter().zip(view.sites.iter_mut()) {
            let (own, rest) = popularity.split_at_mut(graph.sizes_of(line.article));
            popularity = rest;
            let axis = prior.axis(graph.group_of(line.article));
            let line = LineMut { line, sites, popularity: own };
            self.line(line, axis, customer, &mut belief, sums);
        }
        if self.options.learn {
            add_customer(sums, self.broadcast, customer, &prior, &belief);
        }
        if self.options.regress {
            self.regressor.add(sums, self.broadcast, &view, &prior);
        }
        self.groups = prior.groups;
    }

    fn line(
        &mut self,
        LineMut { line, sites, popularity }: LineMut<'_>,
        axis: usize,
        customer: &Customer,
        belief: &mut Belief,
        sums: &mut SweepSums,
    ) {
        let Broadcast { graph, parameters, .. } = self.broadcast;
        let z = customer.features.z.as_slice();
        let node = &graph.articles[line.article as usize];
        let (group, scale) = (usize::from(node.group), usize::from(node.scale));
        let taken = self.broadcast.fill_menu(line, z, popularity, &mut self.offers);
        let slots = &graph.slots[graph.slots_of(line.article)];
        let others = &self.others[scale];
        let factors = slots.iter().map(|slot| others[usize::from(slot.label)]);
        let menu = SizeChoice::by_factors(&self.offers, taken, factors);
        let event = self.broadcast.event(line, sites, axis, menu);
        let stats = event.pass(belief, sites, self.options.damping, &mut self.choosing);
        *sites = stored_sites(sites);
        let of_group = &mut sums.groups[group];
        add_evidence(of_group, &stats);
        if self.options.learn {
            add_outcome(of_group, &event, &stats);
            if let Some(pull) = &stats.choice {
                add_choice(of_group, &event, &stats, pull, &self.choosing);
                let has_affinity = !parameters.labels[scale].affinity.is_empty();
                let z = if has_affinity { z } else { &[] };
                let of_scale = &mut sums.scales[scale];
                add_labels(of_scale, &self.choosing, &self.offers, slots, stats.wish, z);
            }
        }
        if stats.choice.is_some() {
            self.renew_popularity(line, node.slots.start as usize, popularity);
        }
        sums.catalogue.add(graph, line.article, sites, popularity);
    }

    /// Replaces the sites of a choice at the popularities of the sizes on offer.
    fn renew_popularity(&self, line: &OrderLine, first: usize, sites: &mut [PopularitySite]) {
        let beliefs = &self.broadcast.beliefs.popularity[first..];
        for ((site, belief), weight) in
            sites.iter_mut().zip(beliefs).zip(&self.choosing.scores.weights)
        {
            let mean = belief.remove(site.gaussian()).mean();
            let fresh = Score {
                score: weight.score * line.weight,
                information: weight.information * line.weight,
            };
            *site = site.renewed(mean, fresh, self.options.damping);
        }
    }
}
