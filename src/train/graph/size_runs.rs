//! Sorts the articles into size runs, one for each size scale.

use super::articles::{ArticleRecord, ONLY_GROUP};
use super::run_likelihood::ArticleSales;
use super::runs::find_runs;
use crate::error::Error;
use crate::size::{Axis, System, placements};
use crate::train::columns::history_error;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Most labels of one fit group and size system, and so of one article.
const MAX_LABELS: usize = 4096;
/// Share of an article's or a scale's purchases whose labels a public table must know before the
/// table's positions hold for it.
const KNOWN_SHARE: f64 = 0.9;

/// Articles with one size scale.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SizeRun {
    /// The fit group as the shop names it.
    pub(super) group: String,
    pub(super) system: System,
    /// Indices of the articles, rising.
    pub(super) articles: Vec<usize>,
    /// Whether a public table holds for the whole run.
    pub(super) known: bool,
    /// Whether the run was found by the sizes that its articles are sold in.
    pub(super) searched: bool,
}

/// All size runs, by given fit group, system and falling number of purchases. Articles whose labels
/// a public table knows make one run of each fit group and system. All others, and all articles of
/// a history that names no fit groups, are sorted into runs by the sizes they are sold in; without
/// `search` they are one run.
///
/// # Errors
/// [`Error::History`] for too many labels in a fit group.
pub(super) fn size_runs(
    records: &[ArticleRecord<'_>],
    search: bool,
) -> Result<Vec<SizeRun>, Error> {
    let mut given: BTreeMap<(&str, System), Vec<usize>> = BTreeMap::new();
    for (i, a) in records.iter().enumerate() {
        given.entry((&a.class.group, a.class.system)).or_default().push(i);
    }
    let mut runs = Vec::new();
    for ((group, system), articles) in given {
        let counts = label_counts(records, &articles);
        if counts.len() > MAX_LABELS {
            return Err(history_error(format!(
                "{} different size labels in fit group {group:?}, at most {MAX_LABELS} are possible: check the column mapped to `size`",
                counts.len(),
            )));
        }
        let table = labels_in_table(&counts, system, group);
        let run = |articles, known, searched| {
            let group = group.to_owned();
            SizeRun { group, system, articles, known, searched }
        };
        if !search {
            let known = table_knows(&counts, &table);
            runs.push(run(articles, known, false));
            continue;
        }
        let (known, others): (Vec<usize>, Vec<usize>) = articles
            .iter()
            .partition(|&&a| group != ONLY_GROUP && table_knows(&records[a].sizes, &table));
        let has_known = !known.is_empty();
        if has_known {
            runs.push(run(known, true, false));
        }
        let found = split(records, &others);
        let only = found.len() == 1 && !has_known;
        for articles in found {
            // One run of a shop without fit groups: the table of its labels holds, if there is one.
            let known = only && table_knows(&counts, &table);
            runs.push(run(articles, known, true));
        }
    }
    Ok(runs)
}

/// Purchases of every label of these articles.
pub(super) fn label_counts<'k>(
    records: &[ArticleRecord<'k>],
    articles: &[usize],
) -> BTreeMap<&'k str, u64> {
    let mut counts = BTreeMap::new();
    for (&label, &n) in articles.iter().flat_map(|&a| &records[a].sizes) {
        *counts.entry(label).or_default() += n;
    }
    counts
}

/// The labels among these that the public table knows which the group's name suggests.
fn labels_in_table<'k>(
    counts: &BTreeMap<&'k str, u64>,
    system: System,
    group: &str,
) -> HashSet<&'k str> {
    let labels: Vec<&str> = counts.keys().copied().collect();
    let placed = placements(&labels, system, Axis::guess(group));
    let known = counts.keys().zip(placed).filter(|(_, placed)| placed.position.is_some());
    known.map(|(label, _)| *label).collect()
}

/// Whether the table knows nearly all of these purchases.
fn table_knows(counts: &BTreeMap<&str, u64>, table: &HashSet<&str>) -> bool {
    let (mut placed, mut total) = (0.0, 0.0);
    for (label, &n) in counts {
        // A size of the catalogue that nobody bought counts too, but little.
        let n = n as f64 + 0.5;
        total += n;
        placed += if table.contains(label) { n } else { 0.0 };
    }
    placed > KNOWN_SHARE * total
}

/// The articles of each run, by falling number of purchases.
fn split(records: &[ArticleRecord<'_>], articles: &[usize]) -> Vec<Vec<usize>> {
    if articles.is_empty() {
        return Vec::new();
    }
    let counts = label_counts(records, articles);
    let index: HashMap<&str, usize> = counts.keys().enumerate().map(|(i, &l)| (l, i)).collect();
    let classes: BTreeMap<(&str, &str), usize> =
        articles.iter().map(|&a| (class(&records[a]), 0)).collect();
    let classes: HashMap<(&str, &str), usize> =
        classes.into_keys().enumerate().map(|(i, class)| (class, i)).collect();
    let sales: Vec<ArticleSales> = articles
        .iter()
        .map(|&a| ArticleSales {
            // A size of the catalogue counts as sold once, so that an article without sales has a
            // run too.
            labels: records[a].sizes.iter().map(|(l, &n)| (index[l], n.max(1) as f64)).collect(),
            class: classes[&class(&records[a])],
        })
        .collect();
    let run_of = find_runs(&sales, counts.len());
    let mut runs = vec![Vec::new(); run_of.iter().max().map_or(0, |&last| last + 1)];
    articles.iter().zip(run_of).for_each(|(&a, run)| runs[run].push(a));
    runs
}

fn class<'r>(record: &'r ArticleRecord<'_>) -> (&'r str, &'r str) {
    (&record.class.brand, &record.class.category)
}
