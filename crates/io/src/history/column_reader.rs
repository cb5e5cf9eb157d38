//! Reads and checks the values of one column of a history, batch by batch.

use super::column_use::{ColumnUse, Purpose};
use super::id_column::IdColumn;
use super::ids::{DigestOfId, IdKind, id_problem, plain_id, plain_ids};
use super::input::Input;
use super::measurement_column::MeasurementReader;
use super::rejects::Problem;
use super::report::NAMES_NO_SIZE;
use super::values::{
    ReadColumn, Values, merged, name_problem, parsed, text_problems, without, without_missing,
};
use crate::dates::DayColumn;
use crate::failure::Failure;
use crate::numbers::parse_number;
use crate::pipeline::{Pipeline, outcome_names, translated_group};
use crate::platforms::{article_beside_size, article_of_variant, size_of_variant};
use crate::table::{Batch, Coder, Source, translate};
use crate::vocabulary::{OutcomeKind, OutcomeReader, StandardColumn, is_missing, is_no_size};
use inseam::outcome::Outcome;
use inseam::size::{Label, System};
use inseam::train::Coded;
use std::borrow::Cow;

/// Reads and checks one column, batch by batch.
pub(super) struct ColumnReader<'p> {
    pipeline: &'p Pipeline,
    column: &'p ColumnUse,
    /// The index of the column among all uses of columns.
    index: usize,
    collected: Collected<'p>,
}

/// What a column has in the batches so far.
enum Collected<'p> {
    Texts {
        texts: Coder,
        /// Whether a batch has floating-point numbers.
        float: bool,
    },
    Ids(IdColumn<'p>),
    Days(DayColumn),
    Measurement(MeasurementReader),
}

impl<'p> ColumnReader<'p> {
    /// Readers of these columns of a table. `digest` makes the digests of ids.
    pub(super) fn all(
        pipeline: &'p Pipeline,
        uses: &'p [ColumnUse],
        source: &Source,
        filled: &dyn Fn(&str) -> bool,
        digest: DigestOfId<'p>,
    ) -> Vec<Self> {
        use StandardColumn as S;
        let collected = |(index, column): (usize, &ColumnUse)| match &column.purpose {
            Purpose::Measurement(_) => Collected::Measurement(MeasurementReader::default()),
            Purpose::Day(order) => Collected::Days(DayColumn::new(*order)),
            Purpose::Standard(standard @ (S::OrderId | S::LineId)) => {
                let kind = if *standard == S::OrderId { IdKind::Order } else { IdKind::Line };
                // What fills a column makes it one of texts.
                let float = source.has_floats(&column.name) && !filled(&column.name);
                Collected::Ids(IdColumn::new(kind, digest, index, float))
            }
            _ => Collected::Texts { texts: Coder::default(), float: false },
        };
        let columns = uses.iter().enumerate();
        columns
            .map(|(index, column)| {
                let collected = collected((index, column));
                Self { pipeline, column, index, collected }
            })
            .collect()
    }

    /// Adds the rows of the next batch.
    pub(super) fn push(&mut self, batch: &Batch) -> Result<(), Failure> {
        let cells = batch.cells(&self.column.name)?;
        match &mut self.collected {
            Collected::Texts { texts, float } => {
                texts.push(&cells);
                *float |= cells.is_float();
            }
            Collected::Ids(ids) => ids.push(&cells),
            Collected::Days(days) => cells.read_days(days),
            Collected::Measurement(measurement) => measurement.push(&cells),
        }
        Ok(())
    }

    /// The values and problems of all rows. Empty cells and words for missing values are no problem
    /// here.
    pub(super) fn finish(self, input: &Input) -> Result<ReadColumn, Failure> {
        let Self { pipeline, column, index, collected } = self;
        match collected {
            Collected::Measurement(measurement) => {
                measurement.finish(index, input.first_file(), &column.name)
            }
            Collected::Days(read) => days(read, index, &column.name, input),
            Collected::Ids(ids) => {
                let (digests, problems) = ids.finish();
                Ok(ReadColumn { values: Values::Ids(digests), problems })
            }
            Collected::Texts { texts, float } => {
                Ok(read_texts(pipeline, texts.finish(), float, index, column))
            }
        }
    }
}

/// Reads the texts of a column. `float` tells that it has floating-point numbers.
fn read_texts(
    pipeline: &Pipeline,
    coded: Coded,
    float: bool,
    index: usize,
    column: &ColumnUse,
) -> ReadColumn {
    use StandardColumn as S;
    let standard = match &column.purpose {
        Purpose::Standard(standard) => *standard,
        Purpose::OtherCustomerId => S::CustomerId,
        _ => return ReadColumn { values: Values::Texts(coded), problems: Vec::new() },
    };
    match standard {
        S::Outcome => outcomes(pipeline, coded, index, &column.name),
        S::Size => sizes(without(coded, is_no_size), index, column.of_variant),
        S::SizeSystem => {
            let parse = |text: &str| System::parse(text).ok_or("is not a size system".to_owned());
            let (systems, problems) = parsed(without_missing(coded), index, parse);
            ReadColumn { values: Values::Systems(systems), problems }
        }
        S::Quantity => quantities(without_missing(coded), index),
        S::CustomerId | S::ArticleId => {
            let mut coded = without_missing(coded);
            if column.of_variant && standard == S::ArticleId {
                coded = translate(coded, |name| name.map(article_of_variant));
            }
            let problems = text_problems(&coded, index, |text| {
                name_problem(text).or_else(|| id_problem(text, float))
            });
            ReadColumn { values: Values::Texts(plain_ids(coded)), problems }
        }
        S::Group => {
            let coded = without_missing(coded);
            let problems = text_problems(&coded, index, name_problem);
            let group = |group: Option<&str>| translated_group(&pipeline.history.groups, group);
            ReadColumn { values: Values::Texts(translate(coded, group)), problems }
        }
        _ => {
            let coded = without_missing(coded);
            let problems = text_problems(&coded, index, name_problem);
            ReadColumn { values: Values::Texts(coded), problems }
        }
    }
}

