//! `inseam evaluate`: how good the model is on purchases it has not seen, beside what it has to beat.

mod baseline;
mod metrics;
mod report;

use crate::args::EvaluateArgs;
use crate::failure::Failure;
use crate::history::load_test;
use crate::keeping::{self, Kept, Opened};
use crate::pipeline::Pipeline;
use crate::predict::{self, Pair};
use crate::progress::{Progress, count};
use crate::{output, train};
use baseline::{Baselines, canonical, class};
use inseam::model::MeasurementValue;
use inseam::outcome::Outcome;
use inseam::size::System;
use inseam::train::{Columns, MeasurementColumn};
use rayon::prelude::*;
use report::Report;

/// One measured row.
pub(crate) struct Measured {
    /// The class that happened; `None` where the outcome says none.
    class: Option<usize>,
    kept: bool,
    chances: Option<[f64; 3]>,
    /// Whether the advised size, the next best, the customer's and the article's modal size are the one bought.
    advised: bool,
    next: bool,
    customer_mode: bool,
    article_mode: bool,
    history: u32,
    support: u32,
}

/// Runs `inseam evaluate`.
pub(crate) fn run(args: &EvaluateArgs, progress: Progress) -> Result<(), Failure> {
    let pipeline = Pipeline::read(&args.pipeline)?;
    // What to measure on comes first: a mistake there must not cost a training.
    let test = load_test(&pipeline, args.test.as_deref())?;
    let history = train::load(&pipeline, &[], None, progress)?;
    let path = pipeline.model_path()?;
    if args.train {
        let trained = train::train(&pipeline, &history, progress)?;
        let kept = Kept { mapping: history.mapping.clone(), groups: pipeline.history.groups.clone() };
        keeping::write(&path, &trained, &history.columns.customer, &kept)?;
    }
    let opened = keeping::open(&path).map_err(|e| e.also("train first, or give --train"))?;
    let baselines = Baselines::of(&history.columns);
    let stage = progress.stage("measuring", None);
    let rows = measure(&opened, &baselines, &test.columns);
    stage.done(format_args!("{} purchases", count(rows.len() as u64)));
    let report = Report::of(&rows, &baselines);
    output::print(&if args.json { report.json()? } else { report.text() })
}

fn measure(opened: &Opened, baselines: &Baselines<'_>, columns: &Columns) -> Vec<Measured> {
    let sizes = canonical(&columns.size);
    let systems: Vec<System> = columns
        .system
        .iter()
        .flat_map(|c| c.values.iter().map(|text| System::parse(text).unwrap_or_default()))
        .collect();
    (0..columns.outcome.len())
        .into_par_iter()
        .filter(|&row| columns.outcome[row] != Outcome::Pending)
        .map(|row| {
            let text = |c: &'_ Option<inseam::train::Coded>| c.as_ref().map_or("", |c| c.text(row)).to_owned();
            let (group, brand) = (text(&columns.group), text(&columns.brand));
            let system = columns.system.as_ref().and_then(|c| systems.get(c.codes[row] as usize)).copied();
            let (customer, article) = (columns.customer.text(row), columns.article.text(row));
            let size = sizes[columns.size.codes[row] as usize].as_str();
            let posterior = predict::posterior(opened, customer, || measurements(columns, row));
            let pair = Pair { article, size, group: &group, brand: &brand, system: system.unwrap_or_default() };
            let said = predict::predict(&opened.model, &posterior, pair);
            Measured {
                class: class(columns.outcome[row]),
                kept: columns.outcome[row] == Outcome::Kept,
                chances: said.purchase,
                advised: said.advice.is_some_and(|a| a.label == size),
                next: said.advice.is_some_and(|a| a.next == Some(size)),
                customer_mode: baselines.customer_mode(customer, article) == Some(size),
                article_mode: baselines.article_mode(article) == Some(size),
                history: baselines.history(customer),
                support: baselines.support(article),
            }
        })
        .collect()
}

fn measurements(columns: &Columns, row: usize) -> Vec<(&str, MeasurementValue)> {
    columns
        .measurements
        .iter()
        .map(|(name, column)| {
            let value = match column {
                MeasurementColumn::Number(v) if v[row].is_finite() => MeasurementValue::Number(v[row]),
                MeasurementColumn::Word(w) if !w.text(row).is_empty() => MeasurementValue::Word(w.text(row).to_owned()),
                _ => MeasurementValue::Missing,
            };
            (name.as_str(), value)
        })
        .collect()
}
