//! The command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use inseam_io::dates::parse_day;
use std::path::PathBuf;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "inseam",
    version,
    about = "Size advice for online fashion, trained from purchases and returns",
    long_about = "Size advice for online fashion, trained from purchases and returns.\n\n\
        A pipeline file (TOML, kept in the shop's own git) says where the purchase history is and what its columns \
        are called. `train` learns from it and writes a small model for the product page and private files for the \
        server; `score` adds advice to a table of customer-article pairs; `evaluate` says how good the advice is.",
    after_long_help = "EXAMPLES\n  \
        A shop to try everything with:\n    \
            inseam simulate --out shop --customers 20000\n    \
            inseam train shop/pipeline.toml\n    \
            inseam inspect shop/shop.inseam\n\n  \
        A shop's own export, with its rows that cannot be used put aside:\n    \
            inseam train shop.toml --rejects rejected.csv\n\n\
        EXIT STATUS\n  \
        0 done; 1 an input is bad, and the message says where; 2 the command line is wrong.\n\n\
        ENVIRONMENT\n  \
        NO_COLOR set to anything: no colours. $NAMES in a pipeline file's paths are filled in.",
    disable_help_subcommand = true,
    arg_required_else_help = true
)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) verb: Verb,
    /// Options that every verb has.
    #[command(flatten)]
    pub(crate) common: Common,
}

/// Options that every verb has.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Common {
    /// Say nothing but errors
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Say how long each step takes, on standard error
    #[arg(long, short, global = true, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
    /// Threads to use; results do not depend on it [default: one per core]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Draw a shop with a known truth: customers, articles, purchases, returns
    Simulate(SimulateArgs),
    /// Learn a model from a purchase history
    Train(TrainArgs),
    /// Add advice and chances to a table of customer-article pairs
    Score(ScoreArgs),
    /// Measure the advice on purchases that training has not seen
    Evaluate(EvaluateArgs),
    /// Say what is in a model file
    Inspect(InspectArgs),
    /// Print an article's record: a short text that a product page can carry instead of asking for
    /// the model's block
    Record(RecordArgs),
    /// Put a model where pages get it, under a name of its own, and point to it
    Publish(PublishArgs),
    /// Make a pair of keys to sign models with
    Keygen(KeygenArgs),
    /// Sign a model
    Sign(SignArgs),
    /// Check that a model is whole, and signed by a key of yours
    Verify(VerifyArgs),
    /// Say what changed between two models, and how many bytes of it pages have to fetch again
    Diff(DiffArgs),
}

/// `inseam record`.
#[derive(Args, Debug)]
#[command(after_long_help = "EXAMPLES\n  \
    inseam record out/shop.inseam SKU-123\n  \
    <inseam-advice model=\"/fit/shop.inseam\" article=\"SKU-123\" record=\"...\"></inseam-advice>\n\n\
    One line for each article, in the order asked for. A record belongs to the very model it was made from: a page with another one \
    fetches the article instead.")]
pub(crate) struct RecordArgs {
    /// The model file
    pub(crate) model: PathBuf,
    /// The shop's ids of articles
    #[arg(required = true)]
    pub(crate) articles: Vec<String>,
}

/// `inseam publish`.
#[derive(Args, Debug)]
#[command(after_long_help = "EXAMPLES\n  \
    inseam publish out/shop.inseam --out www/fit\n  \
    inseam publish out/shop.inseam --out www/fit --parts\n\n\
    Written are shop-NAME.inseam (with --parts the folder shop-NAME/), NAME being the model's own digest, and, last, shop.json, which \
    points to it. What has the name never changes and may be cached for ever; shop.json should be asked for anew. Pages open shop.json, or, to save \
    a request, what it points to.")]
pub(crate) struct PublishArgs {
    /// The model file
    pub(crate) model: PathBuf,
    /// Folder to write to; made if it is not there
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Write a folder with the head and each block as a file of its own, for servers that do not
    /// answer Range requests
    #[arg(long)]
    pub(crate) parts: bool,
}

/// `inseam keygen`.
#[derive(Args, Debug)]
#[command(after_long_help = "EXAMPLES\n  inseam keygen --out keys/shop\n\n\
    Written are keys/shop.secret, which only its owner can read, and keys/shop.public, which pages are given.")]
