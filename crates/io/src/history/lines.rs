//! Rows that are statements about the same order line, as the column of line ids shows: which of
//! them counts.
//!
//! The customer, the article and the size of a line are those of its latest statement, where a
//! later file is later. The outcome is that of the latest statement with these facts, but a return
//! counts and not a purchase that was kept or is pending, and a reason counts and not an unknown
//! one. So nothing depends on the order of the rows of a file, nor on the order in which files are
//! read.

use crate::shared_hashes::{maybe_shared, mixed};
use inseam::outcome::Outcome;
use inseam::train::{Columns, IdDigest};
use std::collections::HashMap;

/// Two rows with the same id of an order line that cannot be the same purchase.
#[derive(Debug, PartialEq)]
pub(super) struct Conflict {
    pub(super) first: u32,
    pub(super) second: u32,
}

/// One row's statement about its order line.
#[derive(Clone, Copy, Debug)]
struct Statement {
    row: u32,
    /// The place of its file among all files, the latest last.
    file: u32,
    /// Codes of the customer, the article and the size.
    facts: [u32; 3],
    outcome: Outcome,
}

/// What counts of the statements about order lines that have several.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Resolved {
    /// The rows that a later file restates, rising.
    pub(super) earlier: Vec<u32>,
    /// The outcomes of the latest rows.
    outcomes: Vec<(u32, Outcome)>,
}

impl Resolved {
    /// Gives the latest statement about each order line the outcome that counts.
    pub(super) fn apply(&self, columns: &mut Columns) {
        for &(row, outcome) in &self.outcomes {
            columns.outcome[row as usize] = outcome;
        }
    }
}

/// Finds out what counts of the rows that `keep` keeps. `quantities` are the pieces of each row; a
/// row of fewer than 0 pieces takes back a line and is no statement about it. `file` is the place
/// of a row's file among all files. Fails if rows of one file differ in customer, article or size,
/// or rows of any files in both customer and article: then the column has something else than ids
/// of order lines.
pub(super) fn resolve(
    columns: &Columns,
    quantities: Option<&[f64]>,
    file: &dyn Fn(u32) -> u32,
    keep: &[bool],
) -> Result<Resolved, Conflict> {
    let mut found = Resolved::default();
    for rows in repeated(columns, quantities, keep) {
        let statement = |&row: &u32| {
            let r = row as usize;
            let facts =
                [columns.customer.codes[r], columns.article.codes[r], columns.size.codes[r]];
            Statement { row, file: file(row), facts, outcome: columns.outcome[r] }
        };
        let statements: Vec<Statement> = rows.iter().map(statement).collect();
        let (latest, outcome) = resolved(&statements)?;
        for statement in &statements {
            if statement.file == latest {
                found.outcomes.push((statement.row, outcome));
            } else {
                found.earlier.push(statement.row);
            }
        }
    }
    found.earlier.sort_unstable();
    Ok(found)
}

/// The rows of each order line that has several, rising; the lines by their first row.
fn repeated(columns: &Columns, quantities: Option<&[f64]>, keep: &[bool]) -> Vec<Vec<u32>> {
    let Some(lines) = &columns.line else { return Vec::new() };
    let order = |row: usize| columns.order.as_ref().map_or(IdDigest::MISSING, |order| order[row]);
    let is_statement = |row: &u32| {
        let row = *row as usize;
        let takes_back = quantities.is_some_and(|quantities| quantities[row] < 0.0);
        lines[row] != IdDigest::MISSING && keep[row] && !takes_back
    };
    let id = |row: u32| (lines[row as usize], order(row as usize));
    let hash = |row: u32| mixed([id(row).0, id(row).1].map(IdDigest::first_bits));
    let hashes: Vec<u64> = (0..lines.len() as u32).map(hash).collect();
    let mut rows: Vec<u32> = maybe_shared(&hashes).into_iter().filter(is_statement).collect();
    rows.sort_unstable_by_key(|&row| (id(row), row));
    let of_lines = rows.chunk_by(|&one, &other| id(one) == id(other));
    let several = of_lines.filter(|rows| rows.len() > 1);
    let mut repeated: Vec<Vec<u32>> = several.map(<[u32]>::to_vec).collect();
    repeated.sort_unstable_by_key(|rows| rows[0]);
    repeated
}

