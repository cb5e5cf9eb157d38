//! Beliefs about articles and brands, and the priors that they start from.

use crate::math::Gaussian;
use crate::model::Group;
use crate::train::graph::{ArticleNode, Graph, Slot};

/// Beliefs about an article: what its brand says before its own purchases are seen, and with them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ArticleBelief {
    pub(crate) offset: Gaussian,
    pub(crate) spread: Gaussian,
}

impl ArticleBelief {
    /// A brand of which nothing is known.
    pub(crate) fn of_brand(group: &Group) -> Self {
        Self {
            offset: Gaussian::new(0.0, group.offset_variance[0]),
            spread: Gaussian::new(0.0, group.spread_variance[0]),
        }
    }

    /// What a brand believed so says of its articles, or they of it: wider by their own variance.
    pub(crate) fn widened(self, group: &Group) -> Self {
        Self {
            offset: self.offset.widen(group.offset_variance[1]),
            spread: self.spread.widen(group.spread_variance[1]),
        }
    }

    /// Offset and spread larger by so much.
    pub(crate) fn shifted(self, [offset, spread]: [f64; 2]) -> Self {
        Self { offset: self.offset.shifted(offset), spread: self.spread.shifted(spread) }
    }
}

/// Brands, articles and deviations of which nothing is known but their parents; attributes are not
/// seen yet.
pub(super) fn expected(
    graph: &Graph,
    groups: &[Group],
) -> (Vec<ArticleBelief>, Vec<ArticleBelief>, Vec<Gaussian>) {
    let brands: Vec<ArticleBelief> = graph
        .brands
        .iter()
        .map(|b| ArticleBelief::of_brand(&groups[usize::from(b.group)]))
        .collect();
    let article = |a: &ArticleNode| brands[a.brand as usize].widened(&groups[usize::from(a.group)]);
    let articles = graph.articles.iter().map(article).collect();
    let deviation = |s: &Slot| {
        let group = &groups[usize::from(graph.articles[s.article as usize].group)];
        Gaussian::new(0.0, group.offset_variance[2])
    };
    (brands, articles, graph.slots.iter().map(deviation).collect())
}