pub(crate) struct KeygenArgs {
    /// Where to write the keys, without an ending; existing ones are left alone
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

/// `inseam sign`.
#[derive(Args, Debug)]
#[command(after_long_help = "EXAMPLES\n  inseam sign out/shop.inseam --key keys/shop.secret\n\n\
    The signature goes into the file. It covers the head, and the head pins all the rest; the model's name stays what it is.")]
pub(crate) struct SignArgs {
    /// The model file
    pub(crate) model: PathBuf,
    /// The secret key
    #[arg(long, value_name = "FILE")]
    pub(crate) key: PathBuf,
}

/// `inseam verify`.
#[derive(Args, Debug)]
#[command(after_long_help = "EXAMPLES\n  inseam verify out/shop.inseam --key keys/shop.public")]
pub(crate) struct VerifyArgs {
    /// The model file
    pub(crate) model: PathBuf,
    /// The public key; may be given several times, of which one has to have signed
    #[arg(long, value_name = "FILE", required = true)]
    pub(crate) key: Vec<PathBuf>,
}

/// `inseam diff`.
#[derive(Args, Debug)]
#[command(
    after_long_help = "EXAMPLES\n  inseam diff yesterday.inseam today.inseam\n  inseam diff old.inseam new.inseam --steps 0.25 --json"
)]
pub(crate) struct DiffArgs {
    /// The model before
    pub(crate) old: PathBuf,
    /// The model after
    pub(crate) new: PathBuf,
    /// Articles whose offset moved by more than this count as moved
    #[arg(long, value_name = "STEPS", default_value_t = 0.1, value_parser = steps)]
    pub(crate) steps: f64,
    /// Print as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `inseam train`.
#[derive(Args, Debug)]
#[command(after_long_help = "EXAMPLES\n  \
    inseam train shop.toml\n  \
    inseam train shop.toml --history 2025.parquet --history 2026.parquet --out out/shop.inseam\n  \
    inseam train shop.toml --rejects rejected.csv\n\n\
    THE PIPELINE FILE, at its shortest\n  \
    [history]\n  \
    path = \"orders.csv\"            # customer_id, article_id, size, outcome; also ordered_at, group, category, brand ...\n  \
    [history.columns]\n  \
    size = \"Lineitem size\"         # ours = theirs, where the header is not a usual one\n  \
    [history.outcomes]\n  \
    \"did not fit\" = \"size_reason\" # theirs = ours: kept, too_small, too_large, size_reason, other_reason, unknown_reason, pending\n  \
    [model]\n  \
    out = \"out/shop.inseam\"\n\n\
    docs/pipeline.md has all of it: measurements, a catalogue with attributes, return windows.\n\n\
    Written are shop.inseam for the browser, and for the server only shop.customers, shop.messages and, where the public file withholds something \
    (min_customers, epsilon), shop.articles.")]
pub(crate) struct TrainArgs {
    /// The pipeline file
    pub(crate) pipeline: PathBuf,
    /// Read the history from here instead of the pipeline's path; may be given several times
    #[arg(long, value_name = "FILE")]
    pub(crate) history: Vec<PathBuf>,
    /// Write the model here instead of the pipeline's out
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Put rows that cannot be used here, with the reason, and go on (.csv, .jsonl or .parquet)
    #[arg(long, value_name = "FILE")]
    pub(crate) rejects: Option<PathBuf>,
}

/// `inseam score`.
#[derive(Args, Debug)]
#[command(after_long_help = "EXAMPLES\n  \
    inseam score --model out/shop.inseam --pairs pairs.parquet --out scored.parquet\n\n\
    Pairs have the customer, the article and, if known, the size and measurements, under the column names of the \
    pipeline file the model was trained with. All columns are carried over; added are advised_size, advised_p_fits \
    and status, and for rows with a size p_too_small, p_fits and p_too_large.")]
