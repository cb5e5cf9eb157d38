//! Updates the beliefs about articles and their sizes from the sums of a sweep.

use super::brands::pass_brands;
use super::charts::learn_chart_trust;
use super::effects::learn_effects;
use super::variances::{VarianceScores, add_score};
use crate::math::{Gaussian, Score};
use crate::train::graph::Graph;
use crate::train::state::{ArticleBelief, Beliefs, Parameters};
use crate::train::sweep::{CatalogueSums, variance_score};

/// Updates all beliefs from the messages of all purchases, and learns the effects of attributes.
/// Returns the scores of the variances, by fit group.
pub(crate) fn update_beliefs(
    graph: &Graph,
    parameters: &mut Parameters,
    beliefs: &mut Beliefs,
    sums: &CatalogueSums,
) -> Vec<VarianceScores> {
    let mut scores = vec![VarianceScores::default(); graph.groups.len()];
    update_leaves(graph, parameters, beliefs, sums, &mut scores);
    let evidence: Vec<ArticleBelief> = sums
        .articles
        .iter()
        .map(|sums| ArticleBelief { offset: sums.offset.get(), spread: sums.spread.get() })
        .collect();
    // The trust of the beliefs before: beliefs and trust of one call belong together.
    learn_chart_trust(graph, parameters, beliefs);
    let expected = pass_brands(graph, parameters, beliefs, &evidence, &mut scores);
    learn_effects(&graph.attributes, &mut parameters.effects, &evidence, &expected);
    scores
}

/// Updates the latents whose only neighbour is their prior: all but offsets and spreads.
fn update_leaves(
    graph: &Graph,
    parameters: &Parameters,
    beliefs: &mut Beliefs,
    sums: &CatalogueSums,
    scores: &mut [VarianceScores],
) {
    for (a, (node, own)) in graph.articles.iter().zip(&sums.articles).enumerate() {
        let g = usize::from(node.group);
        let (group, choice) = (&parameters.groups[g], parameters.choice_variances[g]);
        let score = &mut scores[g];
        beliefs.returning[a] =
            leaf(group.returns.article_variance, own.returning.get(), &mut score.returning);
        beliefs.choice_offsets[a] =
            leaf(choice.choice_offset, own.choice_offset.get(), &mut score.choice_offset);
        beliefs.grades[a] = leaf(group.grade_variance, own.grade.get(), &mut score.grade);
        for slot in node.slots.clone().map(|slot| slot as usize) {
            let own = sums.popularity[slot].get();
            beliefs.popularity[slot] = leaf(choice.popularity, own, &mut score.popularity);
        }
    }
}

/// The posterior of a latent with prior mean 0; scores its prior variance.
fn leaf(variance: f64, evidence: Gaussian, score: &mut Score) -> Gaussian {
    let belief = Gaussian::new(0.0, variance).combine(evidence);
    add_score(score, variance_score(belief.mean(), belief.variance(), variance), variance);
    belief
}
