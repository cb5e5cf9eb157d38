//! `inseam train`: reads the history that a pipeline file names, writes a model and its private
//! files.

use crate::check::require_understood;
use crate::size_text::size_text;
use clap::Args;
use inseam_io::check::CheckReport;
use inseam_io::failure::Failure;
use inseam_io::memory::parse_size;
use inseam_io::pipeline::Pipeline;
use inseam_io::progress::{Progress, count};
use inseam_io::stores::{self, StoredMapping};
use inseam_io::training::{StoreOptions, load, prepare};
use std::path::PathBuf;

/// Learn a model from a purchase history
#[derive(Args, Debug)]
#[command(long_about = "Learn a model from a purchase history.\n\n\
    EXAMPLES\n  \
    inseam init orders.csv returns.csv      # writes the pipeline file shop.toml\n  \
    inseam train shop.toml\n  \
    inseam train shop.toml --strict         # fails if something in the files is not understood\n  \
    inseam train shop.toml --history 2025.parquet --history 2026.parquet --out out/shop.inseam\n  \
    inseam train shop.toml --rejects rejected.csv\n\n\
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
    shop.key        the secret under which customers' ids are hashed; made once")]
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
    /// Fail before training if a row, a word for an outcome or a size label is not understood
    #[arg(long)]
    strict: bool,
}

/// Runs `inseam train`.
pub(crate) fn run(args: &TrainArgs, progress: Progress) -> Result<(), Failure> {
    let pipeline = Pipeline::read(&args.pipeline)?;
    let out = match &args.out {
        Some(out) => out.clone(),
        None => pipeline.model_path()?,
    };
    let mut loaded = load(&pipeline, &args.history, args.rejects.as_deref(), progress)?;
    let report = CheckReport::new(&pipeline, &loaded, &args.history)?;
    if args.strict {
        require_understood(&report)?;
    }
    let options = StoreOptions { memory: args.memory, scratch: args.scratch.clone() };
    let prepared = prepare(&pipeline, &mut loaded.columns, &out, &options, progress)?;
    // The columns are no longer needed, and give their memory back.
    drop(loaded.columns);
    let model = prepared.train(progress)?;
    let kept = StoredMapping { columns: loaded.mapping, groups: pipeline.history.groups.clone() };
    let size_runs = size_text(&model.learned.sizes);
    let stage = progress.stage("writing", None);
    let sizes = stores::save(&out, &model.learned, &model.keys, &kept)?;
    stage.done(format_args!(
        "{} {} kB for the page; for the server only: customers {} kB, messages {} kB",
        out.display(),
        count(sizes.public.div_ceil(1000) as u64),
        count(sizes.customers.div_ceil(1000) as u64),
        count(sizes.messages.div_ceil(1000) as u64)
    ));
    progress.say(format_args!("\n{report}\n{size_runs}"));
    Ok(())
}
