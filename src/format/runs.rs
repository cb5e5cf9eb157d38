//! Size runs: the sets of labels that articles are offered in. Those that many articles share are
//! in the head, the others with their articles.

use super::block::Tables;
use super::{bytes::Cursor, column, fault};
use crate::Error;
use crate::model::{Article, Scale};
use crate::text::joined;
use std::collections::BTreeMap;

/// Most sizes of one article.
pub(super) const MAX_SIZES: usize = 1024;
/// A run is shared if at least so many articles have it ...
const SHARED_BY: usize = 3;
/// ... and at least one of so many: what the head says once has to be fetched by every page.
const ONE_OF: usize = 4096;

/// A set of labels of one scale.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Run {
    /// Index of the scale.
    pub(super) scale: u16,
    /// Indices of its labels, ascending; at least one.
    pub(super) labels: Vec<u16>,
}

impl Run {
    fn of(article: &Article) -> Self {
        Self { scale: article.scale, labels: article.sizes.iter().map(|s| s.label).collect() }
    }
}

/// The runs that many of these articles share, in ascending order.
///
/// What no file can hold is not among them: it is refused where it stands.
pub(super) fn shared(articles: &[Article], scales: &[Scale]) -> Vec<Run> {
    let labels =
        |article: &Article| scales.get(usize::from(article.scale)).map_or(0, |s| s.labels.len());
    let proper = |article: &&Article| {
        let (sizes, labels) = (&article.sizes, labels(article));
        (1..=MAX_SIZES).contains(&sizes.len())
            && sizes.windows(2).all(|pair| pair[0].label < pair[1].label)
            && sizes.iter().all(|s| usize::from(s.label) < labels)
    };
    let mut counts: BTreeMap<Run, usize> = BTreeMap::new();
    for article in articles.iter().filter(proper) {
        *counts.entry(Run::of(article)).or_default() += 1;
    }
    let enough = SHARED_BY.max(articles.len() / ONE_OF);
    counts.into_iter().filter(|&(_, n)| n >= enough).map(|(run, _)| run).collect()
}

/// One bit for each of a scale's labels: whether it is in the run.
pub(super) fn bits(run: &Run, labels: usize) -> impl Iterator<Item = u64> {
    (0..labels).map(|l| u64::from(run.labels.binary_search(&(l as u16)).is_ok()))
}

/// The run whose labels have their bits set; `None` if there are none, or too many.
pub(super) fn of_bits(scale: u16, bits: impl Iterator<Item = bool>) -> Option<Run> {
    let labels: Vec<u16> =
        bits.enumerate().filter_map(|(l, set)| set.then_some(l as u16)).collect();
    (1..=MAX_SIZES).contains(&labels.len()).then_some(Run { scale, labels })
}

/// Appends which run each of these articles has: an index into the head's, or, above those, the
/// scale, and then the labels themselves.
pub(super) fn write(articles: &[Article], tables: Tables<'_>, out: &mut Vec<u8>) {
    let shared = tables.runs.len();
    let runs: Vec<Run> = articles.iter().map(Run::of).collect();
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

/// Reads the runs of so many articles.
pub(super) fn read(
    cursor: &mut Cursor<'_>,
    count: usize,
    tables: Tables<'_>,
) -> Result<Vec<Run>, Error> {
    let shared = tables.runs.len();
    let at = cursor.at();
    let most = (shared + tables.model.scales.len()) as i64 - 1;
    let codes = column::read(cursor, count, (0, most), "an article's size run")?;
    let labels = |code: i64| {
        tables.model.scales.get((code as usize).wrapping_sub(shared)).map_or(0, |s| s.labels.len())
    };
    let own = codes.iter().fold(0_usize, |sum, &code| sum.saturating_add(labels(code)));
    let shared_labels =
        |code: i64| tables.runs.get(code as usize).map_or(0, |run| run.labels.len());
    let of_shared =
        codes.iter().fold(0_usize, |sum, &code| sum.saturating_add(shared_labels(code)));
    // Each label here has its bit, and each size of an article another one further on, so memory
    // may be had for both.
    if own.max(of_shared).div_ceil(8) > cursor.left() {
        return Err(fault(at, "sizes of articles run past the end of the block"));
    }
    let mut set = column::read_flags(cursor, own, "an article's sizes")?.into_iter();
    let run = |&code: &i64| match tables.runs.get(code as usize) {
        Some(run) => Ok(run.clone()),
        None => of_bits((code as usize - shared) as u16, set.by_ref().take(labels(code)))
            .ok_or_else(|| fault(at, joined!["an article has no sizes, or more than ", MAX_SIZES])),
    };
    codes.iter().map(run).collect()
}
