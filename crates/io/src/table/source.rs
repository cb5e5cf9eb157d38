//! Where a table comes from: a file, several, or a folder of them.

use super::csv::CsvBatches;
use super::jsonl::JsonBatches;
use super::parquet::ParquetBatches;
use super::{Batch, csv, jsonl, parquet};
use crate::failure::Failure;
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How a file is written, by its ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// `.csv`, `.tsv`, also with `.gz`.
    Csv,
    /// `.jsonl`, `.ndjson`, also with `.gz`.
    Jsonl,
    /// `.parquet`.
    Parquet,
}

impl Format {
    /// The format that a file's name says, or a failure that names the endings there are.
    pub(super) fn of(path: &Path) -> Result<Self, Failure> {
        let name = path.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
        let text = name.strip_suffix(".gz").unwrap_or(&name);
        match text.rsplit_once('.').map(|(_, ending)| ending) {
            Some("csv" | "tsv") => Ok(Self::Csv),
            Some("jsonl" | "ndjson") => Ok(Self::Jsonl),
            Some("parquet") if text == name => Ok(Self::Parquet),
            _ => Err(Failure::new("has an ending that says no format known here")
                .in_file(path)
                .remedy("expected .csv, .csv.gz, .jsonl, .jsonl.gz or .parquet")),
        }
    }
}

/// Which columns to read.
#[derive(Clone, Copy, Debug)]
pub enum Columns<'a> {
    /// Every one.
    All,
    /// These, in this order.
    Named(&'a [String]),
}

/// Files that make up one table.
#[derive(Debug)]
pub struct Source {
    files: Vec<OneFile>,
}

#[derive(Debug)]
struct OneFile {
    path: Arc<Path>,
    format: Format,
    columns: Vec<String>,
}

impl Source {
    /// Finds the files behind these paths (a folder stands for the files in it, by name) and reads
    /// their headers.
    pub fn open(paths: &[PathBuf]) -> Result<Self, Failure> {
        let mut files = Vec::new();
        for path in paths {
            if path.is_dir() {
                for inner in files_in(path)? {
                    files.push(OneFile::open(inner)?);
                }
            } else {
                files.push(OneFile::open(path.clone())?);
            }
        }
        if files.is_empty() { Err(Failure::new("no file is given")) } else { Ok(Self { files }) }
    }

    /// The first file, for messages about the table as a whole.
    pub fn first_file(&self) -> &Path {
        &self.files[0].path
    }

    /// The names of the columns, those of the first file.
    pub fn columns(&self) -> &[String] {
        &self.files[0].columns
    }

    /// Whether there is a column of this name.
    pub fn has(&self, column: &str) -> bool {
        self.columns().iter().any(|c| c == column)
    }

    /// The rows in order, a batch at a time.
    pub fn batches(
        &self,
        columns: Columns<'_>,
    ) -> impl Iterator<Item = Result<Batch, Failure>> + Send {
        // The names are resolved now, so that the iterator borrows nothing.
        let opened: Vec<_> = self
            .files
            .iter()
            .map(|file| {
                let (wanted, names) = match columns {
                    Columns::All => (file.all(), self.columns().to_vec()),
                    Columns::Named(names) => (file.indexes(names), names.to_vec()),
                };
                let same = !matches!(columns, Columns::All) || file.columns == self.columns();
                (
                    Arc::clone(&file.path),
                    file.format,
                    wanted,
                    names,
                    same,
                    matches!(columns, Columns::All),
                )
            })
            .collect();
        opened.into_iter().flat_map(|(path, format, wanted, names, same, all)| {
            let rows = if same {
                wanted.and_then(|wanted| open(&path, format, wanted, names, all))
            } else {
                Err(Failure::new("does not have the same columns as the first file").in_file(&path))
            };
            let (rows, failure) = match rows {
                Ok(rows) => (Some(rows), None),
                Err(failure) => (None, Some(Err(failure))),
            };
            rows.into_iter().flatten().chain(failure)
        })
    }

