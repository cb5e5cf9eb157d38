//! `inseam evaluate`: measures the advice on purchases that training has not seen.

use crate::{cases, stdout};
use clap::Args;
use inseam_eval::protocols::{
    PurchaseResults, after_day, customer_folds, random_splits, test_table,
};
use inseam_eval::report::Report;
use inseam_io::atomic_file::AtomicFile;
use inseam_io::dates::parse_day;
use inseam_io::failure::Failure;
use inseam_io::pipeline::Pipeline;
use inseam_io::progress::Progress;
use inseam_io::table::Writer;
use std::io::Write;
use std::path::PathBuf;

/// Measure the advice on purchases that training has not seen
#[derive(Args, Debug)]
#[command(long_about = "Measure the advice on purchases that training has not seen.\n\n\
    EXAMPLES\n  \
    inseam evaluate shop.toml --test last-month.parquet\n  \
    inseam evaluate shop.toml --train --html report.html --json > report.json\n  \
    inseam evaluate shop.toml --after 2026-01-01 --html report.html\n  \
    inseam evaluate shop.toml --last-kept\n  \
    inseam evaluate shop.toml --new-customers\n  \
    inseam evaluate shop.toml --random-splits --all-rows\n  \
    inseam evaluate shop.toml --ablation --html report.html\n\n\
    FOUR PROTOCOLS\n  \
    On a test table (the default): the model is the pipeline's, the purchases are a table of their own.\n  \
    After a day (--after): train on what a shop had before that day, measure on what it sold from then on. Nothing of\n  \
    the future is known, so this is what a shop would have seen.\n  \
    By folds of customers (--last-kept, --new-customers): leave one purchase of each customer out of training and\n  \
    predict its size. Every customer counts once and all of the history is used, so the figures vary least.\n  \
    --last-kept knows the customer's purchases of strictly earlier days, as a visit to the shop does. Neither the\n  \
    prediction nor training sees what they bought on that day or later. With --same-day both know the other rows of\n  \
    that day: mostly the same order, with its returns, so the figures are too good.\n  \
    By random splits (--random-splits): 80 % of the purchases to train on, 10 % to measure on, 20 times; with intervals,\n  \
    for cold and warm customers and articles. The protocol of Misra, Wan and McAuley (RecSys 2018), for comparison\n  \
    with others: a model knows more than on a visit.\n\n\
    WHAT IS MEASURED\n  \
    All protocols but the folds estimate what share would fit, or be kept, if everybody followed the advice. The first\n  \
    two measure whether a purchase comes back, for its size or for any other reason, and if returns\n  \
    name a direction its outcome (too small, fits, too large): how well the model tells purchases apart, and whether its\n  \
    probabilities are calibrated. Those and the folds measure how often the size that a customer kept is the advised one. The\n  \
    report compares with the customer's most frequent size, among all their purchases and among those they kept of\n  \
    articles in the same fit group, and with the article's.\n\n\
    Nothing is written except the files of --html and --cases, and the model of --train. With --json, the report is one object;\n\
    docs/json.md lists its fields.")]
