//! Reads a table of customers and articles, and writes it again with advice and probabilities in
//! further columns.

use super::args::ScoreArgs;
use super::done::{Done, finish, inputs};
use arrow_array::builder::{Float64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field as ArrowField, Schema};
use inseam::infer::Purchase;
use inseam::recommend::Status;
use inseam::size::System;
use inseam_eval::predict::{customer_posterior, predict};
use inseam_eval::returns::ArticleReturns;
use inseam_io::failure::Failure;
use inseam_io::history::plain_id;
use inseam_io::pipeline::translated_group;
use inseam_io::platforms::{article_of_variant, size_of_variant};
use inseam_io::progress::{Progress, Stage, count};
use inseam_io::scoring::{CustomerCells, CustomerColumns, standard_columns};
use inseam_io::stores::{self, OpenedModel};
use inseam_io::table::{Batch, Cells, Source, WantedColumns, Writer};
use inseam_io::vocabulary::StandardColumn;
use rayon::prelude::*;
use serde_json::json;
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::time::Instant;

/// The columns that are added. The last four are only added where the pairs have a size.
const ADDED: [(&str, DataType); 7] = [
    ("advised_size", DataType::Utf8),
    ("advised_p_fits", DataType::Float64),
    ("status", DataType::Utf8),
    ("p_too_small", DataType::Float64),
    ("p_fits", DataType::Float64),
    ("p_too_large", DataType::Float64),
    ("p_returned", DataType::Float64),
];
/// Number of rows that one task scores.
const CHUNK: usize = 4096;
/// So many scored batches may wait to be written: the writer works while the next ones are scored.
const WAITING: usize = 2;

/// Scores a table of pairs.
pub(super) fn run(
    args: &ScoreArgs,
    pairs: &Path,
    out: &Path,
    progress: Progress,
) -> Result<(), Failure> {
    let began = Instant::now();
    let stage = progress.stage("opening", None);
    let opened = stores::open(&args.model)?;
    let customers = opened.customers.as_ref().map_or(0, |c| c.entries().len());
    stage.done(format_args!(
        "{} articles, {} customers",
        count(opened.model.articles.len() as u64),
        count(customers as u64)
    ));
    if opened.customers.is_none() {
        progress.say("no private files beside the model: every customer counts as new");
    }
    let source = Source::open(&[pairs.to_owned()])?;
    let names = ColumnNames::find(&opened, &source)?;
    let scorer = Scorer { returns: article_returns(args, &opened, &names, progress)?, opened };
    let stage = progress.stage("scoring", None);
    let tasks = Tasks { pairs, out, source: &source, names: &names, stage: &stage };
    let counts = score(&tasks, &scorer)?;
    stage.done(format_args!("{} pairs to {}", count(counts.rows), out.display()));
    if counts.unknown_articles > 0 {
        progress.say(format_args!(
            "  {} pairs have an article that the model does not know, and no advice",
            count(counts.unknown_articles)
        ));
    }
    let files: Vec<PathBuf> = source.forms().map(|(path, _)| path.to_owned()).collect();
    let done = Done {
        inputs: inputs(args, &files)?,
        settings: json!({ "threads": rayon::current_num_threads() }),
        rows: json!({ "read": counts.rows, "rejected": 0 }),
        result: json!({
            "pairs": counts.rows,
            "of_unknown_articles": counts.unknown_articles,
            "with_a_size": names.size.is_some(),
        }),
        outputs: vec![out.to_owned()],
    };
    finish(args, out, done, began, progress)
}

/// What is read and written.
struct Tasks<'t> {
    pairs: &'t Path,
    out: &'t Path,
    source: &'t Source,
    names: &'t ColumnNames,
    stage: &'t Stage,
}

/// What became of the pairs.
#[derive(Clone, Copy, Default)]
struct PairCounts {
    rows: u64,
    unknown_articles: u64,
}

/// What scores rows.
struct Scorer {
    opened: OpenedModel,
    /// How readily each article comes back.
    returns: ArticleReturns,
}

/// Reads how readily each article comes back, if the pairs have a size; only then it is needed.
fn article_returns(
    args: &ScoreArgs,
    opened: &OpenedModel,
    names: &ColumnNames,
    progress: Progress,
) -> Result<ArticleReturns, Failure> {
    if names.size.is_none() || opened.customers.is_none() {
        return Ok(ArticleReturns::default());
    }
    if !stores::has_messages(&args.model) {
        progress.say(
            "no messages file beside the model: p_returned knows nothing about single articles",
        );
        return Ok(ArticleReturns::default());
    }
    ArticleReturns::read(&args.model)
}

