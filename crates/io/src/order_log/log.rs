//! An order log on disk: a folder of segments beside the model.

use super::head::{Head, LoggedFile};
use super::merge;
use super::pseudonym::{Pseudonyms, key_of_pseudonym};
use super::rows::LoggedRows;
use super::segment::Segment;
use super::table;
use crate::atomic_file::AtomicFile;
use crate::digested_file::digest_of_texts;
use crate::failure::Failure;
use crate::history::{Statements, Unsettled, require_same_lines, retain_rows};
use crate::manifest::ManifestFile;
use crate::owner_only::make_owner_only_folder;
use crate::pipeline::Pipeline;
use crate::stores::{Secret, keep_secret, known_secret};
use inseam::train::Coded;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::path::{Path, PathBuf};

/// Segments from which on they are written as one.
const MAX_SEGMENTS: usize = 32;
/// A file of so many rows, all of strangers who buy strange articles, is of another shop.
const MIN_STRANGE_ROWS: usize = 20;
/// Keeps two programs from changing a log at the same time.
const LOCK: &str = "lock";
/// The file that tells which model was trained from the log.
const MARK: &str = "trained.json";
/// Beginning of the name of a file with the state of a training.
const STATE: &str = "state-";
/// So many digits of the content follow.
const STATE_DIGITS: usize = 16;

/// An order log. Only one program has it at a time.
#[derive(Debug)]
pub struct OrderLog {
    folder: PathBuf,
    pseudonyms: Pseudonyms,
    /// The head of the first segment, with the files of all.
    head: Head,
    segments: Vec<Segment>,
    _lock: File,
}

/// What new files have added to a log.
#[derive(Debug)]
pub struct Addition {
    /// All rows of the log.
    pub rows: LoggedRows,
    /// Rows of the new files.
    pub read: usize,
    /// Rows that say something new.
    pub new: usize,
}

/// Which model was trained from a log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLogMark {
    /// The content of the log.
    pub content: String,
    /// The checksum of the model's head; `None` while it is being written.
    pub model: Option<u64>,
    /// The content of the log as of the last training whose state is kept; `None` if none is.
    #[serde(default)]
    pub state: Option<String>,
}

/// The folder of the order log of a model.
pub fn log_folder(model: &Path) -> PathBuf {
    model.with_extension("orders")
}

impl OrderLog {
    /// Opens the log of a model; `None` if it has none.
    pub fn open(model: &Path) -> Result<Option<Self>, Failure> {
        let folder = log_folder(model);
        if !folder.is_dir() {
            return Ok(None);
        }
        let lock = lock(&folder)?;
        let segments = latest(Segment::all(&folder)?);
        let Some(first) = segments.first() else { return Ok(None) };
        let secret = known_secret(model)?.ok_or_else(|| {
            Failure::new("cannot be used without the key of the private files, which is missing")
                .in_file(&folder)
                .remedy("restore the key, or train again with --keep-log")
        })?;
        let pseudonyms = Pseudonyms::new(secret);
        let mut head = first.head()?;
        for segment in &segments[1..] {
            head.files.extend(segment.head()?.files);
        }
        if head.key != pseudonyms.check() {
            return Err(Failure::new(
                "belongs to another shop: its pseudonyms were made with another key",
            )
            .in_file(&folder)
            .remedy("restore the log and the key of this shop, or train again with --keep-log"));
        }
        remove_leftovers(&folder)?;
        Ok(Some(Self { folder, pseudonyms, head, segments, _lock: lock }))
    }

    /// Begins the log of a model with the statements of some files, whose pseudonyms were made with
    /// this secret, which becomes that of the model if it has none. An earlier log of the model
    /// ends with that.
    pub fn start(
        model: &Path,
        secret: Secret,
        statements: Statements,
        files: &[ManifestFile],
    ) -> Result<(Self, LoggedRows), Failure> {
        let folder = log_folder(model);
        make_owner_only_folder(&folder)?;
        let lock = lock(&folder)?;
        keep_secret(model, secret)?;
        let pseudonyms = Pseudonyms::new(secret);
        let head = Head::start(pseudonyms.check(), &statements);
        let first = statements.report.files.first().map(|file| file.path.clone());
        head.require_identity(&first.unwrap_or_default())?;
        let segments = latest(Segment::all(&folder)?);
        let mut log = Self { folder, pseudonyms, head, segments, _lock: lock };
        let rows = log.logged(statements, files)?;
        let selected = log.needed(&rows);
        log.replace(&rows, &selected)?;
        Ok((log, kept(rows, &selected)))
    }

