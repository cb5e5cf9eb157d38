//! Messages gathered at the articles, passed up to the brands and down again.

use super::fixed::Sums;
use super::graph::Graph;
use super::state::{ArticleBelief, State};
use super::sweep::variance_score;
use crate::infer::article;
use crate::math::Gaussian;

/// Fisher scoring sums of one group's variances: [top, bottom] of each, see [`variance`].
pub(crate) type VarianceSums = [[f64; 2]; variance::LEN];

/// Indices into [`VarianceSums`].
pub(crate) mod variance {
    pub(crate) const BRAND_OFFSET: usize = 0;
    pub(crate) const OFFSET: usize = 1;
    pub(crate) const DEVIATION: usize = 2;
    pub(crate) const GRADE: usize = 3;
    pub(crate) const BRAND_SPREAD: usize = 4;
    pub(crate) const SPREAD: usize = 5;
    pub(crate) const RETURNING: usize = 6;
    pub(crate) const CUT: usize = 7;
    pub(crate) const POPULARITY: usize = 8;
    pub(crate) const LEN: usize = 9;
}

/// What is summed of an article, as indices.
mod own {
    pub(super) const OFFSET: usize = 0;
    pub(super) const SPREAD: usize = 1;
    pub(super) const RETURNING: usize = 2;
    pub(super) const CUT: usize = 3;
    pub(super) const GRADE: usize = 4;
    pub(super) const LEN: usize = 5;
    /// Of each size: deviation, popularity.
    pub(super) const OF_SIZE: usize = 2;
}

/// Gathers what the lines say of each article, updates brands, articles and deviations, and scores
/// their variances.
pub(crate) fn gather(graph: &Graph, state: &mut State) -> Vec<VarianceSums> {
    let mut scores = vec![VarianceSums::default(); graph.groups.len()];
    let evidence = article_evidence(graph, state, &mut scores);
    let expected = pass_brands(graph, state, &evidence, &mut scores);
    graph.attributes.learn(&mut state.effects, &evidence, &expected);
    scores
}

/// Offset and spread evidence of every article; deviations and how readily it comes back are
/// updated on the way, being leaves.
fn article_evidence(
    graph: &Graph,
    state: &mut State,
    scores: &mut [VarianceSums],
) -> Vec<ArticleBelief> {
    let mut evidence = Vec::with_capacity(graph.articles.len());
    let mut sums = Sums::default();
    for (a, node) in graph.articles.iter().enumerate() {
        let group = usize::from(node.group);
        let slots = node.slots.clone();
        let sizes = slots.len();
        sums.reset(2 * (own::LEN + own::OF_SIZE * sizes));
        let of_size = |i: usize, what: usize| own::LEN + own::OF_SIZE * i + what;
        for &l in &graph.by_article[graph.article_lines[a].clone()] {
            let (line, said) = (&graph.lines[l as usize], &state.messages[l as usize]);
            let latents = said.article();
            let size = (line.slot - slots.start) as usize;
            for (at, message) in [
                (own::OFFSET, latents[article::OFFSET]),
                (own::SPREAD, latents[article::SPREAD]),
                (own::RETURNING, said.returned.article),
                (own::CUT, said.choice.cut),
                (own::GRADE, latents[article::GRADE]),
                (of_size(size, 0), latents[article::DEVIATION]),
            ] {
                sums.add_gaussian(2 * at, message);
            }
            for (i, said) in state.said_popular[line.menu..line.menu + sizes].iter().enumerate() {
                sums.add_gaussian(2 * of_size(i, 1), said.gaussian());
            }
        }
        let said = |at: usize| sums.gaussian(2 * at);
        let leaf = |variance: f64, said: Gaussian, score: &mut [f64; 2]| {
            let belief = Gaussian::new(0.0, variance).combine(said);
            add(score, variance_score(belief.mean(), belief.variance(), variance), variance);
            belief
        };
        let score = &mut scores[group];
        let (g, taken) = (&state.groups[group], state.of_choice[group]);
        state.returning[a] =
            leaf(g.returns.article_variance, said(own::RETURNING), &mut score[variance::RETURNING]);
        state.cuts[a] = leaf(taken.cut, said(own::CUT), &mut score[variance::CUT]);
        state.grades[a] = leaf(g.grade_variance, said(own::GRADE), &mut score[variance::GRADE]);
        for (i, slot) in slots.enumerate() {
            state.deviations[slot as usize] =
                leaf(g.offset_variance[2], said(of_size(i, 0)), &mut score[variance::DEVIATION]);
            state.popularity[slot as usize] =
                leaf(taken.popularity, said(of_size(i, 1)), &mut score[variance::POPULARITY]);
        }
        evidence.push(ArticleBelief { offset: said(own::OFFSET), spread: said(own::SPREAD) });
    }
    evidence
}

