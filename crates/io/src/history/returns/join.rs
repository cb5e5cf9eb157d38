//! Joins returns to the order lines of the history.

use super::keys::{Key, ways};
use super::lines::ReturnedLines;
use super::table::Returns;
use crate::history::lines::stronger;
use crate::history::report::{Finding, ReadingReport};
use crate::table::Places;
use inseam::outcome::Outcome;
use inseam::train::Columns;
use std::collections::HashMap;

/// How the returns met the order lines.
#[derive(Debug, Default, PartialEq)]
pub(in crate::history) struct Joined {
    /// The rows of returns of which the history has no order line.
    pub(in crate::history) unmatched: Vec<u32>,
    /// The rows of returns of a line that another one returns as well.
    pub(in crate::history) repeated: Vec<u32>,
    /// The rows of the history of which some came back, but not known which.
    pub(in crate::history) unclear: Vec<u32>,
    /// The rows of the history of which some pieces came back, and others did not.
    pub(in crate::history) partly: Vec<u32>,
    /// How many order lines came back.
    pub(in crate::history) returned: u64,
}

/// Joins the returns to the order lines of the history: by the id of the line, else by order and
/// article (and size), else by customer, article and size. Marks the lines as returned of which all
/// pieces came back. Rows of the history that `keep` leaves out take no part. `quantities` are the
/// pieces of each row of the history.
pub(in crate::history) fn join(
    columns: &mut Columns,
    quantities: Option<&[f64]>,
    keep: &[bool],
    returns: &Returns,
) -> Joined {
    join_lines(columns, quantities, keep, &returns.lines)
}

pub(super) fn join_lines(
    columns: &mut Columns,
    quantities: Option<&[f64]>,
    keep: &[bool],
    returns: &ReturnedLines,
) -> Joined {
    let mut joined = Joined::default();
    let mut left = returns.rows.clone();
    let mut outcome = std::mem::take(&mut columns.outcome);
    for way in ways(columns, returns) {
        let mut groups: HashMap<Key, (Vec<u32>, Vec<u32>)> = HashMap::new();
        let mut later = Vec::new();
        for row in left {
            match way.key_of_return(row) {
                Some(key) => groups.entry(key).or_default().0.push(row),
                None => later.push(row),
            }
        }
        for row in (0..keep.len() as u32).filter(|row| keep[*row as usize]) {
            let key = way.key_of_line(row);
            if let Some((_, lines)) = key.and_then(|key| groups.get_mut(&key)) {
                lines.push(row);
            }
        }
        for (of_returns, lines) in groups.into_values() {
            if lines.is_empty() {
                later.extend(of_returns);
            } else {
                let group = Group { columns, quantities, returns, of_returns, lines };
                if way.one_line {
                    group.join_one_line(&mut outcome, &mut joined);
                } else if way.any_size && group.is_unclear() {
                    joined.unclear.extend(&group.lines);
                } else {
                    group.join_lines(&mut outcome, &mut joined);
                }
            }
        }
        later.sort_unstable();
        left = later;
    }
    columns.outcome = outcome;
    joined.unmatched = left;
    for rows in
        [&mut joined.unmatched, &mut joined.repeated, &mut joined.unclear, &mut joined.partly]
    {
        rows.sort_unstable();
    }
    joined
}

/// A group of returns and order lines that have the same values.
struct Group<'g> {
    columns: &'g Columns,
    quantities: Option<&'g [f64]>,
    returns: &'g ReturnedLines,
    of_returns: Vec<u32>,
    lines: Vec<u32>,
}

/// An order line of which pieces may come back.
struct Line {
    row: u32,
    /// How many pieces the customer still has.
    left: f64,
    /// The reason of the returns so far.
    reason: Option<Outcome>,
}