    /// The secret-keyed pseudonyms of the log.
    pub fn pseudonyms(&self) -> Pseudonyms {
        self.pseudonyms
    }

    /// The names of the shop's columns, as the first files had them.
    pub fn mapping(&self) -> &crate::pipeline::Mapping {
        &self.head.mapping
    }

    /// Those of the files whose content the log does not have, each once.
    pub fn unseen(&self, files: Vec<ManifestFile>) -> Vec<ManifestFile> {
        let mut seen: HashSet<String> =
            self.head.files.iter().map(|file| file.sha256.clone()).collect();
        files.into_iter().filter(|file| seen.insert(file.sha256.clone())).collect()
    }

    /// The files that the log has the rows of.
    pub fn files(&self) -> &[LoggedFile] {
        &self.head.files
    }

    /// The pipeline for reading further files.
    pub fn pipeline(&self, pipeline: &Pipeline) -> Pipeline {
        self.head.pipeline(pipeline)
    }

    /// Identifies what a model is trained on: the files of the log, the meaning of their columns,
    /// and the other files that training reads.
    pub fn content(&self, others: &[ManifestFile]) -> String {
        let mut digests: Vec<&str> =
            self.head.files.iter().map(|file| file.sha256.as_str()).collect();
        digests.sort_unstable();
        let mapping = format!("{:?}", self.head.mapping);
        let others = others.iter().map(|file| file.sha256.as_str());
        digest_of_texts(std::iter::once(mapping.as_str()).chain(digests).chain(others))
    }

    /// The rows of all segments. After an interruption a row may be there twice.
    pub fn read(&self) -> Result<LoggedRows, Failure> {
        let paths: Vec<&Path> = self.segments.iter().map(|s| s.path.as_path()).collect();
        table::read(&self.head, &paths)
    }

    /// These rows, each once.
    pub fn once(&self, rows: LoggedRows) -> LoggedRows {
        let selected = self.needed(&rows);
        kept(rows, &selected)
    }

    /// Adds the statements of new files to the log, whose rows are `rows`. Returns all rows, each
    /// once.
    ///
    /// # Errors
    /// If the files are of another shop, or have rows of which nobody knows whether they restate an
    /// earlier purchase. The log stays as it was.
    pub fn add(
        &mut self,
        mut rows: LoggedRows,
        statements: Statements,
        files: &[ManifestFile],
    ) -> Result<Addition, Failure> {
        let before = rows.len();
        let known = [&rows.columns.customer, &rows.columns.article].map(|ids| ids.values.len());
        let in_files = self.head.files.len();
        let first = files.first().map(|file| file.path.clone()).unwrap_or_default();
        let new = self.logged(statements, files)?;
        let read = new.len();
        rows.append(new);
        require_this_shop(&rows, before, known).map_err(|failure| failure.in_file(&first))?;
        let needed = merge::needed(&rows, &self.places(&rows));
        self.require_same_lines(&rows).map_err(|failure| failure.in_file(&first))?;
        if let Some(row) = merge::ambiguous(&rows, before, &needed) {
            return Err(self.ambiguous(&rows, row));
        }
        let selected: Vec<usize> = (0..rows.len()).filter(|row| needed[*row]).collect();
        let added: Vec<usize> = selected.iter().copied().filter(|row| *row >= before).collect();
        let wasted = before - (selected.len() - added.len());
        if self.segments.len() >= MAX_SEGMENTS || wasted > before / 2 {
            self.replace(&rows, &selected)?;
        } else {
            let generation = self.segments.last().map_or(1, |last| last.generation);
            let sequence = self.segments.last().map_or(1, |last| last.sequence + 1);
            let head = Head { files: self.head.files[in_files..].to_vec(), ..self.head.clone() };
            let segment =
                Segment::write(&self.folder, [generation, sequence], &head, &rows, &added)?;
            self.segments.push(segment);
        }
        let new = added.len();
        Ok(Addition { rows: kept(rows, &selected), read, new })
    }

