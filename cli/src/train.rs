//! `inseam train`: reads the history that a pipeline file names, writes a model and its private
//! files.

use crate::check::require_understood;
use crate::size_text::size_text;
use crate::stdout;
use clap::Args;
use inseam::train::Learned;
use inseam_io::check::CheckReport;
use inseam_io::failure::Failure;
use inseam_io::history::History;
use inseam_io::kept_training::keep_training;
use inseam_io::manifest::{Manifest, ManifestFile, Resources, rows_of};
use inseam_io::memory::parse_size;
use inseam_io::order_log::{self, OrderLog, OrderLogMark};
use inseam_io::pipeline::Pipeline;
use inseam_io::plan::Plan;
use inseam_io::progress::{Progress, count};
use inseam_io::stores::{self, StoredMapping, temporary_secret};
use inseam_io::training::{StoreOptions, load, prepare};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Learn a model from a purchase history
#[derive(Args, Debug)]
#[command(long_about = "Learn a model from a purchase history.\n\n\
    EXAMPLES\n  \
    inseam init orders.csv returns.csv      # writes the pipeline file shop.toml\n  \
    inseam train shop.toml\n  \
    inseam train shop.toml --strict         # fails if something in the files is not understood\n  \
    inseam train shop.toml --history 2025.parquet --history 2026.parquet --out out/shop.inseam\n  \
    inseam train shop.toml --rejects rejected.csv\n  \
    inseam train shop.toml --keep-log       # then `inseam update shop.toml` follows the shop day by day\n\n\
    THE PIPELINE FILE, at its shortest\n  \
    [history]\n  \
    path = \"orders.csv\"            # has customer_id, article_id, size, outcome; better with ordered_at, group, category, brand\n  \
    [history.columns]\n  \
    size = \"Lineitem size\"         # our name = the file's name, where the file's name is not a usual one\n  \
    [history.outcomes]\n  \
    \"did not fit\" = \"size_reason\" # the file's word = ours: kept, too_small, too_large, size_reason, other_reason, unknown_reason, pending\n  \
    [model]\n  \
    out = \"out/shop.inseam\"\n\n\
    At the end it prints what `inseam check` prints: which rows, words and sizes it understood.\n\
    docs/pipeline.md has the rest: measurements, a catalogue with attributes, return windows, privacy.")]
#[command(after_long_help = "FILES\n  \
    shop.inseam     the model, for the browser\n  \
    shop.customers  what was learned about each customer; only for the server\n  \
    shop.messages   what was learned from each purchase; only for the server\n  \
    shop.articles   articles as learned, where min_customers or epsilon withholds something from the model;\n                  \
    only for the server\n  \
    shop.manifest.json  inputs and outputs with their digests, settings, rows, and what the run took\n  \
    shop.key        the secret under which customers' ids are hashed; made once\n  \
    shop.orders/    with --keep-log: the order lines, under pseudonyms, for `inseam update`; only for the server")]
pub(crate) struct TrainArgs {
    /// The pipeline file
    pipeline: PathBuf,
    /// Read the history from this file instead of the pipeline's path; may be given several times
    #[arg(long, value_name = "FILE")]
    history: Vec<PathBuf>,
    /// Write the model to this file instead of the pipeline's out
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write rows that cannot be used to this file (.csv, .jsonl or .parquet), each with the
    /// reason, and train on the others
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Memory that training may use once the history is read, like 12GB; beyond it, the purchases
    /// are kept in files [default: three quarters of the machine's memory]
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    memory: Option<u64>,
    /// Folder for those files, which are removed at the end [default: the folder of the model]
    #[arg(long, value_name = "DIR")]
    scratch: Option<PathBuf>,
    /// Keep the state of training after every sweep, in a folder NAME.training beside the model or
    /// in that of --scratch, and continue from there if an earlier run was interrupted: the model
    /// gets the same bytes
    #[arg(long)]
    resume: bool,
    /// Keep the order lines in a folder NAME.orders beside the model, so that `inseam update` can
    /// add new files, late returns and corrections to them
    #[arg(long, conflicts_with = "plan")]
    keep_log: bool,
    /// Price of an hour of processor time; the manifest then has the cost of the run
    #[arg(long, value_name = "PRICE")]
    price_per_cpu_hour: Option<f64>,
    /// Print what training will need (memory, disk, time) and do not train
    #[arg(long)]
    plan: bool,
    /// Fail before training if a row, a word for an outcome or a size label is not understood
    #[arg(long)]
    strict: bool,
}

