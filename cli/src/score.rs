//! `inseam score`: a table of customer-article pairs in, the same table with advice and chances
//! out.

use crate::args::ScoreArgs;
use arrow_array::builder::{Float64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field as ArrowField, Schema};
use inseam::model::{MeasurementKind, MeasurementValue};
use inseam::recommend::Status;
use inseam::size::System;
use inseam_eval::predict::{Pair, posterior, predict};
use inseam_io::failure::Failure;
use inseam_io::pipeline::{find_columns, translated_group};
use inseam_io::progress::{Progress, count};
use inseam_io::stores::{self, OpenedModel};
use inseam_io::table::{Batch, Cells, Source, WantedColumns, Writer, missing_column};
use inseam_io::vocabulary::StandardColumn;
use rayon::prelude::*;
use std::borrow::Cow;
use std::sync::{Arc, mpsc};

/// Columns that every answer adds; those behind the first three only where the pairs have a size.
const ADDED: [(&str, DataType); 6] = [
    ("advised_size", DataType::Utf8),
    ("advised_p_fits", DataType::Float64),
    ("status", DataType::Utf8),
    ("p_too_small", DataType::Float64),
    ("p_fits", DataType::Float64),
    ("p_too_large", DataType::Float64),
];
/// Rows a task.
const CHUNK: usize = 4096;
/// Scored batches waiting to be written: the writer works while the next ones are scored.
const WAITING: usize = 2;

/// Runs `inseam score`.
pub(crate) fn run(args: &ScoreArgs, progress: Progress) -> Result<(), Failure> {
    let stage = progress.stage("opening", None);
    let opened = stores::open(&args.model)?;
    let customers = opened.customers.as_ref().map_or(0, |c| c.entries().len());
    stage.done(format_args!(
        "{} articles, {} customers",
        count(opened.model.articles.len() as u64),
        count(customers as u64)
    ));
    if opened.customers.is_none() {
        progress.say("no private file beside the model: every customer counts as new");
    }
    let source = Source::open(std::slice::from_ref(&args.pairs))?;
    let names = Names::find(&opened, &source)?;
    let stage = progress.stage("scoring", None);
    let rows = score(args, &opened, &source, &names, &stage)?;
    stage.done(format_args!("{} pairs to {}", count(rows), args.out.display()));
    Ok(())
}

fn score(
    args: &ScoreArgs,
    opened: &OpenedModel,
    source: &Source,
    names: &Names,
    stage: &inseam_io::progress::Stage,
) -> Result<u64, Failure> {
    std::thread::scope(|scope| {
        let (send, receive) = mpsc::sync_channel::<Option<RecordBatch>>(WAITING);
        let writer = scope.spawn(move || -> Result<(), Failure> {
            let mut writer = None;
            for rows in receive {
                // `None`: reading failed. The writer is dropped, and with it what it has written.
                let Some(rows) = rows else { return Ok(()) };
                let writer = match &mut writer {
                    Some(writer) => writer,
                    none => none.insert(Writer::create(&args.out, rows.schema_ref())?),
                };
                writer.write(&rows)?;
            }
            match writer {
                Some(writer) => writer.finish(),
                None => Err(Failure::new("has no rows").in_file(&args.pairs)),
            }
        });
        let mut rows = 0;
        let mut failed = None;
        for batch in source.batches(WantedColumns::All) {
            let scored = batch
                .and_then(Batch::require_readable)
                .and_then(|batch| score_batch(opened, names, &batch));
            match scored {
                Ok(scored) => {
                    rows += scored.num_rows() as u64;
                    stage.set(rows);
                    if send.send(Some(scored)).is_err() {
                        break; // the writer has failed, and says why
                    }
                }
                Err(failure) => {
                    failed = Some(failure);
                    break;
                }
            }
        }
        if failed.is_some() {
            send.send(None).ok(); // a writer that is gone needs no telling
        }
        drop(send);
        let written =
            writer.join().map_err(|_| Failure::new("the writer stopped without a word"))?;
        failed.map_or(written, Err).map(|()| rows)
    })
}