    /// All the rows. Files, and the columns of Parquet files, are read in parallel; the order is
    /// the files'.
    pub fn read(&self, names: &[String]) -> Result<Vec<Batch>, Failure> {
        let parts: Result<Vec<Vec<Batch>>, Failure> = self
            .files
            .par_iter()
            .map(|file| {
                let wanted = file.indexes(names)?;
                match file.format {
                    Format::Parquet => {
                        ParquetBatches::open(Arc::clone(&file.path), &wanted)?.read_all()
                    }
                    format => open(&file.path, format, wanted, names.to_vec(), false)?.collect(),
                }
            })
            .collect();
        Ok(parts?.into_iter().flatten().collect())
    }
}

type Rows = Box<dyn Iterator<Item = Result<Batch, Failure>> + Send>;

fn open(
    path: &Arc<Path>,
    format: Format,
    wanted: Vec<usize>,
    names: Vec<String>,
    all: bool,
) -> Result<Rows, Failure> {
    let path = Arc::clone(path);
    Ok(match format {
        Format::Csv => Box::new(CsvBatches::open(path, wanted)?),
        Format::Jsonl => Box::new(JsonBatches::open(path, names, all)?),
        Format::Parquet => Box::new(ParquetBatches::open(path, &wanted)?),
    })
}

impl OneFile {
    fn open(path: PathBuf) -> Result<Self, Failure> {
        let format = Format::of(&path)?;
        let path: Arc<Path> = path.into();
        let columns = match format {
            Format::Csv => csv::columns(Arc::clone(&path)),
            Format::Jsonl => jsonl::columns(Arc::clone(&path)),
            Format::Parquet => parquet::columns(&path),
        }?;
        Ok(Self { path, format, columns })
    }

    /// Every column, as long as the names are told apart.
    fn all(&self) -> Result<Vec<usize>, Failure> {
        for (i, name) in self.columns.iter().enumerate() {
            if self.columns[..i].contains(name) {
                return Err(self.twice(name));
            }
        }
        Ok((0..self.columns.len()).collect())
    }

    /// Where these names stand in this file.
    fn indexes(&self, names: &[String]) -> Result<Vec<usize>, Failure> {
        names
            .iter()
            .map(|name| {
                let mut found =
                    self.columns.iter().enumerate().filter(|(_, c)| *c == name).map(|(i, _)| i);
                match (found.next(), found.next()) {
                    (Some(index), None) => Ok(index),
                    (Some(_), Some(_)) => Err(self.twice(name)),
                    // A key that no line of the beginning has may still come; in JSONL a missing
                    // key is a missing value.
                    (None, _) if self.format == Format::Jsonl => Ok(0),
                    (None, _) => Err(missing(&self.path, name, &self.columns)),
                }
            })
            .collect()
    }

    fn twice(&self, name: &str) -> Failure {
        Failure::new("stands in the header twice")
            .in_file(&self.path)
            .column(name)
            .remedy("rename one of them")
    }
}

/// A column that is not there, with those that are.
pub fn missing(file: &Path, name: &str, columns: &[String]) -> Failure {
    let mut there =
        columns.iter().take(40).map(|c| crate::failure::shown(c)).collect::<Vec<_>>().join(", ");
    if columns.len() > 40 {
        there.push_str(&format!(" and {} more", columns.len() - 40));
    }
    Failure::new("is not in the file")
        .in_file(file)
        .column(name)
        .remedy(format!("its columns are: {there}"))
}

/// The files of a folder, by name. Hidden files and those that begin with an underscore
/// (`_SUCCESS`) are passed over.
fn files_in(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = std::fs::read_dir(folder).map_err(|e| Failure::io(folder, "cannot list", &e))?;
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|e| Failure::io(folder, "cannot list", &e))?;
        if entry.file_name().as_encoded_bytes().first().is_some_and(|b| b"._".contains(b)) {
            continue;
        }
        if entry.path().is_dir() {
            return Err(Failure::new("is a folder within a folder of tables")
                .in_file(&entry.path())
                .remedy("give the folder that has the files"));
        }
        files.push(entry.path());
    }
    if files.is_empty() {
        return Err(Failure::new("has no file in it").in_file(folder));
    }
    files.sort();
    Ok(files)
}
