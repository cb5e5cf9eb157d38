//! The columns of a history, each checked on its own, in parallel.

use super::rejects::{self, Problem};
use super::{Counts, Loaded, translated_group};
use crate::failure::Failure;
use crate::pipeline::{Field, Mapping, Pipeline, Where, outcome_names, resolve};
use crate::table::{Batch, Source, encode, filter, map, missing};
use inseam::outcome::Outcome;
use inseam::size::{Label, System};
use inseam::train::{Coded, Columns, MeasurementColumn};
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Longest id or name, in bytes.
const LONGEST_NAME: usize = 512;
/// Most distinct words of a measurement; more mean that it is neither a number nor a category.
const MOST_WORDS: usize = 1_000;

/// What a column of the files is to us.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Role {
    Field(Field),
    /// A measurement, by our name.
    Measurement(String),
    /// Only there for a condition.
    Condition,
}

/// A column of the files.
#[derive(Clone, Debug)]
pub(super) struct Job {
    pub(super) role: Role,
    /// The files' name.
    pub(super) theirs: String,
}

/// What became of a column: its values, and what is wrong in which rows.
enum Values {
    Words(Coded),
    Outcomes(Vec<Outcome>),
    Days(Vec<i32>),
    Measurement(MeasurementColumn),
}

struct Done {
    values: Values,
    problems: Vec<Problem>,
}

pub(super) fn read(
    pipeline: &Pipeline,
    paths: &[PathBuf],
    only: &Where,
    rejects: Option<&Path>,
) -> Result<Loaded, Failure> {
    let source = Source::open(paths)?;
    let mapping = mapping(pipeline, &source)?;
    let jobs = jobs(&mapping, only, &source)?;
    // A column may have several roles; it is read once.
    let mut names: Vec<String> = jobs.iter().map(|job| job.theirs.clone()).collect();
    names.sort();
    names.dedup();
    let batches = source.read(&names)?;
    let rows: usize = batches.iter().map(|batch| batch.rows.num_rows()).sum();

    let done: Vec<Done> = jobs
        .par_iter()
        .enumerate()
        .map(|(index, job)| column(pipeline, &batches, index, job))
        .collect::<Result<_, _>>()?;
    let selected = selected(&jobs, &done, only, rows);
    let left_out = selected.iter().filter(|selected| !**selected).count();
    if rows == 0 || left_out == rows {
        let failure = Failure::new(if rows == 0 {
            "has no rows"
        } else {
            "has no row that the conditions select"
        });
        let conditions: Vec<String> =
            only.iter().map(|(c, v)| format!("{c} = {:?}", v.texts())).collect();
        let failure = failure.in_file(source.first_file());
        return Err(if rows == 0 {
            failure
        } else {
            failure.remedy(format!("where: {}", conditions.join(", ")))
        });
    }

    let bad = rejects::bad_rows(&batches, done.iter().flat_map(|d| &d.problems), &selected);
    match rejects {
        None => {
            if let Some(failure) = rejects::first_failure(&batches, &jobs, &bad) {
                return Err(failure);
            }
        }
        Some(path) => rejects::write(path, &batches, &names, &jobs, &bad)?,
    }
    let mut keep = selected;
    bad.iter().for_each(|problem| keep[problem.row as usize] = false);
    if keep.iter().all(|keep| !keep) {
        return Err(Failure::new(format!("none of its {rows} rows can be used"))
            .in_file(source.first_file()));
    }
    let counts =
        Counts { read: rows as u64, left_out: left_out as u64, rejected: bad.len() as u64 };
    let mut columns = gather(&jobs, done, (left_out > 0 || !bad.is_empty()).then_some(keep), rows);
    close_windows(pipeline, &mut columns);
    Ok(Loaded { columns, mapping, counts })
}

