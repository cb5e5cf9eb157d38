//! Finds the shop's name of each standard column, and translates its fit groups.

use crate::failure::Failure;
use crate::table::{Source, missing_column};
use crate::vocabulary::{StandardColumn, folded};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Standard columns, each with the name that the pipeline gives it. An empty name means that the
/// table has no such column. `None` means that the pipeline does not mention the column.
pub type NamedColumns<'a> = Vec<(StandardColumn, Option<&'a str>)>;

/// The names of a history's columns in its files. The private files store them, and scoring finds
/// the columns of its table by them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mapping {
    /// The name of each standard column that the files have.
    pub columns: BTreeMap<StandardColumn, String>,
    /// The name of the column of each measurement.
    pub measurements: BTreeMap<String, String>,
    /// Columns that may have a customer's id where the first one has none or that of a guest.
    #[serde(default)]
    pub other_customer_ids: Vec<String>,
}

impl Mapping {
    /// The name of a column in the files; `None` if the files do not have it.
    pub fn get(&self, column: StandardColumn) -> Option<&str> {
        self.columns.get(&column).map(String::as_str)
    }

    /// The name of a column in the files, or a failure that says how to name it. `table` is the
    /// table of the pipeline file, like `history`.
    pub fn require(
        &self,
        column: StandardColumn,
        source: &Source,
        table: &str,
    ) -> Result<&str, Failure> {
        let name = column.name();
        self.get(column).ok_or_else(|| {
            missing_column(source.first_file(), name, source.columns())
                .also(&format!("name the column under [{table}.columns], as in {name} = \"...\""))
        })
    }
}

/// Finds the standard columns of `source`: those that the pipeline names, and the others by the
/// usual headers. Fails if the source does not have a column that the pipeline names.
pub fn find_columns(
    named: &[(StandardColumn, Option<&str>)],
    source: &Source,
) -> Result<BTreeMap<StandardColumn, String>, Failure> {
    let mut columns = BTreeMap::new();
    for (column, name) in named {
        match name {
            Some("") | None => {}
            Some(name) if source.has(name) => drop(columns.insert(*column, (*name).to_owned())),
            Some(name) => return Err(missing_column(source.first_file(), name, source.columns())),
        }
    }
    let simplified: Vec<(String, &String)> =
        source.columns().iter().map(|name| (folded(name).unwrap_or_default(), name)).collect();
    for (column, _) in named.iter().filter(|(_, name)| name.is_none()) {
        let taken: Vec<&String> = columns.values().collect();
        let found = column.usual_headers().find_map(|header| {
            simplified
                .iter()
                .find(|(simple, name)| simple == header && !taken.contains(name))
                .map(|(_, name)| *name)
        });
        if let Some(name) = found {
            columns.insert(*column, name.clone());
        }
    }
    Ok(columns)
}

/// The column of `source` that has one of these headers, folded and without blanks; the first of
/// the headers wins.
pub fn find_header(source: &Source, headers: &str) -> Option<String> {
    let is = |name: &&String, header: &str| folded(name).is_some_and(|name| name == header);
    let found = |header: &str| source.columns().iter().find(|name| is(name, header));
    headers.split_ascii_whitespace().find_map(found).cloned()
}

/// The fit group that the pipeline's `[history.groups]` gives to a shop's word for one; `*` stands
/// for every word that the table does not list, and for an empty cell. A word that the table does
/// not cover stays as it is.
pub fn translated_group(groups: &BTreeMap<String, String>, word: Option<&str>) -> Option<String> {
    let listed = word.and_then(|word| groups.get(word));
    listed.or_else(|| groups.get("*")).cloned().or_else(|| word.map(str::to_owned))
}
