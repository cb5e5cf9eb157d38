//! Order lines with a number of pieces. A line of several pieces is one purchase: the customer
//! decided once. A line of no pieces is nothing. A line of fewer than none takes back pieces of an
//! earlier line.

use inseam::outcome::Outcome;
use inseam::train::{Columns, IdDigest};
use std::collections::HashMap;

/// What the numbers of pieces mean for the rows.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Pieces {
    /// The rows of no pieces.
    pub(super) nothing: Vec<u32>,
    /// The rows that take back an earlier line.
    pub(super) matched: Vec<u32>,
    /// The rows that take back a line which the history does not have.
    pub(super) unmatched: Vec<u32>,
}

/// An earlier line, of which pieces may come back.
struct Line {
    row: u32,
    left: f64,
}

/// Finds the rows that are no purchases, and marks the purchases that came back as returned: for
/// the reason of the row that takes them back if it states one, otherwise for an unknown one. A
/// line of which some pieces stay with the customer is still kept. `stated` tells which rows state
/// their outcome.
pub(super) fn apply(
    columns: &mut Columns,
    quantities: &[f64],
    stated: &[bool],
    keep: &[bool],
) -> Pieces {
    let mut pieces = Pieces::default();
    let kept = |row: &u32| keep[*row as usize];
    let rows = 0..quantities.len() as u32;
    let (mut backwards, mut forwards) = (Vec::new(), Vec::new());
    for row in rows.filter(kept) {
        match quantities[row as usize] {
            0.0 => pieces.nothing.push(row),
            n if n < 0.0 => backwards.push(row),
            _ => forwards.push(row),
        }
    }
    if backwards.is_empty() {
        return pieces;
    }
    let key = |columns: &Columns, row: u32| {
        let row = row as usize;
        [columns.customer.codes[row], columns.article.codes[row], columns.size.codes[row]]
    };
    let mut lines: HashMap<[u32; 3], Vec<Line>> =
        backwards.iter().map(|&row| (key(columns, row), Vec::new())).collect();
    for row in forwards {
        if let Some(lines) = lines.get_mut(&key(columns, row)) {
            lines.push(Line { row, left: quantities[row as usize] });
        }
    }
    let day = |columns: &Columns, row: u32| columns.day.as_ref().map_or(0, |d| d[row as usize]);
    backwards.sort_by_key(|&row| (day(columns, row), row));
    for row in backwards {
        let lines = lines.get_mut(&key(columns, row)).map(Vec::as_mut_slice).unwrap_or_default();
        let outcome = match columns.outcome[row as usize] {
            Outcome::Kept => Outcome::UnknownReason,
            // A cancellation is pending.
            reason if stated.get(row as usize) == Some(&true) => reason,
            _ => Outcome::UnknownReason,
        };
        if take_back(columns, lines, row, -quantities[row as usize], outcome) {
            pieces.matched.push(row);
        } else {
            pieces.unmatched.push(row);
        }
    }
    pieces.matched.sort_unstable();
    pieces.unmatched.sort_unstable();
    pieces
}

