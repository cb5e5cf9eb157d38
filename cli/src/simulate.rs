//! `inseam simulate`: draws a shop whose truth is known, and writes it to a folder.

use crate::numbers::number;
use clap::{Args, ValueEnum};
use inseam_io::failure::Failure;
use inseam_io::progress::Progress;
use inseam_sim::ShopSettings;
use std::path::PathBuf;

/// Draw a shop whose truth is known: customers, articles, purchases, returns
#[derive(Args, Clone, Debug)]
#[command(
    long_about = "Draw a shop whose truth is known: customers, articles, purchases, returns.\n\n\
    EXAMPLES\n  \
    inseam simulate --out shop\n  \
    inseam simulate --out big --customers 200000 --articles 20000 --seed 7 --format parquet\n  \
    inseam simulate --out demo --catalogue www/demo/catalogue.csv\n\n\
    Writes the tables history and catalogue, pipeline.toml, ready for `inseam train`, and the truth: truth_customers,\n\
    truth_purchases, truth_articles, truth_sizes, truth_model.json. The same options give the same shop."
)]
pub(crate) struct SimulateArgs {
    /// Folder to write to; made if it does not exist
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Number of customers
    #[arg(long, default_value_t = 5_000, value_parser = clap::value_parser!(u32).range(1..=50_000_000))]
    customers: u32,
    /// Number of articles
    #[arg(long, default_value_t = 600, value_parser = clap::value_parser!(u32).range(1..=5_000_000))]
    articles: u32,
    /// Mean number of purchases of a customer; most buy little, a tenth of them seven times as much
    #[arg(long, default_value_t = 8.0, value_name = "MEAN", value_parser = at_least_one)]
    purchases_per_customer: f64,
    /// Seed of the random numbers
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Format of the tables
    #[arg(long, value_enum, default_value_t = TableFormat::Csv)]
    format: TableFormat,
    /// Share of returns that carry a reason, from 0 to 1
    #[arg(long, default_value_t = 0.6, value_name = "SHARE", value_parser = share)]
    reasons: f64,
    /// Share of purchases that are gifts, in the size of another person, from 0 to 1
    #[arg(long, default_value_t = 0.04, value_name = "SHARE", value_parser = share)]
    gifts: f64,
    /// Share of purchases in which the customer orders two neighbouring sizes and keeps the better
    /// one, from 0 to 1
    #[arg(long, default_value_t = 0.06, value_name = "SHARE", value_parser = share)]
    brackets: f64,
    /// Share of purchases that fit but come back, above 0 and below 1; customers and articles
    /// differ in it
    #[arg(long, default_value_t = 0.12, value_name = "SHARE", value_parser = strictly_between)]
    unrelated: f64,
    /// How much misfit customers tolerate beyond the usual, in probit units; from 4 on everything
    /// fits
    #[arg(long, default_value_t = 0.0, value_name = "PROBITS", allow_negative_numbers = true, value_parser = probits)]
    tolerance: f64,
    /// Share of misfits that customers keep, from 0 to 1
    #[arg(long, default_value_t = 0.0, value_name = "SHARE", value_parser = share)]
    kept_misfits: f64,
    /// Share of accounts that two persons buy for, from 0 to 1
    #[arg(long, default_value_t = 0.0, value_name = "SHARE", value_parser = share)]
    families: f64,
    /// Sd of how much larger an article is for one customer than for others, in steps
    #[arg(long, default_value_t = 0.0, value_name = "STEPS", value_parser = steps)]
    personal_offset: f64,
    /// Share of that which the customer knows and allows for when they choose, from 0 to 1
    #[arg(long, default_value_t = 0.5, value_name = "SHARE", value_parser = share)]
    personal_awareness: f64,
    /// Share of customers who give measurements, some of them not all; from 0 to 1
    #[arg(long, default_value_t = 0.75, value_name = "SHARE", value_parser = share)]
    measured: f64,
    /// Give customers bodies, drawn from the body prior, whose girths decide their sizes, and write
    /// the size charts of the brands: the table charts
    #[arg(long, conflicts_with = "catalogue")]
    bodies: bool,
    /// Sd of the error of a brand's size chart in a fit group, in steps
    #[arg(long, default_value_t = 0.4, value_name = "STEPS", value_parser = steps)]
    chart_error: f64,
    /// Factor on the weight of bodies, with the girths that belong to it; from .5 to 2
    #[arg(long, default_value_t = 1.0, value_name = "FACTOR", value_parser = half_to_double)]
    heavier: f64,
    /// Draw the history over the articles of this table instead of drawing articles: CSV with
    /// article_id, brand, group, size_system, sizes (separated by spaces or |) and, if the truth is
    /// given, offset and spread
    #[arg(long, value_name = "FILE", conflicts_with = "articles")]
    catalogue: Option<PathBuf>,
}

/// Formats of the written tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum TableFormat {
    /// Comma-separated values
    Csv,
    /// One JSON object per line
    Jsonl,
    /// Apache Parquet
    Parquet,
}

impl TableFormat {
    /// The file ending of this format, without the dot.
    fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Parquet => "parquet",
        }
    }
}

fn share(text: &str) -> Result<f64, String> {
    number(text, |x| (0.0..=1.0).contains(&x), "a share is a number from 0 to 1")
}

fn strictly_between(text: &str) -> Result<f64, String> {
    number(text, |x| x > 0.0 && x < 1.0, "a number above 0 and below 1")
}

fn probits(text: &str) -> Result<f64, String> {
    number(text, |x| (-10.0..=10.0).contains(&x), "a number from -10 to 10")
}

fn steps(text: &str) -> Result<f64, String> {
    number(text, |x| (0.0..=10.0).contains(&x), "a number from 0 to 10")
}

fn half_to_double(text: &str) -> Result<f64, String> {
    number(text, |x| (0.5..=2.0).contains(&x), "a number from .5 to 2")
}

fn at_least_one(text: &str) -> Result<f64, String> {
    number(text, |x| (1.0..=10_000.0).contains(&x), "a number from 1 to 10000")
}

/// Runs `inseam simulate`.
pub(crate) fn run(args: &SimulateArgs, progress: Progress) -> Result<(), Failure> {
    let settings = ShopSettings {
        customers: args.customers,
        articles: args.articles,
        purchases_per_customer: args.purchases_per_customer,
        seed: args.seed,
        reasons: args.reasons,
        gifts: args.gifts,
        brackets: args.brackets,
        unrelated: args.unrelated,
        tolerance: args.tolerance,
        kept_misfits: args.kept_misfits,
        families: args.families,
        personal_offset: args.personal_offset,
        personal_awareness: args.personal_awareness,
        measured: args.measured,
        bodies: args.bodies,
        chart_error: args.chart_error,
        heavier: args.heavier,
        catalogue: args.catalogue.clone(),
    };
    inseam_sim::write_shop(&settings, &args.out, args.format.ending(), progress)
}
