//! One purchase as a case of advice: the chances of every size as they were before it.

use crate::infer::{Belief, Evidence, Garment, OfferedSize, PurchaseFactors};
use crate::math::Gaussian;
use crate::model::LENGTH;
use crate::train::events::{CustomerView, OrderLine, Partition};
use crate::train::state::{Broadcast, Menu};
use crate::train::sweep::CustomerPrior;

/// A purchase, with beliefs that leave it out.
pub(super) struct Case<'c> {
    pub(super) group: usize,
    pub(super) evidence: Evidence,
    /// Index of the size taken among the sizes on offer.
    pub(super) taken: usize,
    /// Probability of each size to be taken.
    pub(super) chosen: &'c [f64],
    /// Probability that it comes back for another reason than its size, whatever the size.
    pub(super) unrelated: f64,
    /// The factors of each size, for a customer who did not choose it.
    pub(super) sizes: &'c [PurchaseFactors<'c>],
    /// The latent size as far as the customer shows it by this choice, without its outcome.
    ///
    /// Who takes the size that a rule names has, on average, a latent size nearer to it than the
    /// others. The model knows that, so it is no reason to correct a probability. But as far as
    /// customers choose by what the model does not know, their choice shows that instead.
    pub(super) shown_size: Gaussian,
    /// The customer's belief without the purchase.
    pub(super) belief: &'c Belief,
}

impl Case<'_> {
    /// Chances of too small, fits and too large in a size.
    pub(super) fn chances(&self, size: usize) -> [f64; 3] {
        let factors = &self.sizes[size];
        factors.chances(self.belief.size(factors.axis), self.belief.traits)
    }

    /// The same in the size taken, for the latent size that the choice shows.
    pub(super) fn chances_shown(&self) -> [f64; 3] {
        self.sizes[self.taken].chances(self.shown_size, self.belief.traits)
    }
}

/// Calls `f` with every purchase whose size was chosen among several.
pub(super) fn for_each_case(
    broadcast: Broadcast<'_>,
    partition: &mut Partition,
    mut f: impl FnMut(&Case<'_>),
) {
    let mut buffers = Buffers::default();
    partition.each_customer(broadcast.graph, |view| {
        for_each_of_customer(broadcast, view, &mut buffers, &mut f);
    });
}

/// Buffers that serve from purchase to purchase.
#[derive(Default)]
struct Buffers<'m> {
    offers: Vec<OfferedSize>,
    sizes: Vec<PurchaseFactors<'m>>,
}

fn for_each_of_customer<'m>(
    broadcast: Broadcast<'m>,
    view: &CustomerView<'_>,
    buffers: &mut Buffers<'m>,
    f: &mut impl FnMut(&Case<'_>),
) {
    let Broadcast { graph, parameters, .. } = broadcast;
    let prior = CustomerPrior::new(graph, parameters, view.customer, view.lines, Vec::new());
    let belief = prior.belief(broadcast, view.lines, view.sites);
    let z = view.customer.features.z.as_slice();
    let mut popularity = view.popularity_sites;
    for (line, sites) in view.lines.iter().zip(view.sites) {
        let (own, rest) = popularity.split_at(graph.sizes_of(line.article));
        popularity = rest;
        if own.len() < 2 || line.evidence == Evidence::None {
            continue;
        }
        let axis = prior.axis(graph.group_of(line.article));
        let mut without = belief.clone();
        without.observe(axis, Gaussian::FLAT.remove(sites.size()));
        let messages = sites.traits();
        without.traits = std::array::from_fn(|i| without.traits[i].remove(messages[i]));
        let taken = broadcast.fill_menu(line, z, own, &mut buffers.offers);
        let factors = broadcast.event(line, sites, axis, Menu { offers: &[], taken: 0 });
        buffers.fill_sizes(broadcast, line, factors);
        let wish = without.traits[LENGTH].into();
        let knowledge = 1.0 - factors.terms.chosen_slope / factors.terms.slope;
        let shown = (1.0 - knowledge * knowledge).max(0.0);
        f(&Case {
            group: graph.group_of(line.article),
            evidence: line.evidence,
            taken,
            chosen: &factors.choice_chances(&buffers.offers, without.size(axis), wish),
            unrelated: factors.returned(without.traits),
            sizes: &buffers.sizes,
            shown_size: without.size(axis).combine(sites.choice.size.scale(shown)),
            belief: &without,
        });
    }
}

impl<'m> Buffers<'m> {
    /// The factors of every size of the line's article; `factors` are those of the size taken.
    fn fill_sizes(
        &mut self,
        broadcast: Broadcast<'m>,
        line: &OrderLine,
        factors: PurchaseFactors<'m>,
    ) {
        let Broadcast { graph, parameters, .. } = broadcast;
        let node = &graph.articles[line.article as usize];
        let labels = &parameters.labels[usize::from(node.scale)];
        self.sizes.clear();
        self.sizes.extend(node.slots.clone().map(|slot| {
            let label = usize::from(graph.slots[slot as usize].label);
            let garment = Garment { position: labels.position[label], ..factors.garment };
            PurchaseFactors { garment, ..factors }
        }));
    }
}