    /// The rows as statements, to be settled.
    pub fn unsettled(&self, rows: LoggedRows) -> Unsettled {
        let places = {
            let place = self.places(&rows);
            (0..rows.len()).map(place).collect()
        };
        let LoggedRows { columns, quantities, stated, .. } = rows;
        Unsettled { columns, quantities, stated, places }
    }

    /// Which model was trained from the log; `None` if none was.
    pub fn mark(&self) -> Option<OrderLogMark> {
        let text = std::fs::read(self.folder.join(MARK)).ok()?;
        serde_json::from_slice(&text).ok()
    }

    /// Notes which model was trained from the log, or that one is being written.
    pub fn set_mark(&self, mark: &OrderLogMark) -> Result<(), Failure> {
        let text = serde_json::to_string(mark)
            .map_err(|e| Failure::new(format!("the order log cannot be written: {e}")))?;
        AtomicFile::write_private(&self.folder.join(MARK), text.as_bytes())
    }

    /// The file with the state of the training on this content of the log.
    pub fn state_path(&self, content: &str) -> PathBuf {
        self.folder.join(format!("{STATE}{}", &content[..content.len().min(STATE_DIGITS)]))
    }

    /// Removes the states of all trainings but that on this content of the log.
    pub fn remove_other_states(&self, content: &str) -> Result<(), Failure> {
        let kept = self.state_path(content);
        let entries = std::fs::read_dir(&self.folder);
        let entries = entries.map_err(|e| Failure::io(&self.folder, "cannot list", &e))?;
        let states = entries.flatten().map(|entry| entry.path()).filter(|path| {
            let name = path.file_name().unwrap_or_default().as_encoded_bytes();
            name.starts_with(STATE.as_bytes()) && *path != kept
        });
        for path in states {
            std::fs::remove_file(&path).map_err(|e| Failure::io(&path, "cannot remove", &e))?;
        }
        Ok(())
    }

    /// The statements of files as rows of the log, which now knows the files.
    fn logged(
        &mut self,
        statements: Statements,
        files: &[ManifestFile],
    ) -> Result<LoggedRows, Failure> {
        for file in files {
            let file = LoggedFile::new(file, &self.head.files);
            self.head.files.push(file);
        }
        let digest: HashMap<&Path, &str> =
            files.iter().map(|file| (file.path.as_path(), file.sha256.as_str())).collect();
        let of_file = |file: &std::sync::Arc<Path>| {
            digest
                .get(&**file)
                .map(|digest| (*digest).to_owned())
                .ok_or_else(|| Failure::new("was not expected").in_file(file))
        };
        let digests = statements.files.iter().map(of_file).collect::<Result<_, _>>()?;
        LoggedRows::new(statements, digests, &self.head.measurements, &self.pseudonyms)
    }

    /// The place of each row's file among all files.
    fn places<'r>(&self, rows: &'r LoggedRows) -> impl Fn(usize) -> u32 + use<'r> {
        let mut sorted: Vec<&LoggedFile> = self.head.files.iter().collect();
        sorted.sort_by_cached_key(|file| {
            let (place, edition, digest) = file.place();
            (place, edition, digest.to_owned())
        });
        let place: HashMap<&str, u32> =
            sorted.iter().map(|file| file.sha256.as_str()).zip(0..).collect();
        let of_code: Vec<u32> = rows
            .file
            .values
            .iter()
            .map(|digest| place.get(digest.as_str()).copied().unwrap_or(0))
            .collect();
        move |row| of_code.get(rows.file.codes[row] as usize).copied().unwrap_or(0)
    }

    fn needed(&self, rows: &LoggedRows) -> Vec<usize> {
        let needed = merge::needed(rows, &self.places(rows));
        (0..rows.len()).filter(|row| needed[*row]).collect()
    }

    /// Writes a new generation of one segment, and removes the earlier ones.
    fn replace(&mut self, rows: &LoggedRows, selected: &[usize]) -> Result<(), Failure> {
        let generation = self.segments.last().map_or(0, |last| last.generation) + 1;
        let selected = by_customer(rows, selected);
        let segment = Segment::write(&self.folder, [generation, 1], &self.head, rows, &selected)?;
        self.segments = vec![segment];
        remove_leftovers(&self.folder)
    }

    fn require_same_lines(&self, rows: &LoggedRows) -> Result<(), Failure> {
        let place = self.places(rows);
        require_same_lines(&rows.columns, &rows.quantities, &|row| place(row as usize))
    }

    fn ambiguous(&self, rows: &LoggedRows, row: usize) -> Failure {
        let digest = rows.file.text(row);
        let file = self.head.files.iter().find(|file| file.sha256 == digest);
        Failure::new("has a row with the customer, article, size and day of an earlier row, but another outcome: without ids of order lines nobody knows whether the purchase came back or is another one")
            .in_file(Path::new(file.map_or("", |file| &file.name)))
            .remedy("name line_id under [history.columns] (with order_id, if it is a number within the order), and train again on all files with --keep-log")
    }
}

