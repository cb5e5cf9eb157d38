//! Columns with the number of pieces of a line that came back, such as `qty_refunded`, or were
//! cancelled. A line of which a piece stays with the customer is kept.

use super::column_use::{ColumnUse, Purpose};
use crate::numbers::parse_number;
use crate::table::Source;
use crate::vocabulary::{OutcomeKind, PiecesBack, StandardColumn, pieces_back};
use inseam::outcome::Outcome;
use inseam::train::Coded;

/// The columns that count pieces that did not stay: those that nothing else needs, and that of the
/// outcomes. A pipeline that needs them for its conditions decides itself.
pub(super) fn columns(uses: &[ColumnUse], source: &Source) -> Vec<String> {
    let other_use = |name: &str| {
        let of_column = uses.iter().filter(|column| column.name == name);
        of_column.into_iter().any(|c| c.purpose != Purpose::Standard(StandardColumn::Outcome))
    };
    let names = source.columns().iter().filter(|name| pieces_back(name).is_some());
    names.filter(|name| !other_use(name) && source.every_file_has(name)).cloned().collect()
}

/// What is known of the lines without these columns.
pub(super) struct Lines<'a> {
    pub(super) outcomes: &'a mut [Outcome],
    /// Whether each row states its outcome; may be empty.
    pub(super) stated: &'a [bool],
    pub(super) kind: Option<OutcomeKind>,
    pub(super) quantities: Option<&'a [f64]>,
    pub(super) keep: &'a [bool],
}

/// The rows of which the numbers tell something.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Found {
    /// Some pieces came back, and others did not.
    pub(super) partly: Vec<u32>,
    /// Every piece came back, which nothing else tells.
    pub(super) returned: Vec<u32>,
    /// Every piece was cancelled.
    pub(super) cancelled: Vec<u32>,
}

/// Gives the lines the outcomes that the numbers of their pieces tell. A reason that a row states
/// holds; a status of the order does not, as it says nothing about a line.
pub(super) fn apply(lines: Lines<'_>, columns: &[(String, Coded)]) -> Found {
    let numbers: Vec<(PiecesBack, Vec<f64>, &Coded)> = columns
        .iter()
        .filter_map(|(name, coded)| {
            let number = |text: &String| parse_number(text).map_or(0.0, f64::abs);
            Some((pieces_back(name)?, coded.values.iter().map(number).collect(), coded))
        })
        .collect();
    let mut found = Found::default();
    for row in (0..lines.keep.len()).filter(|row| lines.keep[*row]) {
        let most = |wanted| {
            let of_kind = numbers.iter().filter(|(kind, ..)| *kind == wanted);
            let number = |(_, numbers, coded): &(PiecesBack, Vec<f64>, &Coded)| {
                numbers.get(coded.codes[row] as usize).copied().filter(|n| n.is_finite())
            };
            of_kind.filter_map(number).fold(0.0, f64::max)
        };
        let bought = lines.quantities.map_or(1.0, |quantities| quantities[row]);
        let cancelled = most(PiecesBack::Cancelled);
        let returned = most(PiecesBack::Returned).max(gone(row, bought, &numbers));
        if bought <= 0.0 || returned + cancelled == 0.0 {
            continue;
        }
        let own = lines.stated.get(row).is_some_and(|own| *own)
            && lines.kind != Some(OutcomeKind::OrderStatus)
            && lines.kind != Some(OutcomeKind::Returned);
        let old = &mut lines.outcomes[row];
        if own {
            continue;
        }
        let by_number = lines.kind == Some(OutcomeKind::Returned) && *old == Outcome::UnknownReason;
        if *old != Outcome::Kept && !by_number {
            continue;
        }
        if cancelled >= bought {
            *old = Outcome::Pending;
            found.cancelled.push(row as u32);
        } else if returned > 0.0 && returned + cancelled < bought {
            *old = Outcome::Kept;
            found.partly.push(row as u32);
        } else if returned > 0.0 && *old == Outcome::Kept {
            *old = Outcome::UnknownReason;
            found.returned.push(row as u32);
        }
    }
    found
}

/// The pieces of a row that are not among those that remain.
fn gone(row: usize, bought: f64, numbers: &[(PiecesBack, Vec<f64>, &Coded)]) -> f64 {
    let of_rest = numbers.iter().filter(|(kind, ..)| *kind == PiecesBack::Rest);
    let rest = of_rest.filter_map(|(_, numbers, coded)| numbers.get(coded.codes[row] as usize));
    rest.filter(|n| n.is_finite()).map(|rest| bought - rest).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEPT: Outcome = Outcome::Kept;
    const BACK: Outcome = Outcome::UnknownReason;
    const PENDING: Outcome = Outcome::Pending;

    /// The outcomes of rows of pieces bought, returned and cancelled.
    fn applied(
        rows: &[(f64, &str, &str)],
        old: Outcome,
        kind: Option<OutcomeKind>,
    ) -> (Vec<Outcome>, Found) {
        let mut outcomes = vec![old; rows.len()];
        let quantities: Vec<f64> = rows.iter().map(|row| row.0).collect();
        let (stated, keep) = (vec![kind.is_some(); rows.len()], vec![true; rows.len()]);
        let columns = [
            ("qty_refunded".to_owned(), rows.iter().map(|row| row.1).collect()),
            ("qty_canceled".to_owned(), rows.iter().map(|row| row.2).collect()),
        ];
        let lines = Lines {
            outcomes: &mut outcomes,
            stated: &stated,
            kind,
            quantities: Some(&quantities),
            keep: &keep,
        };
        let found = apply(lines, &columns);
        (outcomes, found)
    }

    #[test]
    fn a_line_is_returned_when_no_piece_stays() {
        let rows = [
            (2.0, "1.0000", "0"),
            (2.0, "2", ""),
            (2.0, "1", "1"),
            (3.0, "1", "1"),
            (1.0, "0", "1"),
            (1.0, "", ""),
            (1.0, "-1", "0"),
        ];
        let want = [KEPT, BACK, BACK, KEPT, PENDING, KEPT, BACK];
        for (old, kind) in [(KEPT, None), (KEPT, Some(OutcomeKind::OrderStatus))] {
            let (outcomes, found) = applied(&rows, old, kind);
            assert_eq!(outcomes, want, "{kind:?}");
            assert_eq!((found.partly, found.cancelled), (vec![0, 3], vec![4]));
            assert_eq!(found.returned, [1, 2, 6]);
        }
        // The outcome itself is the number.
        let (outcomes, found) = applied(&rows[..5], BACK, Some(OutcomeKind::Returned));
        assert_eq!(outcomes, want[..5]);
        assert_eq!((found.partly, found.returned.len()), (vec![0, 3], 0));
    }

    #[test]
    fn the_pieces_that_remain_tell_those_that_came_back() {
        let mut outcomes = vec![KEPT; 3];
        let columns = [("Quantity (- Refund)".to_owned(), ["1", "0", "2"].iter().collect())];
        let lines = Lines {
            outcomes: &mut outcomes,
            stated: &[],
            kind: None,
            quantities: Some(&[2.0, 1.0, 2.0]),
            keep: &[true; 3],
        };
        let found = apply(lines, &columns);
        assert_eq!((outcomes, found.partly), (vec![KEPT, BACK, KEPT], vec![0]));
    }

    #[test]
    fn a_reason_holds() {
        let small = Outcome::TooSmall;
        let (outcomes, found) =
            applied(&[(2.0, "1", "0")], small, Some(OutcomeKind::ReturnReasons));
        assert_eq!((outcomes, found), (vec![small], Found::default()));
    }
}