/// The file of the statements about one line that count, and the outcome.
fn resolved(statements: &[Statement]) -> Result<(u32, Outcome), Conflict> {
    let mut of_file: HashMap<u32, &Statement> = HashMap::with_capacity(statements.len());
    for statement in statements {
        let first = of_file.entry(statement.file).or_insert(statement);
        if first.facts != statement.facts {
            return Err(Conflict { first: first.row, second: statement.row });
        }
    }
    let latest = statements.iter().max_by_key(|statement| statement.file);
    let Some(latest) = latest else { return Ok((0, Outcome::Pending)) };
    let other = |s: &&Statement| (0..2).all(|fact| s.facts[fact] != latest.facts[fact]);
    if let Some(other) = statements.iter().find(other) {
        let rows = [other.row, latest.row];
        return Err(Conflict { first: rows[0].min(rows[1]), second: rows[0].max(rows[1]) });
    }
    let same = statements.iter().filter(|statement| statement.facts == latest.facts);
    let strongest = same.max_by_key(|s| (class(s.outcome), s.file, rank(s.outcome)));
    Ok((latest.file, strongest.map_or(latest.outcome, |strongest| strongest.outcome)))
}

/// Outcomes of a higher class count, whatever files say they are.
fn class(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Pending | Outcome::Kept => 0,
        Outcome::UnknownReason => 1,
        _ => 2,
    }
}

/// Among statements of one file, the outcome that tells more counts.
fn rank(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Pending => 0,
        Outcome::Kept => 1,
        Outcome::UnknownReason => 2,
        Outcome::OtherReason => 3,
        Outcome::SizeReason => 4,
        Outcome::TooLarge => 5,
        Outcome::TooSmall => 6,
    }
}

/// The outcome that tells more.
pub(super) fn stronger(one: Outcome, other: Outcome) -> Outcome {
    if rank(other) > rank(one) { other } else { one }
}

#[cfg(test)]
mod tests {
    use super::*;
    use inseam::size::Label;
    use inseam::train::Coded;

    /// One statement: file, line, size, outcome.
    type Row = (u32, &'static str, &'static str, Outcome);

    /// The lines with size and outcome that count, sorted.
    fn settled(rows: &[Row]) -> Result<Vec<(IdDigest, String, Outcome)>, Conflict> {
        let mut columns = Columns {
            customer: rows.iter().map(|_| "c").collect(),
            article: rows.iter().map(|_| "a").collect(),
            size: rows.iter().map(|r| r.2).collect::<Coded>().map(|s| Label::parse(&s).unwrap()),
            line: Some(rows.iter().map(|r| IdDigest::of(r.1)).collect()),
            outcome: rows.iter().map(|r| r.3).collect(),
            ..Columns::default()
        };
        let file = |row: u32| rows[row as usize].0;
        let found = resolve(&columns, None, &file, &vec![true; rows.len()])?;
        found.apply(&mut columns);
        let line = columns.line.as_ref().unwrap();
        let mut left: Vec<_> = (0..rows.len())
            .filter(|row| !found.earlier.contains(&(*row as u32)))
            .map(|row| {
                let size = columns.size.value(row).unwrap().as_str().to_owned();
                (line[row], size, columns.outcome[row])
            })
            .collect();
        left.sort();
        left.dedup();
        Ok(left)
    }

    fn one(rows: &[Row]) -> (String, Outcome) {
        let mut left = settled(rows).unwrap();
        assert_eq!(left.len(), 1, "{left:?}");
        let (_, size, outcome) = left.remove(0);
        (size, outcome)
    }

    const KEPT: Outcome = Outcome::Kept;
    const PENDING: Outcome = Outcome::Pending;
    const SMALL: Outcome = Outcome::TooSmall;
    const LARGE: Outcome = Outcome::TooLarge;
    const UNKNOWN: Outcome = Outcome::UnknownReason;

