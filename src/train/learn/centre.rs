//! Moves what the choice offsets of a fit group's articles have in common into the mean latent size
//! (`model/README.md`, section 6.3).

use crate::train::graph::Graph;
use crate::train::state::{Beliefs, Parameters};

/// Centres the choice offsets of each fit group.
///
/// A choice depends on the latent size less the choice offset, so both can grow together. Purchases
/// separate them only through the priors, a little in each sweep, and the variance of the offsets
/// would rise meanwhile. Under the prior of the offsets their mean is 0.
pub(crate) fn centre_choice_offsets(
    graph: &Graph,
    parameters: &mut Parameters,
    beliefs: &mut Beliefs,
) {
    let mut means = vec![(0.0, 0.0); parameters.groups.len()];
    for (article, belief) in graph.articles.iter().zip(&beliefs.choice_offsets) {
        let (sum, count) = &mut means[usize::from(article.group)];
        *sum += belief.mean();
        *count += 1.0;
    }
    let means: Vec<f64> =
        means.into_iter().map(|(sum, count)| sum / f64::max(count, 1.0)).collect();
    for (article, belief) in graph.articles.iter().zip(&mut beliefs.choice_offsets) {
        *belief = belief.shifted(-means[usize::from(article.group)]);
    }
    for (group, mean) in parameters.groups.iter_mut().zip(means) {
        group.size.intercept -= mean;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::Gaussian;
    use crate::train::start_fixture::started;

    #[test]
    fn only_the_common_part_moves_and_choices_keep_their_mean() {
        let (graph, mut parameters, mut beliefs) = started();
        for (i, belief) in beliefs.choice_offsets.iter_mut().enumerate() {
            *belief = Gaussian::new(0.1 * i as f64, 0.01);
        }
        let (old, old_beliefs) = (parameters.clone(), beliefs.clone());
        centre_choice_offsets(&graph, &mut parameters, &mut beliefs);
        let mut sums = [0.0; 2];
        for (a, article) in graph.articles.iter().enumerate() {
            let group = usize::from(article.group);
            let [now, then] =
                [&beliefs, &old_beliefs].map(|beliefs| beliefs.choice_offsets[a].mean());
            sums[group] += now;
            let [mean, mean_then] = [&parameters, &old].map(|of| of.groups[group].size.intercept);
            assert!(((mean - now) - (mean_then - then)).abs() < 1e-12, "article {a}");
            assert!((beliefs.choice_offsets[a].variance() - 0.01).abs() < 1e-12);
        }
        assert!(sums.iter().all(|sum| sum.abs() < 1e-12), "{sums:?}");
    }
}
