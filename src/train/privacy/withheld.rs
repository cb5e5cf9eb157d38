//! What is published of few: an article, a brand or a size known from fewer than k customers is
//! published as its parent expects it.
//!
//! Nobody's purchase can then be read off a belief that hardly anyone else has shaped. Training
//! itself is not touched, nor what the server knows: it has the whole in a private file.

use super::published::PublishedBeliefs;
use crate::math::Gaussian;
use crate::train::graph::Graph;
use crate::train::state::{ArticleBelief, State, shifts};

/// The beliefs of a state, less what fewer than `least` customers stand behind.
pub(crate) fn withheld(graph: &Graph, state: &State, least: usize) -> PublishedBeliefs {
    let seen = Customers::count(graph);
    let brands: Vec<ArticleBelief> = (graph.brands.iter().zip(&state.brands).zip(&seen.brands))
        .map(|((node, &belief), &customers)| {
            let prior = ArticleBelief::of_brand(&state.groups[usize::from(node.group)]);
            if customers < least { prior } else { belief }
        })
        .collect();
    let articles = (graph.articles.iter().zip(&state.articles).zip(&seen.articles).enumerate())
        .map(|(a, ((node, &belief), &customers))| {
            let (group, above) =
                (&state.groups[usize::from(node.group)], brands[node.brand as usize]);
            let expected =
                above.widened(group).shifted(shifts(&graph.attributes, &state.effects, a));
            if customers < least { expected } else { belief }
        })
        .collect();
    let deviations = (graph.slots.iter().zip(&state.deviations).zip(&seen.slots))
        .map(|((slot, &belief), &customers)| {
            let group = graph.articles[slot.article as usize].group;
            let prior = Gaussian::new(0.0, state.groups[usize::from(group)].offset_variance[2]);
            if customers < least { prior } else { belief }
        })
        .collect();
    let articles_known = |a: usize| seen.articles[a] >= least;
    let grades = (graph.articles.iter().enumerate())
        .map(|(a, node)| match articles_known(a) {
            true => state.grades[a],
            false => Gaussian::new(0.0, state.groups[usize::from(node.group)].grade_variance),
        })
        .collect();
    let cuts = (state.cuts.iter().enumerate())
        .map(|(a, cut)| if articles_known(a) { cut.mean() } else { 0.0 })
        .collect();
    // Those who took another size have shaped it too, but it may be all but one customer's own.
    let popularity = (state.popularity.iter().zip(&seen.slots))
        .map(|(belief, &customers)| if customers < least { 0.0 } else { belief.mean() })
        .collect();
    PublishedBeliefs { brands, articles, grades, cuts, deviations, popularity }
}

/// How many customers stand behind each brand, article and slot.
struct Customers {
    brands: Vec<usize>,
    articles: Vec<usize>,
    slots: Vec<usize>,
}

impl Customers {
    fn count(graph: &Graph) -> Self {
        let mut brands = Distinct::new(graph.brands.len());
        let mut articles = Distinct::new(graph.articles.len());
        let mut slots = Distinct::new(graph.slots.len());
        for (customer, node) in graph.customers.iter().enumerate() {
            for line in &graph.lines[node.lines.clone()] {
                brands.see(graph.articles[line.article as usize].brand, customer);
                articles.see(line.article, customer);
                slots.see(line.slot, customer);
            }
        }
        Self { brands: brands.count, articles: articles.count, slots: slots.count }
    }
}

/// Counts each customer once, as they come one after the other.
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
