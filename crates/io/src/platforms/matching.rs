//! Finds the columns by which two tables belong together: those that share the most values.

use super::examine::ExaminedTable;
use super::profile::ColumnProfile;
use super::variant::split_variant;
use crate::vocabulary::StandardColumn;
use std::collections::HashSet;

/// The article that a text names: without its variant, if it names one.
fn article(text: &str) -> String {
    let variant = split_variant(text).filter(|variant| !variant.article.is_empty());
    variant.map_or_else(|| text.to_owned(), |variant| variant.article)
}

/// The share of the distinct values of `other` that `of` has too, from 0 to 1.
fn overlap(of: &HashSet<String>, other: &ColumnProfile, key: impl Fn(&str) -> String) -> f64 {
    let values: HashSet<String> = other.texts().map(key).collect();
    let shared = values.iter().filter(|value| of.contains(*value)).count();
    shared as f64 / values.len().max(1) as f64
}

/// The column of `table` that shares the most values with a column of `with`, and the share of its
/// values that are shared. The column that was found by its header wins if it shares half of the
/// best.
pub(super) fn best_match<'a>(
    table: &'a ExaminedTable,
    with: &ExaminedTable,
    column: StandardColumn,
) -> Option<(&'a str, f64)> {
    let key = |text: &str| match column {
        StandardColumn::ArticleId => article(text),
        _ => text.to_owned(),
    };
    let wanted: HashSet<String> =
        with.profile.column(with.columns.get(column)?)?.texts().map(key).collect();
    let scores = table.profile.columns.iter().filter(|c| c.filled > 0);
    let scores: Vec<(&str, f64)> =
        scores.map(|c| (c.name.as_str(), overlap(&wanted, c, key))).collect();
    let best = scores.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let by_header = table.columns.get(column);
    let known = scores.iter().copied().find(|(name, _)| Some(*name) == by_header);
    known.filter(|(_, share)| *share >= best.1 / 2.0).or(Some(best))
}
