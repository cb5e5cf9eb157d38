//! The values of one column of a history, and what is wrong with them.

use super::rejects::Problem;
use crate::table::translate;
use crate::vocabulary::{OutcomeKind, is_missing};
use inseam::outcome::Outcome;
use inseam::size::{Label, System};
use inseam::train::{Coded, IdDigest, MeasurementColumn};
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

/// The longest id or name, in bytes.
const MAX_NAME_BYTES: usize = 512;
/// The problem of an empty cell in a required column.
const EMPTY: &str = "counts as empty: every row needs a value";

/// The values of a column.
pub(super) enum Values {
    Texts(Coded),
    /// The digests of ids of which nobody needs the texts.
    Ids(Vec<IdDigest>),
    /// The labels, and the texts before them where the cell has more than a label.
    Sizes(Coded<Label>, Option<Coded>),
    Systems(Coded<System>),
    /// The outcomes, whether the row states its own, and the kind of the column.
    Outcomes(Vec<Outcome>, Vec<bool>, OutcomeKind),
    /// The pieces of each row, and whether the row has a number.
    Quantities(Vec<f64>, Vec<bool>),
    /// Days since 1970-01-01.
    Days(Vec<i32>),
    Measurement(MeasurementColumn),
}

/// A column as read: its values, and the problems of its rows.
pub(super) struct ReadColumn {
    pub(super) values: Values,
    pub(super) problems: Vec<Problem>,
}

/// The column with words for missing values as empty cells.
pub(super) fn without_missing(coded: Coded) -> Coded {
    without(coded, is_missing)
}

/// The column with empty cells instead of these texts.
pub(super) fn without(mut coded: Coded, unwanted: fn(&str) -> bool) -> Coded {
    let missing: Vec<bool> = coded.values.iter().map(|text| unwanted(text)).collect();
    if missing.contains(&true) {
        let is_missing = |code: u32| missing.get(code as usize).is_some_and(|missing| *missing);
        coded.codes.iter_mut().filter(|code| is_missing(**code)).for_each(|c| *c = Coded::MISSING);
    }
    coded
}

/// The problems of the rows that have no value in a required column.
pub(super) fn empty_problems<T>(coded: &Coded<T>, column: usize) -> Vec<Problem> {
    let empty: Arc<str> = EMPTY.into();
    let rows = coded.codes.iter().enumerate();
    let rows = rows.filter(|(_, code)| **code as usize >= coded.values.len());
    rows.map(|(row, _)| Problem { row: row as u32, column, what: Arc::clone(&empty) }).collect()
}

/// What is wrong with an id or a name, if anything.
pub(super) fn name_problem(text: &str) -> Option<String> {
    (text.len() > MAX_NAME_BYTES).then(|| format!("is longer than {MAX_NAME_BYTES} bytes"))
}

/// Parses each distinct text of a column. A row with an unreadable text has a problem and no value.
pub(super) fn parsed<T>(
    mut coded: Coded,
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
    let problems = row_problems(&coded, column, &wrong);
    recode(&mut coded.codes, &new_code);
    (Coded { values, codes: coded.codes }, problems)
}

/// The column with equal values once: `M` and `Navy / M` have the same label.
pub(super) fn merged<T: Clone + Eq + Hash>(mut coded: Coded<T>) -> Coded<T> {
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
    recode(&mut coded.codes, &new_code);
    Coded { values, codes: coded.codes }
}

/// Replaces codes by new ones.
fn recode(codes: &mut [u32], new_code: &[u32]) {
    for code in codes {
        *code = new_code.get(*code as usize).copied().unwrap_or(Coded::MISSING);
    }
}

/// The problems of a column of texts. `wrong` returns the problem of a text.
pub(super) fn text_problems(
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

/// The column without values that no row has.
pub(super) fn compact(coded: Coded) -> Coded {
    translate(coded, |text| text.filter(|text| !is_missing(text)).map(str::to_owned))
}