pub(crate) struct ScoreArgs {
    /// The model file; its private files are expected beside it
    #[arg(long, value_name = "FILE")]
    pub(crate) model: PathBuf,
    /// The customer-article pairs
    #[arg(long, value_name = "FILE")]
    pub(crate) pairs: PathBuf,
    /// Where to write the pairs with advice
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

/// `inseam evaluate`.
#[derive(Args, Debug)]
#[command(after_long_help = "EXAMPLES\n  \
    inseam evaluate shop.toml --test last-month.parquet\n  \
    inseam evaluate shop.toml --train --html report.html --json > report.json\n  \
    inseam evaluate shop.toml --after 2026-01-01 --html report.html\n  \
    inseam evaluate shop.toml --last-kept\n  \
    inseam evaluate shop.toml --new-customers\n  \
    inseam evaluate shop.toml --ablation --html report.html\n\n\
    WHAT IS MEASURED\n  \
    Without further options, and with --after: what becomes of a purchase (too small, fits, too large), with the \
    calibration of the chances beside what chances that are right would show on so few rows; and how often the size \
    that was kept is the one advised. --last-kept and --new-customers ask for the size alone.\n\n\
    WHICH TO USE\n  \
    --after is what a shop would have seen: nothing of the future is known. --last-kept uses all of the history, so its \
    figures vary least; every customer counts once. --new-customers is the first visit, measurements at hand.\n\n\
    Nothing is written but what --html names: models trained on the way stay in memory.")]
pub(crate) struct EvaluateArgs {
    /// The pipeline file
    pub(crate) pipeline: PathBuf,
    /// Purchases to measure on, in the history's columns [default: what the pipeline's [test] says]
    #[arg(long, value_name = "FILE", conflicts_with = "protocol")]
    pub(crate) test: Option<PathBuf>,
    /// Train first, on the pipeline's history, and keep the model, instead of reading it from the
    /// pipeline's out
    #[arg(long, conflicts_with = "protocol")]
    pub(crate) train: bool,
    /// Know of each customer what a page would that is told their history, and not what the private
    /// files keep
    #[arg(long, conflicts_with = "protocol")]
    pub(crate) as_page: bool,
    /// Train on the purchases before this day less --gap, measure on those from this day on
    /// (2026-01-31)
    #[arg(long, value_name = "DATE", group = "protocol", value_parser = day)]
    pub(crate) after: Option<i32>,
    /// Days before --after whose purchases are neither trained nor measured on: the return window,
    /// in which it was not known yet what would come back
    #[arg(long, value_name = "DAYS", default_value_t = 30, requires = "after")]
    pub(crate) gap: u16,
    /// The size each customer kept last, left out of training and advised from their earlier
    /// purchases alone
    #[arg(long, groups = ["protocol", "folded"])]
    pub(crate) last_kept: bool,
    /// The size of each customer's first purchase, all of theirs left out of training and advised
    /// from measurements alone
    #[arg(long, groups = ["protocol", "folded"])]
    pub(crate) new_customers: bool,
    /// Parts into which customers are split by a hash of their id; the model is trained once for
    /// each, without it
    #[arg(long, value_name = "N", default_value_t = 5, requires = "folded",
        value_parser = clap::value_parser!(u16).range(2..=100))]
    pub(crate) folds: u16,
    /// Train again without each term of the model in turn, and say what that costs: as many
    /// trainings as there are terms, and one
    #[arg(long, conflicts_with = "protocol")]
    pub(crate) ablation: bool,
    /// Use every row of the history's files, whatever the `where` of [history] says: for these ways
    /// of measuring, which keep their own rows apart
    #[arg(long, requires = "protocol")]
    pub(crate) all_rows: bool,
    /// Print the report as JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Write the report as one web page, too; it needs nothing from anywhere
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
}

