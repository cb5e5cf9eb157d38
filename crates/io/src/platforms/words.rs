//! Describes what a column holds in a comment: sizes and outcomes with their shares.

use super::profile::ColumnProfile;
use super::variant::split_variant;
use crate::failure::shown;
use crate::vocabulary::OutcomeReader;
use inseam::outcome::Outcome;
use std::collections::BTreeMap;

/// How many sizes a comment lists.
const SIZES: usize = 8;
/// The longest word that a comment shows. Longer texts are comments of customers.
const MAX_WORD: usize = 40;

/// A share in per cent: "12.5 %".
pub(super) fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

/// The most frequent sizes of a column with their shares, and the share of cells without one.
pub(super) fn sizes(column: &ColumnProfile) -> String {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    let (mut all, mut unknown) = (0, 0);
    for (text, count) in &column.values {
        all += count;
        match split_variant(text) {
            Some(variant) => *counts.entry(variant.size).or_default() += count,
            None => unknown += count,
        }
    }
    let share = |count: u64| {
        percent(count as f64 / f64::from(u32::try_from(all.max(1)).unwrap_or(u32::MAX)))
    };
    let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut listed: Vec<String> = counts
        .iter()
        .take(SIZES)
        .map(|(size, count)| format!("{size} {}", share(*count)))
        .collect();
    if unknown > 0 {
        listed.push(format!("no known size {}", share(unknown)));
    }
    listed.join(", ")
}

/// A word of a column of outcomes.
pub(super) struct OutcomeWord<'a> {
    /// The word.
    pub(super) word: &'a str,
    /// Its share of the cells that are not empty.
    pub(super) share: f64,
    /// What it means.
    pub(super) outcome: Option<Outcome>,
}

/// The words of a column of outcomes, the most frequent first.
pub(super) fn outcome_words(column: &ColumnProfile) -> Vec<OutcomeWord<'_>> {
    let reader = OutcomeReader::new(&column.name, column.texts());
    let filled = column.filled.max(1) as f64;
    let words = column.values.iter();
    words
        .map(|(word, count)| OutcomeWord {
            word,
            share: *count as f64 / filled,
            outcome: reader.read(word),
        })
        .collect()
}

/// Whether a word may be shown in a file: no comment of a customer, and no e-mail address.
pub(super) fn may_be_shown(word: &str) -> bool {
    word.chars().count() <= MAX_WORD && !word.contains('@') && shown(word) == word
}
