//! Finds the column of sizes where headers alone do not tell: Option1 Value may be the colour.

use super::profile::{ColumnProfile, TableProfile};
use super::sizes::{is_plain_number, is_size};
use crate::vocabulary::{folded, is_colour_word, is_size_word};

/// Headers, or beginnings of headers, of columns whose letters are no sizes. Folded.
const NO_SIZES: [&str; 18] = [
    "gender",
    "sex",
    "geschlecht",
    "sexe",
    "sexo",
    "sesso",
    "geslacht",
    "country",
    "province",
    "state",
    "region",
    "title",
    "currency",
    "quantity",
    "qty",
    "price",
    "payment",
    "tax",
];

/// Parts of headers of columns with the options of an article, folded.
const OPTIONS: [&str; 6] =
    ["option", "variant", "variation", "attribute", "itemmeta", "lineitemname"];

/// The column of sizes of a table, by the names of options ("Option2 Name" is "Size") and by
/// content. `None` if no column has sizes, or if two have and nothing tells them apart.
pub(super) fn size_column(profile: &TableProfile) -> Option<&str> {
    named_option(profile).or_else(|| by_content(profile)).map(|column| column.name.as_str())
}

/// The value of the option that most rows call size.
fn named_option(profile: &TableProfile) -> Option<&ColumnProfile> {
    let value = |name: &ColumnProfile| {
        let header = folded(&name.name)?;
        let number = header.strip_prefix("option").and_then(|rest| rest.strip_suffix("name"))?;
        let value = format!("option{number}value");
        profile.columns.iter().find(|column| folded(&column.name).as_deref() == Some(&value))
    };
    let called_size = |name: &ColumnProfile| name.filled as f64 * name.share(is_size_word);
    let options = profile.columns.iter().filter(|name| called_size(name) > 0.0);
    let best = options.max_by(|a, b| called_size(a).total_cmp(&called_size(b)))?;
    value(best).filter(|column| column.filled > 0)
}

/// The column whose cells are size labels. Numbers count only under a header that is about sizes or
/// options, because prices and quantities are numbers too.
fn by_content(profile: &TableProfile) -> Option<&ColumnProfile> {
    let about_sizes = |header: &str| {
        let folded = folded(header).unwrap_or_default();
        is_size_word(header) || OPTIONS.iter().any(|word| folded.contains(word))
    };
    let excluded = |header: &str| {
        let header = folded(header).unwrap_or_default();
        NO_SIZES.iter().any(|start| header.starts_with(start) || header.ends_with(start))
    };
    let score = |column: &ColumnProfile| {
        let lettered = column.lettered_sizes();
        let about = about_sizes(&column.name);
        let distinct = column
            .texts()
            .filter(|text| about || is_size(text) && !is_plain_number(text))
            .take(3)
            .count();
        if is_colour_word(&column.name) || excluded(&column.name) && !about || distinct == 0 {
            return 0.0;
        }
        if about {
            column.variants()
        } else if distinct > 2 && lettered > 0.3 {
            column.sizes() * 0.9
        } else {
            0.0
        }
    };
    let mut scored: Vec<(f64, &ColumnProfile)> =
        profile.columns.iter().map(|column| (score(column), column)).collect();
    scored.retain(|(score, _)| *score > 0.5);
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    match scored[..] {
        [(best, _), (second, _), ..] if best - second < 0.05 => None,
        [(_, best), ..] => Some(best),
        [] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A profile of columns with these headers and cells.
    fn profile(columns: &[(&str, &[&str])]) -> TableProfile {
        let column = |(name, cells): &(&str, &[&str])| ColumnProfile {
            name: (*name).to_owned(),
            filled: cells.len() as u64,
            values: cells.iter().map(|cell| ((*cell).to_owned(), 1)).collect(),
            truncated: false,
        };
        TableProfile { rows: 3, columns: columns.iter().map(column).collect(), sample: Vec::new() }
    }

    #[test]
    fn the_option_with_sizes() {
        let colours: (&str, &[&str]) = ("Option1 Value", &["Navy", "Red", "Green"]);
        let sizes: (&str, &[&str]) = ("Option2 Value", &["M", "L", "S"]);
        assert_eq!(size_column(&profile(&[colours, sizes])), Some("Option2 Value"));
        // The name of the option decides about numbers.
        let named = profile(&[
            ("Option1 Name", &["Length", "Length"]),
            ("Option1 Value", &["30", "32"]),
            ("Option2 Name", &["Größe", "Größe"]),
            ("Option2 Value", &["34", "36"]),
        ]);
        assert_eq!(size_column(&named), Some("Option2 Value"));
    }

    #[test]
    fn no_column_of_sizes() {
        for columns in [
            [("Option1 Value", &["Navy", "Red"][..]), ("Gender", &["M", "L"][..])],
            [("Quantity", &["1", "2"][..]), ("Price", &["36", "38"][..])],
            // Nothing tells the two apart.
            [("Option1 Value", &["30", "32"][..]), ("Option2 Value", &["30", "32"][..])],
        ] {
            assert_eq!(size_column(&profile(&columns)), None, "{columns:?}");
        }
    }
}