    #[test]
    fn a_return_counts_before_and_after_its_purchase() {
        for files in [[1, 2], [2, 1], [1, 1]] {
            let rows = [(files[0], "1", "M", KEPT), (files[1], "1", "M", SMALL)];
            assert_eq!(one(&rows), ("M".into(), SMALL), "{files:?}");
        }
        // A reason is not forgotten, and a later reason corrects it.
        assert_eq!(one(&[(1, "1", "M", SMALL), (2, "1", "M", UNKNOWN)]).1, SMALL);
        assert_eq!(one(&[(1, "1", "M", SMALL), (2, "1", "M", LARGE)]).1, LARGE);
    }

    #[test]
    fn a_later_file_corrects_and_cancels() {
        assert_eq!(one(&[(1, "1", "M", KEPT), (2, "1", "L", KEPT)]), ("L".into(), KEPT));
        assert_eq!(one(&[(2, "1", "M", KEPT), (1, "1", "L", KEPT)]), ("M".into(), KEPT));
        assert_eq!(one(&[(1, "1", "M", KEPT), (2, "1", "M", PENDING)]).1, PENDING);
        assert_eq!(one(&[(2, "1", "M", KEPT), (1, "1", "M", PENDING)]).1, KEPT);
        // Within one file nobody knows what came first.
        assert_eq!(one(&[(1, "1", "M", KEPT), (1, "1", "M", PENDING)]).1, KEPT);
        // The return was of the size before the correction.
        let rows = [(1, "1", "M", KEPT), (2, "1", "M", SMALL), (3, "1", "L", KEPT)];
        assert_eq!(one(&rows), ("L".into(), KEPT));
    }

    #[test]
    fn two_purchases_with_one_id_in_one_file_are_a_conflict() {
        let rows = [(1, "1", "M", KEPT), (1, "2", "S", KEPT), (1, "1", "L", KEPT)];
        assert_eq!(settled(&rows), Err(Conflict { first: 0, second: 2 }));
    }

    #[test]
    fn a_line_keeps_its_customer_or_its_article() {
        let of_customers = |customers: [&str; 2], articles: [&str; 2]| {
            let columns = Columns {
                customer: customers.iter().collect(),
                article: articles.iter().collect(),
                size: ["M", "M"].iter().collect::<Coded>().map(|s| Label::parse(&s).unwrap()),
                line: Some(vec![IdDigest::of("1"); 2]),
                outcome: vec![KEPT; 2],
                ..Columns::default()
            };
            resolve(&columns, None, &|row| row, &[true; 2]).map(|found| found.earlier)
        };
        assert_eq!(of_customers(["c", "d"], ["a", "a"]), Ok(vec![0]));
        assert_eq!(of_customers(["c", "c"], ["a", "b"]), Ok(vec![0]));
        let conflict = Conflict { first: 0, second: 1 };
        assert_eq!(of_customers(["c", "d"], ["a", "b"]), Err(conflict));
    }

    #[test]
    fn neither_order_nor_repetition_of_the_statements_matters() {
        // A generator of numbers that needs no crate.
        let mut seed = 7_u64;
        let mut draw = |below: usize| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % below
        };
        for case in 0..500 {
            // In a file each line has one size.
            let sizes: Vec<&str> = (0..12).map(|_| ["S", "M", "L"][draw(3)]).collect();
            let rows: Vec<Row> = (0..1 + draw(12))
                .map(|_| {
                    let (file, line) = (draw(4), draw(3));
                    let outcome = Outcome::ALL[draw(7)];
                    (file as u32, ["1", "2", "3"][line], sizes[3 * file + line], outcome)
                })
                .collect();
            let expected = settled(&rows).unwrap();
            let mut others = rows.clone();
            for _ in 0..draw(6) {
                others.push(rows[draw(rows.len())]);
            }
            for last in (1..others.len()).rev() {
                others.swap(last, draw(last + 1));
            }
            assert_eq!(settled(&others).unwrap(), expected, "case {case}: {rows:?}, {others:?}");
        }
    }
}