/// Runs `inseam train`.
pub(crate) fn run(args: &TrainArgs, progress: Progress) -> Result<(), Failure> {
    let began = Instant::now();
    let pipeline = Pipeline::read(&args.pipeline)?;
    let out = match &args.out {
        Some(out) => out.clone(),
        None => pipeline.model_path()?,
    };
    let rejects = args.rejects.as_deref();
    let (loaded, log) = if args.keep_log {
        let files = pipeline.history_files(&args.history)?;
        let (log, logged) = order_log::begin(&pipeline, &out, &files, rejects, progress)?;
        (logged.history, Some((log, logged.content)))
    } else {
        (load(&pipeline, &args.history, rejects, progress)?, None)
    };
    let report = CheckReport::new(&pipeline, &loaded, &args.history)?;
    if args.strict {
        require_understood(&report)?;
    }
    let options = StoreOptions {
        memory: args.memory,
        scratch: args.scratch.clone(),
        resume: args.resume,
        before: None,
        pseudonyms: args.keep_log,
    };
    if args.plan {
        return print_plan(&pipeline, &loaded, &options);
    }
    let inputs = loaded.report.files.iter().map(|file| file.path.as_path());
    let inputs = ManifestFile::all([args.pipeline.as_path()].into_iter().chain(inputs))?;
    let rows = rows_of(&loaded);
    let written = train_and_save(&pipeline, loaded, &out, &options, log.as_ref(), progress)?;
    progress.say(format_args!("\n{report}\n{}", written.size_runs));
    let manifest = Manifest {
        version: env!("CARGO_PKG_VERSION"),
        verb: "train",
        inputs,
        settings: settings(&pipeline),
        rows,
        result: written.result,
        outputs: written.files,
        resources: Resources::since(began, args.price_per_cpu_hour),
    };
    manifest.write(&out)?;
    progress.say(format_args!("{}: {}", Manifest::beside(&out).display(), manifest.resources));
    Ok(())
}

/// What a training has written.
pub(crate) struct Written {
    /// The files of the model.
    pub(crate) files: Vec<ManifestFile>,
    /// What training has found, for the manifest.
    pub(crate) result: Value,
    /// What it has found out about sizes, as text.
    pub(crate) size_runs: String,
}

/// Trains a model on this history and writes it. If the history is that of an order log, notes the
/// model there, with what identifies the content of the log.
pub(crate) fn train_and_save(
    pipeline: &Pipeline,
    history: History,
    out: &Path,
    options: &StoreOptions,
    log: Option<&(OrderLog, String)>,
    progress: Progress,
) -> Result<Written, Failure> {
    let prepared = prepare(pipeline, history.columns, out, options, progress)?;
    let kept = StoredMapping { columns: history.mapping, groups: pipeline.history.groups.clone() };
    let model = prepared.train(progress)?;
    let stage = progress.stage("writing", None);
    if let Some((log, content)) = log {
        // If the program is stopped from here on, the next update knows that the model may be old,
        // and continues from the same training as this one.
        let continues = options.before.is_some();
        let state = log.mark().and_then(|mark| mark.state).filter(|_| continues);
        log.set_mark(&OrderLogMark { content: content.clone(), model: None, state })?;
        keep_training(&log.state_path(content), &model.learned, &model.keys)?;
    }
    let files = stores::save(out, &model.learned, &model.keys, &kept)?;
    if let Some((log, content)) = log {
        let (content, state) = (content.clone(), Some(content.clone()));
        let mark = OrderLogMark { content, model: stores::checksum_of(out)?, state };
        log.set_mark(&mark)?;
        log.remove_other_states(&mark.content)?;
    }
    let mut result = result(&model.learned);
    result["changed_customers"] = model.changed.into();
    let size_runs = size_text(&model.learned.sizes);
    model.finish()?;
    stage.done(sizes_text(out, &files));
    Ok(Written { files, result, size_runs })
}

/// Prints what the training will need.
fn print_plan(
    pipeline: &Pipeline,
    history: &History,
    options: &StoreOptions,
) -> Result<(), Failure> {
    let settings = pipeline.train.settings(temporary_secret()?);
    let plan = Plan::new(&history.columns, &settings, options);
    let plan = plan.map_err(|e| Failure::new(e.to_string()))?;
    stdout::print(&format!("{plan}\n"))
}

/// The sizes of the written files, as one line.
fn sizes_text(out: &Path, files: &[ManifestFile]) -> String {
    let kilobytes = |path: &Path| {
        let file = files.iter().find(|file| file.path == path);
        count(file.map_or(0, |file| file.bytes.div_ceil(1000)))
    };
    format!(
        "{} {} kB for the page; for the server only: customers {} kB, messages {} kB",
        out.display(),
        kilobytes(out),
        kilobytes(&out.with_extension("customers")),
        kilobytes(&out.with_extension("messages"))
    )
}

/// The settings of training for the manifest, without the secret.
pub(crate) fn settings(pipeline: &Pipeline) -> Value {
    let settings = pipeline.train.settings([0; 16]);
    json!({
        "sweeps": settings.sweeps,
        "tolerance": settings.tolerance,
        "damping": settings.damping,
        "min_customers": settings.min_customers,
        "sample_customers": settings.sample_customers,
        "epsilon": settings.privacy.as_ref().map(|privacy| privacy.epsilon),
        "delta": settings.privacy.as_ref().map(|privacy| privacy.delta),
        "threads": rayon::current_num_threads(),
    })
}

/// What training has found, for the manifest.
fn result(learned: &Learned) -> Value {
    let last = learned.sweeps.last();
    json!({
        "purchases": learned.summary.rows - learned.summary.duplicates - learned.summary.pending,
        "repeated": learned.summary.duplicates,
        "pending": learned.summary.pending,
        "customers": learned.summary.customers,
        "articles": learned.summary.articles,
        "sweeps": learned.sweeps.iter().filter(|sweep| !sweep.sample).count(),
        "sweeps_over_a_sample": learned.sweeps.iter().filter(|sweep| sweep.sample).count(),
        "outcome_log_evidence": last.map(|sweep| sweep.outcome_log_evidence),
        "choice_log_evidence": last.map(|sweep| sweep.choice_log_evidence),
    })
}
