//! Turns parameters and beliefs into what training returns: the public model and the private
//! beliefs.

use super::carry::Kept;
use super::events::{
    CustomerView, OrderLine, Partition, PartitionSource, PartitionStore, PopularitySite,
};
use super::fit::Fitted;
use super::graph::Graph;
use super::privacy::PublishedBeliefs;
use super::reports::{HistorySummary, SweepReport};
use super::settings::Settings;
use super::size_report::SizeReport;
use super::state::{Parameters, brand_chart_offset};
use super::trained::Trained;
use crate::error::Error;
use crate::infer::Sites;
use crate::math::Gaussian;
use crate::model::{
    Article, ArticleSize, Brand, ChoiceVariances, CustomerBelief, Group, GroupEvidence,
    Measurement, Model, PurchaseMessages, PurchaseRecord, Scale, ScaleLabel, Trend,
};

/// For each scale the rank by position of each label of the graph: its index in the model.
type LabelRanks = [Vec<u16>];

/// What training has learned. The private beliefs are still in the store:
/// [`Learned::each_customer`] computes them one by one.
#[derive(Debug)]
pub struct Learned {
    /// The public model.
    pub model: Model,
    /// The server's model, without noise and with every estimate; `None` where it is the public
    /// one.
    pub known: Option<Model>,
    /// For each fit group the prior variances that the model itself does not need.
    pub choice_variances: Vec<ChoiceVariances>,
    /// What became of the rows.
    pub summary: HistorySummary,
    /// What training found out about the sizes.
    pub sizes: SizeReport,
    /// One report for each sweep.
    pub sweeps: Vec<SweepReport>,
    graph: Graph,
    parameters: Parameters,
    settings: Settings,
    ranks: Vec<Vec<u16>>,
    store: Box<dyn PartitionStore>,
}

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

/// `public` are the beliefs of the public model, `known` those of the server's where they differ.
pub(crate) fn publish(
    graph: Graph,
    fitted: Fitted,
    store: Box<dyn PartitionStore>,
    settings: &Settings,
    summary: HistorySummary,
    public: PublishedBeliefs,
    known: Option<PublishedBeliefs>,
) -> Learned {
    let Fitted { parameters, sweeps, .. } = fitted;
    let (scales, ranks) = ranked_scales(&graph, &parameters);
    let settings = settings.clone();
    Learned {
        model: model(&graph, &parameters, &public, &scales, &ranks),
        known: known.map(|known| model(&graph, &parameters, &known, &scales, &ranks)),
        choice_variances: parameters.choice_variances.clone(),
        summary,
        sizes: graph.report.clone(),
        sweeps,
        graph,
        parameters,
        settings,
        ranks,
        store,
    }
}

impl Learned {
    /// Calls `f` with every customer, in the order of the store. The first error of `f` or of the
    /// store ends it.
    ///
    /// # Errors
    /// [`Error::Storage`] where the store fails, and those of `f`.
    pub fn each_customer<E: From<Error>>(
        &self,
        mut f: impl FnMut(LearnedCustomer) -> Result<(), E>,
    ) -> Result<(), E> {
        let Self { graph, parameters, ranks, store, .. } = self;
        let mut done = Ok(());
        let mut partition = Partition::default();
        for index in 0..store.partitions() {
            partition.read(&**store, index)?;
            partition.each_customer(graph, |view| {
                if done.is_ok() {
                    done = f(LearnedCustomer {
                        id: view.customer.id,
                        belief: customer_belief(graph, parameters, view),
                        purchases: purchases(graph, ranks, view),
                    });
                }
            });
            std::mem::replace(&mut done, Ok(()))?;
        }
        Ok(())
    }

    /// Tables and parameters as bytes, from which a later training can continue together with the
    /// partitions.
    ///
    /// # Errors
    /// [`Error::Storage`] if they cannot be written.
    pub fn tables(&self) -> Result<Vec<u8>, Error> {
        Kept::write(&self.settings, &self.graph, &self.parameters)
    }

    /// The order lines of all customers and their sites.
    #[must_use]
    pub fn partitions(&self) -> &dyn PartitionSource {
        &*self.store
    }

    /// Everything in memory.
    ///
    /// # Errors
    /// [`Error::Storage`] where the store fails.
    pub fn into_trained(self) -> Result<Trained, Error> {
        let mut customers = Vec::with_capacity(self.summary.customers);
        let mut events = Vec::new();
        self.each_customer::<Error>(|LearnedCustomer { id, belief, purchases }| {
            customers.push((id, belief));
            events.extend(purchases);
            Ok(())
        })?;
        let Self { model, known, choice_variances, summary, sizes, sweeps, .. } = self;
        Ok(Trained { model, known, customers, events, choice_variances, summary, sizes, sweeps })
    }
}

