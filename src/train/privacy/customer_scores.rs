//! What each customer's own history says of the articles in it, whatever others say of them.
//!
//! Every article is taken as its parent's prior has it, so what one customer says depends on their
//! own purchases and on the parameters that all share: taking one customer out changes nothing that
//! another one said.

use crate::infer::{Choosing, Messages, Offer, article};
use crate::math::Gaussian;
use crate::train::graph::Graph;
use crate::train::state::{PopularitySite, State};
use crate::train::sweep::{axis_of, belief};
use nalgebra::{SMatrix, SVector};

/// Latents of an article that outcomes speak of: offset, spread, grade.
pub(super) const LATENTS: usize = 3;
/// Index of the spread among them.
pub(super) const SPREAD: usize = 1;
/// And its cut, of which choices do.
pub(super) const OF_ARTICLE: usize = LATENTS + 1;
pub(super) type Latents = SVector<f64, LATENTS>;
pub(super) type Square = SMatrix<f64, LATENTS, LATENTS>;

/// Passes over a customer's purchases until their traits and sizes have settled.
const PASSES: usize = 4;

/// What one customer says of one article: scores, the derivatives of the logarithm of the
/// likelihood at latents of 0.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pair {
    pub(super) article: u32,
    /// Of offset, spread, grade and cut.
    pub(super) of_article: [f64; OF_ARTICLE],
    /// Curvature of the logarithm of the likelihood by offset, spread and grade.
    pub(super) curvature: [f64; LATENTS],
    /// Of the popularity of each of its sizes.
    pub(super) popular: Vec<f64>,
}

/// What every customer says, in the graph's order; `frame` has every article as its parent's prior.
pub(super) fn by_customer(graph: &Graph, frame: &State) -> Vec<Vec<Pair>> {
    let customers = 0..graph.customers.len();
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        customers
            .into_par_iter()
            .map_init(Work::default, |work, c| work.customer(graph, frame, c))
            .collect()
    }
    #[cfg(not(feature = "parallel"))]
    {
        let mut work = Work::default();
        customers.map(|c| work.customer(graph, frame, c)).collect()
    }
}

/// Buffers kept from customer to customer.
#[derive(Default)]
struct Work {
    groups: Vec<usize>,
    messages: Vec<Messages>,
    choosing: Choosing,
    offers: Vec<Offer>,
    nothing: Vec<PopularitySite>,
}

impl Work {
    fn customer(&mut self, graph: &Graph, frame: &State, c: usize) -> Vec<Pair> {
        let lines = &graph.lines[graph.customers[c].lines.clone()];
        let z = graph.features[c].z.as_slice();
        self.messages.clear();
        self.messages.resize(lines.len(), Messages::default());
        let mut pairs: Vec<Pair> = Vec::new();
        for pass in 1..=PASSES {
            let (mut belief, _) = belief(graph, frame, c, lines, &self.messages, &mut self.groups);
            for (line, said) in lines.iter().zip(&mut self.messages) {
                // Of the article nothing is known but its parent, in every pass.
                said.factors.iter_mut().for_each(|factor| factor.article = Default::default());
                (said.choice.cut, said.returned.article) = Default::default();
                let sizes = graph.articles[line.article as usize].slots.len();
                self.nothing.resize(sizes, PopularitySite::default());
                let taken = frame.offers(graph, line, z, &self.nothing, &mut self.offers);
                let axis = axis_of(&self.groups, graph.group_of(line));
                let event = frame.event(graph, line, said, axis, (&self.offers, taken));
                event.pass(&mut belief, said, 1.0, &mut self.choosing);
                if pass == PASSES {
                    let chosen =
                        if event.menu.is_some() { self.choosing.weights.as_slice() } else { &[] };
                    let at = pairs
                        .binary_search_by_key(&line.article, |p| p.article)
                        .unwrap_or_else(|at| {
                            pairs.insert(at, Pair::silent(line.article, sizes));
                            at
                        });
                    pairs[at].add(said, &event.garment.latents, chosen, line.share);
                }
            }
        }
        pairs
    }
}

impl Pair {
    fn silent(article: u32, sizes: usize) -> Self {
        Self {
            article,
            of_article: [0.0; OF_ARTICLE],
            curvature: [0.0; LATENTS],
            popular: vec![0.0; sizes],
        }
    }

    /// Adds what one purchase said of its article, believed as `known` before; `chosen` has score
    /// and information of the choice by the logarithm of each size's weight.
    fn add(
        &mut self,
        said: &Messages,
        known: &[Gaussian; article::LATENTS],
        chosen: &[[f64; 2]],
        share: f64,
    ) {
        for (i, latent) in
            [article::OFFSET, article::SPREAD, article::GRADE].into_iter().enumerate()
        {
            for message in said.factors.map(|factor| factor.article[latent]) {
                // A message says what a likelihood would by which the belief moves; the score
                // itself is less by what is open in the belief.
                let left = 1.0 / (1.0 + message.precision / share * known[latent].variance());
                self.of_article[i] += left * message.precision_mean;
                self.curvature[i] += left * message.precision;
            }
        }
        self.of_article[LATENTS] += said.choice.cut.precision_mean;
        self.popular.iter_mut().zip(chosen).for_each(|(sum, [score, _])| *sum += score * share);
    }
}
