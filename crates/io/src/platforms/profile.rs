//! What the columns of a table hold, from a sample of its rows.

use super::sizes::{is_plain_number, is_size};
use super::variant::split_variant;
use crate::dates::parse_day;
use crate::failure::Failure;
use crate::table::{Source, WantedColumns};
use crate::vocabulary::is_outcome_word;
use std::collections::HashMap;

/// How many rows of a table are examined.
pub(super) const SAMPLE_ROWS: u64 = 50_000;
/// How many rows keep their cells.
const COMPARED_ROWS: usize = 500;
/// How many distinct texts of a column are counted. A column with more is an id or a comment.
const MAX_DISTINCT: usize = 5_000;

/// What the columns of a table hold.
#[derive(Clone, Debug)]
pub struct TableProfile {
    /// The rows that were examined.
    pub rows: u64,
    /// The columns, in the order of the file.
    pub columns: Vec<ColumnProfile>,
    /// The cells of the first rows, for comparing columns; empty texts for empty cells.
    pub sample: Vec<Vec<String>>,
}

/// What a column holds.
#[derive(Clone, Debug, Default)]
pub struct ColumnProfile {
    /// The header.
    pub name: String,
    /// The cells that are not empty.
    pub filled: u64,
    /// Each distinct text with the number of its cells, the most frequent first. Incomplete if
    /// there are very many.
    pub values: Vec<(String, u64)>,
    /// Whether `values` lacks some.
    pub truncated: bool,
}

impl TableProfile {
    /// Examines the first [`SAMPLE_ROWS`] rows of a table.
    pub fn examine(source: &Source) -> Result<Self, Failure> {
        Self::examine_columns(source, WantedColumns::All, source.columns(), SAMPLE_ROWS)
    }

    /// Examines some columns of the first `limit` rows.
    pub fn examine_columns(
        source: &Source,
        wanted: WantedColumns<'_>,
        names: &[String],
        limit: u64,
    ) -> Result<Self, Failure> {
        let mut counters: Vec<Counter> = names.iter().map(|_| Counter::default()).collect();
        let (mut rows, mut sample) = (0, Vec::new());
        for batch in source.batches(wanted) {
            let batch = batch?;
            let taken = (batch.rows.num_rows() as u64).min(limit - rows) as usize;
            let first = sample.len();
            sample.resize(COMPARED_ROWS.min(first + taken), vec![String::new(); names.len()]);
            for (index, (name, counter)) in names.iter().zip(&mut counters).enumerate() {
                // A column of lists or structures holds nothing that is needed.
                let Ok(cells) = batch.cells(name) else { continue };
                for (row, text) in (0..taken).filter_map(|row| Some((row, cells.text(row)?))) {
                    counter.add(&text);
                    if let Some(kept) = sample.get_mut(first + row) {
                        kept[index] = text.into_owned();
                    }
                }
            }
            rows += taken as u64;
            if rows == limit {
                break;
            }
        }
        let columns = names.iter().zip(counters).map(|(name, counter)| counter.profile(name));
        Ok(Self { rows, columns: columns.collect(), sample })
    }

    /// The share of the compared rows in which the cells of two columns meet a condition; 0 if no
    /// row has both.
    pub fn share_of_pairs(&self, a: &str, b: &str, is: impl Fn(&str, &str) -> bool) -> f64 {
        let index = |name: &str| self.columns.iter().position(|column| column.name == name);
        let (Some(a), Some(b)) = (index(a), index(b)) else { return 0.0 };
        let pairs = self.sample.iter().map(|row| (row[a].as_str(), row[b].as_str()));
        let pairs: Vec<_> = pairs.filter(|(a, b)| !a.is_empty() && !b.is_empty()).collect();
        let met = pairs.iter().filter(|(a, b)| is(a, b)).count();
        met as f64 / pairs.len().max(1) as f64
    }

    /// The profile of a column.
    pub fn column(&self, name: &str) -> Option<&ColumnProfile> {
        self.columns.iter().find(|column| column.name == name)
    }
}

/// Counts the texts of a column.
#[derive(Default)]
struct Counter {
    filled: u64,
    counts: HashMap<String, u64>,
    truncated: bool,
}

impl Counter {
    fn add(&mut self, text: &str) {
        self.filled += 1;
        if let Some(count) = self.counts.get_mut(text) {
            *count += 1;
        } else if self.counts.len() < MAX_DISTINCT {
            self.counts.insert(text.to_owned(), 1);
        } else {
            self.truncated = true;
        }
    }

    fn profile(self, name: &str) -> ColumnProfile {
        let mut values: Vec<(String, u64)> = self.counts.into_iter().collect();
        values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let (filled, truncated) = (self.filled, self.truncated);
        ColumnProfile { name: name.to_owned(), filled, values, truncated }
    }
}

impl ColumnProfile {
    /// The share of the counted cells whose text meets a condition, from 0 to 1.
    pub fn share(&self, is: impl Fn(&str) -> bool) -> f64 {
        let count = |values: &mut dyn Iterator<Item = &(String, u64)>| -> u64 {
            values.map(|(_, n)| n).sum()
        };
        let all = count(&mut self.values.iter());
        let met = count(&mut self.values.iter().filter(|(text, _)| is(text)));
        if all == 0 { 0.0 } else { met as f64 / all as f64 }
    }

    /// The share of cells that are size labels.
    pub fn sizes(&self) -> f64 {
        self.share(is_size)
    }

    /// The share of cells that are size labels and more than numbers, like M and EU 38.
    pub fn lettered_sizes(&self) -> f64 {
        self.share(|text| is_size(text) && !is_plain_number(text))
    }

    /// The share of cells that name a variant with its size.
    pub fn variants(&self) -> f64 {
        self.share(|text| split_variant(text).is_some())
    }

    /// The share of cells that are words for outcomes.
    pub fn outcomes(&self) -> f64 {
        self.share(is_outcome_word)
    }

    /// The share of cells that are e-mail addresses.
    pub fn emails(&self) -> f64 {
        self.share(|text| text.contains('@') && !text.contains(' '))
    }

    /// The share of cells that are dates.
    pub fn dates(&self) -> f64 {
        self.share(|text| parse_day(text).is_some())
    }

    /// The distinct texts.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.values.iter().map(|(text, _)| text.as_str())
    }
}