impl Group<'_> {
    fn size(&self, line: u32) -> u32 {
        self.columns.size.codes[line as usize]
    }

    fn bought(&self, line: u32) -> i32 {
        self.columns.day.as_ref().map_or(i32::MIN, |days| days[line as usize])
    }

    /// The pieces of an order line.
    fn pieces(&self, line: u32) -> f64 {
        self.quantities.map_or(1.0, |quantities| quantities[line as usize])
    }

    /// Joins a group whose lines are all the same one.
    fn join_one_line(&self, outcome: &mut [Outcome], joined: &mut Joined) {
        let came_back: f64 = self.of_returns.iter().map(|&row| self.returns.pieces(row)).sum();
        if came_back < self.pieces(self.lines[0]) {
            joined.partly.extend(&self.lines);
            return;
        }
        let reasons = self.of_returns.iter().map(|&row| self.returns.reason(row));
        let strongest = reasons.reduce(stronger).unwrap_or(Outcome::UnknownReason);
        self.lines.iter().for_each(|&line| set(outcome, line, strongest));
        joined.returned += 1;
        // Each of several returns has one of several pieces.
        if came_back > self.pieces(self.lines[0]) {
            joined.repeated.extend(&self.of_returns[1..]);
        }
    }

    /// Whether it is open which of several sizes came back.
    fn is_unclear(&self) -> bool {
        let several = self.lines.iter().any(|line| self.size(*line) != self.size(self.lines[0]));
        let (came_back, bought): (f64, f64) = match &self.returns.pieces {
            None => (self.of_returns.len() as f64, self.lines.len() as f64),
            Some(_) => (
                self.of_returns.iter().map(|&row| self.returns.pieces(row)).sum(),
                self.lines.iter().map(|&line| self.pieces(line)).sum(),
            ),
        };
        several && came_back < bought
    }

    /// Joins a group of several lines: each return takes pieces of the latest purchase before it,
    /// or of the first in the file without dates.
    fn join_lines(self, outcome: &mut [Outcome], joined: &mut Joined) {
        let line = |&row: &u32| Line { row, left: self.pieces(row), reason: None };
        let mut lines: Vec<Line> = self.lines.iter().map(line).collect();
        for &row in &self.of_returns {
            let mut pieces = self.returns.pieces(row);
            let mut found = false;
            while pieces > 0.0 {
                let day = self.returns.day(row);
                let free = lines.iter_mut().enumerate();
                let before =
                    free.filter(|(_, line)| line.left > 0.0 && self.bought(line.row) <= day);
                let latest =
                    before.max_by_key(|(at, line)| (self.bought(line.row), std::cmp::Reverse(*at)));
                let Some((_, line)) = latest else { break };
                found = true;
                let reason = self.returns.reason(row);
                line.reason = Some(line.reason.map_or(reason, |known| stronger(known, reason)));
                let taken = pieces.min(line.left);
                line.left -= taken;
                // A return without a number of pieces takes one whole line.
                pieces = if pieces.is_finite() { pieces - taken } else { 0.0 };
            }
            if !found {
                joined.repeated.push(row);
            }
        }
        for Line { row, left, reason } in lines {
            match reason {
                Some(_) if left > 0.0 => joined.partly.push(row),
                Some(reason) => {
                    set(outcome, row, reason);
                    joined.returned += 1;
                }
                None => {}
            }
        }
    }
}

/// Marks a line as returned.
fn set(outcome: &mut [Outcome], line: u32, reason: Outcome) {
    let old = &mut outcome[line as usize];
    *old = if reason == Outcome::Pending { reason } else { stronger(*old, reason) };
}

impl Joined {
    /// What the join found, for the report.
    pub(in crate::history) fn report(
        &self,
        returns: &Returns,
        places: &Places,
        report: &mut ReadingReport,
    ) {
        let of_returns = |what: &str, rows: &[u32]| {
            Finding::in_rows(what, &returns.input.places, rows.iter().copied())
        };
        report.guesses.extend((self.returned > 0).then(|| Finding {
            what: "purchases that the table of returns marks as returned".to_owned(),
            rows: self.returned,
            first: None,
        }));
        report.guesses.extend(of_returns(
            "further returns of an order line that is already returned count once",
            &self.repeated,
        ));
        report.guesses.extend(Finding::in_rows(
            "only some pieces of these lines came back: the customer kept the others, so the lines count as kept",
            places,
            self.partly.iter().copied(),
        ));
        report.warnings.extend(of_returns(
            "the history has no order line for this row of the returns",
            &self.unmatched,
        ));
        report.left_out.extend(Finding::in_rows(
            "some sizes of this article in this order came back, and the table of returns does not say which: give it a column with the size or the id of the line",
            places,
            self.unclear.iter().copied(),
        ));
    }
}
