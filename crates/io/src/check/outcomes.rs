//! The words for outcomes in the files, and what they mean.

use crate::failure::{Failure, shown};
use crate::pipeline::Pipeline;
use crate::table::Source;
use crate::vocabulary::{OutcomeReader, is_missing};
use serde::Serialize;

/// The words of one column of outcomes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutcomeSummary {
    /// The header of the column.
    pub column: String,
    /// What kind of column it is.
    pub kind: &'static str,
    /// The words, the most frequent first. An empty cell is the empty word.
    pub words: Vec<WordShare>,
}

/// A word for an outcome.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WordShare {
    /// The word, shortened if it is long.
    pub word: String,
    /// The name of its outcome; `None` if it is not understood.
    pub outcome: Option<&'static str>,
    /// Whether the pipeline file says what it means.
    pub mapped: bool,
    /// How many rows of the files have it.
    pub rows: u64,
    /// Its share of the rows, from 0 to 1.
    pub share: f64,
}

/// The words of a column of outcomes, and what the pipeline and the vocabulary make of them.
/// `empty` is the outcome of an empty cell.
pub(super) fn summary(
    pipeline: &Pipeline,
    source: &Source,
    column: &str,
    empty: &'static str,
) -> Result<OutcomeSummary, Failure> {
    let coded = source.texts(column)?;
    let present = |text: &&str| !is_missing(text);
    let reader =
        OutcomeReader::new(column, coded.values.iter().map(String::as_str).filter(present));
    let given = &pipeline.history.outcomes;
    let (shares, missing) = super::counts::shares(&coded, String::clone);
    let rows = coded.codes.len().max(1) as f64;
    let (values, absent): (Vec<_>, Vec<_>) =
        shares.into_iter().partition(|share| !is_missing(&share.value));
    let missing = missing + absent.iter().map(|share| share.rows).sum::<u64>();
    let mut words: Vec<WordShare> = values
        .into_iter()
        .map(|share| {
            let mapped = given.get(&share.value).map(|outcome| outcome.0);
            WordShare {
                word: shown(&share.value),
                outcome: mapped.or_else(|| reader.read(&share.value)).map(|o| o.name()),
                mapped: mapped.is_some(),
                rows: share.rows,
                share: share.share,
            }
        })
        .collect();
    // Empty cells that other rows of the order fill have no meaning of their own.
    let fill = pipeline.history.fill.as_ref();
    let filled = fill.is_some_and(|fill| fill.columns.iter().any(|name| name == column));
    if missing > 0 && !filled {
        let mapped = given.get("").map(|outcome| outcome.0.name());
        words.push(WordShare {
            word: String::new(),
            outcome: Some(mapped.unwrap_or(empty)),
            mapped: mapped.is_some(),
            rows: missing,
            share: missing as f64 / rows,
        });
    }
    words.sort_by_key(|word| std::cmp::Reverse(word.rows));
    Ok(OutcomeSummary { column: column.to_owned(), kind: reader.kind().description(), words })
}
