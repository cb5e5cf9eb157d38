//! Updates the beliefs about articles and their sizes from the messages of all purchases.

use super::brands::pass_brands;
use super::effects;
use super::variances::{VarianceSums, add, variance};
use crate::infer::article;
use crate::math::Gaussian;
use crate::train::fixed_point::Sums;
use crate::train::graph::Graph;
use crate::train::state::{ArticleBelief, State};
use crate::train::sweep::variance_score;

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
    effects::learn(&graph.attributes, &mut state.effects, &evidence, &expected);
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
            for (i, said) in state.popularity_sites[line.menu..line.menu + sizes].iter().enumerate()
            {
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
        let (g, taken) = (&state.groups[group], state.choice_variances[group]);
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
