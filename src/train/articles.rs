//! Messages gathered at the articles, passed up to the brands and down again.

use super::fixed::Sums;
use super::graph::Graph;
use super::state::{ArticleBelief, State};
use super::sweep::variance_score;
use crate::math::Gaussian;

/// Fisher scoring sums of one group's variances: [top, bottom] for brand, article and size offset, brand and article spread, returning.
pub(crate) type VarianceSums = [[f64; 2]; 8];

/// Gathers what the lines say of each article, updates brands, articles and deviations, and scores their variances.
pub(crate) fn gather(graph: &Graph, state: &mut State) -> Vec<VarianceSums> {
    let mut scores = vec![VarianceSums::default(); graph.groups.len()];
    let evidence = article_evidence(graph, state, &mut scores);
    pass_brands(graph, state, &evidence, &mut scores);
    scores
}

/// Offset and spread evidence of every article; deviations and how readily it comes back are updated on the way, being leaves.
fn article_evidence(graph: &Graph, state: &mut State, scores: &mut [VarianceSums]) -> Vec<ArticleBelief> {
    let mut evidence = Vec::with_capacity(graph.articles.len());
    let mut sums = Sums::default();
    for (a, article) in graph.articles.iter().enumerate() {
        let group = usize::from(article.group);
        let variance = state.groups[group].offset_variance[2];
        let slots = article.slots.clone();
        sums.reset(8 + 4 * slots.len());
        for &l in &graph.by_article[graph.article_lines[a].clone()] {
            let line = graph.lines[l as usize];
            let [offset, deviation, spread] = state.messages[l as usize].article();
            sums.add_gaussian(0, offset);
            sums.add_gaussian(2, spread);
            sums.add_gaussian(6, state.messages[l as usize].choice.cut);
            sums.add_gaussian(4, state.messages[l as usize].returned.article);
            sums.add_gaussian(8 + 2 * (line.slot - slots.start) as usize, deviation);
            for (i, said) in state.said_popular[line.menu..line.menu + slots.len()].iter().enumerate() {
                sums.add_gaussian(8 + 2 * (slots.len() + i), said.gaussian());
            }
        }
        let leaf = |variance: f64, said: Gaussian, score: &mut [f64; 2]| {
            let belief = Gaussian::new(0.0, variance).combine(said);
            add(score, variance_score(belief.mean(), belief.variance(), variance), variance);
            belief
        };
        state.returning[a] =
            leaf(state.groups[group].returns.article_variance, sums.gaussian(4), &mut scores[group][5]);
        state.cuts[a] = leaf(state.cut_variance[group], sums.gaussian(6), &mut scores[group][7]);
        let sizes = slots.len();
        for (i, slot) in slots.enumerate() {
            let of_size = sums.gaussian(8 + 2 * (sizes + i));
            state.popularity[slot as usize] =
                leaf(state.popularity_variance[group], of_size, &mut scores[group][6]);
            state.deviations[slot as usize] = leaf(variance, sums.gaussian(8 + 2 * i), &mut scores[group][2]);
        }
        evidence.push(ArticleBelief { offset: sums.gaussian(0), spread: sums.gaussian(2) });
    }
    evidence
}

fn pass_brands(graph: &Graph, state: &mut State, evidence: &[ArticleBelief], scores: &mut [VarianceSums]) {
    let mut brands: Vec<ArticleBelief> = graph
        .brands
        .iter()
        .map(|b| {
            let g = &state.groups[usize::from(b.group)];
            ArticleBelief {
                offset: Gaussian::new(0.0, g.offset_variance[0]),
                spread: Gaussian::new(0.0, g.spread_variance[0]),
            }
        })
        .collect();
    for (article, seen) in graph.articles.iter().zip(evidence) {
        let g = &state.groups[usize::from(article.group)];
        let brand = &mut brands[article.brand as usize];
        brand.offset = brand.offset.combine(seen.offset.widen(g.offset_variance[1]));
        brand.spread = brand.spread.combine(seen.spread.widen(g.spread_variance[1]));
    }
    for ((article, seen), belief) in graph.articles.iter().zip(evidence).zip(&mut state.articles) {
        let group = usize::from(article.group);
        let g = &state.groups[group];
        let brand = brands[article.brand as usize];
        let up = |total: Gaussian, seen: Gaussian, own: f64| total.remove(seen.widen(own)).widen(own);
        let offset = up(brand.offset, seen.offset, g.offset_variance[1]);
        let spread = up(brand.spread, seen.spread, g.spread_variance[1]);
        *belief = ArticleBelief { offset: offset.combine(seen.offset), spread: spread.combine(seen.spread) };
        for (prior, posterior, score) in [(offset, belief.offset, 1), (spread, belief.spread, 4)] {
            let prior_variance = prior.variance();
            let moved = posterior.mean() - prior.mean();
            add(&mut scores[group][score], variance_score(moved, posterior.variance(), prior_variance), prior_variance);
        }
    }
    for (node, brand) in graph.brands.iter().zip(&brands) {
        let group = usize::from(node.group);
        let g = &state.groups[group];
        for (belief, variance, score) in
            [(brand.offset, g.offset_variance[0], 0), (brand.spread, g.spread_variance[0], 3)]
        {
            add(&mut scores[group][score], variance_score(belief.mean(), belief.variance(), variance), variance);
        }
    }
    state.brands = brands;
}

/// Puts a score on the common scale 1 / V^2: articles have different prior variances, by how well their brand is known.
fn add(sum: &mut [f64; 2], (top, bottom): (f64, f64), prior: f64) {
    let weight = 1.0 / (prior * prior);
    sum[0] += weight * top;
    sum[1] += weight * bottom;
}

impl Sums {
    fn add_gaussian(&mut self, at: usize, message: Gaussian) {
        self.add(at, message.precision);
        self.add(at + 1, message.precision_mean);
    }

    fn gaussian(&self, at: usize) -> Gaussian {
        Gaussian { precision: self.get(at), precision_mean: self.get(at + 1) }
    }
}
