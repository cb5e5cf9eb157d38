//! Who bought: the customer of each row, and which rows are of guests, who have no id.

use super::report::Finding;
use crate::failure::shown;
use crate::table::Places;
use crate::vocabulary::{CustomerKind, customer_kind};
use inseam::train::Coded;
use std::collections::HashMap;

/// A value has an implausible share from this share of the rows on.
const MANY: f64 = 0.2;
/// And from this number of rows, and this multiple of the next customer's.
const MIN_ROWS: u32 = 10;
const TIMES_NEXT: u32 = 5;
/// A number that may stand for guests does so from this number of rows on, and this multiple of the
/// rows of the next customer.
const MIN_GUEST_ROWS: u32 = 3;
const GUEST_TIMES_NEXT: u32 = 2;

/// The customer of each row.
pub(super) struct Customers {
    /// The ids, without those of guests.
    pub(super) ids: Coded,
    /// Whether a row without a customer is a guest's; empty if there are no guests.
    guest: Vec<bool>,
    /// How many rows have their customer from another column than the first.
    from_others: u64,
    /// The values that were taken for guests.
    guest_words: Vec<String>,
}

impl Customers {
    /// Resolves the customer of each row: of several columns, the first counts that has an id which
    /// is not a guest's.
    pub(super) fn resolve(mut columns: Vec<Coded>, keep: &[bool]) -> Self {
        let several = columns.len() > 1;
        let guests: Vec<Vec<bool>> =
            columns.iter().map(|column| guest_values(column, keep, several)).collect();
        let first_is_complete = !guests[0].contains(&true)
            && (!several || columns[0].codes.iter().all(|code| *code != Coded::MISSING));
        if first_is_complete {
            let ids = columns.swap_remove(0);
            return Self { ids, guest: Vec::new(), from_others: 0, guest_words: Vec::new() };
        }
        let mut ids = Ids::default();
        let rows = columns[0].codes.len();
        let mut known: Vec<Vec<Option<u32>>> =
            columns.iter().map(|column| vec![None; column.values.len()]).collect();
        let (mut codes, mut guest, mut from_others) = (Vec::with_capacity(rows), Vec::new(), 0);
        for row in 0..rows {
            let mut is_guest = false;
            let mut code = Coded::MISSING;
            for (at, column) in columns.iter().enumerate() {
                let value = column.codes[row] as usize;
                let Some(text) = column.values.get(value) else { continue };
                if guests[at][value] {
                    is_guest = true;
                    continue;
                }
                code = *known[at][value].get_or_insert_with(|| ids.code(text));
                from_others += u64::from(at > 0);
                break;
            }
            guest.push(is_guest && code == Coded::MISSING);
            codes.push(code);
        }
        let guest_words = columns
            .iter()
            .zip(&guests)
            .flat_map(|(column, guests)| column.values.iter().zip(guests))
            .filter(|(_, guest)| **guest)
            .map(|(text, _)| shown(text))
            .collect();
        Self { ids: Coded { values: ids.values, codes }, guest, from_others, guest_words }
    }

    /// Whether a row is of a guest, of whom no column has an id.
    pub(super) fn is_guest(&self, row: usize) -> bool {
        self.guest.get(row).copied().unwrap_or(false)
    }

