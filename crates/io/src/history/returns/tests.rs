//! Tests of the join of returns and order lines.

use super::join::{Joined, join_lines};
use super::lines::ReturnedLines;
use inseam::outcome::Outcome;
use inseam::size::Label;
use inseam::train::{Coded, Columns, IdDigest};

const KEPT: Outcome = Outcome::Kept;
const SMALL: Outcome = Outcome::TooSmall;

fn coded<const N: usize>(rows: &[[&str; N]], at: usize) -> Coded {
    rows.iter().map(|row| row[at]).collect()
}

fn ids(rows: &[[&str; 4]], at: usize) -> Vec<IdDigest> {
    rows.iter().map(|row| IdDigest::of(row[at])).collect()
}

/// A history with rows of line, order, article and size, all of customer c.
fn history(rows: &[[&str; 4]]) -> Columns {
    Columns {
        customer: rows.iter().map(|_| "c").collect(),
        line: Some(ids(rows, 0)),
        order: Some(ids(rows, 1)),
        article: coded(rows, 2),
        size: coded(rows, 3).map(|size| Label::parse(&size).unwrap()),
        outcome: vec![KEPT; rows.len()],
        ..Columns::default()
    }
}

fn returns(rows: &[[&str; 4]]) -> ReturnedLines {
    ReturnedLines {
        rows: (0..rows.len() as u32).collect(),
        line: Some(ids(rows, 0)),
        order: Some(ids(rows, 1)),
        article: Some(coded(rows, 2)),
        customer: Some(rows.iter().map(|_| "c").collect()),
        size: Some(coded(rows, 3).map(|size| Label::parse(&size).unwrap())),
        outcome: Some(vec![SMALL; rows.len()]),
        day: None,
        pieces: None,
    }
}

fn joined(columns: &mut Columns, returns: &ReturnedLines) -> Joined {
    join_lines(columns, None, &vec![true; columns.outcome.len()], returns)
}

#[test]
fn lines_are_found_by_their_id_and_count_once() {
    let mut columns = history(&[["1", "o1", "a", "M"], ["2", "o1", "a", "L"]]);
    let returns = returns(&[["2", "o1", "a", "L"], ["2", "o1", "a", "L"], ["9", "o9", "a", "XL"]]);
    let result = joined(&mut columns, &returns);
    assert_eq!(columns.outcome, [KEPT, SMALL]);
    assert_eq!((result.returned, result.repeated, result.unmatched), (1, vec![1], vec![2]));
}

#[test]
fn without_ids_by_order_article_and_size_then_by_customer() {
    let rows = [["", "o1", "a", "M"], ["", "o1", "a", "L"], ["", "o2", "b", "M"]];
    let mut columns = history(&rows);
    columns.line = None;
    // The second has the number of the return instead of the order's.
    let returns = returns(&[["", "o1", "a", "Large"], ["", "r7", "b", "M"]]);
    let result = joined(&mut columns, &returns);
    assert_eq!(columns.outcome, [KEPT, SMALL, SMALL]);
    assert_eq!((result.returned, result.unmatched.len()), (2, 0));
}

#[test]
fn without_a_size_it_is_unclear_which_size_came_back() {
    let rows = [["", "o1", "a", "M"], ["", "o1", "a", "L"], ["", "o2", "a", "M"]];
    let mut columns = history(&rows);
    columns.line = None;
    let mut one = returns(&[["", "o1", "a", "M"], ["", "o2", "a", "M"]]);
    one.size = None;
    let result = joined(&mut columns, &one);
    assert_eq!((columns.outcome.clone(), result.unclear), (vec![KEPT, KEPT, SMALL], vec![0, 1]));
    let mut both = returns(&[["", "o1", "a", "M"], ["", "o1", "a", "L"]]);
    both.size = None;
    assert_eq!(joined(&mut columns, &both).unclear, Vec::<u32>::new());
    assert_eq!(columns.outcome, [SMALL; 3]);
}

#[test]
fn by_customer_the_latest_purchase_before_the_return() {
    let mut columns = history(&[["", "", "a", "M"], ["", "", "a", "M"], ["", "", "a", "M"]]);
    (columns.line, columns.order) = (None, None);
    columns.day = Some(vec![10, 20, 30]);
    let mut returns = returns(&[["", "", "a", "M"]]);
    returns.day = Some(vec![25]);
    joined(&mut columns, &returns);
    assert_eq!(columns.outcome, [KEPT, SMALL, KEPT]);
}

/// The outcomes of order lines with these pieces, when returns with these pieces came back, each of
/// the line with this index.
fn outcomes(bought: &[f64], back: &[(usize, f64)], by_line: bool) -> (Vec<Outcome>, Joined) {
    let names = ["1", "2", "3"];
    let lines: Vec<[&str; 4]> =
        (0..bought.len()).map(|line| [names[line], "o1", "a", "M"]).collect();
    let rows: Vec<[&str; 4]> = back.iter().map(|(line, _)| lines[*line]).collect();
    let (mut columns, mut returns) = (history(&lines), returns(&rows));
    if !by_line {
        columns.line = None;
    }
    returns.pieces = Some(back.iter().map(|(_, pieces)| *pieces).collect());
    let result = join_lines(&mut columns, Some(bought), &vec![true; lines.len()], &returns);
    (columns.outcome, result)
}

#[test]
fn a_line_of_which_a_piece_did_not_come_back_is_kept() {
    for by_line in [true, false] {
        let (found, result) = outcomes(&[2.0], &[(0, 1.0)], by_line);
        assert_eq!((found, result.partly, result.returned), (vec![KEPT], vec![0], 0));
        // Two returns of a piece each, and one of both.
        for back in [&[(0, 1.0), (0, 1.0)][..], &[(0, 2.0)], &[(0, f64::INFINITY)]] {
            let (found, result) = outcomes(&[2.0], back, by_line);
            assert_eq!((found, result.returned), (vec![SMALL], 1), "{back:?}");
            assert_eq!((result.partly, result.repeated), (vec![], vec![]), "{back:?}");
        }
    }
    // A third return of two pieces.
    let (found, result) = outcomes(&[2.0], &[(0, 1.0), (0, 1.0), (0, 1.0)], false);
    assert_eq!((found, result.repeated), (vec![SMALL], vec![2]));
    // Two lines of one piece each.
    assert_eq!(outcomes(&[1.0, 1.0], &[(0, 2.0)], false).0, [SMALL, SMALL]);
    assert_eq!(outcomes(&[1.0, 1.0], &[(0, 1.0)], false).0, [SMALL, KEPT]);
}
