//! Sums of the messages from purchases to articles and their sizes.

use crate::infer::Sites;
use crate::train::cache_lines::one_in_each_line;
use crate::train::events::{OrderLine, PopularitySite};
use crate::train::fixed_point::{GaussianSum, Merge, Unmerge};
use crate::train::graph::Graph;
use serde::{Deserialize, Serialize};
use std::hint::black_box;

/// Sums of the messages to one article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ArticleSums {
    pub(crate) offset: GaussianSum,
    pub(crate) spread: GaussianSum,
    pub(crate) returning: GaussianSum,
    pub(crate) choice_offset: GaussianSum,
    pub(crate) grade: GaussianSum,
}

/// Sums of the messages to all articles and sizes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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

    /// Reads ahead the sums that a customer's lines add to.
    pub(crate) fn read_ahead(&self, graph: &Graph, lines: &[OrderLine]) {
        for line in lines {
            let sums = &self.articles[line.article as usize];
            black_box([sums.offset, sums.grade]);
            one_in_each_line(&self.popularity[graph.slots_of(line.article)]).for_each(|sum| {
                black_box(*sum);
            });
        }
    }

    /// Adds the sites of a purchase of this article.
    pub(crate) fn add(
        &mut self,
        graph: &Graph,
        article: u32,
        sites: &Sites,
        popularity: &[PopularitySite],
    ) {
        let latents = sites.article();
        let sums = &mut self.articles[article as usize];
        sums.offset.add(latents.offset);
        sums.spread.add(latents.spread);
        sums.returning.add(sites.returned.article);
        sums.choice_offset.add(sites.choice.choice_offset);
        sums.grade.add(latents.grade);
        let first = graph.articles[article as usize].slots.start as usize;
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

impl Unmerge for ArticleSums {
    fn unmerge(&mut self, part: &Self) {
        self.offset.unmerge(&part.offset);
        self.spread.unmerge(&part.spread);
        self.returning.unmerge(&part.returning);
        self.choice_offset.unmerge(&part.choice_offset);
        self.grade.unmerge(&part.grade);
    }
}

impl Unmerge for CatalogueSums {
    fn unmerge(&mut self, part: &Self) {
        self.articles.unmerge(&part.articles);
        self.popularity.unmerge(&part.popularity);
    }
}