/// Passes what is said of articles up to their brands and down again, by the variances of the
/// groups; scores these. Gives what each article's brand alone would say of it, without its
/// attributes.
pub(crate) fn pass_brands(
    graph: &Graph,
    state: &mut State,
    evidence: &[ArticleBelief],
    scores: &mut [VarianceSums],
) -> Vec<ArticleBelief> {
    let mut brands: Vec<ArticleBelief> = graph
        .brands
        .iter()
        .map(|b| ArticleBelief::of_brand(&state.groups[usize::from(b.group)]))
        .collect();
    // What its attributes explain of an article says nothing of its brand.
    let shifts: Vec<[f64; 2]> =
        (0..evidence.len()).map(|a| graph.attributes.shifts(&state.effects, a)).collect();
    let upward = |article: usize| {
        let group = &state.groups[usize::from(graph.articles[article].group)];
        evidence[article].shifted(shifts[article].map(|shift| -shift)).widened(group)
    };
    for (a, article) in graph.articles.iter().enumerate() {
        let (brand, up) = (&mut brands[article.brand as usize], upward(a));
        brand.offset = brand.offset.combine(up.offset);
        brand.spread = brand.spread.combine(up.spread);
    }
    let mut expected = Vec::with_capacity(evidence.len());
    for (a, (article, seen)) in graph.articles.iter().zip(evidence).enumerate() {
        let group = usize::from(article.group);
        let g = &state.groups[group];
        let (brand, up) = (brands[article.brand as usize], upward(a));
        let others = ArticleBelief {
            offset: brand.offset.remove(up.offset),
            spread: brand.spread.remove(up.spread),
        };
        let above = others.widened(g);
        let ArticleBelief { offset, spread } = above.shifted(shifts[a]);
        let belief = ArticleBelief {
            offset: offset.combine(seen.offset),
            spread: spread.combine(seen.spread),
        };
        for (prior, posterior, score) in
            [(offset, belief.offset, variance::OFFSET), (spread, belief.spread, variance::SPREAD)]
        {
            let prior_variance = prior.variance();
            let moved = posterior.mean() - prior.mean();
            add(
                &mut scores[group][score],
                variance_score(moved, posterior.variance(), prior_variance),
                prior_variance,
            );
        }
        state.articles[a] = belief;
        expected.push(above);
    }
    for (node, brand) in graph.brands.iter().zip(&brands) {
        let group = usize::from(node.group);
        let g = &state.groups[group];
        for (belief, prior, score) in [
            (brand.offset, g.offset_variance[0], variance::BRAND_OFFSET),
            (brand.spread, g.spread_variance[0], variance::BRAND_SPREAD),
        ] {
            add(
                &mut scores[group][score],
                variance_score(belief.mean(), belief.variance(), prior),
                prior,
            );
        }
    }
    state.brands = brands;
    expected
}

/// Puts a score on the common scale 1 / V^2: articles have different prior variances, by how well
/// their brand is known.
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
