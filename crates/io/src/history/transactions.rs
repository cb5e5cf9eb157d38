//! Ledgers: a column tells which rows are sales and which take a sale back.

use super::column_use::ColumnUse;
use crate::table::Source;
use crate::vocabulary::{Transaction, is_missing, is_transaction_header, transaction};
use inseam::train::Coded;

/// The columns that may tell, which nothing else needs. A pipeline that needs them for its
/// conditions decides itself.
pub(super) fn columns(uses: &[ColumnUse], source: &Source) -> Vec<String> {
    let used = |name: &str| uses.iter().any(|column| column.name == name);
    let names = source.columns().iter().filter(|name| is_transaction_header(name) && !used(name));
    names.filter(|name| source.every_file_has(name)).cloned().collect()
}

/// The kept rows that are no sales, and what they are. Empty if the column has other words than
/// those for sales, returns and cancellations, or no sales.
pub(super) fn not_sales(coded: &Coded, keep: &[bool]) -> Vec<(u32, Transaction)> {
    let kinds: Vec<Option<Transaction>> =
        coded.values.iter().map(|word| transaction(word)).collect();
    let known =
        coded.values.iter().zip(&kinds).all(|(word, kind)| kind.is_some() || is_missing(word));
    if !known || !kinds.contains(&Some(Transaction::Sale)) {
        return Vec::new();
    }
    let kind = |row: usize| kinds.get(coded.codes[row] as usize).copied().flatten();
    let rows = (0..coded.codes.len()).filter(|row| keep[*row]);
    rows.filter_map(|row| Some((row as u32, kind(row)?)))
        .filter(|(_, kind)| *kind != Transaction::Sale)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_ledgers() {
        let kinds = |words: &[&str]| {
            let coded: Coded = words.iter().collect();
            not_sales(&coded, &vec![true; words.len()])
        };
        use Transaction::{Cancel, Return, Test};
        assert_eq!(kinds(&["Shipment", "Refund", "Cancel"]), [(1, Return), (2, Cancel)]);
        assert_eq!(kinds(&["Rechnung", "Gutschrift", "Rechnung"]), [(1, Return)]);
        assert_eq!(kinds(&["sale", "test", "exchange", ""]), [(1, Test)]);
        // A column of something else, or of returns alone.
        for words in [&["Sale", "Refund", "Dress"][..], &["Refund", "Return"], &["Sale", "Sale"]] {
            assert_eq!(kinds(words), [], "{words:?}");
        }
    }
}