/// Takes pieces from earlier lines: first from those of the same order, then from the latest.
/// Returns whether there was such a line.
fn take_back(
    columns: &mut Columns,
    lines: &mut [Line],
    row: u32,
    mut pieces: f64,
    outcome: Outcome,
) -> bool {
    let order = |row: u32| columns.order.as_ref().map(|order| order[row as usize]);
    let same_order = |other: u32| {
        order(row).is_some_and(|id| id != IdDigest::MISSING && order(other) == Some(id))
    };
    let day = |row: u32| columns.day.as_ref().map(|day| day[row as usize]);
    // Without dates the rows are in the order of time.
    let earlier = |other: u32| match (day(other), day(row)) {
        (Some(other), Some(day)) => other <= day,
        _ => other < row,
    };
    let mut candidates: Vec<&mut Line> =
        lines.iter_mut().filter(|line| line.left > 0.0 && earlier(line.row)).collect();
    candidates
        .sort_by_key(|line| (!same_order(line.row), std::cmp::Reverse((day(line.row), line.row))));
    let found = !candidates.is_empty();
    let mut returned = Vec::new();
    for line in candidates {
        if pieces <= 0.0 {
            break;
        }
        let taken = pieces.min(line.left);
        pieces -= taken;
        line.left -= taken;
        if line.left <= 0.0 {
            returned.push(line.row as usize);
        }
    }
    for row in returned {
        let old = &mut columns.outcome[row];
        if matches!(old, Outcome::Kept | Outcome::Pending | Outcome::UnknownReason) {
            *old = outcome;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use inseam::size::Label;
    use inseam::train::Coded;

    /// Rows of order, size, day and pieces, all of one customer and article.
    fn applied(rows: &[(&str, &str, i32, f64)]) -> (Vec<Outcome>, Pieces) {
        let mut columns = Columns {
            customer: rows.iter().map(|_| "c").collect(),
            article: rows.iter().map(|_| "a").collect(),
            size: rows.iter().map(|r| r.1).collect::<Coded>().map(|s| Label::parse(&s).unwrap()),
            order: Some(rows.iter().map(|r| IdDigest::of(r.0)).collect()),
            day: Some(rows.iter().map(|r| r.2).collect()),
            outcome: vec![Outcome::Kept; rows.len()],
            ..Columns::default()
        };
        let quantities: Vec<f64> = rows.iter().map(|r| r.3).collect();
        let (stated, keep) = (vec![false; rows.len()], vec![true; rows.len()]);
        let pieces = apply(&mut columns, &quantities, &stated, &keep);
        (columns.outcome, pieces)
    }

    const KEPT: Outcome = Outcome::Kept;
    const BACK: Outcome = Outcome::UnknownReason;

    #[test]
    fn a_negative_line_returns_an_earlier_one() {
        let (outcomes, pieces) = applied(&[
            ("1", "M", 1, 1.0),
            ("C1", "M", 9, -1.0),
            ("2", "L", 1, 2.0),
            ("3", "S", 1, 0.0),
        ]);
        assert_eq!((outcomes[0], outcomes[2]), (BACK, KEPT));
        assert_eq!(pieces, Pieces { nothing: vec![3], matched: vec![1], unmatched: vec![] });
    }

    #[test]
    fn the_same_order_comes_first_and_then_the_latest_line() {
        let lines = [("1", "M", 1, 1.0), ("2", "M", 2, 1.0), ("3", "M", 3, 1.0)];
        let with = |back: (&'static str, &'static str, i32, f64)| {
            let (outcomes, _) = applied(&[&lines[..], &[back]].concat());
            outcomes[..3].to_vec()
        };
        assert_eq!(with(("1", "M", 9, -1.0)), [BACK, KEPT, KEPT]);
        assert_eq!(with(("C9", "M", 9, -1.0)), [KEPT, KEPT, BACK]);
        assert_eq!(with(("C9", "M", 2, -1.0)), [KEPT, BACK, KEPT]);
        assert_eq!(with(("C9", "M", 9, -2.0)), [KEPT, BACK, BACK]);
    }

    #[test]
    fn a_line_of_which_a_piece_stays_is_kept() {
        let lines = [("1", "M", 1, 2.0), ("1", "M", 2, -1.0)];
        assert_eq!(applied(&lines).0[0], KEPT);
        assert_eq!(applied(&[&lines[..], &[("1", "M", 3, -1.0)]].concat()).0[0], BACK);
    }

    #[test]
    fn a_return_of_nothing_is_unmatched() {
        for rows in
            [[("1", "L", 1, 1.0), ("2", "M", 9, -1.0)], [("1", "M", 9, 1.0), ("2", "M", 1, -1.0)]]
        {
            let (outcomes, pieces) = applied(&rows);
            assert_eq!((outcomes[0], pieces.unmatched), (KEPT, vec![1]));
        }
    }
}
