//! What the table of returns tells of order lines.

use crate::history::column_use::{ColumnUse, Purpose};
use crate::history::values::{ReadColumn, Values};
use crate::vocabulary::StandardColumn;
use inseam::outcome::Outcome;
use inseam::size::Label;
use inseam::train::{Coded, IdDigest};

/// What the returns tell of order lines.
#[derive(Default)]
pub(super) struct ReturnedLines {
    /// The rows that are returns.
    pub(super) rows: Vec<u32>,
    pub(super) line: Option<Vec<IdDigest>>,
    pub(super) order: Option<Vec<IdDigest>>,
    pub(super) article: Option<Coded>,
    pub(super) customer: Option<Coded>,
    pub(super) size: Option<Coded<Label>>,
    pub(super) outcome: Option<Vec<Outcome>>,
    pub(super) day: Option<Vec<i32>>,
    /// How many pieces came back: infinite where the row does not say.
    pub(super) pieces: Option<Vec<f64>>,
}

impl ReturnedLines {
    /// The reason of a return.
    pub(super) fn reason(&self, row: u32) -> Outcome {
        self.outcome.as_ref().map_or(Outcome::UnknownReason, |outcomes| outcomes[row as usize])
    }

    /// The day of a return; after every other day if it is unknown.
    pub(super) fn day(&self, row: u32) -> i32 {
        self.day.as_ref().map_or(i32::MAX, |days| days[row as usize])
    }

    /// How many pieces came back; infinite if nobody knows: then the whole line did.
    pub(super) fn pieces(&self, row: u32) -> f64 {
        self.pieces.as_ref().map_or(f64::INFINITY, |pieces| pieces[row as usize])
    }
}

/// Puts the columns together.
pub(super) fn gather(uses: &[ColumnUse], read: Vec<ReadColumn>) -> ReturnedLines {
    let mut returns = ReturnedLines::default();
    for (column, ReadColumn { values, problems }) in uses.iter().zip(read) {
        let rows = || problems.iter().map(|problem| problem.row as usize);
        match (&column.purpose, values) {
            (Purpose::Standard(StandardColumn::LineId), Values::Ids(ids)) => {
                returns.line = Some(ids);
            }
            (Purpose::Standard(StandardColumn::OrderId), Values::Ids(ids)) => {
                returns.order = Some(ids);
            }
            (Purpose::Standard(StandardColumn::ArticleId), Values::Texts(c)) => {
                returns.article = Some(c);
            }
            (Purpose::Standard(StandardColumn::CustomerId), Values::Texts(c)) => {
                returns.customer = Some(c);
            }
            (_, Values::Sizes(sizes, _)) => returns.size = Some(sizes),
            (_, Values::Outcomes(outcomes, stated, _)) => {
                let outcome =
                    |(outcome, stated)| if stated { outcome } else { Outcome::UnknownReason };
                returns.outcome = Some(outcomes.into_iter().zip(stated).map(outcome).collect());
            }
            (_, Values::Quantities(mut pieces, given)) => {
                // Refunds have negative numbers in some exports.
                pieces.iter_mut().for_each(|n| *n = n.abs());
                let unknown = (0..pieces.len()).filter(|row| !given[*row]);
                let unknown: Vec<usize> = unknown.chain(rows()).collect();
                unknown.into_iter().for_each(|row| pieces[row] = f64::INFINITY);
                returns.pieces = Some(pieces);
            }
            (Purpose::Day(_), Values::Days(mut days)) => {
                rows().for_each(|row| days[row] = i32::MAX);
                returns.day = Some(days);
            }
            _ => {}
        }
    }
    returns
}
