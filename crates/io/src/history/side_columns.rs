//! Columns that nothing in the pipeline names and that tell what became of lines: statuses, numbers
//! of pieces that came back, kinds of transactions.

use super::column_use::ColumnUse;
use super::gathered::Gathered;
use super::input::Input;
use super::pieces_back::{self, Lines};
use super::report::{Finding, ReadingReport};
use super::{statuses, transactions};
use crate::failure::{Failure, shown};
use crate::pipeline::{Mapping, Pipeline};
use crate::table::{Batch, Coder, Source};
use crate::vocabulary::{StandardColumn, Transaction};
use inseam::outcome::Outcome;
use inseam::train::Coded;

/// The columns while they are read.
pub(super) struct SideColumns {
    statuses: Vec<(String, Coder)>,
    pieces: Vec<(String, Coder)>,
    transactions: Vec<(String, Coder)>,
}

/// The columns, as read.
pub(super) struct ReadSideColumns {
    statuses: Vec<(String, Coded)>,
    pieces: Vec<(String, Coded)>,
    transactions: Vec<(String, Coded)>,
}

impl SideColumns {
    pub(super) fn find(
        pipeline: &Pipeline,
        mapping: &Mapping,
        uses: &[ColumnUse],
        source: &Source,
    ) -> Self {
        let coders = |names: Vec<String>| -> Vec<(String, Coder)> {
            names.into_iter().map(|name| (name, Coder::default())).collect()
        };
        let pieces = pieces_back::columns(uses, source);
        let transactions = transactions::columns(uses, source);
        // Without anything that tells what came back, the pipeline has to say what statuses mean.
        let told = mapping.get(StandardColumn::Outcome).is_some()
            || pipeline.returns.is_some()
            || !pieces.is_empty();
        let statuses = if told { statuses::columns(uses, source) } else { Vec::new() };
        Self {
            statuses: coders(statuses),
            pieces: coders(pieces),
            transactions: coders(transactions),
        }
    }

    /// The names of the columns.
    pub(super) fn names(&self) -> impl Iterator<Item = &String> {
        let all = self.statuses.iter().chain(&self.pieces).chain(&self.transactions);
        all.map(|(name, _)| name)
    }

    /// The names of the columns of statuses.
    pub(super) fn statuses(&self) -> Vec<String> {
        self.statuses.iter().map(|(name, _)| name.clone()).collect()
    }

    /// Adds the rows of the next batch.
    pub(super) fn push(&mut self, batch: &Batch) -> Result<(), Failure> {
        let all = self.statuses.iter_mut().chain(&mut self.pieces).chain(&mut self.transactions);
        for (name, coder) in all {
            coder.push(&batch.cells(name)?);
        }
        Ok(())
    }

    pub(super) fn finish(self) -> ReadSideColumns {
        let read = |columns: Vec<(String, Coder)>| -> Vec<(String, Coded)> {
            columns.into_iter().map(|(name, coder)| (name, coder.finish())).collect()
        };
        ReadSideColumns {
            statuses: read(self.statuses),
            pieces: read(self.pieces),
            transactions: read(self.transactions),
        }
    }
}

/// The most words that a report lists.
const MAX_WORDS: usize = 5;

/// The rows of a table, and where the report of them goes.
pub(super) struct Rows<'t> {
    pub(super) input: &'t Input,
    pub(super) keep: &'t mut [bool],
    pub(super) report: &'t mut ReadingReport,
}

impl Rows<'_> {
    fn guess(&mut self, what: String, rows: Vec<u32>) {
        let found = Finding::in_rows(what, &self.input.places, rows.into_iter());
        self.report.guesses.extend(found);
    }
}

impl ReadSideColumns {
    /// Gives the rows what the columns tell, and reports it.
    pub(super) fn apply(self, with_returns: bool, gathered: &mut Gathered, rows: &mut Rows<'_>) {
        for (name, coded) in &self.transactions {
            use_transactions(name, coded, gathered, rows);
        }
        if !self.pieces.is_empty() {
            use_pieces(&self.pieces, gathered, rows);
        }
        let outcomes = &mut gathered.columns.outcome;
        let stated = &gathered.stated;
        let found = statuses::apply(outcomes, stated, rows.keep, self.statuses, with_returns);
        for found in found {
            let what = format!(
                "column \"{}\" says that these lines were returned or cancelled: {}",
                shown(&found.column),
                listed(&found.words)
            );
            rows.guess(what, found.rows);
        }
    }
}

fn listed(words: &[String]) -> String {
    let words = words.iter().take(MAX_WORDS).map(|word| format!("\"{}\"", shown(word)));
    words.collect::<Vec<_>>().join(", ")
}

/// Makes rows of fewer than 0 pieces of the rows that take back a sale.
fn use_transactions(name: &str, coded: &Coded, gathered: &mut Gathered, rows: &mut Rows<'_>) {
    let found = transactions::not_sales(coded, rows.keep);
    if found.is_empty() {
        return;
    }
    let count = rows.keep.len();
    gathered.stated.resize(count, false);
    let quantities = gathered.quantities.get_or_insert_with(|| vec![1.0; count]);
    let (mut back, mut tests, mut words) = (Vec::new(), Vec::new(), Vec::new());
    for (row, kind) in found {
        let at = row as usize;
        let word = coded.text(at).to_owned();
        if kind == Transaction::Test {
            rows.keep[at] = false;
            tests.push(row);
            continue;
        }
        quantities[at] = -quantities[at].abs();
        if kind == Transaction::Cancel {
            (gathered.columns.outcome[at], gathered.stated[at]) = (Outcome::Pending, true);
        }
        back.push(row);
        if !words.contains(&word) {
            words.push(word);
        }
    }
    let name = shown(name);
    let what = format!(
        "column \"{name}\" says that these rows take back an earlier purchase: {}",
        listed(&words)
    );
    rows.guess(what, back);
    let what = format!("column \"{name}\" says that this is a test");
    let found = Finding::in_rows(what, &rows.input.places, tests.into_iter());
    rows.report.left_out.extend(found);
}

/// Compares the numbers of pieces that came back with those that were bought.
fn use_pieces(pieces: &[(String, Coded)], gathered: &mut Gathered, rows: &mut Rows<'_>) {
    let lines = Lines {
        outcomes: &mut gathered.columns.outcome,
        stated: &gathered.stated,
        kind: gathered.outcome_kind,
        quantities: gathered.quantities.as_deref(),
        keep: rows.keep,
    };
    let found = pieces_back::apply(lines, pieces);
    let names: Vec<String> = pieces.iter().map(|(name, _)| name.clone()).collect();
    let columns = if names.len() == 1 { "column" } else { "columns" };
    let says = |what: &str| format!("{columns} {}: {what}", listed(&names));
    let partly = "only some pieces of these lines came back: the customer kept the others, so the lines count as kept";
    rows.guess(says(partly), found.partly);
    rows.guess(says("every piece of these lines came back"), found.returned);
    rows.guess(says("every piece of these lines was cancelled"), found.cancelled);
}
