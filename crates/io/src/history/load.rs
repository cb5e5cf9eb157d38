//! Entry points: loads the history to train on, or the purchases to evaluate on.

use super::catalogue;
use super::charts;
use super::read::{self, History, RowCounts};
use super::report::{Finding, ReadingReport};
use super::systems;
use crate::failure::Failure;
use crate::pipeline::{Pipeline, RowConditions};
use crate::progress::{Progress, Stage, count};
use inseam::train::Columns;
use std::path::{Path, PathBuf};

/// Reads the history to train on: `files`, or those of the pipeline if there are none. If `rejects`
/// is a path, the reader writes unusable rows there; if not, the first of them is a failure.
pub fn load_history(
    pipeline: &Pipeline,
    files: &[PathBuf],
    rejects: Option<&Path>,
) -> Result<History, Failure> {
    let paths = pipeline.history_files(files)?;
    load(pipeline, &paths, &pipeline.history.conditions, rejects)
}

/// Reads the purchases to evaluate on: `file`, or those of the pipeline's `[test]`.
pub fn load_test(pipeline: &Pipeline, file: Option<&Path>) -> Result<History, Failure> {
    let (paths, conditions) = pipeline.test(file)?;
    load(pipeline, &paths, &conditions, None)
}

fn load(
    pipeline: &Pipeline,
    paths: &[PathBuf],
    conditions: &RowConditions,
    rejects: Option<&Path>,
) -> Result<History, Failure> {
    let mut history = read::read(pipeline, paths, conditions, rejects)?;
    complete(pipeline, &mut history.columns, &mut history.report)?;
    Ok(history)
}

/// Shows how many rows were read, and what the reader warns of and has left out.
pub fn show_reading(counts: RowCounts, report: &ReadingReport, stage: Stage, progress: Progress) {
    let mut result = format!("{} rows", count(counts.read));
    if counts.left_out > 0 {
        result.push_str(&format!(", {} left out by `where`", count(counts.left_out)));
    }
    if counts.rejected > 0 {
        result.push_str(&format!(", {} rejected as unusable", count(counts.rejected)));
    }
    stage.done(result);
    for (kind, findings) in [("warning", &report.warnings), ("left out", &report.left_out)] {
        findings.iter().for_each(|finding| progress.say(format_args!("{kind}: {finding}")));
    }
}

/// Adds the catalogue and the size charts, and completes the size systems.
pub(super) fn complete(
    pipeline: &Pipeline,
    columns: &mut Columns,
    report: &mut ReadingReport,
) -> Result<(), Failure> {
    columns.catalogue = catalogue::read(pipeline, report)?;
    report.warnings.extend(catalogue::unrelated(columns));
    columns.charts = charts::read(pipeline, report)?;
    report.guesses.extend(charts::unmatched(columns));
    if let Some(system) = pipeline.history.system {
        systems::fill(columns, system);
    }
    let qualified = systems::qualify(columns);
    report.guesses.extend((!qualified.is_empty()).then(|| Finding {
        what: "sizes of articles that are sold in several size systems carry the name of theirs, like FR 40"
            .to_owned(),
        rows: qualified.len() as u64,
        first: None,
    }));
    Ok(())
}
