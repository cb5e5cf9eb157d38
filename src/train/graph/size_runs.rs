//! Sorts the articles into size runs, one for each size scale.

use super::articles::{ArticleRecord, ONLY_GROUP};
use super::run_likelihood::ArticleSales;
use super::runs::find_runs;
use crate::error::Error;
use crate::size::{Axis, System, lists_of_rings, placements};
use crate::train::columns::history_error;
use std::collections::{BTreeMap, HashMap};

/// Most labels of one fit group and size system, and so of one article.
const MAX_LABELS: usize = 4096;
/// Share of an article's or a scale's purchases whose labels a public table must know before the
/// table's positions hold for it.
const KNOWN_SHARE: f64 = 0.9;
/// How many numbers of an article tell what they mean.
const MIN_NUMBERS: usize = 3;
/// How far two positions of a number lie apart at most if it means the same, steps.
const MAX_DIFFERENCE: f64 = 0.5;
/// Share of the purchases from which on numbers with another meaning get runs of their own.
const MIN_SHARE: f64 = 0.05;

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
/// a public table knows make one run of each fit group and system, unless their numbers mean
/// different things. Those, all others, and all articles of a history that names no fit groups, are
/// sorted into runs by the sizes they are sold in; without `search` they are one run.
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
        if has_known && meanings_differ(records, &known, &table, system, group) {
            for articles in split(records, &known) {
                let counts = label_counts(records, &articles);
                let known = table_knows(&counts, &labels_in_table(&counts, system, group));
                runs.push(run(articles, known, !known));
            }
        } else if has_known {
            runs.push(run(known, true, false));
        }
        let (rings, others) = without_rings(records, others);
        let mut found = split(records, &others);
        if !rings.is_empty() {
            found.extend(split(records, &rings));
            let purchases = |run: &Vec<usize>| label_counts(records, run).values().sum::<u64>();
            found.sort_by_key(|run| std::cmp::Reverse(purchases(run)));
        }
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

/// The labels among these that the public table knows which the group's name suggests, each with
/// its position beside the others.
fn labels_in_table<'k>(
    counts: &BTreeMap<&'k str, u64>,
    system: System,
    group: &str,
) -> HashMap<&'k str, f64> {
    let labels: Vec<&str> = counts.keys().copied().collect();
    let placed = placements(&labels, system, Axis::guess(group));
    let labels = counts.keys().zip(placed);
    labels.filter_map(|(label, placed)| Some((*label, placed.position?))).collect()
}

/// Whether the numbers of some articles mean something else beside each other than beside those of
/// all articles: 42 is a waist in inches beside 40 and 44, and a dress size beside 36 and 38.
/// `table` has the positions beside those of all.
fn meanings_differ(
    records: &[ArticleRecord<'_>],
    articles: &[usize],
    table: &HashMap<&str, f64>,
    system: System,
    group: &str,
) -> bool {
    let is_number =
        |label: &str| label.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'/');
    let mut purchases: HashMap<Vec<&str>, u64> = HashMap::new();
    for &article in articles {
        let sizes = &records[article].sizes;
        let numbers = sizes.keys().copied().filter(|label| is_number(label)).collect();
        *purchases.entry(numbers).or_default() += sizes.values().sum::<u64>() + 1;
    }
    let axis = Axis::guess(group);
    let differ = |labels: &Vec<&str>| {
        let own = placements(labels, system, axis);
        labels.len() >= MIN_NUMBERS
            && labels.iter().zip(own).any(|(label, own)| {
                let both = own.position.zip(table.get(label));
                both.is_some_and(|(own, beside_all)| (own - beside_all).abs() > MAX_DIFFERENCE)
            })
    };
    let total: u64 = purchases.values().sum();
    let other: u64 = purchases.iter().filter(|(labels, _)| differ(labels)).map(|(_, n)| n).sum();
    other as f64 > MIN_SHARE * total as f64
}

/// Whether the table knows nearly all of these purchases.
fn table_knows(counts: &BTreeMap<&str, u64>, table: &HashMap<&str, f64>) -> bool {
    let (mut placed, mut total) = (0.0, 0.0);
    for (label, &n) in counts {
        // A size of the catalogue that nobody bought counts too, but little.
        let n = n as f64 + 0.5;
        total += n;
        placed += if table.contains_key(label) { n } else { 0.0 };
    }
    placed > KNOWN_SHARE * total
}

/// Sorts out the articles whose letters are rings, of which L and M are no clothes.
fn without_rings(records: &[ArticleRecord<'_>], articles: Vec<usize>) -> (Vec<usize>, Vec<usize>) {
    let lists: Vec<Vec<&str>> =
        articles.iter().map(|&a| records[a].sizes.keys().copied().collect()).collect();
    let mut of_rings = lists_of_rings(&lists).into_iter();
    articles.into_iter().partition(|_| of_rings.next() == Some(true))
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

pub(super) fn class<'r>(record: &'r ArticleRecord<'_>) -> (&'r str, &'r str) {
    (&record.class.brand, &record.class.category)
}
