//! `inseam inspect`: describes a model file, as text or as JSON.

use crate::model_file::in_file;
use crate::stdout;
use clap::Args;
use inseam::format::{self, FileType};
use inseam::model::{
    AdviceRule, Brand, Group, Measurement, Model, Scale, ScaleLabel, SizePrior, TRAITS, Trend,
};
use inseam::size::is_understood;
use inseam_io::failure::Failure;
use inseam_io::progress::count;
use inseam_io::stores;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::PathBuf;

/// Describe a model file
#[derive(Args, Debug)]
#[command(
    long_about = "Describe a model file: its fit groups, size scales, parameters and brands.\n\n\
    EXAMPLES\n  \
    inseam inspect out/shop.inseam\n  \
    inseam inspect out/shop.inseam --json\n\n\
    Positions and offsets are in steps: a step is one women's dress size (EU 38 to 40), for footwear one European\n\
    shoe size, for children 6 cm of height.\n\n\
    With --json: the same and all other parameters, as one object; docs/json.md lists its fields."
)]
pub(crate) struct InspectArgs {
    /// The public model file
    model: PathBuf,
    /// Print as JSON, with every parameter
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
        return stdout::print_json(&Description::new(&model, bytes.len(), checksum));
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
    let labels = model.scales.iter().flat_map(|scale| &scale.labels);
    let unread: BTreeSet<&str> =
        labels.map(|label| label.text.as_str()).filter(|text| !is_understood(text)).collect();
    if !unread.is_empty() {
        let unread: Vec<&str> = unread.into_iter().collect();
        writeln!(out, "\nSIZES NOT UNDERSTOOD {}", unread.join(", "))?;
        writeln!(out, "  their positions come from who buys them")?;
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
    let articles = articles_in(model, g) as u64;
    writeln!(out, "FIT GROUP {:?}: {} articles", group.name, count(articles))?;
    writeln!(
        out,
        "  customers' sizes: sd {:.2} steps, body measurements being known",
        group.size.variance.sqrt()
    )?;
    writeln!(
        out,
        "  articles' offsets: sd {:.2} steps between brands, {:.2} within a brand",
        group.offset_variance.brand.sqrt(),
        group.offset_variance.article.sqrt()
    )?;
    let o = &group.outcome;
    writeln!(
        out,
        "  outcome: slope {:.2} probit units per step of misfit, {:.2} in a size the customer chose",
        o.slope, o.chosen_slope
    )?;
    writeln!(
        out,
        "  choice: scale {:.2} steps, awareness {:.2}, {:.1} % of the purchases for somebody else",
        group.choice.scale,
        group.choice.awareness,
        100.0 * group.choice.others.share
    )?;
    writeln!(out, "  {}", advice_text(group.advice))?;
    for scale in model.scales.iter().filter(|s| usize::from(s.group) == g) {
        write_scale(out, scale)?;
    }
    Ok(())
}

/// How advice ranks the sizes of a fit group.
fn advice_text(AdviceRule { weight, reach }: AdviceRule) -> String {
    let rank = match weight {
        0.0 => "the size that customers like this one take".to_owned(),
        64.0.. => "the size most likely to fit".to_owned(),
        _ => format!("the size with the highest P(chosen) P(fits)^{weight}"),
    };
    let reach = match reach {
        0 => "the history supports the probability of this size only".to_owned(),
        1 => "the history supports probabilities up to one size from it".to_owned(),
        n => format!("the history supports probabilities up to {n} sizes from it"),
    };
    format!("advice: {rank}; {reach}")
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

/// The description as JSON (`docs/json.md`). Parts of the model have the field names of the core.
#[derive(Serialize)]
struct Description<'m> {
    version: u16,
    /// Length of the file.
    bytes: usize,
    /// As 16 hexadecimal digits: JavaScript's numbers are too short for it.
    head_checksum: String,
    /// Number of articles.
    articles: usize,
    groups: Vec<DescribedGroup<'m>>,
    /// Row by row.
    covariance: Vec<Vec<f64>>,
    traits: BTreeMap<&'static str, &'m SizePrior>,
    trend: &'m Trend,
    measurements: &'m [Measurement],
    scales: &'m [Scale],
    brands: &'m [Brand],
}

/// A fit group, with its number of articles.
#[derive(Serialize)]
struct DescribedGroup<'m> {
    articles: usize,
    #[serde(flatten)]
    group: &'m Group,
}

/// Names of the traits, in the order of [`Model::traits`].
const TRAIT_NAMES: [&str; TRAITS] = ["fussiness", "preference", "length", "returning"];

impl<'m> Description<'m> {
    fn new(model: &'m Model, bytes: usize, checksum: u64) -> Self {
        let described = |(g, group)| DescribedGroup { articles: articles_in(model, g), group };
        Self {
            version: format::VERSION,
            bytes,
            head_checksum: format!("{checksum:016x}"),
            articles: model.articles.len(),
            groups: model.groups.iter().enumerate().map(described).collect(),
            covariance: model
                .covariance
                .row_iter()
                .map(|row| row.iter().copied().collect())
                .collect(),
            traits: TRAIT_NAMES.into_iter().zip(&model.traits).collect(),
            trend: &model.trend,
            measurements: &model.measurements,
            scales: &model.scales,
            brands: &model.brands,
        }
    }
}

/// Number of a fit group's articles.
fn articles_in(model: &Model, group: usize) -> usize {
    model.articles.iter().filter(|a| model.group_of(a) == group).count()
}
