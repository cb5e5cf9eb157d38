//! The files that make up one table: one file, several files, or the files of a folder.

use super::batch::Batch;
use super::csv::{self, CsvBatches};
use super::format::Format;
use super::jsonl::{self, JsonBatches};
use super::parquet::{self, ParquetBatches};
use crate::failure::{Failure, shown};
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How many columns a message lists.
const MAX_LISTED_COLUMNS: usize = 40;

/// The columns to read.
#[derive(Clone, Copy, Debug)]
pub enum WantedColumns<'a> {
    /// All columns. Every file must have the columns of the first file.
    All,
    /// The columns with these names, in this order.
    Named(&'a [String]),
}

/// The files that make up one table.
#[derive(Debug)]
pub struct Source {
    files: Vec<TableFile>,
}

/// One file of a table.
#[derive(Clone, Debug)]
struct TableFile {
    path: Arc<Path>,
    format: Format,
    columns: Vec<String>,
}

/// The batches of one file.
type Batches = Box<dyn Iterator<Item = Result<Batch, Failure>> + Send>;

impl Source {
    /// Finds the files at these paths and reads their headers. A folder stands for its files, in
    /// the order of their names.
    pub fn open(paths: &[PathBuf]) -> Result<Self, Failure> {
        let mut files = Vec::new();
        for path in paths {
            if path.is_dir() {
                for inner in files_in(path)? {
                    files.push(TableFile::open(inner)?);
                }
            } else {
                files.push(TableFile::open(path.clone())?);
            }
        }
        if files.is_empty() { Err(Failure::new("no file is given")) } else { Ok(Self { files }) }
    }

    /// The first file, for messages about the table as a whole.
    pub fn first_file(&self) -> &Path {
        &self.files[0].path
    }

    /// The names of the first file's columns.
    pub fn columns(&self) -> &[String] {
        &self.files[0].columns
    }

    /// Whether the first file has a column of this name.
    pub fn has(&self, column: &str) -> bool {
        self.columns().iter().any(|c| c == column)
    }

    /// Reads the rows in order, a batch at a time. The iterator borrows nothing.
    pub fn batches(
        &self,
        columns: WantedColumns<'_>,
    ) -> impl Iterator<Item = Result<Batch, Failure>> + Send + use<> {
        let all = matches!(columns, WantedColumns::All);
        let names = match columns {
            WantedColumns::All => self.columns().to_vec(),
            WantedColumns::Named(names) => names.to_vec(),
        };
        self.files.clone().into_iter().flat_map(move |file| {
            let batches =
                if all { file.batches_of_all(&names) } else { file.batches_of(&names, false) };
            batches.unwrap_or_else(|failure| Box::new(std::iter::once(Err(failure))))
        })
    }

    /// Reads all rows of these columns. Reads files, and the columns of Parquet files, in
    /// parallel; returns the batches in the order of the files.
    pub fn read(&self, names: &[String]) -> Result<Vec<Batch>, Failure> {
        let parts: Result<Vec<Vec<Batch>>, Failure> = self
            .files
            .par_iter()
            .map(|file| match file.format {
                Format::Parquet => {
                    let wanted = file.indexes(names)?;
                    ParquetBatches::open(Arc::clone(&file.path), &wanted)?.read_all()
                }
                Format::Csv | Format::Jsonl => file.batches_of(names, false)?.collect(),
            })
            .collect();
        Ok(parts?.into_iter().flatten().collect())
    }
}

impl TableFile {
    fn open(path: PathBuf) -> Result<Self, Failure> {
        let format = Format::from_path(&path)?;
        let path: Arc<Path> = path.into();
        let columns = match format {
            Format::Csv => csv::columns(Arc::clone(&path)),
            Format::Jsonl => jsonl::columns(Arc::clone(&path)),
            Format::Parquet => parquet::columns(&path),
        }?;
        Ok(Self { path, format, columns })
    }

    /// The batches of these columns. A JSON line with other keys is broken if `closed`.
    fn batches_of(&self, names: &[String], closed: bool) -> Result<Batches, Failure> {
        let wanted = self.indexes(names)?;
        let path = Arc::clone(&self.path);
        Ok(match self.format {
            Format::Csv => Box::new(CsvBatches::open(path, wanted)?),
            Format::Jsonl => Box::new(JsonBatches::open(path, names.to_vec(), closed)?),
            Format::Parquet => Box::new(ParquetBatches::open(path, &wanted)?),
        })
    }

    /// The batches of all columns, which must be those of the first file.
    fn batches_of_all(&self, of_first: &[String]) -> Result<Batches, Failure> {
        if self.columns != of_first {
            return Err(Failure::new("does not have the same columns as the first file")
                .in_file(&self.path));
        }
        self.batches_of(of_first, true)
    }

    /// The index of each of these columns in this file. Fails if a name is missing or occurs twice.
    fn indexes(&self, names: &[String]) -> Result<Vec<usize>, Failure> {
        let index = |name: &String| {
            let mut found =
                self.columns.iter().enumerate().filter(|(_, c)| *c == name).map(|(i, _)| i);
            match (found.next(), found.next()) {
                (Some(index), None) => Ok(index),
                (Some(_), Some(_)) => Err(Failure::new("is a duplicate column name")
                    .in_file(&self.path)
                    .column(name)
                    .remedy("rename one of the columns")),
                // A later line may still have the key. In JSONL a missing key is a missing value.
                (None, _) if self.format == Format::Jsonl => Ok(0),
                (None, _) => Err(missing_column(&self.path, name, &self.columns)),
            }
        };
        names.iter().map(index).collect()
    }
}

/// The failure for a column that a file does not have. It lists the columns that the file has.
pub fn missing_column(file: &Path, name: &str, columns: &[String]) -> Failure {
    let mut listed =
        columns.iter().take(MAX_LISTED_COLUMNS).map(|c| shown(c)).collect::<Vec<_>>().join(", ");
    if columns.len() > MAX_LISTED_COLUMNS {
        listed.push_str(&format!(" and {} more", columns.len() - MAX_LISTED_COLUMNS));
    }
    Failure::new("is not in the file")
        .in_file(file)
        .column(name)
        .remedy(format!("the columns of the file are: {listed}"))
}

/// The files of a folder, in the order of their names. Skips files whose names begin with a dot or
/// an underscore (`_SUCCESS`).
fn files_in(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = std::fs::read_dir(folder).map_err(|e| Failure::io(folder, "cannot list", &e))?;
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|e| Failure::io(folder, "cannot list", &e))?;
        if entry.file_name().as_encoded_bytes().first().is_some_and(|b| b"._".contains(b)) {
            continue;
        }
        if entry.path().is_dir() {
            return Err(Failure::new("is a folder inside a folder of tables")
                .in_file(&entry.path())
                .remedy("give the path of the folder that has the files"));
        }
        files.push(entry.path());
    }
    if files.is_empty() {
        return Err(Failure::new("is a folder without files").in_file(folder));
    }
    files.sort();
    Ok(files)
}