/// Which of the files' columns is which.
fn mapping(pipeline: &Pipeline, source: &Source) -> Result<Mapping, Failure> {
    let history = &pipeline.history;
    let mut columns = resolve(&history.columns.given(), source)?;
    for theirs in history.measurements.values() {
        if !source.has(theirs) {
            return Err(missing(source.first_file(), theirs, source.columns()));
        }
        // A measurement's column is nothing else, unless the pipeline says so.
        columns.retain(|field, column| {
            column != theirs
                || history.columns.given().iter().any(|(f, given)| f == field && given.is_some())
        });
    }
    let mapping = Mapping { columns, measurements: history.measurements.clone() };
    for field in [Field::CustomerId, Field::ArticleId, Field::Size] {
        mapping.need(field, source, "history")?;
    }
    Ok(mapping)
}

fn jobs(mapping: &Mapping, only: &Where, source: &Source) -> Result<Vec<Job>, Failure> {
    let fields = mapping.columns.iter().map(|(field, theirs)| (Role::Field(*field), theirs));
    let measurements =
        mapping.measurements.iter().map(|(ours, theirs)| (Role::Measurement(ours.clone()), theirs));
    let conditions = only.keys().map(|theirs| (Role::Condition, theirs));
    if let Some(theirs) = only.keys().find(|theirs| !source.has(theirs)) {
        return Err(missing(source.first_file(), theirs, source.columns()));
    }
    Ok(fields
        .chain(measurements)
        .chain(conditions)
        .map(|(role, theirs)| Job { role, theirs: theirs.clone() })
        .collect())
}

/// Reads and checks one column.
fn column(
    pipeline: &Pipeline,
    batches: &[Batch],
    index: usize,
    job: &Job,
) -> Result<Done, Failure> {
    let words = || encode(batches, &job.theirs);
    let named = |coded: Coded, required: bool| {
        let wrong =
            |text: &str| (text.len() > LONGEST_NAME).then(|| "is too long for a name".to_owned());
        let problems = word_problems(
            &coded,
            index,
            required.then_some("is empty: every row needs one"),
            wrong,
        );
        Done { values: Values::Words(coded), problems }
    };
    Ok(match &job.role {
        Role::Field(Field::CustomerId | Field::ArticleId) => named(words()?, true),
        Role::Field(Field::Group) => {
            let done = named(words()?, false);
            let Values::Words(coded) = done.values else { return Ok(done) };
            let values = Values::Words(map(&coded, |theirs| {
                translated_group(&pipeline.history.groups, theirs)
            }));
            Done { values, problems: done.problems }
        }
        Role::Field(Field::Size) => {
            let coded = words()?;
            let wrong =
                |text: &str| Label::parse(text).err().map(|e| format!("is no size label: {e}"));
            let problems =
                word_problems(&coded, index, Some("is empty: every row needs one"), wrong);
            Done { values: Values::Words(coded), problems }
        }
        Role::Field(Field::SizeSystem) => {
            let coded = words()?;
            let wrong =
                |text: &str| System::parse(text).is_none().then(|| "is no size system".to_owned());
            let problems = word_problems(&coded, index, None, wrong);
            Done { values: Values::Words(coded), problems }
        }
        Role::Field(Field::Outcome) => outcomes(pipeline, &words()?, index),
        Role::Field(Field::OrderedAt) => days(batches, index, job)?,
        Role::Field(_) => named(words()?, false),
        Role::Condition => Done { values: Values::Words(words()?), problems: Vec::new() },
        Role::Measurement(_) => measurement(batches, index, job)?,
    })
}

/// Problems of a column of words: `empty` for rows without one, `wrong` for what is wrong with a
/// word.
fn word_problems(
    coded: &Coded,
    column: usize,
    empty: Option<&'static str>,
    wrong: impl Fn(&str) -> Option<String>,
) -> Vec<Problem> {
    let wrong: Vec<Option<Arc<str>>> =
        coded.values.iter().map(|text| wrong(text).map(Arc::from)).collect();
    let empty: Option<Arc<str>> = empty.map(Arc::from);
    if empty.is_none() && wrong.iter().all(Option::is_none) {
        return Vec::new();
    }
    let what = |code: u32| wrong.get(code as usize).unwrap_or(&empty).clone();
    let rows = coded.codes.iter().enumerate();
    rows.filter_map(|(row, &code)| Some(Problem { row: row as u32, column, what: what(code)? }))
        .collect()
}

