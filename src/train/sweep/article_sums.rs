//! Sums of the messages from purchases to articles and their sizes.

use crate::infer::Sites;
use crate::train::events::{OrderLine, PopularitySite};
use crate::train::fixed_point::{GaussianSum, Merge};
use crate::train::graph::Graph;

/// Sums of the messages to one article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ArticleSums {
    pub(crate) offset: GaussianSum,
    pub(crate) spread: GaussianSum,
    pub(crate) returning: GaussianSum,
    pub(crate) choice_offset: GaussianSum,
    pub(crate) grade: GaussianSum,
}

/// Sums of the messages to all articles and sizes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CatalogueSums {
    pub(crate) articles: Vec<ArticleSums>,
    /// For each slot, to its popularity.
    pub(crate) popularity: Vec<GaussianSum>,
}

impl CatalogueSums {
    pub(crate) fn new(graph: &Graph) -> Self {
        Self {
            articles: vec![ArticleSums::default(); graph.articles.len()],
            popularity: vec![GaussianSum::default(); graph.slots.len()],
        }
    }

    /// Adds the sites of one line.
    pub(super) fn add(
        &mut self,
        graph: &Graph,
        line: &OrderLine,
        sites: &Sites,
        popularity: &[PopularitySite],
    ) {
        let latents = sites.article();
        let sums = &mut self.articles[line.article as usize];
        sums.offset.add(latents.offset);
        sums.spread.add(latents.spread);
        sums.returning.add(sites.returned.article);
        sums.choice_offset.add(sites.choice.choice_offset);
        sums.grade.add(latents.grade);
        let first = graph.articles[line.article as usize].slots.start as usize;
        for (sum, site) in self.popularity[first..].iter_mut().zip(popularity) {
            sum.add(site.gaussian());
        }
    }
}

impl Merge for ArticleSums {
    fn merge(&mut self, other: &Self) {
        self.offset.merge(&other.offset);
        self.spread.merge(&other.spread);
        self.returning.merge(&other.returning);
        self.choice_offset.merge(&other.choice_offset);
        self.grade.merge(&other.grade);
    }
}

impl Merge for CatalogueSums {
    fn merge(&mut self, other: &Self) {
        self.articles.merge(&other.articles);
        self.popularity.merge(&other.popularity);
    }
}
