//! Every customer of one list with every article of another.

use super::args::ScoreArgs;
use super::done::{Done, finish, inputs};
use inseam_io::failure::Failure;
use inseam_io::manifest::ManifestFile;
use inseam_io::progress::{Progress, count, counted};
use inseam_io::scoring::{ArticleList, CustomerList, Grid, Output, ScorePlan, Scored, score};
use inseam_io::stores::{self, OpenedModel};
use inseam_io::table::Source;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::Instant;

/// More rows than this are only written if that is asked for: about 100 GB.
const MAX_ROWS: u64 = 10_000_000_000;

/// The lists, and the files that they come from.
struct Lists {
    customers: CustomerList,
    articles: ArticleList,
    files: Vec<PathBuf>,
}

/// Scores lists of customers and articles.
pub(super) fn run(args: &ScoreArgs, progress: Progress) -> Result<(), Failure> {
    let began = Instant::now();
    let stage = progress.stage("opening", None);
    let opened = stores::open(&args.model)?;
    let lists = read_lists(args, &opened)?;
    let new = lists.customers.new_customers();
    stage.done(format_args!(
        "{}, {new} of them without a history, and {}",
        counted(lists.customers.len() as u64, "customer"),
        counted(lists.articles.len() as u64, "article"),
        new = count(new as u64),
    ));
    report(&lists, progress);
    if opened.customers.is_none() {
        progress.say("no private files beside the model: every customer counts as new");
    }
    let top = args.top.map(|top| top as usize);
    let grid = Grid::new(&opened, &lists.customers, &lists.articles, top)?;
    let nowhere = PathBuf::from("scored");
    let out = args.out.as_ref().unwrap_or(&nowhere);
    let output = Output::new(out, &args.format, args.rows_per_part)?;
    if args.plan {
        return print_plan(args, &ScorePlan::new(&grid, &output)?);
    }
    let rows = grid.customers() as u64 * grid.rows_of_customer() as u64;
    if rows > MAX_ROWS && !args.no_limit {
        return Err(Failure::new(format!("{} rows are a lot to write", count(rows)))
            .remedy("see --plan for what it will take; write only the best articles with --top N, or all with --no-limit")
            .into_usage());
    }
    let settings = settings(args, &output);
    let inputs = inputs(args, &lists.files)?;
    let run = describe_run(&inputs, &settings);
    let stage = progress.stage("scoring", Some(grid.pairs()));
    let scoring = Instant::now();
    let scored = score(&grid, &output, &run, args.resume, &stage)?;
    let seconds = scoring.elapsed().as_secs_f64();
    stage.done(said(&scored, &output, seconds));
    let rows = json!({
        "customers": lists.customers.counts.to_json(),
        "articles": lists.articles.counts.to_json(),
    });
    let result = json!({
        "customers": grid.customers(),
        "new_customers": new,
        "articles": grid.articles(),
        "sold_out_articles": lists.articles.sold_out(),
        "pairs": scored.pairs,
        "rows": scored.rows,
        "seconds": seconds,
        "pairs_per_second": scored.pairs as f64 / seconds,
        "parts_of_an_earlier_run": scored.parts_before,
    });
    let done = Done { inputs, settings, rows, result, outputs: scored.files };
    finish(args, output.path(), done, began, progress)
}

/// Reads the lists, or takes all customers or articles of the model.
fn read_lists(args: &ScoreArgs, opened: &OpenedModel) -> Result<Lists, Failure> {
    let mut files = Vec::new();
    let mut open = |path: &PathBuf| -> Result<Source, Failure> {
        let source = Source::open(std::slice::from_ref(path))?;
        files.extend(source.forms().map(|(path, _)| path.to_owned()));
        Ok(source)
    };
    let articles = match &args.what.articles {
        Some(path) => ArticleList::read(opened, &open(path)?)?,
        None => ArticleList::all(opened),
    };
    let customers = match &args.customers {
        Some(path) => CustomerList::read(opened, &open(path)?)?,
        None => CustomerList::all(opened, &args.model)?,
    };
    Ok(Lists { customers, articles, files })
}

/// Says what became of the rows of the lists.
fn report(lists: &Lists, progress: Progress) {
    for (name, counts) in
        [("customers", &lists.customers.counts), ("articles", &lists.articles.counts)]
    {
        if counts.repeated > 0 {
            progress.say(format_args!("  {name}: {} rows repeat an id", count(counts.repeated)));
        }
        let text = counts.to_string();
        if !text.is_empty() {
            progress.say(format_args!("{name}\n{text}"));
        }
    }
    match lists.articles.sold_out() {
        0 => {}
        sold_out => progress.say(format_args!(
            "  articles: {} have no size in stock, so no size is advised in them",
            count(sold_out as u64)
        )),
    }
}

fn print_plan(args: &ScoreArgs, plan: &ScorePlan) -> Result<(), Failure> {
    if !args.json {
        return crate::stdout::print(&format!("{plan}\n"));
    }
    let value = json!({
        "customers": plan.customers,
        "articles": plan.articles,
        "pairs": plan.pairs,
        "rows": plan.rows,
        "files": plan.files,
        "bytes": plan.bytes,
        "memory_bytes": plan.memory,
        "seconds": plan.time.as_secs_f64(),
        "measured_pairs": plan.measured,
    });
    crate::stdout::print(&format!("{value:#}\n"))
}

/// What was written, as the end of a line.
fn said(scored: &Scored, output: &Output, seconds: f64) -> String {
    let parts = match (output, scored.parts_before) {
        (Output::Folder { .. }, 0) => format!(" in {} parts", count(scored.files.len() as u64)),
        (Output::Folder { .. }, before) => format!(
            " in {} parts; {} were there already",
            count((scored.files.len() - before) as u64),
            count(before as u64)
        ),
        _ => String::new(),
    };
    format!(
        "{} pairs, {} rows to {}{parts}, {} pairs a second",
        count(scored.pairs),
        count(scored.rows),
        output.path().display(),
        count((scored.pairs as f64 / seconds) as u64)
    )
}

/// The settings for the manifest.
fn settings(args: &ScoreArgs, output: &Output) -> Value {
    // One file has no parts.
    let of_parts = matches!(output, Output::Folder { .. });
    json!({
        "all_articles": args.what.all_articles,
        "all_customers": args.customers.is_none(),
        "top": args.top,
        "format_of_parts": of_parts.then_some(&args.format),
        "rows_per_part": of_parts.then_some(args.rows_per_part),
        "threads": rayon::current_num_threads(),
    })
}

/// Describes the run by everything that the bytes of its parts depend on.
fn describe_run(inputs: &[ManifestFile], settings: &Value) -> Value {
    let digests: Vec<&str> = inputs.iter().map(|file| file.sha256.as_str()).collect();
    let mut settings = settings.clone();
    if let Some(settings) = settings.as_object_mut() {
        settings.remove("threads");
    }
    json!({ "version": env!("CARGO_PKG_VERSION"), "inputs": digests, "settings": settings })
}
