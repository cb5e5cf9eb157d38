//! The scores of each customer for the articles they bought, computed with all articles at their
//! priors.
//!
//! So a customer's scores depend on their own purchases and on the parameters that all share:
//! removing one customer changes no score of another.

use crate::error::Error;
use crate::infer::{ArticleLatents, Choosing, OfferedSize, Sites, SizeChoice};
use crate::math::{Gaussian, Score};
use crate::train::events::{Customer, OrderLine, Partition, PartitionStore, PopularitySite};
use crate::train::fixed_point::Merge;
use crate::train::state::Broadcast;
use crate::train::sweep::CustomerPrior;
use crate::train::threads::sum_in_threads;
use nalgebra::{SMatrix, SVector};

/// Latents of an article that outcomes depend on: offset, spread, grade.
pub(super) const LATENTS: usize = 3;
/// Index of the spread among them.
pub(super) const SPREAD: usize = 1;
/// Scores of an article: those latents, and the choice offset.
pub(super) const ARTICLE_SCORES: usize = LATENTS + 1;
pub(super) type Latents = SVector<f64, LATENTS>;
pub(super) type Square = SMatrix<f64, LATENTS, LATENTS>;

/// Passes over a customer's purchases until their traits and sizes have settled.
const PASSES: usize = 4;

/// One customer's scores for one article: derivatives of the log likelihood at latents of 0.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ArticleScores {
    pub(super) article: u32,
    /// By offset, spread, grade and choice offset.
    pub(super) scores: [f64; ARTICLE_SCORES],
    /// Curvature of the log likelihood by offset, spread and grade.
    pub(super) curvature: [f64; LATENTS],
    /// By the popularity of each of its sizes.
    pub(super) popularity: Vec<f64>,
}

/// The scores of every customer, in the order of the store. The beliefs of `broadcast` are the
/// priors.
pub(super) fn customer_scores(
    broadcast: Broadcast<'_>,
    store: &dyn PartitionStore,
) -> Result<Vec<Vec<ArticleScores>>, Error> {
    let all = sum_in_threads(store, |queue| {
        let mut scores = Scores::default();
        let (mut buffers, mut partition) = (Buffers::default(), Partition::default());
        while let Some(index) = queue.read_lines(&mut partition)? {
            let mut own = Vec::new();
            partition.each_customers_lines(broadcast.graph, |customer, lines| {
                own.push(buffers.score(broadcast, customer, lines));
            });
            scores.0.push((index, own));
        }
        Ok(scores)
    })?;
    let mut partitions = all.0;
    partitions.sort_unstable_by_key(|(index, _)| *index);
    Ok(partitions.into_iter().flat_map(|(_, scores)| scores).collect())
}

/// The scores of the customers of some partitions, each with its index.
#[derive(Default)]
struct Scores(Vec<(usize, Vec<Vec<ArticleScores>>)>);

impl Merge for Scores {
    fn merge(&mut self, other: &Self) {
        self.0.extend_from_slice(&other.0);
    }
}

/// Buffers that serve from customer to customer.
#[derive(Default)]
struct Buffers {
    groups: Vec<usize>,
    sites: Vec<Sites>,
    choosing: Choosing,
    offers: Vec<OfferedSize>,
    no_sites: Vec<PopularitySite>,
}

impl Buffers {
    fn score(
        &mut self,
        broadcast: Broadcast<'_>,
        customer: &Customer,
        lines: &[OrderLine],
    ) -> Vec<ArticleScores> {
        let Broadcast { graph, parameters, .. } = broadcast;
        let z = customer.features.z.as_slice();
        self.sites.clear();
        self.sites.resize(lines.len(), Sites::default());
        let groups = std::mem::take(&mut self.groups);
        let prior = CustomerPrior::new(graph, parameters, customer, lines, groups);
        let mut scores: Vec<ArticleScores> = Vec::new();
        for pass in 1..=PASSES {
            let mut belief = prior.belief(broadcast, lines, &self.sites);
            for (line, sites) in lines.iter().zip(&mut self.sites) {
                // The article stays at its prior in every pass.
                sites.factors.iter_mut().for_each(|factor| factor.article = Default::default());
                (sites.choice.choice_offset, sites.returned.article) = Default::default();
                let sizes = graph.sizes_of(line.article);
                self.no_sites.resize(sizes, PopularitySite::default());
                let taken = broadcast.fill_menu(line, z, &self.no_sites, &mut self.offers);
                let group = graph.group_of(line.article);
                let others = &parameters.groups[group].choice.others;
                let menu = SizeChoice::new(&self.offers, taken, others);
                let axis = prior.axis(group);
                let event = broadcast.event(line, sites, axis, menu);
                event.pass(&mut belief, sites, 1.0, &mut self.choosing);
                if pass == PASSES {
                    let chosen = if event.menu.is_some() {
                        self.choosing.scores.weights.as_slice()
                    } else {
                        &[]
                    };
                    let at = scores
                        .binary_search_by_key(&line.article, |s| s.article)
                        .unwrap_or_else(|at| {
                            scores.insert(at, ArticleScores::none(line.article, sizes));
                            at
                        });
                    scores[at].add(sites, &event.garment.latents, chosen, line.weight);
                }
            }
        }
        self.groups = prior.groups;
        scores
    }
}

impl ArticleScores {
    fn none(article: u32, sizes: usize) -> Self {
        Self {
            article,
            scores: [0.0; ARTICLE_SCORES],
            curvature: [0.0; LATENTS],
            popularity: vec![0.0; sizes],
        }
    }

    /// Adds the scores of one purchase. `known` is the cavity of the article's latents; `chosen`
    /// has score and information of the choice by the logarithm of each size's weight.
    fn add(&mut self, sites: &Sites, known: &ArticleLatents, chosen: &[Score], weight: f64) {
        let latents: [fn(&ArticleLatents) -> Gaussian; LATENTS] =
            [|a| a.offset, |a| a.spread, |a| a.grade];
        for (i, latent) in latents.into_iter().enumerate() {
            for message in sites.factors.map(|factor| latent(&factor.article)) {
                // A message is as strong as a likelihood at the posterior mean. The score at the
                // prior mean is smaller, by how far the belief moves.
                let left = 1.0 / (1.0 + message.precision / weight * latent(known).variance());
                self.scores[i] += left * message.precision_mean;
                self.curvature[i] += left * message.precision;
            }
        }
        self.scores[LATENTS] += sites.choice.choice_offset.precision_mean;
        self.popularity
            .iter_mut()
            .zip(chosen)
            .for_each(|(sum, chosen)| *sum += chosen.score * weight);
    }
}
