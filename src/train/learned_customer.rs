//! The private beliefs about one customer, and the messages of their purchases, from the parameters
//! and the sites.

use super::events::{CustomerView, OrderLine, PopularitySite};
use super::graph::Graph;
use super::state::Parameters;
use crate::infer::Sites;
use crate::math::Gaussian;
use crate::model::{CustomerBelief, GroupEvidence, PurchaseMessages, PurchaseRecord};

/// For each scale the rank by position of each label of the graph: its index in the model.
pub(super) type LabelRanks = [Vec<u16>];

/// The private beliefs about one customer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LearnedCustomer {
    /// Index of the customer's id among the distinct texts of the customer column.
    pub id: u32,
    /// The belief about them.
    pub belief: CustomerBelief,
    /// Each of their purchases with its messages, by day, article and size.
    pub purchases: Vec<PurchaseRecord<u32>>,
}

impl LearnedCustomer {
    pub(super) fn new(
        graph: &Graph,
        parameters: &Parameters,
        ranks: &LabelRanks,
        view: &CustomerView<'_>,
    ) -> Self {
        Self {
            id: view.customer.id,
            belief: customer_belief(graph, parameters, view),
            purchases: purchases(graph, ranks, view),
        }
    }
}

/// Numbers of customers and of what there is about them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LearnedCounts {
    /// Customers.
    pub customers: usize,
    /// Fit groups in which a customer has bought, summed over the customers.
    pub evidence: usize,
    /// Purchases.
    pub purchases: usize,
    /// Sizes on offer, summed over the purchases.
    pub offered: usize,
}

impl LearnedCounts {
    /// Counts one customer, who has these lines.
    pub(super) fn add(&mut self, graph: &Graph, lines: &[OrderLine]) {
        let group = |line: &OrderLine| graph.group_of(line.article);
        let is_first = |(i, line): &(usize, &OrderLine)| {
            lines[..*i].iter().all(|before| group(before) != group(line))
        };
        self.customers += 1;
        self.evidence += lines.iter().enumerate().filter(is_first).count();
        self.purchases += lines.len();
        self.offered += lines.iter().map(|line| graph.sizes_of(line.article)).sum::<usize>();
    }
}

/// The belief about one customer, from their prior and the sites of their purchases.
fn customer_belief(
    graph: &Graph,
    parameters: &Parameters,
    view: &CustomerView<'_>,
) -> CustomerBelief {
    let features = &view.customer.features.known;
    let mut belief = CustomerBelief {
        prior: parameters.groups.iter().map(|g| g.size.mean_of_known(features)).collect(),
        widening: parameters.widening(&view.customer.missing),
        trait_priors: std::array::from_fn(|i| parameters.traits[i].mean_of_known(features)),
        ..CustomerBelief::default()
    };
    for (line, sites) in view.lines.iter().zip(view.sites) {
        let traits = sites.traits();
        belief.traits = std::array::from_fn(|i| belief.traits[i].combine(traits[i]));
        let group = graph.articles[line.article as usize].group;
        let at = belief.sizes.binary_search_by_key(&group, |e| e.group).unwrap_or_else(|at| {
            let none = GroupEvidence { group, purchases: 0, evidence: Gaussian::FLAT };
            belief.sizes.insert(at, none);
            at
        });
        let seen = &mut belief.sizes[at];
        seen.purchases += 1;
        seen.evidence = seen.evidence.combine(sites.size());
    }
    belief
}

/// One customer's purchases with their messages.
fn purchases(
    graph: &Graph,
    ranks: &LabelRanks,
    view: &CustomerView<'_>,
) -> Vec<PurchaseRecord<u32>> {
    let mut popularity_sites = view.popularity_sites;
    let record = |(line, sites): (&OrderLine, &Sites)| {
        let (own, rest) = popularity_sites.split_at(graph.sizes_of(line.article));
        popularity_sites = rest;
        let node = &graph.articles[line.article as usize];
        let label = graph.slots[line.slot as usize].label;
        PurchaseRecord {
            customer: view.customer.id,
            article: node.key,
            label: ranks[usize::from(node.scale)][usize::from(label)],
            outcome: line.outcome,
            day: line.day,
            messages: messages(sites),
            popularity: popularity(graph, ranks, line, own),
        }
    };
    view.lines.iter().zip(view.sites).map(record).collect()
}

/// The messages of all factors of a purchase, summed by latent.
fn messages(sites: &Sites) -> PurchaseMessages {
    let [fussiness, preference, length, customer_returning] = sites.traits();
    let latents = sites.article();
    PurchaseMessages {
        size: sites.size(),
        fussiness,
        preference,
        length,
        customer_returning,
        offset: latents.offset,
        spread: latents.spread,
        article_returning: sites.returned.article,
        grade: latents.grade,
        choice_offset: sites.choice.choice_offset,
    }
}

/// The messages of a line to the popularity of each size on offer, in the order of the model.
fn popularity(
    graph: &Graph,
    ranks: &LabelRanks,
    line: &OrderLine,
    sites: &[PopularitySite],
) -> Vec<[f32; 2]> {
    let node = &graph.articles[line.article as usize];
    let rank = &ranks[usize::from(node.scale)];
    let labels = node.slots.clone().map(|slot| graph.slots[slot as usize].label);
    let ranks = labels.map(|label| rank[usize::from(label)]);
    if ranks.clone().is_sorted() {
        return sites.iter().map(|site| site.numbers()).collect();
    }
    let mut order: Vec<(u16, [f32; 2])> =
        ranks.zip(sites).map(|(rank, site)| (rank, site.numbers())).collect();
    order.sort_unstable_by_key(|(rank, _)| *rank);
    order.into_iter().map(|(_, numbers)| numbers).collect()
}
