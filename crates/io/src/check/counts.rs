//! Counts how many rows have each value of a column.

use inseam::train::Coded;
use serde::Serialize;

/// A value with the rows that have it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Share {
    /// The value, as the program prints it.
    pub value: String,
    /// The number of its rows.
    pub rows: u64,
    /// Its share of the rows, from 0 to 1.
    pub share: f64,
}

/// The values of a column with their rows, the most frequent first, and the number of rows without
/// a value.
pub(super) fn shares<T>(column: &Coded<T>, text: impl Fn(&T) -> String) -> (Vec<Share>, u64) {
    let mut counts = vec![0u64; column.values.len()];
    let mut missing = 0;
    for code in &column.codes {
        match counts.get_mut(*code as usize) {
            Some(count) => *count += 1,
            None => missing += 1,
        }
    }
    let rows = column.codes.len().max(1) as f64;
    let values = column.values.iter().zip(counts).filter(|(_, count)| *count > 0);
    let mut shares: Vec<Share> = values
        .map(|(value, rows_with)| Share {
            value: text(value),
            rows: rows_with,
            share: rows_with as f64 / rows,
        })
        .collect();
    shares.sort_by(|a, b| b.rows.cmp(&a.rows).then_with(|| a.value.cmp(&b.value)));
    (shares, missing)
}
