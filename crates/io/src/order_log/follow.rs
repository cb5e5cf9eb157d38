//! Reads files into the order log of a model, and makes the history of the log.

use super::head::joined_variants;
use super::log::OrderLog;
use super::pseudonym::Pseudonyms;
use super::rows::LoggedRows;
use crate::failure::Failure;
use crate::history::{
    History, ReadingReport, RowCounts, Statements, read_statements, settle, show_reading,
};
use crate::manifest::ManifestFile;
use crate::pipeline::Pipeline;
use crate::progress::{Progress, count, counted};
use crate::stores::{known_secret, temporary_secret};
use crate::table::files_at;
use std::path::{Path, PathBuf};

/// The history of a log.
#[derive(Debug)]
pub struct LoggedHistory {
    /// The history. Its customers have pseudonyms for ids. Its counts and its report are those of
    /// the files that were read now.
    pub history: History,
    /// The files that were read now.
    pub files: Vec<ManifestFile>,
    /// Files whose content the log already had.
    pub seen: usize,
    /// Rows that said something new.
    pub new: usize,
    /// Identifies what the history was made of.
    pub content: String,
}

/// Begins the log of a model with all of these files, and makes its history. If `rejects` is a
/// path, writes unusable rows there; if not, the first of them is a failure.
pub fn begin(
    pipeline: &Pipeline,
    model: &Path,
    files: &[PathBuf],
    rejects: Option<&Path>,
    progress: Progress,
) -> Result<(OrderLog, LoggedHistory), Failure> {
    let files = digests(files)?;
    let secret = match known_secret(model)? {
        Some(secret) => secret,
        None => temporary_secret()?,
    };
    let pseudonyms = Pseudonyms::new(secret);
    let statements = read(pipeline, &files, rejects, &pseudonyms, progress)?;
    let (counts, mut report) = (statements.counts, statements.report.clone());
    let stage = progress.stage("keeping the log", None);
    let (log, rows) = OrderLog::start(model, secret, statements, &files)?;
    stage.done(counted(rows.len() as u64, "row"));
    let new = rows.len();
    let history = history(pipeline, &log, rows, counts, &mut report)?;
    let content = content(pipeline, &log)?;
    Ok((log, LoggedHistory { history, files, seen: 0, new, content }))
}

/// Adds those of the files to a log that it does not have, and makes its history.
pub fn follow(
    pipeline: &Pipeline,
    log: &mut OrderLog,
    files: &[PathBuf],
    rejects: Option<&Path>,
    progress: Progress,
) -> Result<LoggedHistory, Failure> {
    let all = digests(files)?;
    let named = all.len();
    let files = log.unseen(all);
    let seen = named - files.len();
    let stage = progress.stage("the log", None);
    let mut rows = log.read()?;
    stage.done(format!(
        "{} of {}; {} {} new",
        counted(rows.len() as u64, "row"),
        counted(log.files().len() as u64, "file"),
        counted(files.len() as u64, "file"),
        if files.len() == 1 { "is" } else { "are" }
    ));
    let (mut new, mut counts, mut report) = (0, RowCounts::default(), ReadingReport::default());
    if files.is_empty() {
        rows = log.once(rows);
    } else {
        let statements =
            read(&log.pipeline(pipeline), &files, rejects, &log.pseudonyms(), progress)?;
        (counts, report) = (statements.counts, statements.report.clone());
        let added = log.add(rows, statements, &files)?;
        progress.say(format_args!(
            "{} of {} rows say something new",
            count(added.new as u64),
            count(added.read as u64)
        ));
        (rows, new) = (added.rows, added.new);
    }
    let history = history(pipeline, log, rows, counts, &mut report)?;
    let content = content(pipeline, log)?;
    Ok(LoggedHistory { history, files, seen, new, content })
}

fn digests(paths: &[PathBuf]) -> Result<Vec<ManifestFile>, Failure> {
    let files = files_at(paths)?;
    ManifestFile::all(files.iter().map(PathBuf::as_path))
}

fn read(
    pipeline: &Pipeline,
    files: &[ManifestFile],
    rejects: Option<&Path>,
    pseudonyms: &Pseudonyms,
    progress: Progress,
) -> Result<Statements, Failure> {
    let stage = progress.stage("reading", None);
    let paths: Vec<PathBuf> = files.iter().map(|file| file.path.clone()).collect();
    let statements =
        read_statements(pipeline, &paths, rejects, &|kind, id| pseudonyms.of(kind, id))?;
    if joined_variants(&statements.report) {
        return Err(Failure::new("has its articles in the texts of the sizes, and a file of one day may not show which articles these are")
            .in_file(&paths[0])
            .remedy("name article_id under [history.columns]: a column with the same id for all sizes of an article"));
    }
    show_reading(statements.counts, &statements.report, stage, progress);
    Ok(statements)
}

/// The history of all rows of a log.
fn history(
    pipeline: &Pipeline,
    log: &OrderLog,
    rows: LoggedRows,
    counts: RowCounts,
    report: &mut ReadingReport,
) -> Result<History, Failure> {
    let pseudonyms = log.pseudonyms();
    let rename = |id: &str| pseudonyms.of_customer(id);
    let digest = |kind, id: &str| pseudonyms.of(kind, id);
    let columns = settle(pipeline, log.unsettled(rows), &rename, &digest, report)?;
    let mapping = log.mapping().clone();
    Ok(History { columns, mapping, counts, report: std::mem::take(report) })
}

/// Identifies what a model is trained on: the log, the pipeline file, and the other tables that it
/// names.
fn content(pipeline: &Pipeline, log: &OrderLog) -> Result<String, Failure> {
    let mut others = vec![pipeline.file.clone()];
    others.extend(pipeline.returns_paths()?);
    others.extend(pipeline.catalogue_paths()?);
    others.extend(pipeline.chart_paths()?);
    Ok(log.content(&digests(&others)?))
}
