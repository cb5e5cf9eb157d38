//! Reads the history of a pipeline and trains on it, reporting progress.

use crate::failure::Failure;
use crate::history::{Loaded, load_history};
use crate::pipeline::Pipeline;
use crate::progress::{Progress, count};
use crate::stores;
use inseam::train::{Columns, Settings, Trained, rho};
use std::path::Path;

/// Reads the history to train on, and says what was read.
pub fn load(
    pipeline: &Pipeline,
    files: &[std::path::PathBuf],
    rejects: Option<&Path>,
    progress: Progress,
) -> Result<Loaded, Failure> {
    let stage = progress.stage("reading", None);
    let loaded = load_history(pipeline, files, rejects)?;
    let counts = loaded.counts;
    let mut said = format!("{} rows", count(counts.read));
    if counts.left_out > 0 {
        said.push_str(&format!(", {} left out by `where`", count(counts.left_out)));
    }
    if counts.rejected > 0 {
        said.push_str(&format!(", {} put aside as unusable", count(counts.rejected)));
    }
    stage.done(said);
    Ok(loaded)
}

/// Trains a model that is to be written to `out`, and says what was found.
pub fn train(
    pipeline: &Pipeline,
    loaded: &Loaded,
    out: &Path,
    progress: Progress,
) -> Result<Trained, Failure> {
    let secret = stores::secret_of(out)?;
    train_with(&pipeline.train.settings(secret), &loaded.columns, "training", progress)
}

/// Trains on these rows a model that is not kept; `what` is the name of the step.
pub fn train_on(
    pipeline: &Pipeline,
    columns: &Columns,
    what: &str,
    progress: Progress,
) -> Result<Trained, Failure> {
    train_with(&pipeline.train.settings(stores::passing_secret()?), columns, what, progress)
}

/// Trains on these rows with these settings; `what` is the name of the step.
pub fn train_with(
    settings: &Settings,
    columns: &Columns,
    what: &str,
    progress: Progress,
) -> Result<Trained, Failure> {
    let stage = progress.stage(what, Some(settings.sweeps as u64));
    let trained = inseam::train::train(columns, settings, &mut |report| {
        stage.set(report.sweep as u64);
        tracing::debug!(
            sweep = report.sweep,
            outcome = report.outcome_log_evidence,
            choice = report.choice_log_evidence,
            "log evidence a purchase"
        );
    })
    .map_err(|e| Failure::new(e.to_string()))?;
    let s = trained.summary;
    let mut said = format!(
        "{} purchases of {} customers and {} articles, {} sweeps",
        count((s.rows - s.duplicates - s.pending) as u64),
        count(s.customers as u64),
        count(s.articles as u64),
        trained.sweeps.len()
    );
    for (n, what) in [
        (s.duplicates, "repeated rows counted once"),
        (s.pending, "still inside their return window"),
        (s.named_by_bracket, "returns whose reason a kept size names"),
    ] {
        if n > 0 {
            said.push_str(&format!("; {} {what}", count(n as u64)));
        }
    }
    if let Some(privacy) = &settings.privacy {
        said.push_str(&format!(
            "; beliefs about articles published with noise, epsilon {} and delta {:e}: a privacy loss of rho {:.4} more for each customer",
            privacy.epsilon,
            privacy.delta,
            rho(privacy.epsilon, privacy.delta)
        ));
    }
    stage.done(said);
    Ok(trained)
}
