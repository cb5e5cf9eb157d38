//! The command line of the `inseam` program: the top command, the options that all verbs share, and
//! which file runs each verb.

mod cases;
mod check;
mod diff;
mod evaluate;
mod init;
mod inspect;
mod keygen;
mod keys;
mod model_file;
mod numbers;
mod publish;
mod record;
mod score;
mod sign;
mod simulate;
mod size_text;
mod stdout;
mod train;
mod update;
mod verify;

use clap::{Args, Parser, Subcommand};
use inseam_io::failure::Failure;
use inseam_io::progress::Progress;
use std::process::ExitCode;

/// Size advice for online fashion, trained from purchases and returns
#[derive(Debug, Parser)]
#[command(
    name = "inseam",
    version,
    long_about = "Size advice for online fashion, trained from purchases and returns.\n\n\
        EXAMPLES\n  \
        Try everything with a simulated shop:\n    \
            inseam simulate --out shop --customers 20000\n    \
            inseam train shop/pipeline.toml\n    \
            inseam inspect shop/shop.inseam\n    \
            inseam evaluate shop/pipeline.toml --last-kept\n\n  \
        Train on a shop's own export:\n    \
            inseam init orders.csv returns.csv       # examines the files, writes shop.toml\n    \
            inseam check shop.toml                   # says what training will read and understand\n    \
            inseam train shop.toml\n\n\
        A pipeline file (TOML) names the purchase history and its columns. Keep it under version control.\n\
        `init` writes one for an export, `check` reports what the files have.\n\
        `train` reads the history and writes a small model for product pages and private files for the server.\n\
        `score` adds advice to a table of customers and articles. `evaluate` measures how good the advice is.",
    after_long_help = "EXIT STATUS\n  \
        0  done\n  \
        1  an input is wrong; the message says where\n  \
        2  the command line is wrong\n\n\
        ENVIRONMENT\n  \
        NO_COLOR  if set, the output has no colours\n  \
        $NAME in a path of a pipeline file stands for the value of the variable NAME.",
    disable_help_subcommand = true,
    arg_required_else_help = true
)]
struct Cli {
    /// What to do.
    #[command(subcommand)]
    verb: Verb,
    /// Options that every verb has.
    #[command(flatten)]
    common: CommonOptions,
}

/// Options that every verb has.
#[derive(Args, Clone, Copy, Debug)]
struct CommonOptions {
    /// Print nothing but results and errors
    #[arg(long, short, global = true)]
    quiet: bool,
    /// Print how long each step takes, on standard error
    #[arg(long, short, global = true, conflicts_with = "quiet")]
    verbose: bool,
    /// Number of threads; the results do not depend on it [default: one per core]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

/// The verbs, each with the options that its own file defines.
#[derive(Debug, Subcommand)]
enum Verb {
    Init(init::InitArgs),
    Check(check::CheckArgs),
    Simulate(simulate::SimulateArgs),
    Train(train::TrainArgs),
    Update(update::UpdateArgs),
    Score(score::ScoreArgs),
    Evaluate(evaluate::EvaluateArgs),
    Inspect(inspect::InspectArgs),
    Record(record::RecordArgs),
    Publish(publish::PublishArgs),
    Keygen(keygen::KeygenArgs),
    Sign(sign::SignArgs),
    Verify(verify::VerifyArgs),
    Diff(diff::DiffArgs),
}

fn main() -> ExitCode {
    // clap itself answers --help with status 0 and a wrong command line with status 2.
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
    set_up_process(cli.common)?;
    let progress = Progress::new(cli.common.quiet);
    match &cli.verb {
        Verb::Init(args) => init::run(args, progress),
        Verb::Check(args) => check::run(args, progress),
        Verb::Simulate(args) => simulate::run(args, progress),
        Verb::Train(args) => train::run(args, progress),
        Verb::Update(args) => update::run(args, progress),
        Verb::Score(args) => score::run(args, progress),
        Verb::Evaluate(args) => evaluate::run(args, progress),
        Verb::Inspect(args) => inspect::run(args),
        Verb::Record(args) => record::run(args),
        Verb::Publish(args) => publish::run(args),
        Verb::Keygen(args) => keygen::run(args),
        Verb::Sign(args) => sign::run(args),
        Verb::Verify(args) => verify::run(args),
        Verb::Diff(args) => diff::run(args),
    }
}

/// Sets up what the whole process shares: the log and the threads.
fn set_up_process(common: CommonOptions) -> Result<(), Failure> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_verb_has_a_description_and_an_example_before_its_options() {
        for verb in Cli::command().get_subcommands_mut() {
            let name = verb.get_name().to_owned();
            assert!(verb.get_about().is_some(), "{name} has no description");
            let help = verb.render_long_help().to_string();
            let at = |part: &str| help.find(part).unwrap_or_else(|| panic!("{name}: no {part}"));
            assert!(at("EXAMPLES") < at("Options:"), "{help}");
        }
    }

    #[test]
    fn common_options_may_follow_the_verb() {
        let cli = Cli::try_parse_from(["inseam", "train", "a.toml", "--threads", "2", "--quiet"])
            .unwrap();
        assert_eq!((cli.common.threads, cli.common.quiet), (Some(2), true));
        assert!(Cli::try_parse_from(["inseam", "train", "a.toml", "--threads", "0"]).is_err());
        assert!(
            Cli::try_parse_from(["inseam", "simulate", "--out", "x", "--gifts", "NaN"]).is_err()
        );
    }

    #[test]
    fn protocols_of_evaluate_exclude_each_other() {
        let evaluate = |arguments: &[&str]| {
            Cli::try_parse_from([&["inseam", "evaluate", "a.toml"], arguments].concat())
        };
        for good in [
            &["--after", "2026-01-31", "--gap", "14", "--all-rows"][..],
            &["--last-kept", "--folds", "3"],
            &["--new-customers", "--html", "r.html", "--json"],
            &["--test", "t.csv", "--train"],
        ] {
            assert!(evaluate(good).is_ok(), "{good:?}");
        }
        for bad in [
            &["--after", "2026-01-31", "--last-kept"][..],
            &["--last-kept", "--new-customers"],
            &["--last-kept", "--train"],
            &["--after", "2026-01-31", "--test", "t.csv"],
            &["--after", "31/01/2026"],
            &["--gap", "14"],
            &["--after", "2026-01-31", "--folds", "3"],
            &["--last-kept", "--folds", "1"],
            &["--all-rows"],
        ] {
            assert!(evaluate(bad).is_err(), "{bad:?}");
        }
    }
}
