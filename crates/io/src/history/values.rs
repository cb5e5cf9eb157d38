//! Reads and checks the values of one column of a history.

use super::column_use::{ColumnUse, Purpose};
use super::ids::{id_problem, plain_id, plain_ids};
use super::rejects::{Problem, find};
use super::report::NAMES_NO_SIZE;
use crate::dates::{DateOrder, DayColumn};
use crate::failure::Failure;
use crate::numbers::parse_number;
use crate::pipeline::{Pipeline, outcome_names, translated_group};
use crate::platforms::{article_beside_size, article_of_variant, size_of_variant};
use crate::table::{Batch, Cells, encode, translate};
use crate::vocabulary::{OutcomeKind, OutcomeReader, StandardColumn, is_missing, is_no_size};
use inseam::outcome::Outcome;
use inseam::size::{Label, System};
use inseam::train::{Coded, MeasurementColumn};
use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

/// The longest id or name, in bytes.
const MAX_NAME_BYTES: usize = 512;
/// The largest number of distinct words of a measurement. A column with more of them is neither a
/// number nor a category.
const MAX_CATEGORIES: usize = 1_000;
/// The problem of an empty cell in a required column.
const EMPTY: &str = "is empty: every row needs a value";

/// The values of a column.
pub(super) enum Values {
    Texts(Coded),
    /// The labels, and the texts before them where the cell has more than a label.
    Sizes(Coded<Label>, Option<Coded>),
    Systems(Coded<System>),
    /// The outcomes, and whether the row states its own.
    Outcomes(Vec<Outcome>, Vec<bool>),
    /// The pieces of each row.
    Quantities(Vec<f64>),
    /// Days since 1970-01-01.
    Days(Vec<i32>),
    Measurement(MeasurementColumn),
}

/// A column as read: its values, and the problems of its rows.
pub(super) struct ReadColumn {
    pub(super) values: Values,
    pub(super) problems: Vec<Problem>,
}

/// Reads and checks one column, which is the one at `index` among all uses of columns. Empty cells
/// and words for missing values are no problem here.
pub(super) fn read_column(
    pipeline: &Pipeline,
    batches: &[Batch],
    index: usize,
    column: &ColumnUse,
) -> Result<ReadColumn, Failure> {
    use StandardColumn as S;
    let standard = match &column.purpose {
        Purpose::Measurement(_) => return measurement(batches, index, column),
        Purpose::Day(order) => return days(batches, index, column, *order),
        Purpose::OtherCustomerId => S::CustomerId,
        Purpose::Standard(standard) => *standard,
        Purpose::Condition => {
            return Ok(ReadColumn {
                values: Values::Texts(encode(batches, &column.name)?),
                problems: Vec::new(),
            });
        }
    };
    let coded = encode(batches, &column.name)?;
    Ok(match standard {
        S::Outcome => outcomes(pipeline, &coded, index, &column.name),
        S::Size => sizes(&without(coded, is_no_size), index, column.of_variant),
        S::SizeSystem => {
            let parse = |text: &str| System::parse(text).ok_or("is not a size system".to_owned());
            let (systems, problems) = parsed(&without_missing(coded), index, parse);
            ReadColumn { values: Values::Systems(systems), problems }
        }
        S::Quantity => quantities(&without_missing(coded), index),
        S::CustomerId | S::ArticleId | S::OrderId | S::LineId => {
            let mut coded = without_missing(coded);
            if column.of_variant && standard == S::ArticleId {
                coded = translate(&coded, |name| name.map(article_of_variant));
            }
            let float = is_float(batches, &column.name)?;
            let problems = text_problems(&coded, index, |text| {
                name_problem(text).or_else(|| id_problem(text, float))
            });
            ReadColumn { values: Values::Texts(plain_ids(coded)), problems }
        }
        S::Group => {
            let coded = without_missing(coded);
            let problems = text_problems(&coded, index, name_problem);
            let group = |group: Option<&str>| translated_group(&pipeline.history.groups, group);
            ReadColumn { values: Values::Texts(translate(&coded, group)), problems }
        }
        _ => {
            let coded = without_missing(coded);
            let problems = text_problems(&coded, index, name_problem);
            ReadColumn { values: Values::Texts(coded), problems }
        }
    })
}

/// The column with words for missing values as empty cells.
fn without_missing(coded: Coded) -> Coded {
    without(coded, is_missing)
}

/// The column with empty cells instead of these texts.
fn without(mut coded: Coded, unwanted: fn(&str) -> bool) -> Coded {
    let missing: Vec<bool> = coded.values.iter().map(|text| unwanted(text)).collect();
    if missing.contains(&true) {
        let is_missing = |code: u32| missing.get(code as usize).is_some_and(|missing| *missing);
        coded.codes.iter_mut().filter(|code| is_missing(**code)).for_each(|c| *c = Coded::MISSING);
    }
    coded
}