/// Scores batch by batch, while another thread writes what is scored.
fn score(tasks: &Tasks<'_>, scorer: &Scorer) -> Result<PairCounts, Failure> {
    std::thread::scope(|scope| {
        let (send, receive) = mpsc::sync_channel::<Option<RecordBatch>>(WAITING);
        let writer = scope.spawn(move || write_batches(tasks, receive));
        let mut counts = PairCounts::default();
        let mut failed = None;
        for batch in tasks.source.batches(WantedColumns::All) {
            let scored = batch
                .and_then(Batch::require_readable)
                .and_then(|batch| score_batch(scorer, tasks.names, &batch, &mut counts));
            match scored {
                Ok(scored) => {
                    tasks.stage.set(counts.rows);
                    if send.send(Some(scored)).is_err() {
                        break; // the writer has failed, and returns why
                    }
                }
                Err(failure) => {
                    failed = Some(failure);
                    break;
                }
            }
        }
        if failed.is_some() {
            send.send(None).ok(); // it does not matter if the writer has ended already
        }
        drop(send);
        let written = writer.join().map_err(|_| Failure::new("the writer stopped unexpectedly"))?;
        failed.map_or(written, Err).map(|()| counts)
    })
}

/// Writes the batches that it receives. After `None`, which means that reading failed, it drops the
/// writer, and with it the file.
fn write_batches(
    tasks: &Tasks<'_>,
    batches: mpsc::Receiver<Option<RecordBatch>>,
) -> Result<(), Failure> {
    let mut writer = None;
    for rows in batches {
        let Some(rows) = rows else { return Ok(()) };
        let writer = match &mut writer {
            Some(writer) => writer,
            none => none.insert(Writer::create(tasks.out, rows.schema_ref())?),
        };
        writer.write(&rows)?;
    }
    match writer {
        Some(writer) => writer.finish(),
        None => Err(Failure::new("has no rows").in_file(tasks.pairs)),
    }
}

/// The names of the columns of the pairs.
struct ColumnNames {
    customers: CustomerColumns,
    article: String,
    /// Whether the column of articles has names of variants, which have the size too.
    of_variant: bool,
    size: Option<String>,
    group: Option<String>,
    brand: Option<String>,
    system: Option<String>,
    day: Option<String>,
}

impl ColumnNames {
    /// Finds the columns by the mapping that training stored; one that is not there under its name
    /// is looked for under the usual names.
    fn find(opened: &OpenedModel, source: &Source) -> Result<Self, Failure> {
        use StandardColumn::{ArticleId, Brand, CustomerId, Group, OrderedAt, Size, SizeSystem};
        let wanted = [Size, Group, Brand, SizeSystem, OrderedAt];
        let mut columns = standard_columns(opened, source, &wanted, &[CustomerId, ArticleId])?;
        let customer = columns.remove(&CustomerId).unwrap_or_default();
        let article = columns.remove(&ArticleId).unwrap_or_default();
        let size = columns.remove(&Size);
        let names = Self {
            customers: CustomerColumns::new(opened, source, customer),
            of_variant: size.as_ref() == Some(&article),
            article,
            size,
            group: columns.remove(&Group),
            brand: columns.remove(&Brand),
            system: columns.remove(&SizeSystem),
            day: columns.remove(&OrderedAt),
        };
        names.refuse_added_columns(source)?;
        Ok(names)
    }

    /// The columns that are added must not be there already.
    fn refuse_added_columns(&self, source: &Source) -> Result<(), Failure> {
        let added = if self.size.is_some() { &ADDED[..] } else { &ADDED[..3] };
        match added.iter().find(|(name, _)| source.has(name)) {
            None => Ok(()),
            Some((taken, _)) => Err(Failure::new("is there already, and would be written twice")
                .in_file(source.first_file())
                .column(*taken)
                .remedy("remove the column from the pairs, or rename it")),
        }
    }
}

/// The cells of one batch.
struct BatchCells<'a> {
    customers: CustomerCells<'a>,
    article: Cells<'a>,
    size: Option<Cells<'a>>,
    group: Option<Cells<'a>>,
    brand: Option<Cells<'a>>,
    system: Option<Cells<'a>>,
    day: Option<Cells<'a>>,
}

impl<'a> BatchCells<'a> {
    fn new(names: &'a ColumnNames, batch: &'a Batch) -> Result<Self, Failure> {
        let optional = |name: &Option<String>| name.as_ref().map(|n| batch.cells(n)).transpose();
        Ok(Self {
            customers: names.customers.cells(batch)?,
            article: batch.cells(&names.article)?,
            size: optional(&names.size)?,
            group: optional(&names.group)?,
            brand: optional(&names.brand)?,
            system: optional(&names.system)?,
            day: optional(&names.day)?,
        })
    }
}

/// What is added to one row.
#[derive(Clone, Copy)]
struct ScoredRow<'m> {
    /// The advised size, and its probability to fit.
    advised: Option<(&'m str, f64)>,
    status: &'static str,
    /// Probabilities of too small, fits, too large in the row's size.
    probabilities: Option<[f64; 3]>,
    /// Probability that it comes back, for its size or for any other reason.
    returned: Option<f64>,
}

