//! Turns parameters and beliefs into what training returns: the public model and the private
//! beliefs.

use super::carry::{Kept, write_kept_lines};
use super::events::{Partition, PartitionStore, each_customers_lines};
use super::fit::Fitted;
use super::graph::Graph;
use super::learned_customer::{LabelRanks, LearnedCounts, LearnedCustomer};
use super::privacy::PublishedBeliefs;
use super::purchase_outcome::KeptOutcomes;
use super::reports::{HistorySummary, SweepReport};
use super::settings::Settings;
use super::size_report::SizeReport;
use super::state::{Parameters, brand_chart_offset};
use super::sweep::{CatalogueSums, sum_catalogue};
use super::threads::in_order;
use super::trained::Trained;
use crate::error::Error;
use crate::model::{
    Article, ArticleSize, Brand, ChoiceVariances, Group, Measurement, Model, Scale, ScaleLabel,
    Trend,
};

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
    outcomes: KeptOutcomes,
    /// The messages to all articles; `None` if they are to be summed again.
    messages: Option<CatalogueSums>,
    settings: Settings,
    ranks: Vec<Vec<u16>>,
    store: Box<dyn PartitionStore>,
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
    let Fitted { parameters, outcomes, messages, sweeps, .. } = fitted;
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
        outcomes,
        messages,
        settings,
        ranks,
        store,
    }
}

impl Learned {
    /// Calls `f` with every customer, in the order of the store; the customers of a few partitions
    /// are computed ahead. The first error of `f` or of the store ends it.
    ///
    /// # Errors
    /// [`Error::Storage`] where the store fails, and those of `f`.
    pub fn each_customer<E: From<Error> + Send>(
        &self,
        mut f: impl FnMut(LearnedCustomer) -> Result<(), E> + Send,
    ) -> Result<(), E> {
        let Self { graph, parameters, ranks, store, .. } = self;
        let of_partition = |index: usize| -> Result<Vec<LearnedCustomer>, Error> {
            let mut partition = Partition::default();
            partition.read(&**store, index)?;
            let mut customers = Vec::new();
            partition.each_customer(graph, |view| {
                customers.push(LearnedCustomer::new(graph, parameters, ranks, view));
            });
            Ok(customers)
        };
        let take = |customers: Vec<_>| customers.into_iter().try_for_each(&mut f);
        in_order(store.partitions(), of_partition, take)
    }

    /// How much there is of what [`Learned::each_customer`] gives.
    ///
    /// # Errors
    /// [`Error::Storage`] where the store fails.
    pub fn count(&self) -> Result<LearnedCounts, Error> {
        let mut counts = LearnedCounts::default();
        each_customers_lines(&self.graph, &*self.store, |_, lines| {
            counts.add(&self.graph, lines);
        })?;
        Ok(counts)
    }

    /// Tables and parameters as bytes, from which a later training can continue together with the
    /// partitions.
    ///
    /// # Errors
    /// [`Error::Storage`] if they cannot be written, or the store fails.
    pub fn tables(&self) -> Result<Vec<u8>, Error> {
        let summed;
        let messages = match &self.messages {
            Some(messages) => messages,
            None => {
                summed = sum_catalogue(&self.graph, &*self.store)?;
                &summed
            }
        };
        Kept::write(&self.settings, &self.graph, &self.parameters, messages)
    }

    /// The outcomes of all purchases with what predicts them, as bytes, from which a later training
    /// can continue.
    #[must_use]
    pub fn outcomes(&self) -> Vec<u8> {
        self.outcomes.write()
    }

    /// Number of partitions that a later training can continue from.
    #[must_use]
    pub fn partitions(&self) -> usize {
        self.store.partitions()
    }

    /// Replaces the content of `lines` and `sites` by the bytes of a partition from which a later
    /// training can continue.
    ///
    /// # Errors
    /// [`Error::Storage`] where the store fails.
    pub fn keep_partition(
        &self,
        index: usize,
        lines: &mut Vec<u8>,
        sites: &mut Vec<u8>,
    ) -> Result<(), Error> {
        let mut partition = Partition::default();
        partition.read_lines(&*self.store, index)?;
        write_kept_lines(&self.graph, &mut partition, lines);
        self.store.read_sites(index, sites)
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

#[cfg(test)]
impl Learned {
    /// The messages to all articles: those that were kept, and the sums over the store.
    pub(super) fn messages_twice(&self) -> (Option<&CatalogueSums>, CatalogueSums) {
        let summed = sum_catalogue(&self.graph, &*self.store).expect("a store that can be read");
        (self.messages.as_ref(), summed)
    }
}
