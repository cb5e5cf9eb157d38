//! The `inseam` program: a shop's files in, size advice out. The core library computes; this reads,
//! writes and reports.

mod args;
mod diff;
mod evaluate;
mod inspect;
mod output;
mod publish;
mod record;
mod score;
mod sign;
mod simulate;
mod train;

use args::{Cli, Common, Verb};
use clap::Parser;
use inseam_io::failure::Failure;
use inseam_io::progress::Progress;
use std::process::ExitCode;

fn main() -> ExitCode {
    // clap itself answers --help with 0 and a wrong command line with 2.
    let cli = Cli::parse();
    match run(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}

fn run(cli: &Cli) -> Result<(), Failure> {
    prepare(cli.common)?;
    let progress = Progress::new(cli.common.quiet);
    match &cli.verb {
        Verb::Simulate(args) => simulate::run(args, progress),
        Verb::Train(args) => train::run(args, progress),
        Verb::Score(args) => score::run(args, progress),
        Verb::Evaluate(args) => evaluate::run(args, progress),
        Verb::Inspect(args) => inspect::run(args, progress),
        Verb::Record(args) => record::run(args),
        Verb::Publish(args) => publish::run(args),
        Verb::Keygen(args) => sign::keygen(args),
        Verb::Sign(args) => sign::sign(args),
        Verb::Verify(args) => sign::verify(args),
        Verb::Diff(args) => diff::run(args),
    }
}

/// Sets up what there is one of in the whole process: the log and the threads.
fn prepare(common: Common) -> Result<(), Failure> {
    let level = if common.verbose { tracing::Level::DEBUG } else { tracing::Level::WARN };
    tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(std::io::stderr)
        .without_time()
        .with_ansi(false)
        .init();
    rayon::ThreadPoolBuilder::new()
        .num_threads(common.threads.map_or(0, usize::from))
        .build_global()
        .map_err(|error| Failure::new(format!("cannot start threads: {error}")))
}