fn is_float(batches: &[Batch], column: &str) -> Result<bool, Failure> {
    for batch in batches {
        if batch.cells(column)?.is_float() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The problems of the rows that have no value in a required column.
pub(super) fn empty_problems<T>(coded: &Coded<T>, column: usize) -> Vec<Problem> {
    let empty: Arc<str> = EMPTY.into();
    let rows = coded.codes.iter().enumerate();
    let rows = rows.filter(|(_, code)| **code as usize >= coded.values.len());
    rows.map(|(row, _)| Problem { row: row as u32, column, what: Arc::clone(&empty) }).collect()
}

/// Reads sizes, also within the names of variants. If each text is such a name
/// (`of_variant`), a text without a size is a problem, and not a label of its own.
fn sizes(coded: &Coded, column: usize, of_variant: bool) -> ReadColumn {
    let parse = |text: &str| {
        let size = size_of_variant(&plain_size(text), of_variant).ok_or(NAMES_NO_SIZE)?;
        Label::parse(&size).map_err(|e| format!("is not a size label: {e}"))
    };
    let (sizes, problems) = parsed(coded, column, parse);
    let sizes = merged(&sizes);
    let title = |text: &str| (!of_variant).then(|| article_beside_size(text)).flatten();
    let with_titles = coded.values.iter().any(|text| title(text).is_some());
    let titles = with_titles.then(|| translate(coded, |text| text.and_then(title)));
    ReadColumn { values: Values::Sizes(sizes, titles), problems }
}

/// A size without what a spreadsheet added: `="38"`.
fn plain_size(text: &str) -> Cow<'_, str> {
    if text.starts_with("=\"") { plain_id(text) } else { Cow::Borrowed(text) }
}

/// The pieces of each row: one where the cell is empty.
fn quantities(coded: &Coded, column: usize) -> ReadColumn {
    let parse = |text: &str| {
        parse_number(text).filter(|number| number.is_finite()).ok_or_else(|| {
            "is not a number of pieces; if the column is something else, set quantity = \"\" under [history.columns]".to_owned()
        })
    };
    let (numbers, problems) = parsed(coded, column, parse);
    let quantity = |row| numbers.value(row).copied().unwrap_or(1.0);
    let values = Values::Quantities((0..numbers.codes.len()).map(quantity).collect());
    ReadColumn { values, problems }
}

/// What is wrong with an id or a name, if anything.
fn name_problem(text: &str) -> Option<String> {
    (text.len() > MAX_NAME_BYTES).then(|| format!("is longer than {MAX_NAME_BYTES} bytes"))
}

/// Parses each distinct text of a column. A row with an unreadable text has a problem and no value.
fn parsed<T>(
    coded: &Coded,
    column: usize,
    parse: impl Fn(&str) -> Result<T, String>,
) -> (Coded<T>, Vec<Problem>) {
    let mut values = Vec::with_capacity(coded.values.len());
    let mut new_code = Vec::with_capacity(coded.values.len());
    let mut wrong = Vec::with_capacity(coded.values.len());
    for value in coded.values.iter().map(|text| parse(text)) {
        new_code.push(value.as_ref().map_or(Coded::MISSING, |_| values.len() as u32));
        wrong.push(value.as_ref().err().map(|problem| Arc::from(problem.as_str())));
        values.extend(value);
    }
    let problems = row_problems(coded, column, &wrong);
    let code = |code: &u32| new_code.get(*code as usize).copied().unwrap_or(Coded::MISSING);
    (Coded { values, codes: coded.codes.iter().map(code).collect() }, problems)
}

/// The column with equal values once: `M` and `Navy / M` have the same label.
fn merged<T: Clone + Eq + Hash>(coded: &Coded<T>) -> Coded<T> {
    let mut index: HashMap<&T, u32> = HashMap::new();
    let mut values: Vec<T> = Vec::new();
    let mut new_code = Vec::with_capacity(coded.values.len());
    for value in &coded.values {
        let code = *index.entry(value).or_insert_with(|| {
            values.push(value.clone());
            values.len() as u32 - 1
        });
        new_code.push(code);
    }
    let code = |code: &u32| new_code.get(*code as usize).copied().unwrap_or(Coded::MISSING);
    Coded { values, codes: coded.codes.iter().map(code).collect() }
}

/// The problems of a column of texts. `wrong` returns the problem of a text.
fn text_problems(
    coded: &Coded,
    column: usize,
    wrong: impl Fn(&str) -> Option<String>,
) -> Vec<Problem> {
    let wrong: Vec<_> = coded.values.iter().map(|text| wrong(text).map(Arc::from)).collect();
    row_problems(coded, column, &wrong)
}

/// The problems of the rows of a column. `wrong` has the problem of each distinct text.
fn row_problems(coded: &Coded, column: usize, wrong: &[Option<Arc<str>>]) -> Vec<Problem> {
    if wrong.iter().all(Option::is_none) {
        return Vec::new();
    }
    let what = |code: u32| wrong.get(code as usize).cloned().flatten();
    let rows = coded.codes.iter().enumerate();
    rows.filter_map(|(row, &code)| Some(Problem { row: row as u32, column, what: what(code)? }))
        .collect()
}

/// The outcomes that the pipeline or the usual vocabulary knows. An empty cell means kept, unless
/// the pipeline says otherwise. A word for a missing value is an empty cell, unless the pipeline or
/// the vocabulary knows it as an outcome.
fn outcomes(pipeline: &Pipeline, coded: &Coded, column: usize, header: &str) -> ReadColumn {
    let given = &pipeline.history.outcomes;
    let words = coded.values.iter().map(String::as_str).filter(|word| !is_missing(word));
    let reader = OutcomeReader::new(header, words);
    let empty = given.get("").map_or(Outcome::Kept, |o| o.0);
    let outcome = |text: &str| {
        let known = given.get(text).map(|o| o.0).or_else(|| reader.read(text));
        known.or_else(|| is_missing(text).then_some(empty))
    };
    let known: Vec<Option<Outcome>> = coded.values.iter().map(|text| outcome(text)).collect();
    let problems = text_problems(coded, column, |text| {
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
    ReadColumn { values: Values::Outcomes(outcomes, stated), problems }
}

fn days(
    batches: &[Batch],
    index: usize,
    column: &ColumnUse,
    order: Option<DateOrder>,
) -> Result<ReadColumn, Failure> {
    let mut days = DayColumn::new(order);
    for batch in batches {
        batch.cells(&column.name)?.read_days(&mut days);
    }
    let text = |row: u32| {
        let cell = find(batches, row).and_then(|(batch, index)| {
            Some(batch.cells(&column.name).ok()?.text(index)?.into_owned())
        });
        cell.unwrap_or_default()
    };
    let (days, problems) = days
        .finish(text)
        .map_err(|failure| failure.in_file(&batches[0].file).column(&column.name))?;
    let problems =
        problems.into_iter().map(|(row, what)| Problem { row, column: index, what: what.into() });
    Ok(ReadColumn { values: Values::Days(days), problems: problems.collect() })
}

/// Reads a measurement. It is numeric if the type of its column is, or if more than half of its
/// distinct texts are numbers; then any other text is a problem. If not, it is a category.
fn measurement(batches: &[Batch], index: usize, column: &ColumnUse) -> Result<ReadColumn, Failure> {
    let cells =
        batches.iter().map(|batch| batch.cells(&column.name)).collect::<Result<Vec<_>, _>>()?;
    if cells.iter().all(|cells| cells.is_numeric()) {
        return Ok(numbers(&cells, index));
    }
    let coded = compact(&without_missing(encode(batches, &column.name)?));
    let numeric = coded.values.iter().filter(|word| parse_number(word).is_some()).count();
    if numeric * 2 > coded.values.len() {
        return Ok(numbers(&cells, index));
    }
    if coded.values.len() > MAX_CATEGORIES {
        let problem = format!(
            "has {} different words, too many for a category of at most {MAX_CATEGORIES}",
            coded.values.len()
        );
        return Err(Failure::new(problem)
            .in_file(&batches[0].file)
            .column(&column.name)
            .remedy("leave the column out of [history.measurements]"));
    }
    let problems = text_problems(&coded, index, name_problem);
    Ok(ReadColumn { values: Values::Measurement(MeasurementColumn::Word(coded)), problems })
}

/// The column without values that no row has.
fn compact(coded: &Coded) -> Coded {
    translate(coded, |text| text.filter(|text| !is_missing(text)).map(str::to_owned))
}

/// A measurement in numbers; NaN for an empty cell and for a word for a missing value.
fn numbers(columns: &[Cells<'_>], column: usize) -> ReadColumn {
    let (mut numbers, mut problems) = (Vec::new(), Vec::new());
    for cells in columns {
        for i in 0..cells.len() {
            let missing = || cells.text(i).is_none_or(|text| is_missing(&text));
            let number = cells.number(i).or_else(|e| if missing() { Ok(None) } else { Err(e) });
            let row = numbers.len() as u32;
            numbers.push(number.ok().flatten().unwrap_or(f64::NAN));
            let problem = |what: &str| Problem { row, column, what: what.into() };
            problems.extend(number.err().map(problem));
        }
    }
    ReadColumn { values: Values::Measurement(MeasurementColumn::Number(numbers)), problems }
}
