//! `inseam update`: adds the files of a day to the order log of a model, and trains on the log.

use crate::stdout;
use crate::train::{settings, train_and_save};
use clap::Args;
use inseam_io::failure::Failure;
use inseam_io::manifest::{Manifest, ManifestFile, Resources, rows_of};
use inseam_io::memory::parse_size;
use inseam_io::order_log::{LoggedHistory, OrderLog, follow, log_folder};
use inseam_io::pipeline::Pipeline;
use inseam_io::progress::Progress;
use inseam_io::stores;
use inseam_io::training::StoreOptions;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Add new purchases, returns and corrections to a model
#[derive(Args, Debug)]
#[command(long_about = "Add new purchases, returns and corrections to a model.\n\n\
    EXAMPLES\n  \
    inseam train shop.toml --keep-log            # once: trains, and keeps the order lines beside the model\n  \
    inseam update shop.toml                      # each night: reads the new files of the folder that shop.toml names\n  \
    inseam update shop.toml --full               # once a week: trains from nothing on all files\n  \
    inseam update shop.toml --history 2026-01-31.csv\n  \
    inseam update shop.toml --history daily/     # a folder: files that update knows are left aside\n\n\
    The files have the columns of the first training. A row is a statement about an order line, which line_id (with\n\
    order_id, if it is a number within the order) identifies. It may be a new line, a return of an earlier one, a\n\
    correction of its size, article or customer, or a cancellation. Each statement counts once, however often it is\n\
    sent and in whatever order files come. Of two statements about a line that of the later file counts; files are\n\
    ordered by the numbers in their names, like orders.csv, orders-2026-01-30.csv, orders-2026-01-31.csv. But a return\n\
    counts and not a purchase, also if the purchase comes later.\n\n\
    An update continues from the training before: it learns from the customers whose purchases have changed, and leaves\n\
    what all customers share as it is. --full trains from nothing, as `inseam train` does with all files; run it once a\n\
    week. If update is stopped at any moment, run it again.\n\n\
    docs/updates.md has the rest.\n\n\
    With --json: what was read and found as one object; docs/json.md lists its fields.")]
pub(crate) struct UpdateArgs {
    /// The pipeline file
    pipeline: PathBuf,
    /// A file or folder with new rows instead of the pipeline's path; may be given several times
    #[arg(long, value_name = "PATH")]
    history: Vec<PathBuf>,
    /// The model file instead of the pipeline's out
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write rows that cannot be used to this file (.csv, .jsonl or .parquet), each with the
    /// reason, and go on with the others
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Train from nothing, even if nothing has changed since the last time
    #[arg(long)]
    full: bool,
    /// Memory that training may use, as for `inseam train`
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    memory: Option<u64>,
    /// Folder for the files of training, as for `inseam train`
    #[arg(long, value_name = "DIR")]
    scratch: Option<PathBuf>,
    /// Keep the state of training after every sweep, as for `inseam train`
    #[arg(long)]
    resume: bool,
    /// Price of an hour of processor time; the manifest then has the cost of the run
    #[arg(long, value_name = "PRICE")]
    price_per_cpu_hour: Option<f64>,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

/// Runs `inseam update`.
pub(crate) fn run(args: &UpdateArgs, progress: Progress) -> Result<(), Failure> {
    let began = Instant::now();
    let pipeline = Pipeline::read(&args.pipeline)?;
    let out = match &args.out {
        Some(out) => out.clone(),
        None => pipeline.model_path()?,
    };
    let mut log = open_log(&out, &args.pipeline)?;
    let trained_on = trained_on(&log, &out)?;
    let files = pipeline.history_files(&args.history)?;
    let rejects = args.rejects.as_deref();
    let LoggedHistory { history, files: new_files, seen, new, content } =
        follow(&pipeline, &mut log, &files, rejects, progress)?;
    let rows = rows_of(&history);
    let mut found = json!({
        "files": { "new": new_files.len(), "seen": seen },
        "rows": { "read": rows["read"], "new": new },
        "trained": false,
    });
    if !args.full && trained_on.as_deref() == Some(&content) {
        progress.say(format_args!("nothing new: {} is up to date", out.display()));
        return report(args, &found);
    }
    let options = StoreOptions {
        memory: args.memory,
        scratch: args.scratch.clone(),
        resume: args.resume,
        before: log
            .mark()
            .and_then(|mark| mark.state)
            .filter(|_| !args.full)
            .map(|state| log.state_path(&state)),
        pseudonyms: true,
    };
    let written =
        train_and_save(&pipeline, history, &out, &options, Some(&(log, content)), progress)?;
    let mut inputs = vec![ManifestFile::new(&args.pipeline)?];
    inputs.extend(new_files);
    let manifest = Manifest {
        version: env!("CARGO_PKG_VERSION"),
        verb: "update",
        inputs,
        settings: settings(&pipeline),
        rows,
        result: written.result.clone(),
        outputs: written.files,
        resources: Resources::since(began, args.price_per_cpu_hour),
    };
    manifest.write(&out)?;
    progress.say(format_args!("{}: {}", Manifest::beside(&out).display(), manifest.resources));
    found["trained"] = true.into();
    found["result"] = written.result;
    found["seconds"] = manifest.resources.seconds.into();
    report(args, &found)
}

/// The order log of the model.
fn open_log(out: &Path, pipeline: &Path) -> Result<OrderLog, Failure> {
    OrderLog::open(out)?.ok_or_else(|| {
        let folder = log_folder(out);
        Failure::new("is not there: update needs the order lines that the model was trained on")
            .in_file(&folder)
            .remedy(format!("run once: inseam train {} --keep-log", pipeline.display()))
    })
}

/// What the present model was trained on; `None` if that is to be done again. Refuses the model of
/// another training.
fn trained_on(log: &OrderLog, out: &Path) -> Result<Option<String>, Failure> {
    let Some(mark) = log.mark() else { return Ok(None) };
    let Some(noted) = mark.model else { return Ok(None) };
    match stores::checksum_of(out)? {
        None => Ok(None),
        Some(present) if present == noted => Ok(Some(mark.content)),
        Some(_) => Err(Failure::new("is not the model that was trained from its order log: another training has replaced it")
            .in_file(out)
            .remedy("to follow the shop again, train on all files with --keep-log; to go back to the order log, remove the model")),
    }
}

fn report(args: &UpdateArgs, found: &Value) -> Result<(), Failure> {
    if args.json { stdout::print_json(found) } else { Ok(()) }
}
