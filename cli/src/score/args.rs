//! The options of `inseam score`.

use clap::Args;
use inseam_io::scoring::DEFAULT_ROWS_OF_PART;
use std::path::PathBuf;

/// Add advice and probabilities to a table of pairs, or advise every customer on every article
#[derive(Args, Debug)]
#[command(
    long_about = "Add advice and probabilities to a table of pairs, or advise every customer on every article.\n\n\
    EXAMPLES\n  \
    inseam score --model out/shop.inseam --pairs pairs.parquet --out scored.parquet\n  \
    inseam score --model out/shop.inseam --articles new.csv --customers mailing.csv --out sizes/\n  \
    inseam score --model out/shop.inseam --articles new.csv --customers mailing.csv --top 12 --out best.parquet\n  \
    inseam score --model out/shop.inseam --all-articles --plan      # how many rows and bytes would it be?\n\n\
    A TABLE OF PAIRS (--pairs)\n\
    Each row has a customer and an article and, if known, a size and body measurements. Their columns have the names\n\
    that the pipeline file gave them when the model was trained. The written table has all columns of the pairs, and\n\
    advised_size, advised_p_fits and status; if the pairs have a size, also:\n  \
    p_too_small, p_fits, p_too_large   the outcome probabilities of a purchase in that size\n  \
    p_returned   the probability that the purchase comes back, for its size or for any other reason\n\n\
    EVERY CUSTOMER WITH EVERY ARTICLE (--articles or --all-articles)\n\
    --customers and --articles are tables with ids, such as a mailing list and a catalogue; an id that is there twice\n\
    counts once, and --customers may have body measurements for people without a history. A column of the articles with\n\
    sizes (`S|M|L`, or one size in each row) says what is in stock; without one, every size is. Written are:\n  \
    customer_id, article_id   from the lists; without a list customer_key and article_key, as the model's files have them\n  \
    rank             with --top: 1 for the article that fits best\n  \
    advised_size     empty if no size is in stock\n  \
    advised_p_fits   the probability that this size fits\n  \
    status           advised, between (next_size is about as good) or unsure (too little is known)\n  \
    next_size        the next best size\n  \
    missed_size      if stock is known: the size they should have, where it is sold out\n\n\
    With --top N, each customer gets the N articles with the best advised_p_fits among those with a size in stock, in\n\
    the order in which a product page ranks them.\n\n\
    --out FILE.parquet (.csv, .jsonl, also with .gz) is one table. Any other path is a folder of parts, each complete or\n\
    not there: after a crash or Ctrl-C, run the same command with --resume to write only those that are missing.",
    after_long_help = "Where no return of the history has a reason, nothing fixes how many of them were for size, so p_too_small, p_fits\n\
    and p_too_large are rough; p_returned is what the history shows. It uses the customer's and the article's readiness\n\
    to be returned, which only the private files have.\n\n\
    FILES\n  \
    OUT.manifest.json   beside the output: inputs with their digests, settings, rows, and what the run took"
)]
pub(crate) struct ScoreArgs {
    /// The model file; its private files must be beside it
    #[arg(long, value_name = "FILE")]
    pub(super) model: PathBuf,
    #[command(flatten)]
    pub(super) what: WhatArgs,
    /// A table of customers, to score with every article [default: all customers of the model]
    #[arg(long, value_name = "FILE", conflicts_with = "pairs")]
    pub(super) customers: Option<PathBuf>,
    /// Write only the N articles that fit each customer best
    #[arg(long, value_name = "N", conflicts_with = "pairs", value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) top: Option<u32>,
    /// Where to write: a file, or for lists a folder
    #[arg(long, value_name = "PATH", required_unless_present = "plan")]
    pub(super) out: Option<PathBuf>,
    /// Format of the parts of a folder: parquet, csv, csv.gz, jsonl or jsonl.gz
    #[arg(long, value_name = "ENDING", default_value = "parquet", conflicts_with = "pairs")]
    pub(super) format: String,
    /// Rows of each part of a folder, about
    #[arg(long, value_name = "N", default_value_t = DEFAULT_ROWS_OF_PART, conflicts_with = "pairs")]
    pub(super) rows_per_part: u64,
    /// Write only the parts that an earlier run of the same command has not written
    #[arg(long, conflicts_with = "pairs")]
    pub(super) resume: bool,
    /// Print how many rows and bytes it would be and how long it would take, and write nothing
    #[arg(long, conflicts_with = "pairs")]
    pub(super) plan: bool,
    /// Write even if it is more than ten billion rows
    #[arg(long, conflicts_with = "pairs")]
    pub(super) no_limit: bool,
    /// Print what was done, or the plan, as JSON
    #[arg(long)]
    pub(super) json: bool,
    /// Price of an hour of processor time; the manifest then has the cost of the run
    #[arg(long, value_name = "PRICE")]
    pub(super) price_per_cpu_hour: Option<f64>,
}

/// What is scored.
#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
pub(super) struct WhatArgs {
    /// A table of customers and articles
    #[arg(long, value_name = "FILE")]
    pub(super) pairs: Option<PathBuf>,
    /// A table of articles, to score with every customer; it may tell which sizes are in stock
    #[arg(long, value_name = "FILE")]
    pub(super) articles: Option<PathBuf>,
    /// Score every article of the model with every customer
    #[arg(long)]
    pub(super) all_articles: bool,
}
