//! For the program: loads the history of a pipeline, calls the core's training, shows progress.

use crate::failure::Failure;
use crate::history::{History, load_history, show_reading};
use crate::kept_training::open_training;
use crate::memory::{default_limit, shown_size};
use crate::order_log::{key_of_pseudonym, rank_of_pseudonym};
use crate::partition_file::{FileStore, remove_kept};
use crate::pipeline::Pipeline;
use crate::progress::{Progress, Stage, counted};
use crate::stores::{model_secret, temporary_secret};
use inseam::format::private::{CustomerKey, customer_key};
use inseam::train::{
    Coded, Columns, HistorySummary, Learned, MemoryStore, PartitionStore, Settings, SweepReport,
    Trained, Training, TrainingSize, rho,
};
use rayon::prelude::*;
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// Loads the history to train on, as [`load_history`] does.
pub fn load(
    pipeline: &Pipeline,
    files: &[PathBuf],
    rejects: Option<&Path>,
    progress: Progress,
) -> Result<History, Failure> {
    let stage = progress.stage("reading", None);
    let history = load_history(pipeline, files, rejects)?;
    show_reading(history.counts, &history.report, stage, progress);
    Ok(history)
}

/// Where training keeps its purchases.
#[derive(Clone, Debug, Default)]
pub struct StoreOptions {
    /// Memory that training may use, bytes; [`default_limit`] if not set. If the purchases and
    /// tables do not fit, the purchases are kept in files.
    pub memory: Option<u64>,
    /// Folder for those files; that of the model if not set.
    pub scratch: Option<PathBuf>,
    /// Keep the state after every sweep, and continue from there if a training was interrupted.
    pub resume: bool,
    /// The state of a training that has ended, from which this one continues if it can.
    pub before: Option<PathBuf>,
    /// Whether the texts of the customers are the pseudonyms of an order log.
    pub pseudonyms: bool,
}

/// A history that is ready for training; its columns are no longer needed.
#[derive(Debug)]
pub struct PreparedModel {
    training: Training,
    settings: Settings,
    keys: Vec<CustomerKey>,
    kept: Option<PathBuf>,
    changed: Option<usize>,
}

/// A trained model with the means to write its private files.
#[derive(Debug)]
pub struct LearnedModel {
    /// What training has learned.
    pub learned: Learned,
    /// The key of each customer, ascending, by the index that training knows.
    pub keys: Vec<CustomerKey>,
    /// How many customers had other purchases than in the training that this one continues; `None`
    /// if it began from nothing.
    pub changed: Option<usize>,
    kept: Option<PathBuf>,
}

impl LearnedModel {
    /// Removes the state that was kept to continue an interrupted training, if it was. To be called
    /// once the model is saved.
    pub fn finish(self) -> Result<(), Failure> {
        let Self { learned, kept, .. } = self;
        // Its files are still open.
        drop(learned);
        kept.map_or(Ok(()), |folder| remove_kept(&folder))
    }
}

/// Prepares the training of the model that is to be written to `out`, with the secret of that
/// model. Sorts the customers by their keys under that secret. The texts of the customers are ids,
/// or the pseudonyms of an order log, but not both. Each column is dropped once it is not needed.
pub fn prepare(
    pipeline: &Pipeline,
    mut columns: Columns,
    out: &Path,
    options: &StoreOptions,
    progress: Progress,
) -> Result<PreparedModel, Failure> {
    let secret = model_secret(out)?;
    let keys = match options.pseudonyms {
        false => sort_by_key(&mut columns.customer, |id| customer_key(&secret, id)),
        true => {
            let key = |text: &str| key_of_pseudonym(text).unwrap_or_default();
            let keys = sort_by_key(&mut columns.customer, key);
            let ranks = columns.customer.values.iter().map(|text| rank_of_pseudonym(text));
            columns.sample_ranks = ranks.collect();
            keys
        }
    };
    let settings = pipeline.train.settings(secret);
    let kept = options.resume.then(|| kept_folder(out, options));
    let store = |size: &TrainingSize| match &kept {
        Some(folder) => stored(FileStore::create_kept(folder)),
        None => open_store(size, out, options, progress),
    };
    let before = options.before.as_deref().and_then(|path| {
        let before = open_training(path, &keys);
        before.map_err(|e| progress.say(format_args!("training begins from nothing: {e}"))).ok()
    });
    let training = Training::new(Cow::Owned(columns), &settings, before.as_ref(), store);
    let training = training.map_err(|e| Failure::new(e.to_string()))?;
    if let Some(why) = training.refusal() {
        progress.say(format_args!("training begins from nothing: {why}"));
    }
    let changed = training.changed_customers();
    Ok(PreparedModel { training, settings, keys, kept, changed })
}

impl PreparedModel {
    /// Trains.
    pub fn train(self, progress: Progress) -> Result<LearnedModel, Failure> {
        let Self { training, settings, keys, kept, changed } = self;
        let stage = progress.stage("training", Some(settings.sweeps as u64));
        let learned = training.run(&mut |report| show(report, &stage));
        let learned = learned.map_err(|e| Failure::new(e.to_string()))?;
        let mut found = summary(learned.summary, &learned.sweeps, &settings);
        if let Some(changed) = changed {
            found.push_str("; the sweeps were over ");
            found.push_str(&counted(changed as u64, "customer"));
            found.push_str(if changed == 1 { " that has changed" } else { " that have changed" });
        }
        stage.done(found);
        Ok(LearnedModel { learned, keys, changed, kept })
    }
}