/// What the pairs' columns are called.
struct Names {
    customer: String,
    article: String,
    size: Option<String>,
    group: Option<String>,
    brand: Option<String>,
    system: Option<String>,
    day: Option<String>,
    /// The model's name of a measurement, and the column.
    measurements: Vec<(String, String)>,
}

impl Names {
    /// By the mapping kept from training; a column that is not there under its name is looked for
    /// under the usual ones.
    fn find(opened: &OpenedModel, source: &Source) -> Result<Self, Failure> {
        let fields = [
            StandardColumn::CustomerId,
            StandardColumn::ArticleId,
            StandardColumn::Size,
            StandardColumn::Group,
            StandardColumn::Brand,
            StandardColumn::SizeSystem,
            StandardColumn::OrderedAt,
        ];
        let mapping = &opened.mapping.columns;
        let trained = !mapping.columns.is_empty();
        let given: Vec<(StandardColumn, Option<&str>)> = fields
            .iter()
            // What training had no column for has none here either.
            .map(|&f| {
                (
                    f,
                    mapping
                        .get(f)
                        .or(trained.then_some(""))
                        .filter(|c| c.is_empty() || source.has(c)),
                )
            })
            .collect();
        let mut columns = find_columns(&given, source)?;
        let mut need = |field: StandardColumn| {
            let wanted = mapping.get(field).unwrap_or(field.name());
            columns
                .remove(&field)
                .ok_or_else(|| missing_column(source.first_file(), wanted, source.columns()))
        };
        let (customer, article) =
            (need(StandardColumn::CustomerId)?, need(StandardColumn::ArticleId)?);
        let mut take = |field: StandardColumn| columns.remove(&field);
        let (size, group, brand, system, day) = (
            take(StandardColumn::Size),
            take(StandardColumn::Group),
            take(StandardColumn::Brand),
            take(StandardColumn::SizeSystem),
            take(StandardColumn::OrderedAt),
        );
        let added = if size.is_some() { &ADDED[..] } else { &ADDED[..3] };
        if let Some((taken, _)) = added.iter().find(|(name, _)| source.has(name)) {
            return Err(Failure::new("is there already, and would be written twice")
                .in_file(source.first_file())
                .column(*taken)
                .remedy("take the column out of the pairs, or rename it"));
        }
        let measurements = opened
            .model
            .measurements
            .iter()
            .map(|m| (m.name.clone(), mapping.measurements.get(&m.name).unwrap_or(&m.name).clone()))
            .filter(|(_, column)| source.has(column))
            .collect();
        Ok(Self { customer, article, size, group, brand, system, day, measurements })
    }
}

/// The cells of one batch.
struct Rows<'a> {
    customer: Cells<'a>,
    article: Cells<'a>,
    size: Option<Cells<'a>>,
    group: Option<Cells<'a>>,
    brand: Option<Cells<'a>>,
    system: Option<Cells<'a>>,
    day: Option<Cells<'a>>,
    measurements: Vec<(&'a str, bool, Cells<'a>)>,
}

/// What is written for one row.
#[derive(Clone, Copy)]
struct Scored<'m> {
    size: Option<(&'m str, f64)>,
    status: &'static str,
    purchase: Option<[f64; 3]>,
}

fn score_batch(opened: &OpenedModel, names: &Names, batch: &Batch) -> Result<RecordBatch, Failure> {
    let optional = |name: &Option<String>| name.as_ref().map(|n| batch.cells(n)).transpose();
    let rows = Rows {
        customer: batch.cells(&names.customer)?,
        article: batch.cells(&names.article)?,
        size: optional(&names.size)?,
        group: optional(&names.group)?,
        brand: optional(&names.brand)?,
        system: optional(&names.system)?,
        day: optional(&names.day)?,
        measurements: names
            .measurements
            .iter()
            .map(|(ours, column)| {
                let numeric =
                    opened.model.measurements.iter().any(|m| {
                        m.name == *ours && matches!(m.kind, MeasurementKind::Numeric { .. })
                    });
                Ok((ours.as_str(), numeric, batch.cells(column)?))
            })
            .collect::<Result<_, Failure>>()?,
    };
    let n = batch.rows.num_rows();
    let parts: Vec<Vec<Scored<'_>>> = (0..n.div_ceil(CHUNK))
        .into_par_iter()
        .map(|chunk| {
            (chunk * CHUNK..n.min((chunk + 1) * CHUNK))
                .map(|i| score_row(opened, &rows, batch, i))
                .collect()
        })
        .collect::<Result<_, Failure>>()?;
    answer(batch, &parts, names.size.is_some())
}

