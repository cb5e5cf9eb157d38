//! Rows that are the same order line, as the column of line ids shows.

use inseam::outcome::Outcome;
use inseam::train::{Coded, Columns};
use std::collections::HashMap;

/// Two rows with the same id of an order line that are not the same purchase.
pub(super) struct Conflict {
    pub(super) first: u32,
    pub(super) second: u32,
}

/// Gives rows with the same id of an order line the same outcome: a return replaces a purchase that
/// was kept or is pending, and a stated reason an unknown one. Fails if such rows differ in
/// customer, article or size: then the column has something else.
pub(super) fn unify(columns: &mut Columns, keep: &[bool]) -> Result<(), Conflict> {
    let Some(lines) = &columns.line else { return Ok(()) };
    let order = |row: usize| columns.order.as_ref().map_or(Coded::MISSING, |o| o.codes[row]);
    let facts = |row: usize| {
        [columns.customer.codes[row], columns.article.codes[row], columns.size.codes[row]]
    };
    let mut first_of: HashMap<(u32, u32), u32> = HashMap::with_capacity(lines.codes.len());
    let mut repeats: Vec<(u32, u32)> = Vec::new();
    for (row, &line) in lines.codes.iter().enumerate() {
        if line == Coded::MISSING || !keep[row] {
            continue;
        }
        let first = *first_of.entry((order(row), line)).or_insert(row as u32);
        if first == row as u32 {
            continue;
        }
        if facts(first as usize) != facts(row) {
            return Err(Conflict { first, second: row as u32 });
        }
        repeats.push((first, row as u32));
    }
    for &(first, row) in &repeats {
        let (one, other) = (columns.outcome[first as usize], columns.outcome[row as usize]);
        columns.outcome[first as usize] = stronger(one, other);
    }
    for (first, row) in repeats {
        columns.outcome[row as usize] = columns.outcome[first as usize];
    }
    Ok(())
}

/// The outcome that tells more.
pub(super) fn stronger(one: Outcome, other: Outcome) -> Outcome {
    let rank = |outcome| match outcome {
        Outcome::Pending => 0,
        Outcome::Kept => 1,
        Outcome::UnknownReason => 2,
        Outcome::OtherReason => 3,
        Outcome::SizeReason => 4,
        Outcome::TooLarge => 5,
        Outcome::TooSmall => 6,
    };
    if rank(other) > rank(one) { other } else { one }
}