/// The scales with their labels by learned position, and the rank of each label of the graph.
fn ranked_scales(graph: &Graph, parameters: &Parameters) -> (Vec<Scale>, Vec<Vec<u16>>) {
    let mut ranks: Vec<Vec<u16>> = Vec::with_capacity(graph.scales.len());
    let mut scales = Vec::with_capacity(graph.scales.len());
    for (node, labels) in graph.scales.iter().zip(&parameters.labels) {
        let x = &labels.position;
        let mut order: Vec<usize> = (0..x.len()).collect();
        order.sort_by(|&a, &b| {
            x[a].total_cmp(&x[b]).then_with(|| node.labels[a].cmp(&node.labels[b]))
        });
        let mut rank = vec![0; x.len()];
        order.iter().enumerate().for_each(|(new, &old)| rank[old] = new as u16);
        let label = |&i: &usize| ScaleLabel {
            text: node.labels[i].clone(),
            position: x[i],
            length: labels.length[i],
            appeal: labels.appeal[i],
            thresholds: labels.thresholds[i],
        };
        let of_labels = order.iter().map(label).collect();
        scales.push(Scale {
            group: node.group,
            system: node.system,
            noise: labels.noise,
            labels: of_labels,
        });
        ranks.push(rank);
    }
    (scales, ranks)
}

/// The model with these beliefs.
fn model(
    graph: &Graph,
    parameters: &Parameters,
    published: &PublishedBeliefs,
    scales: &[Scale],
    ranks: &[Vec<u16>],
) -> Model {
    let brands = graph
        .brands
        .iter()
        .zip(&published.brands)
        .enumerate()
        .map(|(i, (b, belief))| Brand {
            name: b.name.clone(),
            category: b.category.clone(),
            group: b.group,
            // Training knows the offset beyond what the brand's size chart explains.
            offset: belief.offset.shifted(brand_chart_offset(graph, parameters, i)),
            spread: belief.spread,
        })
        .collect();
    let articles = published_articles(graph, published, ranks);
    let now = parameters.trend.values.last().copied().unwrap_or_default();
    Model {
        groups: parameters.groups.iter().map(|group| today(group, now)).collect(),
        trend: Trend {
            values: parameters
                .trend
                .values
                .iter()
                .map(|v| [v[0] - now[0], v[1] - now[1]])
                .collect(),
            ..parameters.trend.clone()
        },
        covariance: parameters.covariance.clone(),
        traits: parameters.traits.clone(),
        measurements: graph
            .measurements
            .iter()
            .zip(&parameters.missing)
            .map(|(m, &missing)| Measurement { missing, ..m.clone() })
            .collect(),
        scales: scales.to_vec(),
        brands,
        articles,
    }
}

fn published_articles(
    graph: &Graph,
    published: &PublishedBeliefs,
    ranks: &LabelRanks,
) -> Vec<Article> {
    graph
        .articles
        .iter()
        .zip(&published.articles)
        .enumerate()
        .map(|(index, (a, belief))| {
            let rank = &ranks[usize::from(a.scale)];
            let mut sizes: Vec<ArticleSize> = a
                .slots
                .clone()
                .map(|slot| ArticleSize {
                    label: rank[usize::from(graph.slots[slot as usize].label)],
                    popularity: published.popularity[slot as usize],
                })
                .collect();
            sizes.sort_by_key(|s| s.label);
            Article {
                key: a.key,
                brand: a.brand,
                scale: a.scale,
                offset: belief.offset,
                spread: belief.spread,
                grade: published.grades[index],
                choice_offset: published.choice_offsets[index],
                sizes,
            }
        })
        .collect()
}

/// A group with the trend's last values in its terms of purchases made.
fn today(group: &Group, now: [f64; 2]) -> Group {
    let mut group = group.clone();
    group.purchase.terms.iter_mut().zip(now).for_each(|(terms, now)| terms[0] += now);
    group
}

/// The belief about one customer, from their prior and the sites of their purchases.
fn customer_belief(
    graph: &Graph,
    parameters: &Parameters,
    view: &CustomerView<'_>,
) -> CustomerBelief {
    let features = &view.customer.features.phi;
    let mut belief = CustomerBelief {
        prior: parameters.groups.iter().map(|g| g.size.mean(features)).collect(),
        widening: parameters.widening(&view.customer.missing),
        trait_priors: std::array::from_fn(|i| parameters.traits[i].mean(features)),
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
    let slots = node.slots.clone().map(|slot| &graph.slots[slot as usize]);
    let mut order: Vec<(u16, [f32; 2])> = slots
        .zip(sites)
        .map(|(slot, site)| (rank[usize::from(slot.label)], site.numbers()))
        .collect();
    order.sort_unstable_by_key(|(label, _)| *label);
    order.into_iter().map(|(_, numbers)| numbers).collect()
}
