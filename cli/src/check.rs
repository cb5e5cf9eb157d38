//! `inseam check`: reads everything as training would, trains nothing, and says what it understood.

use crate::size_text::size_text;
use crate::stdout;
use clap::Args;
use inseam::train::examine_sizes;
use inseam_io::check::CheckReport;
use inseam_io::failure::Failure;
use inseam_io::pipeline::Pipeline;
use inseam_io::progress::Progress;
use inseam_io::training::load;
use std::path::PathBuf;

/// Read a pipeline's files and report what they have, without training
#[derive(Args, Debug)]
#[command(
    long_about = "Read a pipeline's files as training would, and report what was found and understood.\n\n\
    EXAMPLES\n  \
    inseam check shop.toml\n  \
    inseam check shop.toml --strict          # fails if something is not understood or there are no outcomes\n  \
    inseam check shop.toml --json | jq .not_understood\n\n\
    THE REPORT lists\n  \
    the files and how they are written; the rows that are left out, with the reason and the first of them;\n  \
    what was guessed; the columns; each word for an outcome with its meaning and its share of the rows;\n  \
    the size labels that training can place, and those that it cannot; size systems and fit groups;\n  \
    the size runs that training finds.\n\n\
    A word with a wrong meaning is corrected under [history.outcomes] in the pipeline file, a wrong column under\n\
    [history.columns]. `inseam train` prints the same report."
)]
#[command(after_long_help = "EXIT STATUS\n  \
    0  the files can be read\n  \
    1  they cannot be read; or, with --strict, something in them is not understood, or they have no outcomes\n  \
    2  the command line is wrong")]
pub(crate) struct CheckArgs {
    /// The pipeline file
    pipeline: PathBuf,
    /// Read the history from this file instead of the pipeline's path; may be given several times
    #[arg(long, value_name = "FILE")]
    history: Vec<PathBuf>,
    /// Fail if a row, a word for an outcome or a size label is not understood, or if nothing says
    /// what became of the purchases
    #[arg(long)]
    strict: bool,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

/// Runs `inseam check`.
pub(crate) fn run(args: &CheckArgs, progress: Progress) -> Result<(), Failure> {
    let pipeline = Pipeline::read(&args.pipeline)?;
    let history = load(&pipeline, &args.history, None, progress)?;
    let report = CheckReport::new(&pipeline, &history, &args.history)?;
    let sizes = examine_sizes(&history.columns).map_err(|e| Failure::new(e.to_string()))?;
    if args.json {
        let mut json = report.json();
        json["size_runs"] = serde_json::json!(sizes);
        stdout::print_json(&json)?;
    } else {
        stdout::print(&format!("{report}\n{}", size_text(&sizes)))?;
    }
    if args.strict { require_understood(&report) } else { Ok(()) }
}

/// Fails if something in the files is not understood.
pub(crate) fn require_understood(report: &CheckReport) -> Result<(), Failure> {
    match &report.not_understood()[..] {
        [] => Ok(()),
        problems => Err(Failure::new(problems.join("; "))
            .remedy("correct it in the pipeline file or the data, or run without --strict")),
    }
}
