//! Who bought what after what.

use inseam::format::private::customer_key;
use inseam::outcome::Outcome;
use inseam::train::{Coded, Columns};

/// Of every customer, by code, their rows in order: by day, rows of one day as the file has them.
/// Pending ones are left out: of those nothing is known yet.
pub fn by_customer(columns: &Columns) -> Vec<Vec<u32>> {
    let mut rows = vec![Vec::new(); columns.customer.values.len()];
    for row in 0..columns.outcome.len() {
        if columns.outcome[row] != Outcome::Pending {
            rows[columns.customer.codes[row] as usize].push(row as u32);
        }
    }
    if let Some(days) = &columns.day {
        // A stable sort: rows of one day stay as they are.
        rows.iter_mut().for_each(|rows| rows.sort_by_key(|&row| days[row as usize]));
    }
    rows
}

/// Whether one row is the other once more: the same purchase, twice in the export. As in training,
/// that takes a date to tell.
pub fn copies(columns: &Columns, a: u32, b: u32) -> bool {
    let (a, b) = (a as usize, b as usize);
    let same = |c: &Coded| c.codes[a] == c.codes[b];
    columns.day.as_ref().is_some_and(|days| days[a] == days[b])
        && same(&columns.customer)
        && same(&columns.article)
        && same(&columns.size)
        && columns.order.as_ref().is_none_or(same)
        && columns.outcome[a] == columns.outcome[b]
}

/// The fold of a customer: by their id alone, so that it is the same whatever else is in the
/// history, in whatever order.
pub fn fold(customer: &str, folds: u16) -> u16 {
    let key = customer_key(&[0; 16], customer);
    let number = key.iter().take(8).fold(0_u64, |number, &byte| number << 8 | u64::from(byte));
    (number % u64::from(folds)) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> Columns {
        Columns {
            customer: ["c1", "c2", "c1", "c1", "c1", "c1"].iter().collect(),
            article: ["a", "a", "b", "c", "b", "d"].iter().collect(),
            size: ["S"; 6].iter().collect(),
            outcome: vec![
                Outcome::Kept,
                Outcome::Kept,
                Outcome::TooSmall,
                Outcome::Kept,
                Outcome::TooSmall,
                Outcome::Pending,
            ],
            day: Some(vec![9, 1, 5, 5, 5, 7]),
            ..Columns::default()
        }
    }

    #[test]
    fn by_day_then_as_the_file_has_them() {
        let mut columns = columns();
        assert_eq!(by_customer(&columns), [vec![2, 3, 4, 0], vec![1]]);
        columns.day = None;
        assert_eq!(by_customer(&columns), [vec![0, 2, 3, 4], vec![1]]);
    }

    #[test]
    fn a_copy_is_equal_in_everything() {
        let mut columns = columns();
        assert!(copies(&columns, 2, 4));
        assert!(!copies(&columns, 2, 3));
        columns.order = Some(["1", "1", "1", "1", "2", "2"].iter().collect());
        assert!(!copies(&columns, 2, 4));
        columns.order = None;
        columns.day = None;
        assert!(!copies(&columns, 2, 4));
    }

    #[test]
    fn folds_are_of_about_the_same_size_and_go_by_the_id() {
        let mut counts = [0; 5];
        (0..5000).for_each(|i| counts[usize::from(fold(&format!("c{i}"), 5))] += 1);
        assert!(counts.iter().all(|&n| (900..1100).contains(&n)), "{counts:?}");
        assert_eq!(fold("c1", 5), fold("c1", 5));
    }
}
