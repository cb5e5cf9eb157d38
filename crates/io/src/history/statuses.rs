//! Statuses of orders beside the reasons of returns. Where no reason is given, a line whose status
//! says that it came back or was cancelled was not kept.

use super::column_use::ColumnUse;
use crate::table::Source;
use crate::vocabulary::{folded, is_missing, is_status_header, order_status};
use inseam::outcome::Outcome;
use inseam::train::Coded;

/// The columns that may have statuses, which nothing else needs. A pipeline that needs them for its
/// conditions decides itself.
pub(super) fn columns(uses: &[ColumnUse], source: &Source) -> Vec<String> {
    let used = |name: &str| uses.iter().any(|column| column.name == name);
    let names = source.columns().iter().filter(|name| is_status_header(name) && !used(name));
    names.filter(|name| source.every_file_has(name)).cloned().collect()
}

/// What a column of statuses says about rows.
pub(super) struct Found {
    /// The name of the column.
    pub(super) column: String,
    /// Its words that say it.
    pub(super) words: Vec<String>,
    /// The rows, in their order.
    pub(super) rows: Vec<u32>,
}

/// Marks the kept purchases of which a status says that they came back or were cancelled.
/// `stated` tells which rows state their own outcome; with a table of returns, that table says
/// what came back, and a status only what was cancelled.
pub(super) fn apply(
    outcomes: &mut [Outcome],
    stated: &[bool],
    keep: &[bool],
    columns: Vec<(String, Coded)>,
    with_returns: bool,
) -> Vec<Found> {
    let mut found = Vec::new();
    for (column, coded) in columns {
        if !are_statuses(&coded) {
            continue;
        }
        let not_kept: Vec<Option<Outcome>> =
            coded.values.iter().map(|word| not_kept(word, with_returns)).collect();
        let (mut rows, mut words) = (Vec::new(), Vec::new());
        for (row, &code) in coded.codes.iter().enumerate() {
            let says = not_kept.get(code as usize).copied().flatten();
            let open = outcomes[row] == Outcome::Kept && !stated.get(row).is_some_and(|own| *own);
            let Some(outcome) = says.filter(|_| keep[row] && open) else { continue };
            outcomes[row] = outcome;
            rows.push(row as u32);
            let word = &coded.values[code as usize];
            if !words.contains(word) {
                words.push(word.clone());
            }
        }
        if !rows.is_empty() {
            found.push(Found { column, words, rows });
        }
    }
    found
}

/// Whether most words of a column are statuses of orders.
fn are_statuses(coded: &Coded) -> bool {
    let words = coded.values.iter().filter(|word| !is_missing(word));
    let (mut known, mut all) = (0, 0);
    for word in words {
        all += 1;
        known += usize::from(meaning(word).is_some());
    }
    2 * known > all
}

/// The outcome of a status, or of its first word: "Cancelled by customer".
fn meaning(status: &str) -> Option<Outcome> {
    order_status(status).or_else(|| order_status(status.split_whitespace().next()?))
}

/// The outcome of a status that says that the customer did not keep the line. A status about a part
/// of an order says nothing about its lines.
fn not_kept(word: &str, with_returns: bool) -> Option<Outcome> {
    let partly = folded(word).is_some_and(|word| {
        ["partial", "teil", "partiel", "parcial", "parzial"].iter().any(|part| word.contains(part))
    });
    match meaning(word)? {
        Outcome::UnknownReason if !with_returns && !partly => Some(Outcome::UnknownReason),
        Outcome::Pending if !partly => Some(Outcome::Pending),
        _ => None,
    }
}
