//! Beliefs about articles, their sizes and brands.

use super::charts::chart_offset;
use super::parameters::Parameters;
use crate::math::Gaussian;
use crate::model::Group;
use crate::train::graph::Graph;

/// Beliefs about the offset and the spread of an article, or of the articles of a brand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ArticleBelief {
    pub(crate) offset: Gaussian,
    pub(crate) spread: Gaussian,
}

impl ArticleBelief {
    /// The prior of a brand of this fit group.
    pub(crate) fn brand_prior(group: &Group) -> Self {
        Self {
            offset: Gaussian::new(0.0, group.offset_variance.brand),
            spread: Gaussian::new(0.0, group.spread_variance.brand),
        }
    }

    /// Wider by the variance of articles about their brand: from a brand down to an article, or
    /// from an article up to its brand.
    pub(crate) fn widened(self, group: &Group) -> Self {
        Self {
            offset: self.offset.widen(group.offset_variance.article),
            spread: self.spread.widen(group.spread_variance.article),
        }
    }

    /// Moved by these additions to the offset and the spread.
    pub(crate) fn shifted(self, [offset, spread]: [f64; 2]) -> Self {
        Self { offset: self.offset.shifted(offset), spread: self.spread.shifted(spread) }
    }
}

/// Beliefs about all brands, articles and sizes.
#[derive(Clone, Debug)]
pub(crate) struct Beliefs {
    pub(crate) brands: Vec<ArticleBelief>,
    pub(crate) articles: Vec<ArticleBelief>,
    /// For each article how readily it comes back for other reasons than its size.
    pub(crate) returning: Vec<Gaussian>,
    /// For each article how its offset grows with the position.
    pub(crate) grades: Vec<Gaussian>,
    /// For each article how much smaller the sizes are that customers take of it.
    pub(crate) choice_offsets: Vec<Gaussian>,
    /// For each slot a log weight: how much oftener customers take it than its label's appeal
    /// explains.
    pub(crate) popularity: Vec<Gaussian>,
}

impl Beliefs {
    /// The priors under these parameters, attributes of articles left aside.
    pub(crate) fn prior(graph: &Graph, parameters: &Parameters) -> Self {
        let groups = &parameters.groups;
        let brands: Vec<ArticleBelief> = graph
            .brands
            .iter()
            .map(|b| ArticleBelief::brand_prior(&groups[usize::from(b.group)]))
            .collect();
        let articles = graph
            .articles
            .iter()
            .enumerate()
            .map(|(i, a)| {
                let prior = brands[a.brand as usize].widened(&groups[usize::from(a.group)]);
                prior.shifted([chart_offset(graph, parameters, i), 0.0])
            })
            .collect();
        let by_article = |variance: &dyn Fn(usize) -> f64| {
            let prior = |group: u16| Gaussian::new(0.0, variance(usize::from(group)));
            graph.articles.iter().map(|a| prior(a.group)).collect()
        };
        let by_slot = |variance: &dyn Fn(usize) -> f64| {
            let prior = |article: u32| Gaussian::new(0.0, variance(graph.group_of(article)));
            graph.slots.iter().map(|s| prior(s.article)).collect()
        };
        Self {
            brands,
            articles,
            returning: by_article(&|g| groups[g].returns.article_variance),
            grades: by_article(&|g| groups[g].grade_variance),
            choice_offsets: by_article(&|g| parameters.choice_variances[g].choice_offset),
            popularity: by_slot(&|g| parameters.choice_variances[g].popularity),
        }
    }
}
