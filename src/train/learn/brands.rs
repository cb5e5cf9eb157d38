//! The upward-downward pass through brands: evidence about articles updates their brands, and
//! brands their articles.

use super::variances::{VarianceSums, add, variance};
use crate::train::graph::Graph;
use crate::train::state::{ArticleBelief, State, shifts};
use crate::train::sweep::variance_score;

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
        (0..evidence.len()).map(|a| shifts(&graph.attributes, &state.effects, a)).collect();
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
