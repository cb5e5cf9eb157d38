//! Purchases with beliefs that leave them out: what training learns from after the last sweep.

use super::events::{CustomerView, OrderLine, Partition, PopularitySite};
use super::state::Broadcast;
use super::sweep::CustomerPrior;
use crate::infer::{PurchaseFactors, Sites};
use crate::math::Gaussian;
use crate::model::TRAITS;

/// A purchase. The sites of its own factors are removed from all beliefs.
pub(crate) struct LeaveOneOut<'p> {
    /// The customer's index.
    pub(crate) customer: u32,
    pub(crate) line: &'p OrderLine,
    /// Its own sites, which the beliefs do not have.
    pub(crate) sites: &'p Sites,
    /// Those at the popularity of each size of its article.
    pub(crate) popularity_sites: &'p [PopularitySite],
    /// The customer's measurements that are numbers, standardised.
    pub(crate) z: &'p [f64],
    /// The factors of the size taken, for a customer who did not choose it.
    pub(crate) factors: PurchaseFactors<'p>,
    /// The customer's latent size in the article's fit group.
    pub(crate) size: Gaussian,
    pub(crate) traits: [Gaussian; TRAITS],
}

/// Calls `f` with every purchase of a partition.
pub(crate) fn each_left_out(
    broadcast: Broadcast<'_>,
    partition: &mut Partition<'_>,
    mut f: impl FnMut(&LeaveOneOut<'_>),
) {
    partition.each_customer(broadcast.graph, |view| each_of_customer(broadcast, view, &mut f));
}

fn each_of_customer(
    broadcast: Broadcast<'_>,
    view: &CustomerView<'_>,
    f: &mut impl FnMut(&LeaveOneOut<'_>),
) {
    let Broadcast { graph, parameters, .. } = broadcast;
    let prior = CustomerPrior::new(graph, parameters, view.customer, view.lines, Vec::new());
    let belief = prior.belief(broadcast, view.lines, view.sites);
    let mut popularity = view.popularity_sites;
    for (line, sites) in view.lines.iter().zip(view.sites) {
        let (own, rest) = popularity.split_at(graph.sizes_of(line.article));
        popularity = rest;
        let axis = prior.axis(graph.group_of(line.article));
        let messages = sites.traits();
        f(&LeaveOneOut {
            customer: view.customer.id,
            line,
            sites,
            popularity_sites: own,
            z: &view.customer.features.z,
            factors: broadcast.event(line, sites, axis, None),
            size: belief.size(axis).remove(sites.size()),
            traits: std::array::from_fn(|i| belief.traits[i].remove(messages[i])),
        });
    }
}