pub(crate) struct EvaluateArgs {
    /// The pipeline file
    pipeline: PathBuf,
    /// Table of purchases to measure on, with the history's columns [default: the pipeline's [test]
    /// section]
    #[arg(long, value_name = "FILE", conflicts_with = "protocol")]
    test: Option<PathBuf>,
    /// First train on the pipeline's history and write the model, instead of reading the model that
    /// the pipeline's out names
    #[arg(long, conflicts_with = "protocol")]
    train: bool,
    /// Predict from the customer's history and the public model, without the private files, as a
    /// product page does
    #[arg(long, conflicts_with = "protocol")]
    as_page: bool,
    /// Train on the purchases before this day less --gap, measure on those from this day on; like
    /// 2026-01-31
    #[arg(long, value_name = "DATE", group = "protocol", value_parser = day)]
    after: Option<i32>,
    /// Number of days before --after whose purchases are not used: the return window, in which it
    /// was not known yet what would come back
    #[arg(long, value_name = "DAYS", default_value_t = 30, requires = "after")]
    gap: u16,
    /// Predict the size each customer kept last, from their purchases of earlier days alone;
    /// training does not see it
    #[arg(long, groups = ["protocol", "folded"])]
    last_kept: bool,
    /// With --last-kept: also use the earlier rows of the same day, which no visit knows; for
    /// comparison
    #[arg(long, requires = "last_kept")]
    same_day: bool,
    /// Predict the size of each customer's first purchase, from body measurements alone; training
    /// sees no purchase of these customers
    #[arg(long, groups = ["protocol", "folded"])]
    new_customers: bool,
    /// Split the purchases at random this many times into 80 % to train on and 10 % to measure on;
    /// 20 times if no number is given
    #[arg(long, value_name = "N", group = "protocol", num_args = 0..=1, default_missing_value = "20",
        conflicts_with = "cases", value_parser = clap::value_parser!(u16).range(2..=1000))]
    random_splits: Option<u16>,
    /// Number of parts into which customers are split, by a hash of their id; one model is trained
    /// for each part, without it
    #[arg(long, value_name = "N", default_value_t = 5, requires = "folded",
        value_parser = clap::value_parser!(u16).range(2..=100))]
    folds: u16,
    /// Train once more without each term of the model in turn, and report how much worse the
    /// predictions become; takes as many trainings as the model has terms, and one more
    #[arg(long, conflicts_with = "protocol")]
    ablation: bool,
    /// Use every row of the history's files and ignore the `where` of [history]; for protocols that
    /// set rows apart themselves
    #[arg(long, requires = "protocol")]
    all_rows: bool,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
    /// Also write a table of the purchases measured: with --last-kept or --new-customers the sizes
    /// named and the rank of the size kept, otherwise the size that each rule names; like
    /// cases.parquet or cases.csv
    #[arg(long, value_name = "FILE")]
    cases: Option<PathBuf>,
    /// Also write the report as one self-contained web page
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

fn day(text: &str) -> Result<i32, String> {
    parse_day(text.trim()).ok_or_else(|| "a date is written like 2026-01-31".into())
}

/// Runs `inseam evaluate`.
pub(crate) fn run(args: &EvaluateArgs, progress: Progress) -> Result<(), Failure> {
    let mut pipeline = Pipeline::read(&args.pipeline)?;
    // Create the page first: if it cannot be written, no training should be wasted.
    let page =
        args.html.as_deref().map(|path| Ok((path, AtomicFile::create(path)?))).transpose()?;
    if args.all_rows {
        pipeline.history.conditions.clear();
    }
    let report = evaluate(args, &pipeline, progress)?;
    if let Some((path, mut file)) = page {
        let name = args.pipeline.file_name().unwrap_or_default().to_string_lossy();
        file.write_all(report.html(&name).as_bytes())
            .map_err(|e| Failure::io(path, "cannot write", &e))?;
        file.commit()?;
    }
    if args.json { stdout::print_json(&report) } else { stdout::print(&report.text()) }
}

/// Runs the protocol that the options name.
fn evaluate(
    args: &EvaluateArgs,
    pipeline: &Pipeline,
    progress: Progress,
) -> Result<Report, Failure> {
    if let Some(day) = args.after {
        let table = args.cases.as_deref().map(cases::create_choices).transpose()?;
        let measured = after_day::run(pipeline, day, args.gap, table.is_some(), progress)?;
        return report_on_purchases(&measured, table);
    }
    if let Some(splits) = args.random_splits {
        return Ok(Report::on_splits(&random_splits::run(pipeline, splits, progress)?));
    }
    if args.last_kept || args.new_customers {
        let target = match args.last_kept {
            true => customer_folds::TargetRule::LastKept(match args.same_day {
                true => customer_folds::Known::SameDay,
                false => customer_folds::Known::EarlierDays,
            }),
            false => customer_folds::TargetRule::FirstPurchase,
        };
        let table = args.cases.as_deref().map(cases::create).transpose()?;
        let measured = customer_folds::run(pipeline, target, args.folds, progress)?;
        if let Some(table) = table {
            cases::write(table, &measured.cases)?;
        }
        return Ok(Report::on_kept_sizes(&measured));
    }
    let options = test_table::Options {
        test: args.test.as_deref(),
        train: args.train,
        as_page: args.as_page,
        ablation: args.ablation,
        cases: args.cases.is_some(),
    };
    let table = args.cases.as_deref().map(cases::create_choices).transpose()?;
    report_on_purchases(&test_table::run(pipeline, &options, progress)?, table)
}

/// The report on measured purchases; their choices go into the table.
fn report_on_purchases(
    measured: &PurchaseResults,
    table: Option<Writer>,
) -> Result<Report, Failure> {
    if let Some(table) = table {
        cases::write_choices(table, &measured.cases)?;
    }
    Ok(Report::on_purchases(measured))
}