    /// The values that were taken for guests, for messages.
    pub(super) fn guest_words(&self) -> String {
        self.guest_words
            .iter()
            .take(5)
            .map(|word| format!("\"{word}\""))
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// What the reader assumed about customers. `others` are the names of the other columns.
    pub(super) fn guesses(&self, others: &[String]) -> Option<Finding> {
        (self.from_others > 0).then(|| Finding {
            what: format!(
                "customers that have no id of their own are told apart by {}",
                others.join(", ")
            ),
            rows: self.from_others,
            first: None,
        })
    }
}

/// Distinct ids, each with its code.
#[derive(Default)]
struct Ids {
    values: Vec<String>,
    codes: HashMap<String, u32>,
}

impl Ids {
    fn code(&mut self, text: &str) -> u32 {
        if let Some(&code) = self.codes.get(text) {
            return code;
        }
        let code = self.values.len() as u32;
        self.values.push(text.to_owned());
        self.codes.insert(text.to_owned(), code);
        code
    }
}

/// For each distinct value of a column, whether it is a guest's. A number that only may be is one
/// if there are other columns of ids, or if far more rows have it than any other value.
fn guest_values(column: &Coded, keep: &[bool], several: bool) -> Vec<bool> {
    let kinds: Vec<CustomerKind> = column.values.iter().map(|text| customer_kind(text)).collect();
    if kinds.iter().all(|kind| *kind == CustomerKind::Person) {
        return vec![false; kinds.len()];
    }
    let rows = rows_of_values(column, keep);
    let next = kinds.iter().zip(&rows).filter(|(kind, _)| **kind == CustomerKind::Person);
    let next = next.map(|(_, rows)| *rows).max().unwrap_or(0);
    let guest = |(kind, rows): (&CustomerKind, &u32)| match kind {
        CustomerKind::Person => false,
        CustomerKind::Guest => true,
        CustomerKind::MaybeGuest => {
            several || (*rows >= MIN_GUEST_ROWS && *rows > GUEST_TIMES_NEXT * next)
        }
    };
    kinds.iter().zip(&rows).map(guest).collect()
}

/// How many of the kept rows have each value.
fn rows_of_values(column: &Coded, keep: &[bool]) -> Vec<u32> {
    let mut rows = vec![0; column.values.len()];
    for (&code, _) in column.codes.iter().zip(keep).filter(|(_, keep)| **keep) {
        if let Some(rows) = rows.get_mut(code as usize) {
            *rows += 1;
        }
    }
    rows
}

/// A warning about a customer with an implausible share of the rows, if there is one. `column` is
/// the name of the column. Only the rows that `keep` keeps count.
pub(super) fn crowd_warning(
    ids: &Coded,
    keep: &[bool],
    column: &str,
    places: &Places,
) -> Option<Finding> {
    let rows = rows_of_values(ids, keep);
    let (top, &most) = rows.iter().enumerate().max_by_key(|(_, rows)| **rows)?;
    let next = rows.iter().enumerate().filter(|(value, _)| *value != top);
    let next = next.map(|(_, rows)| *rows).max().unwrap_or(0);
    let share = f64::from(most) / rows.iter().sum::<u32>() as f64;
    if share <= MANY || most < MIN_ROWS || most < TIMES_NEXT * next {
        return None;
    }
    // An address may be a person's, and messages end up in logs.
    let text = &ids.values[top];
    let value =
        if text.contains('@') { "one address".to_owned() } else { format!("\"{}\"", shown(text)) };
    let what = format!(
        "{value} in column \"{}\" is the customer of {:.0} % of the rows, which is too much for a person: if it stands for guests, name a second column with customers, as in customer_id = [\"{0}\", \"email\"], or leave these rows out with where",
        shown(column),
        100.0 * share
    );
    let of_top = (0..keep.len()).filter(|row| keep[*row] && ids.codes[*row] == top as u32);
    Finding::in_rows(what, places, of_top.map(|row| row as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(texts: &[&str]) -> Coded {
        let mut coded: Coded = texts.iter().collect();
        if let Some(empty) = coded.values.iter().position(String::is_empty) {
            coded
                .codes
                .iter_mut()
                .filter(|c| **c == empty as u32)
                .for_each(|c| *c = Coded::MISSING);
        }
        coded
    }

    fn resolved(columns: &[&[&str]]) -> Vec<String> {
        let keep = vec![true; columns[0].len()];
        let columns_of_ids = columns.iter().map(|texts| column(texts)).collect();
        let customers = Customers::resolve(columns_of_ids, &keep);
        let text = |row| match customers.ids.text(row) {
            "" if customers.is_guest(row) => "(guest)".to_owned(),
            text => text.to_owned(),
        };
        (0..columns[0].len()).map(text).collect()
    }

    #[test]
    fn guests_are_told_apart_by_another_column() {
        assert_eq!(
            resolved(&[&["7", "0", "", "Guest", "0"], &["x@a", "y@a", "z@a", "guest@a", ""]]),
            ["7", "y@a", "z@a", "(guest)", "(guest)"]
        );
    }

    #[test]
    fn guests_without_another_column_are_nobody() {
        assert_eq!(resolved(&[&["c1", "guest", "Gast", ""]]), ["c1", "(guest)", "(guest)", ""]);
        assert_eq!(resolved(&[&["0", "0", "0", "0", "1"]])[0], "(guest)");
    }

    #[test]
    fn a_customer_with_the_number_0_is_a_customer() {
        assert_eq!(resolved(&[&["0", "1", "1", "2", "0"]])[0], "0");
        assert_eq!(resolved(&[&["0", "0"]])[0], "0");
    }

    #[test]
    fn one_value_in_many_rows_is_a_warning() {
        let many = |value: &'static str| column(&[&[value; 12][..], &["a", "b", "c"]].concat());
        let what =
            crowd_warning(&many("POS 1"), &[true; 15], "user", &Places::default()).unwrap().what;
        assert!(
            what.contains("\"POS 1\"") && what.contains("80 %") && what.contains("\"user\""),
            "{what}"
        );
        let what =
            crowd_warning(&many("a.person@example.com"), &[true; 15], "mail", &Places::default())
                .unwrap()
                .what;
        assert!(!what.contains("person@"), "{what}");
        assert!(
            crowd_warning(&column(&["a", "b", "c", "a"]), &[true; 4], "user", &Places::default())
                .is_none()
        );
    }
}