/// Fails if the rows behind the first `before` are of another shop. `known` are the numbers of
/// customers and articles that the first rows have.
fn require_this_shop(rows: &LoggedRows, before: usize, known: [usize; 2]) -> Result<(), Failure> {
    let columns = [&rows.columns.customer, &rows.columns.article];
    let is_strange = |(ids, known): (&Coded, usize)| {
        ids.codes[before..].iter().all(|&code| code as usize >= known)
    };
    if rows.len() - before < MIN_STRANGE_ROWS || !columns.into_iter().zip(known).all(is_strange) {
        return Ok(());
    }
    Err(Failure::new(
        "seems to be of another shop: the log knows none of its customers and none of its articles",
    )
    .remedy("if it is of this shop, train again on all files with --keep-log"))
}

/// These rows by the customer's key, which is the order that training needs. Equal pseudonyms in
/// turn are compressed and read faster.
fn by_customer(rows: &LoggedRows, selected: &[usize]) -> Vec<usize> {
    let customers = &rows.columns.customer;
    let keys: Vec<_> = customers.values.iter().map(|text| key_of_pseudonym(text)).collect();
    let key = |row: usize| keys.get(customers.codes[row] as usize).copied().flatten();
    let mut sorted = selected.to_vec();
    sorted.sort_by_key(|&row| key(row));
    sorted
}

/// The selected rows.
fn kept(mut rows: LoggedRows, selected: &[usize]) -> LoggedRows {
    if selected.len() == rows.len() {
        return rows;
    }
    let mut keep = vec![false; rows.len()];
    selected.iter().for_each(|&row| keep[row] = true);
    let at = |row: &usize| rows.file.codes[*row];
    retain_rows(&mut rows.columns, &keep);
    LoggedRows {
        columns: rows.columns,
        quantities: selected.iter().map(|&row| rows.quantities[row]).collect(),
        stated: selected.iter().map(|&row| rows.stated[row]).collect(),
        file: Coded { codes: selected.iter().map(at).collect(), values: rows.file.values },
    }
}

/// The segments of the highest generation.
fn latest(mut segments: Vec<Segment>) -> Vec<Segment> {
    let highest = segments.last().map_or(0, |last| last.generation);
    segments.retain(|segment| segment.generation == highest);
    segments
}

/// Removes segments of earlier generations and files that an interrupted program has left.
fn remove_leftovers(folder: &Path) -> Result<(), Failure> {
    let all = Segment::all(folder)?;
    let highest = all.last().map_or(0, |last| last.generation);
    let earlier = all.into_iter().filter(|s| s.generation < highest).map(|s| s.path);
    let entries = std::fs::read_dir(folder).map_err(|e| Failure::io(folder, "cannot list", &e))?;
    let parts = entries.flatten().map(|entry| entry.path()).filter(|path| {
        let name = path.file_name().unwrap_or_default().as_encoded_bytes();
        name.starts_with(b".") && name.ends_with(b".part")
    });
    for path in earlier.chain(parts) {
        std::fs::remove_file(&path).map_err(|e| Failure::io(&path, "cannot remove", &e))?;
    }
    Ok(())
}

fn lock(folder: &Path) -> Result<File, Failure> {
    let path = folder.join(LOCK);
    let file = File::options().write(true).create(true).truncate(false).open(&path);
    let file = file.map_err(|e| Failure::io(&path, "cannot write", &e))?;
    file.try_lock().map_err(|_| {
        Failure::new("is in use by another program").in_file(folder).remedy("wait until it ends")
    })?;
    Ok(file)
}
