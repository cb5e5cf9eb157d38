//! Which sizes of a history are which of the history before.

use crate::train::graph::{ArticleNode, Graph, ScaleNode, Slot};
use crate::train::sweep::CatalogueSums;

/// What a history has in common with the one before, as indices. Both have the same scales.
#[derive(Debug)]
pub(crate) struct Matched {
    /// For each slot before, its index now; `None` for one that is gone, or whose article has moved
    /// to another scale, where its messages would mean something else.
    pub(super) slots: Vec<Option<u32>>,
    /// For each article before, its index now; `None` likewise.
    articles: Vec<Option<u32>>,
    /// For each article before, whether its slots are those of an article now, one by one.
    pub(super) whole: Vec<bool>,
    /// For each scale and each of its labels, the label before; `None` for a new one.
    pub(super) labels: Vec<Vec<Option<usize>>>,
}

impl Matched {
    /// # Errors
    /// Why the parameters before do not suit the tables now, as the end of a sentence.
    pub(crate) fn new(before: &Graph, now: &Graph) -> Result<Self, String> {
        if before.measurements != now.measurements || before.measured != now.measured {
            return Err("the measurements have changed".to_owned());
        }
        let scale = |scale: &ScaleNode| (scale.group, scale.given.clone(), scale.system);
        let same_scales = before.scales.iter().map(scale).eq(now.scales.iter().map(scale));
        if before.groups != now.groups || !same_scales {
            return Err("the fit groups or size runs have changed".to_owned());
        }
        let mut articles = vec![None; before.articles.len()];
        for (old, new) in same_articles(before, now) {
            let same = before.articles[old].scale == now.articles[new].scale;
            articles[old] = same.then_some(new as u32);
        }
        let slot = |slot: &Slot| {
            let scale = before.articles[slot.article as usize].scale;
            let label = &before.scales[usize::from(scale)].labels[usize::from(slot.label)];
            now.slot(articles[slot.article as usize]?, label)
        };
        let slots: Vec<Option<u32>> = before.slots.iter().map(slot).collect();
        let whole = |(node, now_at): (&ArticleNode, &Option<u32>)| {
            let Some(now_at) = now_at else { return false };
            let own = now.articles[*now_at as usize].slots.clone().map(Some);
            let matched = node.slots.clone().map(|slot| slots[slot as usize]);
            own.eq(matched)
        };
        let whole = before.articles.iter().zip(&articles).map(whole).collect();
        let labels = now.scales.iter().zip(&before.scales).map(|(node, before)| {
            node.labels.iter().map(|label| before.labels.binary_search(label).ok()).collect()
        });
        Ok(Self { slots, labels: labels.collect(), articles, whole })
    }

    /// The messages to the articles before, for the tables now.
    pub(crate) fn carried_messages(&self, before: &CatalogueSums, now: &Graph) -> CatalogueSums {
        let mut messages = CatalogueSums::new(now);
        for (sums, article) in before.articles.iter().zip(&self.articles) {
            article.iter().for_each(|&article| messages.articles[article as usize] = *sums);
        }
        for (sum, slot) in before.popularity.iter().zip(&self.slots) {
            slot.iter().for_each(|&slot| messages.popularity[slot as usize] = *sum);
        }
        messages
    }

    /// For each scale and each label before, the label now; `None` for one that is gone.
    pub(crate) fn labels_now(&self) -> Vec<Vec<Option<u16>>> {
        let of_scale = |labels: &Vec<Option<usize>>| {
            let known = || (0..).zip(labels).filter_map(|(now, before)| Some((now, (*before)?)));
            let mut now = vec![None; known().map(|(_, before)| before + 1).max().unwrap_or(0)];
            known().for_each(|(label, before)| now[before] = Some(label));
            now
        };
        self.labels.iter().map(of_scale).collect()
    }
}

/// The articles of both histories: the index before and that now.
fn same_articles<'g>(
    before: &'g Graph,
    now: &'g Graph,
) -> impl Iterator<Item = (usize, usize)> + 'g {
    let key = |node: &ArticleNode| node.key;
    before.articles.iter().enumerate().filter_map(move |(old, node)| {
        Some((old, now.articles.binary_search_by_key(&node.key, key).ok()?))
    })
}
