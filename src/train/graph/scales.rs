//! Finds the size scale of each article, and the starting positions of its labels.

use super::articles::ArticleRecord;
use super::groups::group_index;
use super::nodes::ScaleNode;
use super::runs::find_runs;
use crate::error::Error;
use crate::math::quantile;
use crate::size::{Axis, System, placements, readings};
use crate::train::columns::history_error;
use std::collections::{BTreeMap, HashMap};

/// Most labels of one fit group and size system, and so of one article.
const MAX_LABELS: usize = 4096;
/// Sd of the starting positions on a scale whose labels no table knows, steps: about that of the
/// dress sizes that customers buy.
const UNKNOWN_SCALE_SD: f64 = 2.0;

/// All scales, and the scale of each article. A fit group and size system whose labels a public
/// table knows has one scale; others have one scale for each size run or, without `size_runs`, one
/// for all their articles.
///
/// # Errors
/// [`Error::History`] for too many labels in a fit group.
pub(super) fn scales(
    records: &[ArticleRecord<'_>],
    groups: &[String],
    size_runs: bool,
) -> Result<(Vec<ScaleNode>, Vec<usize>), Error> {
    let mut articles: BTreeMap<(u16, System), Vec<usize>> = BTreeMap::new();
    for (i, a) in records.iter().enumerate() {
        articles.entry((group_index(groups, &a.class.group), a.class.system)).or_default().push(i);
    }
    let mut scales = Vec::new();
    let mut scale_of = vec![0; records.len()];
    for ((group, system), articles) in articles {
        let name = &groups[usize::from(group)];
        let counts = label_counts(articles.iter().map(|&a| &records[a]));
        if counts.len() > MAX_LABELS {
            return Err(history_error(format!(
                "{} different size labels in fit group {name:?}, at most {MAX_LABELS} are possible: check the column mapped to `size`",
                counts.len(),
            )));
        }
        let whole = start_scale(group, system, name, &counts);
        let runs = if whole.known || !size_runs {
            vec![0; articles.len()]
        } else {
            runs_of(&articles, records, &counts)
        };
        for run in 0..=runs.iter().copied().max().unwrap_or(0) {
            let members =
                || articles.iter().zip(&runs).filter(|(_, r)| **r == run).map(|(&a, _)| a);
            members().for_each(|a| scale_of[a] = scales.len());
            scales.push(match whole.known {
                true => whole.clone(),
                false => {
                    start_scale(group, system, name, &label_counts(members().map(|a| &records[a])))
                }
            });
        }
    }
    Ok((scales, scale_of))
}

/// Purchases of every label of these articles.
fn label_counts<'k>(
    records: impl Iterator<Item = &'k ArticleRecord<'k>>,
) -> BTreeMap<&'k str, u64> {
    let mut counts = BTreeMap::new();
    for (&label, &n) in records.flat_map(|a| &a.sizes) {
        *counts.entry(label).or_default() += n;
    }
    counts
}

fn runs_of(
    articles: &[usize],
    records: &[ArticleRecord<'_>],
    counts: &BTreeMap<&str, u64>,
) -> Vec<usize> {
    let index: HashMap<&str, usize> = counts.keys().enumerate().map(|(i, &l)| (l, i)).collect();
    // A size of the catalogue counts as sold once, so that an article without sales has a run too.
    let sales: Vec<Vec<(usize, f64)>> = articles
        .iter()
        .map(|&a| records[a].sizes.iter().map(|(l, &n)| (index[l], n.max(1) as f64)).collect())
        .collect();
    find_runs(&sales, counts.len())
}

/// A scale with the starting positions of its labels: those of the public tables where these know
/// most labels sold, otherwise quantiles by the order of the labels and their sales.
fn start_scale(
    group: u16,
    system: System,
    group_name: &str,
    counts: &BTreeMap<&str, u64>,
) -> ScaleNode {
    let axis = Axis::guess(group_name);
    let texts: Vec<&str> = counts.keys().copied().collect();
    let placements = placements(&texts, system, axis);
    let placed: Vec<Option<f64>> = placements.iter().map(|p| p.position).collect();
    let bought: Vec<f64> = counts.values().map(|&n| n as f64 + 0.5).collect();
    let total: f64 = bought.iter().sum();
    let known: f64 = placed.iter().zip(&bought).filter(|(p, _)| p.is_some()).map(|(_, n)| n).sum();
    let labels: Vec<String> = counts.keys().map(|&l| l.to_owned()).collect();
    let lengths =
        placements.iter().map(|p| if axis == Axis::Children { 0.0 } else { p.length }).collect();
    if known > 0.5 * total {
        let mean =
            placed.iter().zip(&bought).filter_map(|(p, n)| p.map(|p| p * n)).sum::<f64>() / known;
        let start = placed.into_iter().map(|p| p.unwrap_or(mean)).collect();
        return ScaleNode { group, system, labels, start, lengths, known: true };
    }
    let number = |l: &str| readings(l).first().map(|reading| reading.value);
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by(|&a, &b| {
        let (x, y) = (number(&labels[a]), number(&labels[b]));
        match (x, y) {
            (Some(x), Some(y)) => x.total_cmp(&y),
            _ => y.is_some().cmp(&x.is_some()),
        }
        .then_with(|| labels[a].cmp(&labels[b]))
    });
    let mut start = vec![0.0; labels.len()];
    let mut below = 0.0;
    for i in order {
        start[i] = UNKNOWN_SCALE_SD * quantile((below + 0.5 * bought[i]) / total);
        below += bought[i];
    }
    ScaleNode { group, system, labels, start, lengths, known: false }
}
