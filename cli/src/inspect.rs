//! `inseam inspect`: describes a model file, as text or as JSON.

use crate::model_file::in_file;
use crate::stdout;
use clap::Args;
use inseam::format::{self, FileType};
use inseam::model::{Brand, Group, Model, Scale, ScaleLabel, SizePrior};
use inseam_io::failure::Failure;
use inseam_io::progress::count;
use inseam_io::stores;
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::PathBuf;

/// Describe a model file
#[derive(Args, Debug)]
#[command(
    long_about = "Describe a model file: its fit groups, size scales, parameters and brands.\n\n\
    EXAMPLES\n  \
    inseam inspect out/shop.inseam\n  \
    inseam inspect out/shop.inseam --json\n\n\
    Positions and offsets are in steps: a step is the distance between neighbouring sizes of a size run."
)]
pub(crate) struct InspectArgs {
    /// The public model file
    model: PathBuf,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

/// The text lists so many brands: those with the largest offsets, either way.
const LISTED_BRANDS: usize = 12;

/// A label is called long or short from this length on; in sd of the lengths customers wish for.
const LONG: f64 = 0.75;

/// Runs `inseam inspect`.
pub(crate) fn run(args: &InspectArgs) -> Result<(), Failure> {
    let bytes = stores::read_file(&args.model)?;
    match FileType::detect(&bytes) {
        Some(FileType::Customers | FileType::Messages | FileType::Articles) => {
            return Err(Failure::new("is a private file of a model, and stays on the server")
                .in_file(&args.model)
                .remedy("inspect the .inseam file beside it"));
        }
        Some(FileType::Model) | None => {}
    }
    let model = format::read(&bytes).map_err(in_file(&args.model))?;
    let checksum = format::head_checksum(&bytes).map_err(in_file(&args.model))?;
    if args.json {
        return stdout::print_json(&as_json(&model, bytes.len(), checksum));
    }
    let mut out = String::new();
    // Writing into memory cannot fail.
    let _ = write_text(&mut out, &model, bytes.len(), checksum);
    stdout::print(&out)
}

fn write_text(out: &mut String, model: &Model, bytes: usize, checksum: u64) -> std::fmt::Result {
    let articles = model.articles.len();
    writeln!(out, "inseam model, version {}, head checksum {checksum:016x}", format::VERSION)?;
    writeln!(
        out,
        "{} bytes; {} articles ({:.1} bytes each), {} brands, {} fit groups, {} size scales\n",
        count(bytes as u64),
        count(articles as u64),
        bytes as f64 / articles.max(1) as f64,
        model.brands.len(),
        model.groups.len(),
        model.scales.len()
    )?;
    for (g, group) in model.groups.iter().enumerate() {
        write_group(out, model, g, group)?;
    }
    if !model.measurements.is_empty() {
        let names: Vec<&str> = model.measurements.iter().map(|m| m.name.as_str()).collect();
        writeln!(out, "\nMEASUREMENTS {}", names.join(", "))?;
    }
    let mut brands: Vec<&Brand> = model.brands.iter().collect();
    brands.sort_by(|a, b| b.offset.mean().abs().total_cmp(&a.offset.mean().abs()));
    writeln!(out, "\nBRANDS with the largest offsets (steps; positive means they run large)")?;
    for b in brands.iter().take(LISTED_BRANDS) {
        let (mean, sd) = (b.offset.mean(), b.offset.sd());
        writeln!(out, "  {mean:+.2} +- {sd:.2}  {}", brand_name(model, b))?;
    }
    Ok(())
}

fn write_group(out: &mut String, model: &Model, g: usize, group: &Group) -> std::fmt::Result {
    let articles = model.articles.iter().filter(|a| model.group_of(a) == g).count();
    writeln!(out, "FIT GROUP {:?}: {} articles", group.name, count(articles as u64))?;
    writeln!(
        out,
        "  customers' sizes: sd {:.2} steps, body measurements being known",
        group.size.variance.sqrt()
    )?;
    writeln!(
        out,
        "  articles' offsets: sd {:.2} steps between brands, {:.2} within a brand, {:.2} between sizes of an article",
        group.offset_variance.brand.sqrt(),
        group.offset_variance.article.sqrt(),
        group.offset_variance.size.sqrt()
    )?;
    let o = &group.outcome;
    writeln!(
        out,
        "  outcome: slope {:.2} probit units per step of misfit, {:.2} in a size the customer chose",
        o.slope, o.chosen_slope
    )?;
    writeln!(
        out,
        "  choice: scale {:.2} steps, awareness {:.2}",
        group.choice.scale, group.choice.awareness
    )?;
    for scale in model.scales.iter().filter(|s| usize::from(s.group) == g) {
        write_scale(out, scale)?;
    }
    Ok(())
}

/// Writes the labels of a scale with their positions, steps.
fn write_scale(out: &mut String, scale: &Scale) -> std::fmt::Result {
    let label = |label: &ScaleLabel| {
        let length = match label.length {
            l if l >= LONG => " (long)",
            l if l <= -LONG => " (short)",
            _ => "",
        };
        format!("{} {:+.2}{length}", label.text, label.position)
    };
    let labels: Vec<String> = scale.labels.iter().map(label).collect();
    writeln!(out, "  {}: {}", scale.system.name(), labels.join(", "))
}

fn brand_name(model: &Model, brand: &Brand) -> String {
    let parts =
        [brand.name.as_str(), &model.groups[usize::from(brand.group)].name, &brand.category];
    parts.iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join(" / ")
}

fn as_json(model: &Model, bytes: usize, checksum: u64) -> Value {
    let prior = |p: &SizePrior| json!({ "intercept": p.intercept, "variance": p.variance, "coefficients": p.coefficients });
    json!({
        "version": format::VERSION,
        "bytes": bytes,
        "head_checksum": format!("{checksum:016x}"),
        "articles": model.articles.len(),
        "measurements": model.measurements.iter().map(|m| &m.name).collect::<Vec<_>>(),
        "fussiness": prior(&model.traits[0]),
        "preference": prior(&model.traits[1]),
        "length": prior(&model.traits[2]),
        "returning": prior(&model.traits[3]),
        "groups": model.groups.iter().enumerate().map(|(g, group)| json!({
            "name": group.name,
            "articles": model.articles.iter().filter(|a| model.group_of(a) == g).count(),
            "size": prior(&group.size),
            "offset_variance": group.offset_variance.to_array(),
            "spread_variance": group.spread_variance.to_array(),
            "outcome": {
                "too_small": group.outcome.terms[0], "too_large": group.outcome.terms[1],
                "slope": group.outcome.slope, "chosen_slope": group.outcome.chosen_slope,
            },
            "choice": { "scale": group.choice.scale, "awareness": group.choice.awareness, "outcome_shift": group.choice.outcome_shift },
            "returns": {
                "intercept": group.returns.intercept, "article_variance": group.returns.article_variance,
                "unexplained": group.returns.unexplained, "bracketed": group.returns.bracketed,
            },
        })).collect::<Vec<_>>(),
        "scales": model.scales.iter().map(|s| json!({
            "group": model.groups[usize::from(s.group)].name,
            "system": s.system.name(),
            "labels": s.labels.iter().map(|l| json!({ "size": l.text, "position": l.position, "length": l.length })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "brands": model.brands.iter().map(|b| json!({
            "name": b.name, "group": model.groups[usize::from(b.group)].name, "category": b.category,
            "offset": { "mean": b.offset.mean(), "sd": b.offset.sd() },
            "spread": { "mean": b.spread.mean(), "sd": b.spread.sd() },
        })).collect::<Vec<_>>(),
    })
}
