//! The fit groups of a history.

use super::articles::ArticleRecord;
use crate::error::Error;
use crate::model::MAX_GROUPS;
use crate::train::columns::history_error;
use std::collections::BTreeSet;

/// The names of the fit groups, sorted.
///
/// # Errors
/// [`Error::History`] for more than a model may have.
pub(super) fn group_names(records: &[ArticleRecord<'_>]) -> Result<Vec<String>, Error> {
    let groups: Vec<String> = records
        .iter()
        .map(|a| a.class.group.clone())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    if groups.len() > MAX_GROUPS {
        return Err(history_error(format!(
            "{} fit groups, at most {MAX_GROUPS} are possible; map them to fewer under [history.groups], or name the column \
             `category` instead of `group`",
            groups.len()
        )));
    }
    Ok(groups)
}

/// Index of a fit group among the sorted names.
pub(super) fn group_index(groups: &[String], name: &str) -> u16 {
    groups.binary_search_by(|g| g.as_str().cmp(name)).map_or(0, |i| i as u16)
}
