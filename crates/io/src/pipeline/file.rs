//! The pipeline file as a whole: reads it, checks it and resolves its paths.

use super::charts::ChartsTable;
use super::conditions::RowConditions;
use super::expand;
use super::tables::{Catalogue, HistoryTable, ModelTable, OneOrMany, ReturnsTable, TestTable};
use super::train::TrainTable;
use crate::failure::{Failure, RowNumber, shown};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The largest pipeline file, in bytes.
const MAX_FILE_BYTES: u64 = 1 << 20;

/// A pipeline file, read and checked.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pipeline {
    /// The path of the file. Paths in the file are relative to its folder.
    #[serde(skip)]
    pub file: PathBuf,
    /// The purchases to train on.
    #[serde(default)]
    pub history: HistoryTable,
    /// Returns that another table lists than the purchases.
    pub returns: Option<ReturnsTable>,
    /// Articles known before any purchase.
    pub catalogue: Option<Catalogue>,
    /// Size charts of brands.
    pub charts: Option<ChartsTable>,
    /// The settings of training.
    #[serde(default)]
    pub train: TrainTable,
    /// The file of the model.
    #[serde(default)]
    pub model: ModelTable,
    /// The purchases to evaluate on.
    pub test: Option<TestTable>,
}

impl Pipeline {
    /// Reads and checks a pipeline file.
    pub fn read(file: &Path) -> Result<Self, Failure> {
        let size = std::fs::metadata(file).map_err(|e| Failure::io(file, "cannot open", &e))?.len();
        if size > MAX_FILE_BYTES {
            return Err(Failure::new(format!(
                "has {size} bytes; a pipeline file has at most {MAX_FILE_BYTES}"
            ))
            .in_file(file));
        }
        let bytes = std::fs::read(file).map_err(|e| Failure::io(file, "cannot read", &e))?;
        let text = String::from_utf8(bytes).map_err(|_| {
            Failure::new("is not UTF-8").in_file(file).remedy("save the pipeline file as UTF-8")
        })?;
        let mut pipeline = Self::parse(&text).map_err(|failure| failure.in_file(file))?;
        pipeline.file = file.to_owned();
        if pipeline.train.delta.is_some() && pipeline.train.epsilon.is_none() {
            let failure = Failure::new("sets delta under [train], but not epsilon").in_file(file);
            return Err(failure.remedy("set both, or neither for a model without noise"));
        }
        Ok(pipeline)
    }

    pub(super) fn parse(text: &str) -> Result<Self, Failure> {
        toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start.min(text.len()));
            let line = text.as_bytes()[..at].iter().filter(|b| **b == b'\n').count() as u64 + 1;
            let failure = Failure::new(error.message().lines().collect::<Vec<_>>().join("; "))
                .at(RowNumber::Line(line));
            let written = text.lines().nth(line as usize - 1).unwrap_or_default().trim();
            if written.is_empty() {
                failure
            } else {
                failure.remedy(format!("in: {}", shown(written)))
            }
        })
    }

    /// The files of the history.
    pub fn history_paths(&self) -> Result<Vec<PathBuf>, Failure> {
        match &self.history.path {
            Some(paths) => self.resolve_all(paths),
            None => Err(Failure::new("does not name a history")
                .in_file(&self.file)
                .remedy("set path under [history], or run the program with --history FILE")),
        }
    }

    /// The files that a history is read from: those given, or those of the pipeline if there are
    /// none.
    pub fn history_files(&self, given: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
        if given.is_empty() { self.history_paths() } else { Ok(given.to_vec()) }
    }

    /// The files of the returns; empty if there is no table of returns.
    pub fn returns_paths(&self) -> Result<Vec<PathBuf>, Failure> {
        self.returns.as_ref().map_or(Ok(Vec::new()), |returns| self.resolve_all(&returns.path))
    }

    /// The files of the catalogue; empty if there is no catalogue.
    pub fn catalogue_paths(&self) -> Result<Vec<PathBuf>, Failure> {
        self.catalogue
            .as_ref()
            .map_or(Ok(Vec::new()), |catalogue| self.resolve_all(&catalogue.path))
    }

    /// The files of the size charts; empty if there are none.
    pub fn chart_paths(&self) -> Result<Vec<PathBuf>, Failure> {
        self.charts.as_ref().map_or(Ok(Vec::new()), |charts| self.resolve_all(&charts.path))
    }

    /// The files of the purchases to evaluate on, and the conditions on their rows. `given`
    /// replaces the files of `[test]`. If neither names a file, they are those of the history, and
    /// the conditions must tell the test purchases from the history.
    pub fn test(&self, given: Option<&Path>) -> Result<(Vec<PathBuf>, RowConditions), Failure> {
        let conditions = self.test.as_ref().map(|test| test.conditions.clone()).unwrap_or_default();
        let paths = match (given, self.test.as_ref().and_then(|test| test.path.as_ref())) {
            (Some(given), _) => vec![given.to_owned()],
            (None, Some(paths)) => self.resolve_all(paths)?,
            (None, None) if !conditions.is_empty() => self.history_paths()?,
            (None, None) => {
                return Err(Failure::new("does not name purchases to evaluate on")
                    .in_file(&self.file)
                    .remedy(
                        "run the program with --test FILE, or set path or where under [test]",
                    ));
            }
        };
        Ok((paths, conditions))
    }

    /// The path of the model.
    pub fn model_path(&self) -> Result<PathBuf, Failure> {
        match &self.model.out {
            Some(out) => self.resolve(out),
            None => Err(Failure::new("does not name a model file")
                .in_file(&self.file)
                .remedy("set out under [model], or run the program with --out FILE")),
        }
    }

    fn resolve_all(&self, paths: &OneOrMany) -> Result<Vec<PathBuf>, Failure> {
        paths.texts().iter().map(|path| self.resolve(path)).collect()
    }

    /// The path that a text of this file means: with its environment variables replaced, and
    /// relative to the folder of the file.
    fn resolve(&self, path: &str) -> Result<PathBuf, Failure> {
        let expanded = expand::expand_variables(path, |name| std::env::var(name).ok())
            .map_err(|f| f.in_file(&self.file))?;
        let folder = self.file.parent().unwrap_or(Path::new(""));
        Ok(folder.join(expanded))
    }
}
