//! Size runs: the sets of labels that articles are sold in (`model/format.md`). Runs that many
//! articles share are in the head, the others in the blocks with their articles.

use super::bytes::Cursor;
use super::column;
use super::fault::fault;
use crate::Error;
use crate::model::{Article, Model, Scale};
use crate::text::joined;
use std::collections::BTreeMap;

/// Maximal number of sizes of one article.
pub(super) const MAX_SIZES: usize = 1024;
/// A run is in the head if at least this number of articles have it,
const MIN_SHARED: usize = 3;
/// and at least one article in this number: every page has to fetch the head.
const MAX_ARTICLES_PER_SHARED: usize = 4096;

/// The parts of the head that blocks refer to.
#[derive(Clone, Copy)]
pub(super) struct HeadTables<'a> {
    pub(super) model: &'a Model,
    /// The size runs that many articles share.
    pub(super) runs: &'a [Run],
}

/// A set of labels of one scale.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Run {
    /// Index of the scale.
    pub(super) scale: u16,
    /// Indices of its labels, ascending; at least one.
    pub(super) labels: Vec<u16>,
}

impl Run {
    fn from_article(article: &Article) -> Self {
        Self { scale: article.scale, labels: article.sizes.iter().map(|s| s.label).collect() }
    }
}

/// The runs that many of these articles share, in ascending order. Invalid articles are left out;
/// the writer refuses them later.
pub(super) fn shared(articles: &[Article], scales: &[Scale]) -> Vec<Run> {
    let labels =
        |article: &Article| scales.get(usize::from(article.scale)).map_or(0, |s| s.labels.len());
    let valid = |article: &&Article| {
        let (sizes, labels) = (&article.sizes, labels(article));
        (1..=MAX_SIZES).contains(&sizes.len())
            && sizes.windows(2).all(|pair| pair[0].label < pair[1].label)
            && sizes.iter().all(|s| usize::from(s.label) < labels)
    };
    let mut counts: BTreeMap<Run, usize> = BTreeMap::new();
    for article in articles.iter().filter(valid) {
        *counts.entry(Run::from_article(article)).or_default() += 1;
    }
    let enough = MIN_SHARED.max(articles.len() / MAX_ARTICLES_PER_SHARED);
    counts.into_iter().filter(|&(_, n)| n >= enough).map(|(run, _)| run).collect()
}

/// One bit for each of a scale's labels: whether it is in the run.
pub(super) fn bits(run: &Run, labels: usize) -> impl Iterator<Item = u64> {
    (0..labels).map(|l| u64::from(run.labels.binary_search(&(l as u16)).is_ok()))
}

/// The run of the labels whose bits are set; `None` if there are none or too many.
pub(super) fn from_bits(scale: u16, bits: impl Iterator<Item = bool>) -> Option<Run> {
    let labels: Vec<u16> =
        bits.enumerate().filter_map(|(l, set)| set.then_some(l as u16)).collect();
    (1..=MAX_SIZES).contains(&labels.len()).then_some(Run { scale, labels })
}

/// Appends the run of each of these articles: an index into the head's runs, or beyond those the
/// index of the scale, and then the labels of these runs as bits.
pub(super) fn write(articles: &[Article], tables: HeadTables<'_>, out: &mut Vec<u8>) {
    let shared = tables.runs.len();
    let runs: Vec<Run> = articles.iter().map(Run::from_article).collect();
    let code =
        |run: &Run| tables.runs.binary_search(run).unwrap_or(shared + usize::from(run.scale));
    column::write(runs.iter().map(|run| code(run) as i64), out);
    let own = runs.iter().filter(|run| code(run) >= shared);
    column::write_bits(
        own.flat_map(|run| bits(run, tables.model.scales[usize::from(run.scale)].labels.len())),
        1,
        out,
    );
}

/// Reads the runs of `count` articles.
pub(super) fn read(
    cursor: &mut Cursor<'_>,
    count: usize,
    tables: HeadTables<'_>,
) -> Result<Vec<Run>, Error> {
    let shared = tables.runs.len();
    let at = cursor.at();
    let max = (shared + tables.model.scales.len()) as i64 - 1;
    let codes = column::read(cursor, count, (0, max), "an article's size run")?;
    let labels = |code: i64| {
        tables.model.scales.get((code as usize).wrapping_sub(shared)).map_or(0, |s| s.labels.len())
    };
    let own_labels = codes.iter().fold(0_usize, |sum, &code| sum.saturating_add(labels(code)));
    let labels_of_shared =
        |code: i64| tables.runs.get(code as usize).map_or(0, |run| run.labels.len());
    let shared_labels =
        codes.iter().fold(0_usize, |sum, &code| sum.saturating_add(labels_of_shared(code)));
    // Each label has a bit here and each size of an article has one further on, so the remaining
    // bytes bound the memory for both.
    if own_labels.max(shared_labels).div_ceil(8) > cursor.left() {
        return Err(fault(at, "sizes of articles run past the end of the block"));
    }
    let mut set = column::read_flags(cursor, own_labels, "an article's sizes")?.into_iter();
    let run = |&code: &i64| match tables.runs.get(code as usize) {
        Some(run) => Ok(run.clone()),
        None => from_bits((code as usize - shared) as u16, set.by_ref().take(labels(code)))
            .ok_or_else(|| fault(at, joined!["an article has no sizes, or more than ", MAX_SIZES])),
    };
    codes.iter().map(run).collect()
}
