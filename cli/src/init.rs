//! `inseam init`: examines a shop's files and writes a pipeline file for them.

use crate::stdout;
use clap::Args;
use inseam_io::atomic_file::AtomicFile;
use inseam_io::failure::Failure;
use inseam_io::platforms::{Draft, ExaminedTable, draft, examine};
use inseam_io::progress::{Progress, counted};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Write a pipeline file for a shop's export
#[derive(Args, Debug)]
#[command(long_about = "Examine a shop's files and write a pipeline file for them.\n\n\
    EXAMPLES\n  \
    inseam init orders_export.csv                        # writes shop.toml\n  \
    inseam init orders.csv returns.csv products.csv      # purchases, what came back, the articles\n  \
    inseam init export/ --out pipelines/shop.toml\n  \
    inseam init orders.csv --out -                       # prints the file\n\n\
    It knows the exports of Shopify, WooCommerce, Adobe Commerce, BigCommerce and Amazon, Google Merchant feeds, and\n\
    the returns of Loop, AfterShip and ReturnGO. In other files it finds the columns by their headers, in eighteen\n\
    languages, and by what they hold. The pipeline file says in comments what was found and what is unsure; lines that\n\
    a person must edit have \"# TODO:\". It holds no customer, no e-mail address and no order.\n\n\
    Next: `inseam check shop.toml` reads everything as training would and says what it understands.")]
#[command(after_long_help = "EXIT STATUS\n  \
    0  the pipeline file is written; there may be lines to edit\n  \
    1  a file cannot be read, has no purchases, or the pipeline file exists\n  \
    2  the command line is wrong")]
pub(crate) struct InitArgs {
    /// The files or folders of the export, in any order
    #[arg(required = true, value_name = "EXPORT")]
    exports: Vec<PathBuf>,
    /// Write the pipeline file here; - prints it
    #[arg(long, value_name = "FILE", default_value = "shop.toml")]
    out: PathBuf,
    /// Replace the pipeline file if it exists
    #[arg(long)]
    force: bool,
    /// Print the summary as JSON
    #[arg(long)]
    json: bool,
}

/// Runs `inseam init`.
pub(crate) fn run(args: &InitArgs, progress: Progress) -> Result<(), Failure> {
    let prints = args.out.as_os_str() == "-";
    if !prints && !args.force && args.out.exists() {
        return Err(Failure::new("exists already")
            .in_file(&args.out)
            .remedy("replace it with --force, or write to another file with --out"));
    }
    let stage = progress.stage("examining", None);
    let tables = examine(&args.exports)?;
    let rows: u64 = tables.iter().map(|table| table.profile.rows).sum();
    let files = counted(args.exports.len() as u64, "file");
    stage.done(format_args!("{} of {files}", counted(rows, "row")));
    let folder = args.out.parent().filter(|_| !prints).unwrap_or(Path::new(""));
    let model =
        args.out.file_stem().filter(|_| !prints).map_or("shop".into(), |s| s.to_string_lossy());
    let draft = draft(&tables, |path| named_in(folder, path), &format!("{model}.inseam"))
        .ok_or_else(|| no_purchases(&tables))?;
    if prints {
        return stdout::print(&draft.text);
    }
    AtomicFile::write(&args.out, draft.text.as_bytes())?;
    if args.json {
        return stdout::print_json(&as_json(&tables, &draft, &args.out));
    }
    stdout::print(&summary(&tables, &draft, &args.out))
}

fn no_purchases(tables: &[ExaminedTable]) -> Failure {
    let found: Vec<&str> = tables.iter().map(ExaminedTable::description).collect();
    Failure::new("no file has purchases, with a customer and an order or an article")
        .also(&format!("found: {}", found.join(", ")))
        .remedy("give the export of the orders too")
}

/// A path as the pipeline file names it: relative to its folder if the file lies in it, else
/// absolute.
fn named_in(folder: &Path, path: &Path) -> String {
    let absolute = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let path = absolute(path);
    let named = path.strip_prefix(absolute(folder)).unwrap_or(&path);
    // A dollar sign begins a variable in a pipeline file.
    named.to_string_lossy().replace('$', "$$")
}

/// What was found, and what to do next.
fn summary(tables: &[ExaminedTable], draft: &Draft, out: &Path) -> String {
    let mut text = String::new();
    for table in tables {
        let files: Vec<String> =
            table.paths.iter().map(|path| path.display().to_string()).collect();
        let rows = counted(table.profile.rows, "row");
        text.push_str(&format!("{}: {}, {rows}\n", files.join(", "), table.description()));
        for (column, name) in &table.columns.found {
            text.push_str(&format!("  {:<12} {name}\n", column.name()));
        }
    }
    text.push_str(&format!("\nwrote {}\n", out.display()));
    match draft.open.len() {
        0 => text.push_str("nothing in it must be edited\n"),
        n => {
            text.push_str(&format!(
                "{n} line{} marked # TODO:\n",
                if n == 1 { " is" } else { "s are" }
            ));
            draft.open.iter().for_each(|question| text.push_str(&format!("  {question}\n")));
        }
    }
    text.push_str(&format!("next: inseam check {}\n", out.display()));
    text
}

fn as_json(tables: &[ExaminedTable], draft: &Draft, out: &Path) -> serde_json::Value {
    let tables = tables.iter().map(|table| {
        let columns = table.columns.found.iter();
        let columns: serde_json::Map<String, serde_json::Value> =
            columns.map(|(column, name)| (column.name().to_owned(), json!(name))).collect();
        json!({
            "files": table.paths,
            "what": table.description(),
            "rows_examined": table.profile.rows,
            "columns": columns,
        })
    });
    json!({
        "pipeline": out,
        "tables": tables.collect::<Vec<_>>(),
        "to_edit": draft.open,
        "next": format!("inseam check {}", out.display()),
    })
}
