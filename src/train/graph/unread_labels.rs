//! Coordinates of the labels of runs that contain labels which nobody can read.

use super::articles::ArticleRecord;
use super::rows::CustomerRows;
use super::run_labels::RunLabels;
use super::seriation::{LabelPairs, Worn};
use super::size_runs::SizeRun;
use crate::outcome::Outcome;
use crate::size::understood;
use crate::train::columns::Columns;
use std::collections::HashMap;

/// Purchases that the labels which cannot be read need in a run for an order.
const MIN_PURCHASES: u64 = 20;

/// For each run, the coordinates of its labels by who buys them; `None` for a run whose labels can
/// all be read, and for one with too few purchases.
pub(super) fn label_coordinates(
    columns: &Columns,
    rows: &CustomerRows,
    records: &[ArticleRecord<'_>],
    runs: &[SizeRun],
    labels: &[RunLabels<'_>],
) -> Vec<Option<Vec<f64>>> {
    let unread = |(run, labels): (&SizeRun, &RunLabels<'_>)| {
        run.searched && purchases_unread(labels) >= MIN_PURCHASES
    };
    let wanted: Vec<bool> = runs.iter().zip(labels).map(unread).collect();
    if !wanted.contains(&true) {
        return vec![None; runs.len()];
    }
    let mut run_of = vec![None; columns.article.values.len()];
    for (run, SizeRun { articles, .. }) in runs.iter().enumerate().filter(|(run, _)| wanted[*run]) {
        articles
            .iter()
            .filter_map(|&a| records[a].code)
            .for_each(|c| run_of[c as usize] = Some(run));
    }
    let index: Vec<HashMap<&str, usize>> = labels
        .iter()
        .map(|labels| labels.counts.keys().enumerate().map(|(i, &label)| (label, i)).collect())
        .collect();
    let worn = |&row: &u32| {
        let row = row as usize;
        let run = run_of[columns.article.codes[row] as usize]?;
        let label = index[run].get(columns.size.value(row)?.as_str())?;
        Some((run, (*label, fit(columns.outcome[row]))))
    };
    let mut pairs: Vec<LabelPairs> =
        labels.iter().map(|labels| LabelPairs::new(labels.counts.len())).collect();
    let mut of_run: Vec<Worn> = Vec::new();
    for (_, rows) in rows.evidence() {
        let mut bought: Vec<(usize, Worn)> = rows.iter().filter_map(worn).collect();
        bought.sort_by_key(|&(run, _)| run);
        for purchases in bought.chunk_by(|a, b| a.0 == b.0) {
            of_run.clear();
            of_run.extend(purchases.iter().map(|(_, worn)| *worn));
            pairs[purchases[0].0].add_customer(&of_run);
        }
    }
    let runs = pairs.iter().zip(labels).zip(wanted);
    runs.map(|((pairs, labels), wanted)| {
        let known: Vec<Option<f64>> =
            labels.ranks.iter().map(|rank| rank.map(|rank| rank.value)).collect();
        if wanted { pairs.coordinates(&known) } else { None }
    })
    .collect()
}

fn purchases_unread(labels: &RunLabels<'_>) -> u64 {
    let names: Vec<&str> = labels.counts.keys().copied().collect();
    let unread = labels.counts.values().zip(understood(&names)).filter(|(_, read)| !read);
    unread.map(|(n, _)| n).sum()
}

/// What an outcome says about the fit of a size.
fn fit(outcome: Outcome) -> Option<i8> {
    match outcome {
        Outcome::TooSmall => Some(-1),
        Outcome::Kept => Some(0),
        Outcome::TooLarge => Some(1),
        _ => None,
    }
}
