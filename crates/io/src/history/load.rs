//! Entry points: loads the history to train on, or the purchases to evaluate on.

use super::catalogue;
use super::charts;
use super::read::{self, History};
use super::report::Finding;
use super::systems;
use crate::failure::Failure;
use crate::pipeline::{Pipeline, RowConditions};
use std::path::{Path, PathBuf};

/// Reads the history to train on: `files`, or those of the pipeline if there are none. If `rejects`
/// is a path, the reader writes unusable rows there; if not, the first of them is a failure.
pub fn load_history(
    pipeline: &Pipeline,
    files: &[PathBuf],
    rejects: Option<&Path>,
) -> Result<History, Failure> {
    let paths = if files.is_empty() { pipeline.history_paths()? } else { files.to_vec() };
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
    history.columns.catalogue = catalogue::read(pipeline, &mut history.report)?;
    history.columns.charts = charts::read(pipeline, &mut history.report)?;
    history.report.guesses.extend(charts::unmatched(&history.columns));
    if let Some(system) = pipeline.history.system {
        systems::fill(&mut history.columns, system);
    }
    let qualified = systems::qualify(&mut history.columns);
    history.report.guesses.extend((!qualified.is_empty()).then(|| Finding {
        what: "sizes of articles that are sold in several size systems carry the name of theirs, like FR 40"
            .to_owned(),
        rows: qualified.len() as u64,
        first: None,
    }));
    Ok(history)
}
