//! The upward-downward pass through brands: evidence about articles updates their brands, and
//! brands their articles.

use super::variances::{VarianceScores, add_score};
use crate::math::{Gaussian, Score};
use crate::model::Group;
use crate::train::graph::Graph;
use crate::train::state::{ArticleBelief, Beliefs, Parameters, chart_offset, shifts};
use crate::train::sweep::variance_score;

/// Updates the offsets and spreads of articles and brands from the evidence about each article,
/// and scores the variances. Returns the prior that each article's brand gives it, without the
/// article's attributes and its own evidence.
pub(crate) fn pass_brands(
    graph: &Graph,
    parameters: &Parameters,
    beliefs: &mut Beliefs,
    evidence: &[ArticleBelief],
    scores: &mut [VarianceScores],
) -> Vec<ArticleBelief> {
    let group_of = |article: u32| &parameters.groups[graph.group_of(article)];
    // Attributes explain part of an article's offset, and that part is no evidence about its brand;
    // nor is what the brand's size chart explains.
    let attributes: Vec<[f64; 2]> =
        (0..evidence.len()).map(|a| shifts(&graph.attributes, &parameters.effects, a)).collect();
    let chart = |a: usize| [chart_offset(graph, parameters, a), 0.0];
    let upward = |a: usize| {
        let explained = [0, 1].map(|k| -attributes[a][k] - chart(a)[k]);
        evidence[a].shifted(explained).widened(group_of(a as u32))
    };
    beliefs.brands = graph
        .brands
        .iter()
        .map(|b| ArticleBelief::brand_prior(&parameters.groups[usize::from(b.group)]))
        .collect();
    for (a, article) in graph.articles.iter().enumerate() {
        let (brand, up) = (&mut beliefs.brands[article.brand as usize], upward(a));
        brand.offset = brand.offset.combine(up.offset);
        brand.spread = brand.spread.combine(up.spread);
    }
    let mut expected = Vec::with_capacity(evidence.len());
    for (a, (article, seen)) in graph.articles.iter().zip(evidence).enumerate() {
        let (brand, up) = (beliefs.brands[article.brand as usize], upward(a));
        let others = ArticleBelief {
            offset: brand.offset.remove(up.offset),
            spread: brand.spread.remove(up.spread),
        };
        let above = others.widened(group_of(a as u32)).shifted(chart(a));
        let prior = above.shifted(attributes[a]);
        let posterior = ArticleBelief {
            offset: prior.offset.combine(seen.offset),
            spread: prior.spread.combine(seen.spread),
        };
        let scores = &mut scores[usize::from(article.group)];
        score_article(&mut scores.offset, prior.offset, posterior.offset);
        score_article(&mut scores.spread, prior.spread, posterior.spread);
        beliefs.articles[a] = posterior;
        expected.push(above);
    }
    for (node, brand) in graph.brands.iter().zip(&beliefs.brands) {
        let group = usize::from(node.group);
        score_brand(&mut scores[group], &parameters.groups[group], brand);
    }
    expected
}

fn score_article(score: &mut Score, prior: Gaussian, posterior: Gaussian) {
    let variance = prior.variance();
    let moved = posterior.mean() - prior.mean();
    add_score(score, variance_score(moved, posterior.variance(), variance), variance);
}

fn score_brand(scores: &mut VarianceScores, group: &Group, brand: &ArticleBelief) {
    for (score, belief, prior) in [
        (&mut scores.brand_offset, brand.offset, group.offset_variance.brand),
        (&mut scores.brand_spread, brand.spread, group.spread_variance.brand),
    ] {
        add_score(score, variance_score(belief.mean(), belief.variance(), prior), prior);
    }
}