/// The store for a history of this size.
fn open_store(
    size: &TrainingSize,
    out: &Path,
    options: &StoreOptions,
    progress: Progress,
) -> Result<Box<dyn PartitionStore>, inseam::Error> {
    if !is_kept_in_files(size, options) {
        return Ok(Box::new(MemoryStore::default()));
    }
    let folder = scratch_folder(out, options);
    progress.say(format_args!(
        "training would need {} of memory, and keeps the purchases in {}, which takes up to {} there",
        shown_size(memory_needed(size, false)),
        folder.display(),
        shown_size((size.line_bytes + 2 * size.site_bytes) as u64)
    ));
    stored(FileStore::create(folder))
}

fn stored(store: Result<FileStore, Failure>) -> Result<Box<dyn PartitionStore>, inseam::Error> {
    Ok(Box::new(store.map_err(|e| inseam::Error::Storage { what: e.to_string() })?))
}

/// The folder for files of training that outlives it or not.
fn scratch_folder<'p>(out: &'p Path, options: &'p StoreOptions) -> &'p Path {
    let beside = out.parent().filter(|folder| !folder.as_os_str().is_empty());
    options.scratch.as_deref().or(beside).unwrap_or(Path::new("."))
}

/// The folder in which the state of this training is kept.
fn kept_folder(out: &Path, options: &StoreOptions) -> PathBuf {
    let mut name = out.file_stem().unwrap_or(out.as_os_str()).to_owned();
    name.push(".training");
    scratch_folder(out, options).join(name)
}

/// Whether a training of this size keeps its purchases in files.
pub fn is_kept_in_files(size: &TrainingSize, options: &StoreOptions) -> bool {
    let limit = options.memory.or_else(default_limit);
    options.resume || limit.is_some_and(|limit| limit < memory_needed(size, false))
}

/// Bytes of memory that a training of this size needs once its history is read.
pub fn memory_needed(size: &TrainingSize, in_files: bool) -> u64 {
    let [first, further] = size.table_bytes;
    let tables = first + further * (rayon::current_num_threads() - 1);
    let purchases = if in_files { 0 } else { size.line_bytes + size.site_bytes };
    (tables + purchases) as u64
}

/// Sorts the distinct ids by their keys. Returns the keys.
fn sort_by_key(ids: &mut Coded, key: impl Fn(&str) -> CustomerKey + Sync) -> Vec<CustomerKey> {
    let mut sorted: Vec<(CustomerKey, u32)> =
        (ids.values.par_iter().enumerate()).map(|(code, id)| (key(id), code as u32)).collect();
    sorted.par_sort_unstable();
    let mut rank = vec![0; sorted.len()];
    let mut values = Vec::with_capacity(sorted.len());
    for (new, &(_, old)) in (0..).zip(&sorted) {
        rank[old as usize] = new;
        values.push(std::mem::take(&mut ids.values[old as usize]));
    }
    ids.values = values;
    ids.codes.par_iter_mut().for_each(|code| {
        *code = rank.get(*code as usize).copied().unwrap_or(*code);
    });
    sorted.into_iter().map(|(key, _)| key).collect()
}

/// Shows what a sweep has found.
fn show(report: &SweepReport, stage: &Stage) {
    stage.set(report.sweep as u64);
    tracing::debug!(
        sweep = report.sweep,
        outcome = report.outcome_log_evidence,
        choice = report.choice_log_evidence,
        "log evidence per purchase"
    );
}

/// Trains a model on these rows with the pipeline's settings. No file keeps its secret. `step` is
/// the name of the step that progress shows.
pub fn train_on(
    pipeline: &Pipeline,
    columns: &Columns,
    step: &str,
    progress: Progress,
) -> Result<Trained, Failure> {
    train_with(&pipeline.train.settings(temporary_secret()?), columns, step, progress)
}

/// Trains a model on these rows with these settings. `step` is the name of the step that progress
/// shows.
pub fn train_with(
    settings: &Settings,
    columns: &Columns,
    step: &str,
    progress: Progress,
) -> Result<Trained, Failure> {
    let stage = progress.stage(step, Some(settings.sweeps as u64));
    let trained = inseam::train::train(columns, settings, &mut |report| show(report, &stage))
        .map_err(|e| Failure::new(e.to_string()))?;
    stage.done(summary(trained.summary, &trained.sweeps, settings));
    Ok(trained)
}

/// What training has found, as one line.
fn summary(s: HistorySummary, sweeps: &[SweepReport], settings: &Settings) -> String {
    let over_sample = sweeps.iter().filter(|report| report.sample).count();
    let mut summary = format!(
        "{} of {} and {}, {}",
        counted((s.rows - s.duplicates - s.pending) as u64, "purchase"),
        counted(s.customers as u64, "customer"),
        counted(s.articles as u64, "article"),
        counted((sweeps.len() - over_sample) as u64, "sweep")
    );
    if over_sample > 0 {
        summary.push_str(&format!(" after {over_sample} over a sample"));
    }
    for (n, [noun, rest]) in [
        (s.duplicates, ["repeated row", "counted once"]),
        (s.pending, ["purchase", "still inside the return window"]),
        (s.named_by_bracket, ["return", "with the reason inferred from the size kept"]),
    ] {
        if n > 0 {
            summary.push_str(&format!("; {} {rest}", counted(n as u64, noun)));
        }
    }
    if let Some(privacy) = &settings.privacy {
        summary.push_str(&format!(
            "; article beliefs published with noise, epsilon {} and delta {:e}: each customer's privacy loss rho grows by {:.4}",
            privacy.epsilon,
            privacy.delta,
            rho(privacy.epsilon, privacy.delta)
        ));
    }
    summary
}
