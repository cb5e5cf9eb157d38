//! The order of each customer's purchases, repeated rows, and folds of customers.

use inseam::format::private::customer_key;
use inseam::outcome::Outcome;
use inseam::train::Columns;

/// The rows of each customer, by customer code, in order of day; rows of one day keep the order of
/// the file. Pending purchases are left out, since nothing is known of them yet.
pub(crate) fn rows_by_customer(columns: &Columns) -> Vec<Vec<u32>> {
    let mut rows = vec![Vec::new(); columns.customer.values.len()];
    for row in 0..columns.outcome.len() {
        if columns.outcome[row] != Outcome::Pending {
            rows[columns.customer.codes[row] as usize].push(row as u32);
        }
    }
    if let Some(days) = &columns.day {
        // The sort is stable, so rows of one day keep their order.
        rows.iter_mut().for_each(|rows| rows.sort_by_key(|&row| days[row as usize]));
    }
    rows
}

/// Whether two rows are the same purchase, exported twice. As in training, only a history with
/// dates can tell.
pub(crate) fn is_repeated_row(columns: &Columns, a: u32, b: u32) -> bool {
    let identity = columns.purchase_identity(a as usize);
    identity.is_some() && identity == columns.purchase_identity(b as usize)
}

/// The fold of a customer. It depends on their id alone, not on the rest of the history.
pub(crate) fn fold_of_customer(customer: &str, folds: u16) -> u16 {
    let key = customer_key(&[0; 16], customer);
    let number = key.iter().take(8).fold(0_u64, |number, &byte| number << 8 | u64::from(byte));
    (number % u64::from(folds)) as u16
}

#[cfg(test)]
mod tests {
    use super::*;
    use inseam::size::Label;
    use inseam::train::{Coded, IdDigest};

    fn columns() -> Columns {
        Columns {
            customer: ["c1", "c2", "c1", "c1", "c1", "c1"].iter().collect(),
            article: ["a", "a", "b", "c", "b", "d"].iter().collect(),
            size: ["S"; 6].iter().collect::<Coded>().map(|size| Label::parse(&size).unwrap()),
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
    fn rows_are_ordered_by_day_then_as_in_the_file() {
        let mut columns = columns();
        assert_eq!(rows_by_customer(&columns), [vec![2, 3, 4, 0], vec![1]]);
        columns.day = None;
        assert_eq!(rows_by_customer(&columns), [vec![0, 2, 3, 4], vec![1]]);
    }

    #[test]
    fn a_repeated_row_is_equal_in_every_column() {
        let mut columns = columns();
        assert!(is_repeated_row(&columns, 2, 4));
        assert!(!is_repeated_row(&columns, 2, 3));
        columns.order = Some(["1", "1", "1", "1", "2", "2"].map(IdDigest::of).to_vec());
        assert!(!is_repeated_row(&columns, 2, 4));
        columns.order = None;
        columns.day = None;
        assert!(!is_repeated_row(&columns, 2, 4));
    }

    #[test]
    fn folds_have_about_the_same_size_and_depend_on_the_id() {
        let mut counts = [0; 5];
        (0..5000).for_each(|i| counts[usize::from(fold_of_customer(&format!("c{i}"), 5))] += 1);
        assert!(counts.iter().all(|&n| (900..1100).contains(&n)), "{counts:?}");
        assert_eq!(fold_of_customer("c1", 5), fold_of_customer("c1", 5));
    }
}