fn score_row<'m, 'r>(
    opened: &'m OpenedModel,
    rows: &Rows<'r>,
    batch: &Batch,
    i: usize,
) -> Result<Scored<'m>, Failure> {
    let text = |cells: &Cells<'_>| cells.text(i).map(Cow::into_owned);
    let article = rows.article.text(i).ok_or_else(|| batch.failure(i, "has no article"))?;
    let customer = rows.customer.text(i).unwrap_or_default(); // nobody: a visitor without an account
    let size = rows.size.as_ref().and_then(|c| c.text(i)).unwrap_or_default();
    let group = rows
        .group
        .as_ref()
        .map(|c| translated_group(&opened.mapping.groups, text(c).as_deref()).unwrap_or_default());
    let brand = rows.brand.as_ref().and_then(text).unwrap_or_default();
    let system =
        rows.system.as_ref().and_then(text).and_then(|s| System::parse(&s)).unwrap_or_default();
    // Without a date, or with one that cannot be read, the row is of today.
    let day = rows.day.as_ref().and_then(|c| c.day(i).ok().flatten());
    let mut wrong = None;
    let belief = posterior(opened, &customer, || {
        let value = |(name, numeric, cells): &(&'r str, bool, Cells<'r>)| {
            let value = if *numeric {
                cells
                    .number(i)
                    .map(|x| x.map_or(MeasurementValue::Missing, MeasurementValue::Number))
            } else {
                Ok(cells
                    .text(i)
                    .map_or(MeasurementValue::Missing, |t| MeasurementValue::Word(t.into_owned())))
            };
            (
                *name,
                value.unwrap_or_else(|why| {
                    wrong = Some((cells.text(i).unwrap_or_default().into_owned(), why));
                    MeasurementValue::Missing
                }),
            )
        };
        rows.measurements.iter().map(value).collect()
    });
    if let Some((value, why)) = wrong {
        return Err(batch.failure(i, why).value(&value));
    }
    let group = group.unwrap_or_default();
    let pair = Pair { article: &article, size: &size, group: &group, brand: &brand, system, day };
    let said = predict(opened.full_model(), &belief, pair);
    let best = said.advice.map(|a| (a.label, a.fits));
    let status = said.advice.map_or(Status::Unsure, |a| a.status).name();
    Ok(Scored { size: best, status, purchase: said.purchase.map(|bought| bought.chances) })
}

/// The batch with the answers as further columns.
fn answer(batch: &Batch, parts: &[Vec<Scored<'_>>], sized: bool) -> Result<RecordBatch, Failure> {
    let (mut size, mut fits, mut status) =
        (StringBuilder::new(), Float64Builder::new(), StringBuilder::new());
    let mut purchase = [Float64Builder::new(), Float64Builder::new(), Float64Builder::new()];
    for row in parts.iter().flatten() {
        size.append_option(row.size.map(|s| s.0));
        fits.append_option(row.size.map(|s| s.1));
        status.append_value(row.status);
        for (k, builder) in purchase.iter_mut().enumerate() {
            builder.append_option(row.purchase.map(|p| p[k]));
        }
    }
    let mut added: Vec<ArrayRef> =
        vec![Arc::new(size.finish()), Arc::new(fits.finish()), Arc::new(status.finish())];
    if sized {
        added.extend(purchase.map(|mut b| Arc::new(b.finish()) as ArrayRef));
    }
    let fields = ADDED
        .iter()
        .take(added.len())
        .map(|(name, kind)| Arc::new(ArrowField::new(*name, kind.clone(), true)));
    let schema: Vec<_> = batch.rows.schema_ref().fields().iter().cloned().chain(fields).collect();
    let columns: Vec<ArrayRef> = batch.rows.columns().iter().cloned().chain(added).collect();
    RecordBatch::try_new(Arc::new(Schema::new(schema)), columns)
        .map_err(|e| Failure::new(e.to_string()).in_file(&batch.file))
}
