//! From a shop's tables to the core's columns: mapped, translated, checked row by row.

mod catalogue;
pub use catalogue::split as split_sizes;
mod read;
mod rejects;

#[cfg(test)]
mod tests;

use crate::failure::Failure;
use crate::pipeline::{Mapping, Pipeline, Where};
use inseam::train::Columns;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A history read.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// What the core trains on; the catalogue is in it.
    pub columns: Columns,
    /// Which column was which.
    pub mapping: Mapping,
    /// What became of the rows.
    pub counts: Counts,
}

/// Rows by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All there were in the files.
    pub read: u64,
    /// Left out by the pipeline's `where`.
    pub left_out: u64,
    /// Put into the file of rejects.
    pub rejected: u64,
}

/// Reads the history to train on: `files`, or the pipeline's own where none are given. The first
/// row that cannot be used stops it, unless such rows go to `rejects`.
pub fn load_history(
    pipeline: &Pipeline,
    files: &[PathBuf],
    rejects: Option<&Path>,
) -> Result<Loaded, Failure> {
    let paths = if files.is_empty() { pipeline.history_paths()? } else { files.to_vec() };
    load(pipeline, &paths, &pipeline.history.only, rejects)
}

/// Reads the purchases to measure on: `file`, or what the pipeline's `[test]` says.
pub fn load_test(pipeline: &Pipeline, file: Option<&Path>) -> Result<Loaded, Failure> {
    let (paths, only) = pipeline.test(file)?;
    load(pipeline, &paths, &only, None)
}

fn load(
    pipeline: &Pipeline,
    paths: &[PathBuf],
    only: &Where,
    rejects: Option<&Path>,
) -> Result<Loaded, Failure> {
    let mut loaded = read::read(pipeline, paths, only, rejects)?;
    loaded.columns.catalogue = catalogue::read(pipeline)?;
    Ok(loaded)
}

/// A fit group's name as the pipeline translates it: theirs = ours, `*` for every other.
pub fn translated_group(groups: &BTreeMap<String, String>, theirs: Option<&str>) -> Option<String> {
    let given = theirs.and_then(|theirs| groups.get(theirs));
    given.or_else(|| groups.get("*")).cloned().or_else(|| theirs.map(str::to_owned))
}