fn score_batch(
    scorer: &Scorer,
    names: &ColumnNames,
    batch: &Batch,
    counts: &mut PairCounts,
) -> Result<RecordBatch, Failure> {
    let cells = BatchCells::new(names, batch)?;
    let n = batch.rows.num_rows();
    let parts: Vec<Vec<ScoredRow<'_>>> = (0..n.div_ceil(CHUNK))
        .into_par_iter()
        .map(|chunk| {
            (chunk * CHUNK..n.min((chunk + 1) * CHUNK))
                .map(|row| score_row(scorer, names, &cells, batch, row))
                .collect()
        })
        .collect::<Result<_, Failure>>()?;
    counts.rows += n as u64;
    let unknown = parts.iter().flatten().filter(|row| row.advised.is_none());
    counts.unknown_articles += unknown.count() as u64;
    with_added_columns(batch, &parts, names.size.is_some())
}

fn score_row<'m>(
    scorer: &'m Scorer,
    names: &ColumnNames,
    cells: &BatchCells<'_>,
    batch: &Batch,
    row: usize,
) -> Result<ScoredRow<'m>, Failure> {
    let opened = &scorer.opened;
    let text =
        |cells: &Option<Cells<'_>>| cells.as_ref().and_then(|c| c.text(row)).map(Cow::into_owned);
    let article = cells.article.text(row).ok_or_else(|| batch.failure(row, "has no article"))?;
    let article = plain_id(&article);
    let article = if names.of_variant { article_of_variant(&article).into() } else { article };
    let customer = cells.customers.id(row);
    let brand = text(&cells.brand);
    let size = text(&cells.size).unwrap_or_default();
    let size = size_of_variant(&size, names.of_variant).unwrap_or_default();
    let group = cells.group.as_ref().and_then(|c| {
        translated_group(&opened.mapping.groups, c.text(row).map(Cow::into_owned).as_deref())
    });
    let system = text(&cells.system).and_then(|text| System::parse(&text)).unwrap_or_default();
    // A row without a date that can be read counts as of today.
    let day = cells.day.as_ref().and_then(|c| c.day(row).ok().flatten());
    let mut wrong = None;
    let posterior = customer_posterior(opened, &customer, || {
        cells.customers.measurements(batch, row).unwrap_or_else(|failure| {
            wrong = Some(failure);
            Vec::new()
        })
    });
    if let Some(failure) = wrong {
        return Err(failure);
    }
    let purchase = Purchase {
        article: Some(&article),
        size: &size,
        group: group.as_deref().filter(|group| !group.is_empty()),
        brand: brand.as_deref().filter(|brand| !brand.is_empty()),
        system,
        ..Purchase::default()
    };
    let model = opened.full_model();
    let predicted = predict(model, &posterior, &purchase, day);
    let returned = |p| scorer.returns.return_probability(model, &posterior, &article, p);
    Ok(ScoredRow {
        advised: predicted.advice.map(|a| (a.label, a.fits)),
        status: predicted.advice.map_or(Status::Unsure, |a| a.status).name(),
        returned: predicted.purchase.as_ref().map(returned),
        probabilities: predicted.purchase.map(|p| p.probabilities),
    })
}

/// The batch with the added columns.
fn with_added_columns(
    batch: &Batch,
    parts: &[Vec<ScoredRow<'_>>],
    sized: bool,
) -> Result<RecordBatch, Failure> {
    let (mut size, mut fits, mut status) =
        (StringBuilder::new(), Float64Builder::new(), StringBuilder::new());
    let mut outcomes: [Float64Builder; 4] = std::array::from_fn(|_| Float64Builder::new());
    for row in parts.iter().flatten() {
        size.append_option(row.advised.map(|(size, _)| size));
        fits.append_option(row.advised.map(|(_, fits)| fits));
        status.append_value(row.status);
        let [small, fits, large] = [0, 1, 2].map(|class| row.probabilities.map(|p| p[class]));
        for (builder, p) in outcomes.iter_mut().zip([small, fits, large, row.returned]) {
            builder.append_option(p);
        }
    }
    let mut added: Vec<ArrayRef> =
        vec![Arc::new(size.finish()), Arc::new(fits.finish()), Arc::new(status.finish())];
    if sized {
        added.extend(outcomes.map(|mut b| Arc::new(b.finish()) as ArrayRef));
    }
    let fields = ADDED
        .iter()
        .take(added.len())
        .map(|(name, data_type)| Arc::new(ArrowField::new(*name, data_type.clone(), true)));
    let schema: Vec<_> = batch.rows.schema_ref().fields().iter().cloned().chain(fields).collect();
    let columns: Vec<ArrayRef> = batch.rows.columns().iter().cloned().chain(added).collect();
    RecordBatch::try_new(Arc::new(Schema::new(schema)), columns)
        .map_err(|e| Failure::new(e.to_string()).in_file(&batch.file))
}
