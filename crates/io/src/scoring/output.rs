//! Where rows are written: one file, or a folder of parts that an interrupted run can continue.

use crate::atomic_file::AtomicFile;
use crate::failure::Failure;
use crate::table::is_writable;
use serde_json::Value;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Rows of a part where nothing else is set: about 20 MB of Parquet.
pub const DEFAULT_ROWS_OF_PART: u64 = 2_000_000;
/// The most pairs that are computed for one part, which is what a crash can lose.
const MOST_PAIRS_OF_PART: u64 = 1 << 28;
/// The file of a folder that tells what its parts are. Readers of tables skip its name.
const RUN_FILE: &str = "_run.json";

/// Where rows are written.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// One file.
    File(PathBuf),
    /// A folder of parts.
    Folder {
        /// The folder.
        path: PathBuf,
        /// The ending of the parts, like `parquet` or `csv.gz`.
        ending: String,
        /// Number of rows of a part, about.
        rows_of_part: u64,
    },
}

impl Output {
    /// A path with the ending of a table format is one file; any other path is a folder, whose
    /// parts have the ending `ending`.
    ///
    /// # Errors
    /// Of usage, if `ending` is that of no table format that Inseam writes.
    pub fn new(path: &Path, ending: &str, rows_of_part: u64) -> Result<Self, Failure> {
        if is_writable(path) && !path.is_dir() {
            return Ok(Self::File(path.to_owned()));
        }
        let ending = ending.trim_start_matches('.').to_owned();
        if !is_writable(Path::new(&format!("part.{ending}"))) {
            return Err(Failure::new("is no table format that Inseam writes")
                .value(&ending)
                .remedy("expected parquet, csv, csv.gz, jsonl or jsonl.gz")
                .into_usage());
        }
        Ok(Self::Folder { path: path.to_owned(), ending, rows_of_part: rows_of_part.max(1) })
    }

    /// The file or the folder.
    pub fn path(&self) -> &Path {
        match self {
            Self::File(path) | Self::Folder { path, .. } => path,
        }
    }

    /// A file name with the ending of what is written.
    pub(super) fn sample_name(&self) -> PathBuf {
        match self {
            Self::File(path) => path.clone(),
            Self::Folder { ending, .. } => format!("part.{ending}").into(),
        }
    }

    /// The customers of each part.
    pub(super) fn parts(
        &self,
        customers: usize,
        rows_of_customer: usize,
        pairs_of_customer: usize,
    ) -> Parts {
        let customers_of_part = match self {
            Self::File(_) => customers,
            Self::Folder { rows_of_part, .. } => {
                let by_rows = rows_of_part / rows_of_customer.max(1) as u64;
                let by_pairs = MOST_PAIRS_OF_PART / pairs_of_customer.max(1) as u64;
                // Whole groups of customers that are computed together.
                let together = inseam::recommend::CustomerBlock::LANES as u64;
                usize::try_from((by_rows.min(by_pairs) / together).max(1) * together)
                    .unwrap_or(customers)
            }
        };
        Parts { customers, customers_of_part }
    }
}

/// The customers of each part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parts {
    customers: usize,
    pub(super) customers_of_part: usize,
}

impl Parts {
    pub(super) fn len(&self) -> usize {
        self.customers.div_ceil(self.customers_of_part)
    }

    pub(super) fn customers(&self, part: usize) -> Range<usize> {
        let start = part * self.customers_of_part;
        start..self.customers.min(start + self.customers_of_part)
    }
}

/// A folder of parts that is ready to be written.
pub(super) struct PartFolder<'o> {
    path: &'o Path,
    ending: &'o str,
}

impl<'o> PartFolder<'o> {
    /// Opens a folder for the run that `run` describes. A folder with parts of the same run is
    /// continued if `resume`.
    ///
    /// # Errors
    /// If the folder cannot be written or has other files, those of another run, or those of this
    /// one without `resume`.
    pub(super) fn open(
        path: &'o Path,
        ending: &'o str,
        run: &Value,
        resume: bool,
    ) -> Result<Self, Failure> {
        if path.exists() && !path.is_dir() {
            return Err(Failure::new("is a file, not a folder").in_file(path));
        }
        fs::create_dir_all(path).map_err(|e| Failure::io(path, "cannot create the folder", &e))?;
        let run_file = path.join(RUN_FILE);
        match fs::read(&run_file) {
            Ok(bytes) => {
                let same = serde_json::from_slice::<Value>(&bytes).is_ok_and(|old| old == *run);
                let what = match (same, resume) {
                    (true, true) => None,
                    (true, false) => Some((
                        "has the parts of the same run",
                        "add --resume to write those that are missing, or give another folder",
                    )),
                    (false, _) => Some((
                        "has the parts of a run with another model, other lists or other settings",
                        "give another folder, or remove this one",
                    )),
                };
                if let Some((what, remedy)) = what {
                    return Err(Failure::new(what).in_file(path).remedy(remedy));
                }
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                if let Some(other) = entries(path)?.iter().find(|path| !is_unfinished(path)) {
                    return Err(Failure::new("is in the way: the folder must be empty")
                        .in_file(other)
                        .remedy("give another folder, or remove the file"));
                }
                let text = serde_json::to_string_pretty(run)
                    .map_err(|e| Failure::new(format!("the run cannot be described: {e}")))?;
                AtomicFile::write(&run_file, (text + "\n").as_bytes())?;
            }
            Err(e) => return Err(Failure::io(&run_file, "cannot read", &e)),
        }
        let folder = Self { path, ending };
        folder.remove_unfinished()?;
        Ok(folder)
    }

    /// The file of a part.
    pub(super) fn part(&self, part: usize) -> PathBuf {
        self.path.join(format!("part-{part:06}.{}", self.ending))
    }

    /// Whether a part is written. It appears under its name only once it is complete.
    pub(super) fn has(&self, part: usize) -> bool {
        self.part(part).exists()
    }

    /// Removes the temporary files of a run that was killed.
    fn remove_unfinished(&self) -> Result<(), Failure> {
        for path in entries(self.path)?.iter().filter(|path| is_unfinished(path)) {
            fs::remove_file(path).map_err(|e| Failure::io(path, "cannot remove", &e))?;
        }
        Ok(())
    }
}

/// Whether a file is a temporary one of a run that was killed.
fn is_unfinished(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let of_run = name.starts_with(".part-") || name.starts_with(&format!(".{RUN_FILE}."));
    of_run && name.ends_with(".part")
}

/// The files of a folder, in the order of their names.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let list = fs::read_dir(folder).map_err(|e| Failure::io(folder, "cannot list", &e))?;
    let mut paths = list
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|e| Failure::io(folder, "cannot list", &e))?;
    paths.sort();
    Ok(paths)
}
