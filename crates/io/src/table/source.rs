//! The files that make up one table: one file, several files, or the files of a folder.

use super::batch::{Batch, BatchesOf};
use super::codes::Coder;
use super::csv::{self, CsvBatches};
use super::form::{FileForm, Kind, describe};
use super::json::{self, JsonBatches};
use super::options::FileOptions;
use super::parquet::{self, ParquetBatches};
use crate::failure::{Failure, shown};
use inseam::train::Coded;
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
    /// The columns of all files, in the order of first appearance.
    columns: Vec<String>,
    /// Whether a column that a file lacks is empty there.
    fill_missing_columns: bool,
}

/// One file of a table.
#[derive(Clone, Debug)]
struct TableFile {
    path: Arc<Path>,
    form: FileForm,
    columns: Vec<String>,
    /// The columns that have floating-point numbers.
    float_columns: Vec<String>,
}

/// The batches of one file.
type Batches = Box<dyn Iterator<Item = Result<Batch, Failure>> + Send>;

impl Source {
    /// Finds the files at these paths and reads their headers. A folder stands for its files, in
    /// the order of their names.
    pub fn open(paths: &[PathBuf]) -> Result<Self, Failure> {
        Self::open_with(paths, &FileOptions::default())
    }

    /// As [`Source::open`], for files that are written as `options` say.
    pub fn open_with(paths: &[PathBuf], options: &FileOptions) -> Result<Self, Failure> {
        let files = files_at(paths)?.into_iter().map(|path| TableFile::open(path, options));
        let files = files.collect::<Result<Vec<_>, _>>()?;
        if files.is_empty() {
            return Err(Failure::new("no file is given"));
        }
        let mut columns: Vec<String> = files[0].columns.clone();
        for column in files[1..].iter().flat_map(|file| &file.columns) {
            if !columns.contains(column) {
                columns.push(column.clone());
            }
        }
        Ok(Self { files, columns, fill_missing_columns: options.fill_missing_columns })
    }

    /// The first file, for messages about the table as a whole.
    pub fn first_file(&self) -> &Path {
        &self.files[0].path
    }

    /// The names of the columns of all files.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Whether a file has a column of this name.
    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|c| c == column)
    }

    /// Whether every file has a column of this name.
    pub fn every_file_has(&self, column: &str) -> bool {
        self.files.iter().all(|file| file.columns.iter().any(|c| c == column))
    }

    /// Whether a column of this name has floating-point numbers in any file.
    pub fn has_floats(&self, column: &str) -> bool {
        self.files.iter().any(|file| file.float_columns.iter().any(|c| c == column))
    }

    /// Each file with how it is written.
    pub fn forms(&self) -> impl Iterator<Item = (&Path, &FileForm)> {
        self.files.iter().map(|file| (&*file.path, &file.form))
    }

    /// Fails if a file lacks one of these columns, unless such columns are to be empty.
    pub fn require_in_every_file(&self, names: &[String]) -> Result<(), Failure> {
        if self.fill_missing_columns || self.files.len() == 1 {
            return Ok(());
        }
        for name in names {
            let has = |file: &&TableFile| file.columns.contains(name);
            let (Some(with), Some(without)) =
                (self.files.iter().find(has), self.files.iter().find(|file| !has(file)))
            else {
                continue;
            };
            return Err(missing_column(&without.path, name, &without.columns)
                .also(&format!(
                    "the columns of the files differ: {} has it",
                    with.path.file_name().unwrap_or_default().to_string_lossy()
                ))
                .also("if one file has returns, name it under [returns]; if the column may be empty, set missing_columns = \"empty\" under [history]"));
        }
        Ok(())
    }

    /// Reads the rows in order, a batch at a time. The iterator borrows nothing.
    pub fn batches(
        &self,
        columns: WantedColumns<'_>,
    ) -> impl Iterator<Item = Result<Batch, Failure>> + Send + use<> {
        let all = matches!(columns, WantedColumns::All);
        let names = match columns {
            WantedColumns::All => self.files[0].columns.clone(),
            WantedColumns::Named(names) => names.to_vec(),
        };
        let fill = self.fill_missing_columns;
        self.files.clone().into_iter().flat_map(move |file| {
            let batches = if all {
                file.batches_of_all(&names)
            } else {
                file.batches_of(&names, false, fill)
            };
            batches.unwrap_or_else(|failure| Box::new(std::iter::once(Err(failure))))
        })
    }

    /// The texts of a column, as [`Coder`] encodes them.
    pub fn texts(&self, column: &str) -> Result<Coded, Failure> {
        let mut texts = Coder::default();
        for batch in self.batches(WantedColumns::Named(&[column.to_owned()])) {
            texts.push(&batch?.cells(column)?);
        }
        Ok(texts.finish())
    }
}

impl TableFile {
    fn open(path: PathBuf, options: &FileOptions) -> Result<Self, Failure> {
        let form = describe(&path, options)?;
        let path: Arc<Path> = path.into();
        let (columns, float_columns) = match form.kind() {
            Kind::Csv(form, encoding) => {
                (csv::columns(Arc::clone(&path), *form, encoding)?, Vec::new())
            }
            Kind::Json(form, encoding) => {
                (json::columns(Arc::clone(&path), form.clone(), encoding)?, Vec::new())
            }
            Kind::Parquet => parquet::columns(&path)?,
        };
        Ok(Self { path, form, columns, float_columns })
    }

    /// The batches of these columns. A JSON object with other keys is broken if `closed`. A column
    /// that the file does not have is empty if `fill`.
    fn batches_of(&self, names: &[String], closed: bool, fill: bool) -> Result<Batches, Failure> {
        let wanted = self.indexes(names, fill)?;
        let path = Arc::clone(&self.path);
        Ok(match self.form.kind() {
            Kind::Csv(form, encoding) => {
                Box::new(BatchesOf::new(CsvBatches::open(path, *form, encoding, names, wanted)?))
            }
            Kind::Json(form, encoding) => {
                let names = names.to_vec();
                let reader = JsonBatches::open(path, form.clone(), encoding, names, closed)?;
                Box::new(BatchesOf::new(reader))
            }
            Kind::Parquet => Box::new(BatchesOf::new(ParquetBatches::open(path, names, &wanted)?)),
        })
    }

    /// The batches of all columns, which must be those of the first file.
    fn batches_of_all(&self, of_first: &[String]) -> Result<Batches, Failure> {
        if self.columns != of_first {
            return Err(Failure::new("does not have the same columns as the first file")
                .in_file(&self.path));
        }
        self.batches_of(of_first, true, false)
    }

    /// The index of each of these columns in this file; `None` for a column that it does not have,
    /// if `fill`. Fails if a name is missing or occurs twice.
    fn indexes(&self, names: &[String], fill: bool) -> Result<Vec<Option<usize>>, Failure> {
        let index = |name: &String| {
            let mut found =
                self.columns.iter().enumerate().filter(|(_, c)| *c == name).map(|(i, _)| i);
            match (found.next(), found.next()) {
                (Some(index), None) => Ok(Some(index)),
                (Some(_), Some(_)) => Err(Failure::new("is a duplicate column name")
                    .in_file(&self.path)
                    .column(name)
                    .remedy("rename one of the columns")),
                // A later object may still have the key. In JSON a missing key is a missing value.
                (None, _) if fill || matches!(self.form.kind(), Kind::Json(..)) => Ok(None),
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

/// The files at these paths. A folder stands for its files, in the order of their names.
pub fn files_at(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(files_in(path)?);
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
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
