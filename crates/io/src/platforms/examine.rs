//! Examines a shop's files: which belong together, what their rows are, which column holds what.

use super::guess::{Columns, catalogue_columns, order_columns};
use super::layouts::{Layout, Role};
use super::profile::TableProfile;
use crate::failure::Failure;
use crate::pipeline::ChartColumns;
use crate::table::Source;
use crate::vocabulary::{OutcomeKind, OutcomeReader, StandardColumn, folded, is_about_returns};
use std::path::PathBuf;

/// Files with the same columns, as examined.
#[derive(Debug)]
pub struct ExaminedTable {
    /// The paths, as given.
    pub paths: Vec<PathBuf>,
    /// How each file is written.
    pub forms: Vec<String>,
    /// The export that the files are, if it is a known one.
    pub layout: Option<&'static Layout>,
    /// What the rows are.
    pub role: Role,
    /// What the columns hold.
    pub profile: TableProfile,
    /// Which column holds what.
    pub columns: Columns,
}

/// Examines files and folders. Files with the same headers are one table.
///
/// # Errors
/// If a file cannot be read.
pub fn examine(paths: &[PathBuf]) -> Result<Vec<ExaminedTable>, Failure> {
    let mut groups: Vec<(Vec<String>, Vec<PathBuf>)> = Vec::new();
    for path in paths {
        let headers = Source::open(std::slice::from_ref(path))?.columns().to_vec();
        match groups.iter_mut().find(|(other, _)| *other == headers) {
            Some((_, paths)) => paths.push(path.clone()),
            None => groups.push((headers, vec![path.clone()])),
        }
    }
    groups.into_iter().map(|(headers, paths)| examine_table(headers, paths)).collect()
}

fn examine_table(headers: Vec<String>, paths: Vec<PathBuf>) -> Result<ExaminedTable, Failure> {
    let source = Source::open(&paths)?;
    let profile = TableProfile::examine(&source)?;
    let layout = Layout::of(&headers);
    let orders = order_columns(&profile, layout);
    let role = layout.map_or_else(|| role(&paths, &profile, &orders), |layout| layout.role);
    let columns = match role {
        Role::Catalogue | Role::Charts => catalogue_columns(&profile, layout),
        Role::Orders | Role::Returns => orders,
    };
    let forms = source.forms().map(|(_, form)| form.to_string()).collect();
    Ok(ExaminedTable { paths, forms, layout, role, profile, columns })
}

/// What the rows of a table are that is no known export.
fn role(paths: &[PathBuf], profile: &TableProfile, columns: &Columns) -> Role {
    let has = |column| columns.get(column).is_some();
    if !has(StandardColumn::CustomerId) && !has(StandardColumn::OrderId) {
        let size = profile.columns.iter().any(|column| column.sizes() > 0.5);
        let charts = size && !girths(profile).is_empty() && !has(StandardColumn::ArticleId);
        return if charts { Role::Charts } else { Role::Catalogue };
    }
    let outcome = columns.get(StandardColumn::Outcome).and_then(|name| profile.column(name));
    let only_reasons = outcome.is_some_and(|column| {
        let kind = OutcomeReader::new(&column.name, column.texts()).kind();
        kind == OutcomeKind::ReturnReasons && column.filled as f64 > 0.95 * profile.rows as f64
    });
    let named = paths
        .iter()
        .any(|path| path.file_name().is_some_and(|name| is_about_returns(&name.to_string_lossy())));
    let dated = profile.columns.iter().any(|column| {
        is_about_returns(&column.name) && column.dates() > 0.9 && column.filled == profile.rows
    });
    if only_reasons && (named || dated || !has(StandardColumn::CustomerId))
        || named && outcome.is_none()
    {
        Role::Returns
    } else {
        Role::Orders
    }
}

/// The columns of girths among these, by their headers.
pub(super) fn girths(profile: &TableProfile) -> Vec<&str> {
    let headers: Vec<&str> = ChartColumns::default()
        .by_dimension()
        .into_iter()
        .flat_map(|(_, _, headers)| headers.split_ascii_whitespace())
        .collect();
    let is_girth = |name: &&str| folded(name).is_some_and(|name| headers.contains(&name.as_str()));
    profile.columns.iter().map(|column| column.name.as_str()).filter(is_girth).collect()
}

impl ExaminedTable {
    /// What the files are, for people.
    pub fn description(&self) -> &'static str {
        match (self.layout, self.role) {
            (Some(layout), _) => layout.name,
            (None, Role::Orders) => "a table of purchases",
            (None, Role::Returns) => "a table of returns",
            (None, Role::Catalogue) => "a table of articles",
            (None, Role::Charts) => "size charts",
        }
    }

    /// The header with this folded form.
    pub(super) fn header(&self, wanted: &str) -> Option<&str> {
        let mut names = self.profile.columns.iter().map(|column| column.name.as_str());
        names.find(|name| folded(name).as_deref() == Some(wanted))
    }

    /// Whether a column has a meaning or a condition.
    pub(super) fn uses(&self, name: &str) -> bool {
        let conditions = self.layout.map_or(&[][..], |layout| layout.conditions);
        self.columns.found.values().any(|used| used == name)
            || conditions.iter().any(|(header, _)| self.header(header) == Some(name))
    }

    /// Whether a column gets its missing values from other rows of the same order or article.
    pub(super) fn is_completed(&self, name: &str) -> bool {
        let fill = self.layout.and_then(|layout| layout.fill);
        fill.is_some_and(|(_, headers)| {
            folded(name).is_some_and(|name| headers.contains(&name.as_str()))
        })
    }
}
