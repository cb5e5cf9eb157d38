//! What each customer's own history says of the articles in it, whatever others say of them.
//!
//! Every article is taken as its parent's prior has it, so what one customer says depends on their own purchases and on the parameters that all share:
//! taking one customer out changes nothing that another one said.

use crate::infer::{Choosing, Messages, Offer, article};
use crate::math::Gaussian;
use crate::train::graph::Graph;
use crate::train::state::{Said, State};
use crate::train::sweep::{axis_of, belief};
use nalgebra::{SMatrix, SVector};

/// Latents of an article that outcomes speak of: offset, spread, grade.
pub(super) const LATENTS: usize = 3;
pub(super) type Latents = SVector<f64, LATENTS>;
pub(super) type Information = SMatrix<f64, LATENTS, LATENTS>;

/// Passes over a customer's purchases until their traits and sizes have settled.
const PASSES: usize = 4;

/// What one customer says of one article: for each latent precision times mean, and precision.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pair {
    pub(super) article: u32,
    pub(super) latents: Latents,
    pub(super) information: Information,
    pub(super) cut: Gaussian,
    /// Of the popularity of each of its sizes.
    pub(super) popular: Vec<Gaussian>,
}

/// What every customer says, in the graph's order; `frame` has every article as its parent's prior.
pub(super) fn by_customer(graph: &Graph, frame: &State) -> Vec<Vec<Pair>> {
    let customers = 0..graph.customers.len();
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        customers.into_par_iter().map_init(Work::default, |work, c| work.customer(graph, frame, c)).collect()
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
    nothing: Vec<Said>,
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
                self.nothing.resize(sizes, Said::default());
                let taken = frame.offers(graph, line, z, &self.nothing, &mut self.offers);
                let axis = axis_of(&self.groups, graph.group_of(line));
                let event = frame.event(graph, line, said, axis, (&self.offers, taken));
                event.pass(&mut belief, said, 1.0, &mut self.choosing);
                if pass == PASSES {
                    let chosen = if event.menu.is_some() { self.choosing.weights.as_slice() } else { &[] };
                    let at = pairs.binary_search_by_key(&line.article, |p| p.article).unwrap_or_else(|at| {
                        pairs.insert(at, Pair::silent(line.article, sizes));
                        at
                    });
                    pairs[at].add(said, event.garment.position, chosen, line.share);
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
            latents: Latents::zeros(),
            information: Information::zeros(),
            cut: Gaussian::FLAT,
            popular: vec![Gaussian::FLAT; sizes],
        }
    }

    /// Adds what one purchase said; `chosen` has score and information of the choice by the logarithm of each size's weight.
    fn add(&mut self, said: &Messages, position: f64, chosen: &[[f64; 2]], share: f64) {
        for (factor, sign) in said.factors.iter().zip([-1.0, 1.0]) {
            let of = [article::OFFSET, article::SPREAD, article::GRADE].map(|i| factor.article[i]);
            self.latents += Latents::from(of.map(|g| g.precision_mean));
            // A factor sees one projection of the latents: its information is of rank one.
            let signs = [sign, 1.0, sign * position.signum()];
            let along = Latents::from_fn(|i, _| signs[i] * of[i].precision.max(0.0).sqrt());
            self.information += along * along.transpose();
        }
        self.cut = self.cut.combine(said.choice.cut);
        for (popular, [score, information]) in self.popular.iter_mut().zip(chosen) {
            let message = Gaussian { precision: *information, precision_mean: *score };
            *popular = popular.combine(message.scale(share));
        }
    }
}