fn outcomes(pipeline: &Pipeline, coded: &Coded, column: usize) -> Done {
    let given = &pipeline.history.outcomes;
    let outcome = |text: &str| given.get(text).map(|o| o.0).or_else(|| Outcome::parse(text));
    let known: Vec<Option<Outcome>> = coded.values.iter().map(|text| outcome(text)).collect();
    let empty = given.get("").map_or(Outcome::Kept, |o| o.0);
    let wrong = |text: &str| {
        outcome(text).is_none().then(|| {
            format!(
                "is no outcome we know: say under [history.outcomes] which of {} it is",
                outcome_names()
            )
        })
    };
    let problems = word_problems(coded, column, None, wrong);
    let codes = coded.codes.iter();
    let outcomes = codes
        .map(|&code| {
            known.get(code as usize).map_or(empty, |known| known.unwrap_or(Outcome::Pending))
        })
        .collect();
    Done { values: Values::Outcomes(outcomes), problems }
}

fn days(batches: &[Batch], column: usize, job: &Job) -> Result<Done, Failure> {
    let (mut days, mut problems) = (Vec::new(), Vec::new());
    for batch in batches {
        let cells = batch.cells(&job.theirs)?;
        for i in 0..cells.len() {
            let day = cells
                .day(i)
                .and_then(|day| day.ok_or("is empty: every row needs a date, or no row"));
            let row = days.len() as u32;
            days.push(*day.as_ref().unwrap_or(&0));
            problems.extend(day.err().map(|what| Problem { row, column, what: what.into() }));
        }
    }
    Ok(Done { values: Values::Days(days), problems })
}

/// A measurement is numeric if its column's type is, or if more than half of its distinct words are
/// numbers; then the rest of them are mistakes. Else it is a category.
fn measurement(batches: &[Batch], column: usize, job: &Job) -> Result<Done, Failure> {
    let all_cells =
        batches.iter().map(|batch| batch.cells(&job.theirs)).collect::<Result<Vec<_>, _>>()?;
    let coded = if all_cells.iter().all(|cells| cells.is_numeric()) {
        None
    } else {
        let coded = encode(batches, &job.theirs)?;
        let numbers = coded.values.iter().filter(|word| word.parse::<f64>().is_ok()).count();
        (numbers * 2 <= coded.values.len()).then_some(coded)
    };
    let Some(coded) = coded else {
        let (mut numbers, mut problems) = (Vec::new(), Vec::new());
        for cells in &all_cells {
            for i in 0..cells.len() {
                let number = cells.number(i);
                let row = numbers.len() as u32;
                numbers.push(number.ok().flatten().unwrap_or(f64::NAN));
                problems.extend(number.err().map(|what| Problem {
                    row,
                    column,
                    what: what.into(),
                }));
            }
        }
        return Ok(Done {
            values: Values::Measurement(MeasurementColumn::Number(numbers)),
            problems,
        });
    };
    if coded.values.len() > MOST_WORDS {
        return Err(Failure::new(format!(
            "has {} different words: neither a number nor a category",
            coded.values.len()
        ))
        .in_file(&batches[0].file)
        .column(&job.theirs)
        .remedy("leave it out of [history.measurements]"));
    }
    let problems = word_problems(&coded, column, None, |text| {
        (text.len() > LONGEST_NAME).then(|| "is too long for a category".to_owned())
    });
    Ok(Done { values: Values::Measurement(MeasurementColumn::Word(coded)), problems })
}