/// Reads sizes, also within the names of variants. If each text is such a name
/// (`of_variant`), a text without a size is a problem, and not a label of its own.
fn sizes(coded: Coded, column: usize, of_variant: bool) -> ReadColumn {
    let parse = |text: &str| {
        let size = size_of_variant(&plain_size(text), of_variant).ok_or(NAMES_NO_SIZE)?;
        Label::parse(&size).map_err(|e| format!("is not a size label: {e}"))
    };
    let title = |text: &str| (!of_variant).then(|| article_beside_size(text)).flatten();
    let with_titles = coded.values.iter().any(|text| title(text).is_some());
    let titles = with_titles.then(|| translate(coded.clone(), |text| text.and_then(title)));
    let (sizes, problems) = parsed(coded, column, parse);
    let sizes = merged(sizes);
    ReadColumn { values: Values::Sizes(sizes, titles), problems }
}

/// A size without what a spreadsheet added: `="38"`.
fn plain_size(text: &str) -> Cow<'_, str> {
    if text.starts_with("=\"") { plain_id(text) } else { Cow::Borrowed(text) }
}

/// The pieces of each row: one where the cell is empty.
fn quantities(coded: Coded, column: usize) -> ReadColumn {
    let parse = |text: &str| {
        parse_number(text).filter(|number| number.is_finite()).ok_or_else(|| {
            "is not a number of pieces; if the column is something else, set quantity = \"\" under [history.columns]".to_owned()
        })
    };
    let (numbers, problems) = parsed(coded, column, parse);
    let rows = 0..numbers.codes.len();
    let quantity = |row| numbers.value(row).copied().unwrap_or(1.0);
    let given = rows.clone().map(|row| numbers.value(row).is_some()).collect();
    let values = Values::Quantities(rows.map(quantity).collect(), given);
    ReadColumn { values, problems }
}

/// The outcomes that the pipeline or the usual vocabulary knows. An empty cell means kept, unless
/// the pipeline says otherwise. A word for a missing value is an empty cell, unless the pipeline or
/// the vocabulary knows it as an outcome.
fn outcomes(pipeline: &Pipeline, coded: Coded, column: usize, header: &str) -> ReadColumn {
    let given = &pipeline.history.outcomes;
    let words = coded.values.iter().map(String::as_str).filter(|word| !is_missing(word));
    let reader = OutcomeReader::new(header, words);
    let empty = given.get("").map_or(Outcome::Kept, |o| o.0);
    let outcome = |text: &str| {
        let known = given.get(text).map(|o| o.0).or_else(|| reader.read(text));
        known.or_else(|| is_missing(text).then_some(empty))
    };
    let known: Vec<Option<Outcome>> = coded.values.iter().map(|text| outcome(text)).collect();
    let problems = text_problems(&coded, column, |text| {
        outcome(text).is_none().then(|| {
            format!(
                "is not a known outcome: map it under [history.outcomes] to one of {}",
                outcome_names()
            )
        })
    });
    // An unknown outcome is a problem, so its row is never used.
    let value = |code: u32| match known.get(code as usize) {
        Some(known) => known.unwrap_or(Outcome::Pending),
        None => empty,
    };
    // A line that did not come back may still have been cancelled: that states nothing.
    let only_returns = reader.kind() == OutcomeKind::Returned;
    let states = coded.values.iter().zip(&known).map(|(text, outcome)| {
        !(is_missing(text) || only_returns && *outcome == Some(Outcome::Kept))
    });
    let states: Vec<bool> = states.collect();
    let stated = |code: &u32| states.get(*code as usize).copied().unwrap_or(false);
    let outcomes = coded.codes.iter().map(|&code| value(code)).collect();
    let stated = coded.codes.iter().map(stated).collect();
    ReadColumn { values: Values::Outcomes(outcomes, stated, reader.kind()), problems }
}

fn days(read: DayColumn, index: usize, column: &str, input: &Input) -> Result<ReadColumn, Failure> {
    let text = |row: u32| input.text(row, column).ok().flatten().unwrap_or_default();
    let (days, problems) =
        read.finish(text).map_err(|failure| failure.in_file(input.first_file()).column(column))?;
    let problems =
        problems.into_iter().map(|(row, what)| Problem { row, column: index, what: what.into() });
    Ok(ReadColumn { values: Values::Days(days), problems: problems.collect() })
}
