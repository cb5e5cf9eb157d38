//! Puts the report about a history together.

use super::counts::{Share, shares};
use super::outcomes::{OutcomeSummary, summary};
use crate::failure::{Failure, shown};
use crate::history::{Finding, History, NAMES_NO_SIZE, UNUSABLE};
use crate::pipeline::Pipeline;
use crate::platforms::are_sizes;
use crate::progress::count;
use crate::table::Source;
use crate::vocabulary::StandardColumn;
use inseam::outcome::Outcome;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What the files of a pipeline have, and what the reader understood.
#[derive(Clone, Debug)]
pub struct CheckReport {
    /// The files, each with the table of the pipeline and how it is written.
    pub files: Vec<(PathBuf, String)>,
    /// The rows of the history's files.
    pub rows_read: u64,
    /// The purchases to train on.
    pub purchases: u64,
    /// The customers who have them.
    pub customers: u64,
    /// The articles of the purchases.
    pub articles: u64,
    /// The articles of the catalogue.
    pub catalogue: u64,
    /// The header of each standard column, by its name.
    pub columns: BTreeMap<&'static str, String>,
    /// The column of each measurement.
    pub measurements: BTreeMap<String, String>,
    /// The rows that are left out, by the reason.
    pub left_out: Vec<Finding>,
    /// What may be understood in another way.
    pub guesses: Vec<Finding>,
    /// What is probably wrong.
    pub warnings: Vec<Finding>,
    /// The columns of outcomes, with their words.
    pub words: Vec<OutcomeSummary>,
    /// How many purchases have each outcome.
    pub outcomes: Vec<Share>,
    /// Whether a table has the returns.
    pub has_returns: bool,
    /// The size labels that training can place.
    pub sizes: Vec<Share>,
    /// The size labels that it cannot place.
    pub unknown_sizes: Vec<Share>,
    /// The size systems that rows name.
    pub systems: Vec<Share>,
    /// The fit groups.
    pub groups: Vec<Share>,
}

impl CheckReport {
    /// The report about a history that was read for a pipeline; `files` replaces the files of the
    /// history, if it is not empty.
    ///
    /// # Errors
    /// If a file cannot be read again.
    pub fn new(pipeline: &Pipeline, history: &History, files: &[PathBuf]) -> Result<Self, Failure> {
        let columns = &history.columns;
        let (labels, _) = shares(&columns.size, |label| label.as_str().to_owned());
        let names: Vec<&str> = labels.iter().map(|share| share.value.as_str()).collect();
        let mut known = are_sizes(&names).into_iter();
        let (sizes, unknown_sizes) = labels.into_iter().partition(|_| known.next() == Some(true));
        let optional = |column: &Option<_>| {
            column.as_ref().map_or(Vec::new(), |column| shares(column, String::clone).0)
        };
        let systems = columns.system.as_ref();
        let reading = &history.report;
        let described = reading.files.iter().map(|file| (file.path.clone(), file.form.to_string()));
        let named = history.mapping.columns.iter();
        let mut left_out = reading.left_out.clone();
        left_out.extend((history.counts.left_out > 0).then(|| Finding {
            what: "do not meet the conditions of `where`".to_owned(),
            rows: history.counts.left_out,
            first: None,
        }));
        Ok(Self {
            files: described.collect(),
            rows_read: reading.rows,
            purchases: columns.outcome.len() as u64,
            customers: columns.customer.values.len() as u64,
            articles: columns.article.values.len() as u64,
            catalogue: columns.catalogue.len() as u64,
            columns: named.map(|(column, name)| (column.name(), name.clone())).collect(),
            measurements: history.mapping.measurements.clone(),
            left_out,
            guesses: reading.guesses.clone(),
            warnings: reading.warnings.clone(),
            words: words(pipeline, history, files)?,
            outcomes: outcomes(&columns.outcome),
            has_returns: pipeline.returns.is_some(),
            sizes,
            unknown_sizes,
            systems: systems.map_or(Vec::new(), |c| shares(c, |s| system_name(s.name())).0),
            groups: optional(&columns.group),
        })
    }

    /// Whether no column of the history and no table of returns says what became of purchases.
    pub fn has_no_outcomes(&self) -> bool {
        // Other columns may say it too, such as negative quantities.
        let all_kept = self.outcomes.iter().all(|share| share.value == Outcome::Kept.name());
        self.words.is_empty() && !self.has_returns && all_kept
    }

    /// What was not understood, one sentence each: outcomes that are missing, words for outcomes,
    /// size labels, unusable rows and warnings.
    pub fn not_understood(&self) -> Vec<String> {
        let mut problems = Vec::new();
        if self.has_no_outcomes() {
            let missing = "no column has outcomes: name one as `outcome` under [history.columns], \
                           or the file of the returns under [returns]";
            problems.push(missing.to_owned());
        }
        for summary in &self.words {
            let unknown: Vec<_> = summary.words.iter().filter(|w| w.outcome.is_none()).collect();
            if let Some(first) = unknown.first() {
                problems.push(format!(
                    "column \"{}\": {} word{} for outcomes not understood, such as \"{}\" in {} rows",
                    shown(&summary.column),
                    unknown.len(),
                    if unknown.len() == 1 { "" } else { "s" },
                    first.word,
                    count(first.rows)
                ));
            }
        }
        if let Some(first) = self.unknown_sizes.first() {
            problems.push(format!(
                "{} size label{} not understood, such as \"{}\" in {} rows",
                self.unknown_sizes.len(),
                if self.unknown_sizes.len() == 1 { "" } else { "s" },
                shown(&first.value),
                count(first.rows)
            ));
        }
        let unusable = self.left_out.iter().filter(|found| {
            found.what.starts_with(UNUSABLE) && !found.what.ends_with(NAMES_NO_SIZE)
        });
        // A warning without rows is advice.
        let warnings = self.warnings.iter().filter(|found| found.rows > 0);
        problems.extend(unusable.chain(warnings).map(ToString::to_string));
        problems
    }
}

/// The name of a size system without its prefix: "DE".
fn system_name(name: &str) -> String {
    name.trim_start_matches("WearableSizeSystem").to_owned()
}

/// The words of the history's column of outcomes and of the reasons of `[returns]`.
fn words(
    pipeline: &Pipeline,
    history: &History,
    files: &[PathBuf],
) -> Result<Vec<OutcomeSummary>, Failure> {
    let mut words = Vec::new();
    if let Some(column) = history.mapping.get(StandardColumn::Outcome) {
        let paths = pipeline.history_files(files)?;
        let source = Source::open_with(&paths, &pipeline.history.file_options())?;
        words.push(summary(pipeline, &source, column, Outcome::Kept.name())?);
    }
    if let Some(returns) = &pipeline.returns
        && let Some(column) = &returns.columns.reason
        && !column.is_empty()
    {
        let source = Source::open_with(&pipeline.returns_paths()?, &returns.file_options())?;
        words.push(summary(pipeline, &source, column, Outcome::UnknownReason.name())?);
    }
    Ok(words)
}

/// How many purchases have each outcome.
fn outcomes(outcomes: &[Outcome]) -> Vec<Share> {
    let all = outcomes.len().max(1) as f64;
    let counted = Outcome::ALL.into_iter().map(|outcome| {
        let rows = outcomes.iter().filter(|o| **o == outcome).count() as u64;
        Share { value: outcome.name().to_owned(), rows, share: rows as f64 / all }
    });
    counted.filter(|share| share.rows > 0).collect()
}
