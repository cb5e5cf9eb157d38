//! Reads and checks the values of one column of a history.

use super::column_use::{ColumnUse, Purpose};
use super::rejects::Problem;
use crate::failure::Failure;
use crate::pipeline::{Pipeline, outcome_names, translated_group};
use crate::table::{Batch, Cells, encode, translate};
use crate::vocabulary::{OutcomeReader, StandardColumn};
use inseam::outcome::Outcome;
use inseam::size::{Label, System};
use inseam::train::{Coded, MeasurementColumn};
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
    Sizes(Coded<Label>),
    Systems(Coded<System>),
    Outcomes(Vec<Outcome>),
    /// Days since 1970-01-01.
    Days(Vec<i32>),
    Measurement(MeasurementColumn),
}

/// A column as read: its values, and the problems of its rows.
pub(super) struct ReadColumn {
    pub(super) values: Values,
    pub(super) problems: Vec<Problem>,
}

/// Reads and checks one column, which is the one at `index` among all uses of columns.
pub(super) fn read_column(
    pipeline: &Pipeline,
    batches: &[Batch],
    index: usize,
    column: &ColumnUse,
) -> Result<ReadColumn, Failure> {
    use StandardColumn as S;
    let standard = match &column.purpose {
        Purpose::Measurement(_) => return measurement(batches, index, column),
        Purpose::Standard(S::OrderedAt) => return days(batches, index, column),
        Purpose::Standard(standard) => Some(standard),
        Purpose::Condition => None,
    };
    let coded = encode(batches, &column.name)?;
    let problems = match standard {
        None => Vec::new(),
        Some(S::Outcome) => return Ok(outcomes(pipeline, &coded, index, &column.name)),
        Some(S::Size) => {
            let parse =
                |text: &str| Label::parse(text).map_err(|e| format!("is not a size label: {e}"));
            let (sizes, problems) = parsed(&coded, index, Some(EMPTY), parse);
            return Ok(ReadColumn { values: Values::Sizes(sizes), problems });
        }
        Some(S::SizeSystem) => {
            let parse = |text: &str| System::parse(text).ok_or("is not a size system".to_owned());
            let (systems, problems) = parsed(&coded, index, None, parse);
            return Ok(ReadColumn { values: Values::Systems(systems), problems });
        }
        Some(S::CustomerId | S::ArticleId) => {
            text_problems(&coded, index, Some(EMPTY), name_problem)
        }
        Some(_) => text_problems(&coded, index, None, name_problem),
    };
    let values = match standard {
        Some(S::Group) => {
            translate(&coded, |group| translated_group(&pipeline.history.groups, group))
        }
        _ => coded,
    };
    Ok(ReadColumn { values: Values::Texts(values), problems })
}

/// What is wrong with an id or a name, if anything.
fn name_problem(text: &str) -> Option<String> {
    (text.len() > MAX_NAME_BYTES).then(|| format!("is longer than {MAX_NAME_BYTES} bytes"))
}

/// Parses each distinct text of a column. A row with an unreadable text has a problem and no value.
fn parsed<T>(
    coded: &Coded,
    column: usize,
    empty: Option<&str>,
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
    let problems = row_problems(coded, column, empty, &wrong);
    let code = |code: &u32| new_code.get(*code as usize).copied().unwrap_or(Coded::MISSING);
    (Coded { values, codes: coded.codes.iter().map(code).collect() }, problems)
}

/// The problems of a column of texts. `empty` is the problem of an empty cell, and `wrong` returns
/// the problem of a text.
fn text_problems(
    coded: &Coded,
    column: usize,
    empty: Option<&str>,
    wrong: impl Fn(&str) -> Option<String>,
) -> Vec<Problem> {
    let wrong: Vec<_> = coded.values.iter().map(|text| wrong(text).map(Arc::from)).collect();
    row_problems(coded, column, empty, &wrong)
}

/// The problems of the rows of a column. `empty` is the problem of an empty cell, and `wrong` has
/// the problem of each distinct text.
fn row_problems(
    coded: &Coded,
    column: usize,
    empty: Option<&str>,
    wrong: &[Option<Arc<str>>],
) -> Vec<Problem> {
    let empty: Option<Arc<str>> = empty.map(Arc::from);
    if empty.is_none() && wrong.iter().all(Option::is_none) {
        return Vec::new();
    }
    let what = |code: u32| wrong.get(code as usize).unwrap_or(&empty).clone();
    let rows = coded.codes.iter().enumerate();
    rows.filter_map(|(row, &code)| Some(Problem { row: row as u32, column, what: what(code)? }))
        .collect()
}

/// The outcomes that the pipeline or the usual vocabulary knows. An empty cell means kept, unless
/// the pipeline says otherwise.
fn outcomes(pipeline: &Pipeline, coded: &Coded, column: usize, header: &str) -> ReadColumn {
    let given = &pipeline.history.outcomes;
    let words = coded.values.iter().map(String::as_str);
    let reader = OutcomeReader::new(header, words);
    let outcome = |text: &str| given.get(text).map(|o| o.0).or_else(|| reader.read(text));
    let known: Vec<Option<Outcome>> = coded.values.iter().map(|text| outcome(text)).collect();
    let empty = given.get("").map_or(Outcome::Kept, |o| o.0);
    let problems = text_problems(coded, column, None, |text| {
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
    let outcomes = coded.codes.iter().map(|&code| value(code)).collect();
    ReadColumn { values: Values::Outcomes(outcomes), problems }
}

fn days(batches: &[Batch], index: usize, column: &ColumnUse) -> Result<ReadColumn, Failure> {
    let (mut days, mut problems) = (Vec::new(), Vec::new());
    for batch in batches {
        let cells = batch.cells(&column.name)?;
        for i in 0..cells.len() {
            let day = cells.day(i).and_then(|day| day.ok_or("is empty: every row needs a date"));
            let row = days.len() as u32;
            days.push(*day.as_ref().unwrap_or(&0));
            let problem = |what: &str| Problem { row, column: index, what: what.into() };
            problems.extend(day.err().map(problem));
        }
    }
    Ok(ReadColumn { values: Values::Days(days), problems })
}

/// Reads a measurement. It is numeric if the type of its column is, or if more than half of its
/// distinct texts are numbers; then any other text is a problem. If not, it is a category.
fn measurement(batches: &[Batch], index: usize, column: &ColumnUse) -> Result<ReadColumn, Failure> {
    let cells =
        batches.iter().map(|batch| batch.cells(&column.name)).collect::<Result<Vec<_>, _>>()?;
    if cells.iter().all(|cells| cells.is_numeric()) {
        return Ok(numbers(&cells, index));
    }
    let coded = encode(batches, &column.name)?;
    let numeric = coded.values.iter().filter(|word| word.parse::<f64>().is_ok()).count();
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
    let problems = text_problems(&coded, index, None, name_problem);
    Ok(ReadColumn { values: Values::Measurement(MeasurementColumn::Word(coded)), problems })
}

/// A measurement in numbers; NaN for an empty cell.
fn numbers(columns: &[Cells<'_>], column: usize) -> ReadColumn {
    let (mut numbers, mut problems) = (Vec::new(), Vec::new());
    for cells in columns {
        for i in 0..cells.len() {
            let number = cells.number(i);
            let row = numbers.len() as u32;
            numbers.push(number.ok().flatten().unwrap_or(f64::NAN));
            let problem = |what: &str| Problem { row, column, what: what.into() };
            problems.extend(number.err().map(problem));
        }
    }
    ReadColumn { values: Values::Measurement(MeasurementColumn::Number(numbers)), problems }
}