/// The rows that every condition selects.
fn selected(jobs: &[Job], done: &[Done], only: &Where, rows: usize) -> Vec<bool> {
    let mut selected = vec![true; rows];
    for (job, done) in jobs.iter().zip(done).filter(|(job, _)| job.role == Role::Condition) {
        let (Values::Words(coded), Some(wanted)) = (&done.values, only.get(&job.theirs)) else {
            continue;
        };
        let good: Vec<bool> =
            coded.values.iter().map(|value| wanted.texts().contains(value)).collect();
        for (selected, &code) in selected.iter_mut().zip(&coded.codes) {
            *selected &= good.get(code as usize).copied().unwrap_or(false);
        }
    }
    selected
}

/// Puts the columns together, of the rows to keep (`None` for all).
fn gather(jobs: &[Job], done: Vec<Done>, keep: Option<Vec<bool>>, rows: usize) -> Columns {
    let keep = keep.as_deref();
    let words = |coded: Coded| keep.map_or_else(|| coded.clone(), |keep| filter(&coded, keep));
    let mut columns = Columns::default();
    let mut outcomes = None;
    let gathered: Vec<(&Role, Values)> = jobs
        .par_iter()
        .zip(done)
        .map(|(job, done)| {
            let values = match done.values {
                Values::Words(coded) => Values::Words(words(coded)),
                Values::Outcomes(outcomes) => Values::Outcomes(kept(outcomes, keep)),
                Values::Days(days) => Values::Days(kept(days, keep)),
                Values::Measurement(MeasurementColumn::Number(numbers)) => {
                    Values::Measurement(MeasurementColumn::Number(kept(numbers, keep)))
                }
                Values::Measurement(MeasurementColumn::Word(coded)) => {
                    Values::Measurement(MeasurementColumn::Word(words(coded)))
                }
            };
            (&job.role, values)
        })
        .collect();
    for (role, values) in gathered {
        match (role, values) {
            (Role::Field(field), Values::Words(coded)) => match field {
                Field::CustomerId => columns.customer = coded,
                Field::ArticleId => columns.article = coded,
                Field::Size => columns.size = coded,
                Field::Group => columns.group = Some(coded),
                Field::Category => columns.category = Some(coded),
                Field::Brand => columns.brand = Some(coded),
                Field::SizeSystem => columns.system = Some(coded),
                Field::OrderId => columns.order = Some(coded),
                Field::Outcome | Field::OrderedAt | Field::Sizes => {}
            },
            (_, Values::Outcomes(given)) => outcomes = Some(given),
            (_, Values::Days(days)) => columns.day = Some(days),
            (Role::Measurement(ours), Values::Measurement(values)) => {
                columns.measurements.push((ours.clone(), values))
            }
            _ => {}
        }
    }
    let kept_rows = keep.map_or(rows, |keep| keep.iter().filter(|keep| **keep).count());
    columns.outcome = outcomes.unwrap_or_else(|| vec![Outcome::Kept; kept_rows]);
    columns
}

fn kept<T: Copy>(values: Vec<T>, keep: Option<&[bool]>) -> Vec<T> {
    match keep {
        None => values,
        Some(keep) => values
            .into_iter()
            .zip(keep)
            .filter(|(_, keep)| **keep)
            .map(|(value, _)| value)
            .collect(),
    }
}

/// A purchase younger than the return window is not kept yet.
fn close_windows(pipeline: &Pipeline, columns: &mut Columns) {
    let (Some(window), Some(days)) = (pipeline.train.return_window_days, &columns.day) else {
        return;
    };
    let today = pipeline.train.today.or_else(|| days.iter().copied().max()).unwrap_or_default();
    for (outcome, &day) in columns.outcome.iter_mut().zip(days) {
        if *outcome == Outcome::Kept && i64::from(today) - i64::from(day) < i64::from(window) {
            *outcome = Outcome::Pending;
        }
    }
}
