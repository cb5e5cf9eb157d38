//! Which rows of a log say something that no other row says. Pure functions of the rows.

use super::rows::LoggedRows;
use crate::shared_hashes::{maybe_shared, mixed};
use hashbrown::{DefaultHashBuilder, HashTable};
use inseam::train::{Coded, IdDigest, MeasurementColumn};
use std::hash::{BuildHasher, Hash, Hasher};

/// For each row whether the log needs it: of equal statements about an order line the one of the
/// latest file, and the first of equal rows without the id of a line. `place` is the place of a
/// row's file among all files.
pub(super) fn needed(rows: &LoggedRows, place: &dyn Fn(usize) -> u32) -> Vec<bool> {
    let hasher = DefaultHashBuilder::default();
    let hash = |row: usize| hash(rows, row, &hasher);
    let mut needed = vec![true; rows.len()];
    let hashes: Vec<u64> = (0..rows.len()).map(|row| hash_of_ids(rows, row)).collect();
    let shared = maybe_shared(&hashes);
    let mut table: HashTable<u32> = HashTable::with_capacity(shared.len());
    for row in shared.into_iter().map(|row| row as usize) {
        let entry = table.entry(
            hash(row),
            |&other| same(rows, other as usize, row),
            |&other| hash(other as usize),
        );
        match entry {
            hashbrown::hash_table::Entry::Vacant(entry) => drop(entry.insert(row as u32)),
            hashbrown::hash_table::Entry::Occupied(mut entry) => {
                let other = *entry.get() as usize;
                let later = has_line(rows, row) && place(row) > place(other);
                needed[if later { other } else { row }] = false;
                if later {
                    *entry.get_mut() = row as u32;
                }
            }
        }
    }
    needed
}

/// The first row from `new` on that has everything in common with an earlier row but the outcome,
/// where neither has the id of a line: nobody knows whether it is the same purchase.
pub(super) fn ambiguous(rows: &LoggedRows, new: usize, needed: &[bool]) -> Option<usize> {
    let facts = |row: usize| {
        let columns = &rows.columns;
        let order = columns.order.as_ref().map_or(IdDigest::MISSING, |order| order[row]);
        let day = columns.day.as_ref().map_or(0, |day| day[row]);
        let [customer, article, size] =
            [&columns.customer.codes, &columns.article.codes, &columns.size.codes]
                .map(|codes| codes[row]);
        (customer, article, size, order, day)
    };
    let without_line = |row: &usize| !has_line(rows, *row);
    let known: std::collections::HashSet<_> = (0..new).filter(without_line).map(facts).collect();
    (new..rows.len()).filter(without_line).find(|&row| needed[row] && known.contains(&facts(row)))
}

fn has_line(rows: &LoggedRows, row: usize) -> bool {
    rows.columns.line.as_ref().is_some_and(|line| line[row] != IdDigest::MISSING)
}

/// The codes of a row's texts.
fn codes(rows: &LoggedRows, row: usize) -> [u32; 7] {
    let columns = &rows.columns;
    let optional = |c: &Option<Coded>| c.as_ref().map_or(Coded::MISSING, |c| c.codes[row]);
    [
        columns.customer.codes[row],
        columns.article.codes[row],
        columns.size.codes[row],
        optional(&columns.group),
        optional(&columns.category),
        optional(&columns.brand),
        columns.system.as_ref().map_or(Coded::MISSING, |system| system.codes[row]),
    ]
}

/// The ids of a row's order and line.
fn ids(rows: &LoggedRows, row: usize) -> [IdDigest; 2] {
    let columns = &rows.columns;
    [&columns.order, &columns.line]
        .map(|ids| ids.as_ref().map_or(IdDigest::MISSING, |ids| ids[row]))
}

/// The rest of a row but its file and its measurements.
fn rest(rows: &LoggedRows, row: usize) -> (inseam::outcome::Outcome, bool, i32, u64) {
    let day = rows.columns.day.as_ref().map_or(0, |day| day[row]);
    (rows.columns.outcome[row], rows.stated[row], day, rows.quantities[row].to_bits())
}

fn measurements(rows: &LoggedRows, row: usize) -> impl Iterator<Item = u64> {
    rows.columns.measurements.iter().map(move |(_, column)| match column {
        MeasurementColumn::Number(numbers) => numbers[row].to_bits(),
        MeasurementColumn::Word(words) => words.codes[row].into(),
    })
}

fn same(rows: &LoggedRows, one: usize, other: usize) -> bool {
    codes(rows, one) == codes(rows, other)
        && ids(rows, one) == ids(rows, other)
        && rest(rows, one) == rest(rows, other)
        && measurements(rows, one).eq(measurements(rows, other))
}

/// A hash of a few facts, which is cheaper than that of all: hardly any rows share it.
fn hash_of_ids(rows: &LoggedRows, row: usize) -> u64 {
    let [customer, article, size, ..] = codes(rows, row).map(u64::from);
    let [order, line] = ids(rows, row).map(IdDigest::first_bits);
    let day = rows.columns.day.as_ref().map_or(0, |day| day[row]);
    mixed([customer << 32 | article, size << 32 | u64::from(day as u32), order, line])
}

fn hash(rows: &LoggedRows, row: usize, hasher: &DefaultHashBuilder) -> u64 {
    let mut state = hasher.build_hasher();
    codes(rows, row).hash(&mut state);
    ids(rows, row).hash(&mut state);
    rest(rows, row).hash(&mut state);
    measurements(rows, row).for_each(|bits| bits.hash(&mut state));
    state.finish()
}
