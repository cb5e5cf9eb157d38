//! For the program: loads the history of a pipeline, calls the core's training, shows progress.

use crate::failure::Failure;
use crate::history::{History, load_history};
use crate::pipeline::Pipeline;
use crate::progress::{Progress, count};
use crate::stores::{model_secret, temporary_secret};
use inseam::train::{Columns, Settings, Trained, rho};
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
    let counts = history.counts;
    let mut result = format!("{} rows", count(counts.read));
    if counts.left_out > 0 {
        result.push_str(&format!(", {} left out by `where`", count(counts.left_out)));
    }
    if counts.rejected > 0 {
        result.push_str(&format!(", {} rejected as unusable", count(counts.rejected)));
    }
    stage.done(result);
    let report = &history.report;
    for (kind, findings) in [("warning", &report.warnings), ("left out", &report.left_out)] {
        findings.iter().for_each(|finding| progress.say(format_args!("{kind}: {finding}")));
    }
    Ok(history)
}

/// Trains the model that is to be written to `out`, with the secret of that model.
pub fn train(
    pipeline: &Pipeline,
    history: &History,
    out: &Path,
    progress: Progress,
) -> Result<Trained, Failure> {
    let secret = model_secret(out)?;
    train_with(&pipeline.train.settings(secret), &history.columns, "training", progress)
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
    let trained = inseam::train::train(columns, settings, &mut |report| {
        stage.set(report.sweep as u64);
        tracing::debug!(
            sweep = report.sweep,
            outcome = report.outcome_log_evidence,
            choice = report.choice_log_evidence,
            "log evidence per purchase"
        );
    })
    .map_err(|e| Failure::new(e.to_string()))?;
    stage.done(summary(&trained, settings));
    Ok(trained)
}

/// What training has found, as one line.
fn summary(trained: &Trained, settings: &Settings) -> String {
    let s = trained.summary;
    let mut summary = format!(
        "{} purchases of {} customers and {} articles, {} sweeps",
        count((s.rows - s.duplicates - s.pending) as u64),
        count(s.customers as u64),
        count(s.articles as u64),
        trained.sweeps.len()
    );
    for (n, what) in [
        (s.duplicates, "repeated rows counted once"),
        (s.pending, "still inside their return window"),
        (s.named_by_bracket, "returns with their reason inferred from the size kept"),
    ] {
        if n > 0 {
            summary.push_str(&format!("; {} {what}", count(n as u64)));
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