/// `inseam inspect`.
#[derive(Args, Debug)]
#[command(
    after_long_help = "EXAMPLES\n  inseam inspect out/shop.inseam\n  inseam inspect out/shop.inseam --json"
)]
pub(crate) struct InspectArgs {
    /// The model file, or one of the private files
    pub(crate) model: PathBuf,
    /// Print as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `inseam simulate`.
#[derive(Args, Clone, Debug)]
#[command(after_long_help = "EXAMPLES\n  \
    inseam simulate --out shop\n  \
    inseam simulate --out big --customers 200000 --articles 20000 --seed 7 --format parquet\n  \
    inseam simulate --out demo --catalogue www/demo/catalogue.csv\n\n\
    The folder then holds history, catalogue, pipeline.toml (ready for `inseam train`), and the truth: \
    truth_customers, truth_purchases, truth_articles, truth_sizes, truth_model.json.")]
pub(crate) struct SimulateArgs {
    /// Folder to write to; made if it is not there
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// How many customers
    #[arg(long, default_value_t = 5_000, value_parser = clap::value_parser!(u32).range(1..=50_000_000))]
    pub(crate) customers: u32,
    /// How many articles
    #[arg(long, default_value_t = 600, value_parser = clap::value_parser!(u32).range(1..=5_000_000))]
    pub(crate) articles: u32,
    /// Mean purchases of a customer; some buy once, some very often
    #[arg(long, default_value_t = 8.0, value_name = "MEAN", value_parser = at_least_one)]
    pub(crate) purchases_per_customer: f64,
    /// The same seed gives the same shop
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Format of the tables
    #[arg(long, value_enum, default_value_t = TableFormat::Csv)]
    pub(crate) format: TableFormat,
    /// Share of returns that carry a reason, 0 to 1
    #[arg(long, default_value_t = 0.6, value_name = "SHARE", value_parser = share)]
    pub(crate) reasons: f64,
    /// Share of purchases that are gifts, in the size of somebody else, 0 to 1
    #[arg(long, default_value_t = 0.04, value_name = "SHARE", value_parser = share)]
    pub(crate) gifts: f64,
    /// Share of purchases made in two neighbouring sizes to keep the better, 0 to 1
    #[arg(long, default_value_t = 0.06, value_name = "SHARE", value_parser = share)]
    pub(crate) brackets: f64,
    /// Share of what fits that comes back all the same, 0 to 1 (both left out); customers and
    /// articles differ in it
    #[arg(long, default_value_t = 0.12, value_name = "SHARE", value_parser = between)]
    pub(crate) unrelated: f64,
    /// How much more than usual customers put up with before a garment is a misfit, probit units;
    /// from 4 on everything fits
    #[arg(long, default_value_t = 0.0, value_name = "PROBITS", allow_negative_numbers = true, value_parser = probits)]
    pub(crate) tolerance: f64,
    /// Share of misfits that are kept all the same, 0 to 1
    #[arg(long, default_value_t = 0.0, value_name = "SHARE", value_parser = share)]
    pub(crate) kept_misfits: f64,
    /// Share of accounts that two persons buy for, 0 to 1
    #[arg(long, default_value_t = 0.0, value_name = "SHARE", value_parser = share)]
    pub(crate) families: f64,
    /// Draw the history over these articles: CSV with article_id, brand, group, size_system, sizes
    /// (separated by spaces or |) and, as truth if given, offset and spread
    #[arg(long, value_name = "FILE", conflicts_with = "articles")]
    pub(crate) catalogue: Option<PathBuf>,
}

/// Formats that tables can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// Comma-separated values
    Csv,
    /// One JSON object a line
    Jsonl,
    /// Apache Parquet
    Parquet,
}

impl TableFormat {
    /// The ending of a file of this format, without the dot.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Parquet => "parquet",
        }
    }
}

fn day(text: &str) -> Result<i32, String> {
    parse_day(text.trim()).ok_or_else(|| "a date is written like 2026-01-31".into())
}

fn share(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(x) if (0.0..=1.0).contains(&x) => Ok(x),
        _ => Err("a share is a number from 0 to 1".into()),
    }
}

fn between(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(x) if x > 0.0 && x < 1.0 => Ok(x),
        _ => Err("a number above 0 and below 1".into()),
    }
}

fn steps(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(x) if (0.0..=100.0).contains(&x) => Ok(x),
        _ => Err("a number of steps from 0 to 100".into()),
    }
}

fn probits(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(x) if (-10.0..=10.0).contains(&x) => Ok(x),
        _ => Err("a number from -10 to 10".into()),
    }
}

fn at_least_one(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(x) if (1.0..=10_000.0).contains(&x) => Ok(x),
        _ => Err("a number from 1 to 10000".into()),
    }
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
    fn global_options_may_follow_the_verb() {
        let cli = Cli::try_parse_from(["inseam", "train", "a.toml", "--threads", "2", "--quiet"])
            .unwrap();
        assert_eq!((cli.common.threads, cli.common.quiet), (Some(2), true));
        assert!(Cli::try_parse_from(["inseam", "train", "a.toml", "--threads", "0"]).is_err());
        assert!(
            Cli::try_parse_from(["inseam", "simulate", "--out", "x", "--gifts", "NaN"]).is_err()
        );
    }

    #[test]
    fn ways_of_measuring_exclude_each_other() {
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
