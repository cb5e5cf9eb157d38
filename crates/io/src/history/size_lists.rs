//! Splits the lists of sizes that catalogues have in one cell.

use crate::vocabulary::is_size_word;
use inseam::size::{Axis, Label, System, is_understood, position};
use serde_json::{Map, Value};

/// The largest number of sizes of one article.
pub(super) const MAX_SIZES: usize = 200;
/// Words between the last two sizes of a list.
const AND: [&str; 10] =
    [" and ", " und ", " et ", " y ", " e ", " og ", " och ", " en ", " & ", " + "];

/// The size labels of a list, in the order of the list, each once. The list may be JSON, also of
/// objects or with the stock of each size, in braces as of a database, or have one of the
/// separators `|`, `;`, line end, comma, slash and blank, or others that are in no size. A comma, a
/// slash or a blank may also be within a size, as in `38,5`, `EU 38 / UK 10` or `One Size`. An
/// error is the end of a sentence that begins with the list.
pub fn split_sizes(list: &str) -> Result<Vec<Label>, String> {
    let mut labels = Vec::new();
    for part in without_stock(parts(list.trim())) {
        let part = part.trim();
        if part.is_empty() {
            continue;
        }
        let label =
            Label::parse(part).map_err(|e| format!("has a size that is not a label: {e}"))?;
        if !labels.contains(&label) {
            labels.push(label);
        }
        if labels.len() > MAX_SIZES {
            return Err(format!("has more than {MAX_SIZES} sizes"));
        }
    }
    Ok(labels)
}

fn parts(list: &str) -> Vec<String> {
    if let Ok(values) = serde_json::from_str::<Vec<Value>>(list) {
        return values.into_iter().map(json_text).collect();
    }
    // {"S": 3, "M": 0}
    if let Ok(stock) = serde_json::from_str::<Map<String, Value>>(list) {
        return stock.into_iter().map(|(size, _)| size).collect();
    }
    let brackets = [('[', ']'), ('{', '}'), ('(', ')')];
    for (open, close) in brackets {
        if let Some(inner) = list.strip_prefix(open).and_then(|list| list.strip_suffix(close)) {
            return bracketed(inner);
        }
    }
    let separators = ["|", ";", "\n", "\t", "<br>", "<br/>", "<br />", "、", "，", "•", "·"];
    if let Some(separator) = separators.into_iter().find(|separator| list.contains(separator)) {
        return list.split(separator).map(str::to_owned).collect();
    }
    for separator in ['\\', '+'] {
        let parts: Vec<&str> = list.split(separator).map(str::trim).collect();
        if parts.len() > 1 && are_sizes(&parts) {
            return parts.into_iter().map(str::to_owned).collect();
        }
    }
    if list.contains(',') {
        return split_at_commas(list);
    }
    split_at_slashes(list)
        .or_else(|| split_at_blanks(list))
        .unwrap_or_else(|| vec![list.to_owned()])
}

/// The size that an element of a JSON list is or has: `{"size": "M", "stock": 3}`.
fn json_text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        Value::Null => String::new(),
        Value::Object(mut object) => {
            let key = object.keys().find(|key| is_size_word(key)).cloned();
            let usual = ["label", "name", "title", "value", "option"];
            let key = key.or_else(|| {
                usual.into_iter().find(|key| object.contains_key(*key)).map(str::to_owned)
            });
            match key.and_then(|key| object.remove(&key)) {
                Some(Value::String(text)) => text,
                Some(Value::Number(number)) => number.to_string(),
                _ => Value::Object(object).to_string(),
            }
        }
        value => value.to_string(),
    }
}

/// Takes the stock from sizes such as `S:3` and `M:0`, if each has one.
fn without_stock(parts: Vec<String>) -> Vec<String> {
    let size = |part: &String| {
        let (size, stock) = part.split_once([':', '='])?;
        let count = !stock.trim().is_empty() && stock.trim().bytes().all(|b| b.is_ascii_digit());
        (count && is_understood(size)).then(|| size.to_owned())
    };
    let all: Option<Vec<String>> = parts.iter().map(size).collect();
    all.unwrap_or(parts)
}

/// The elements of a list in brackets, which commas or other separators are between, without quote
/// marks.
fn bracketed(inner: &str) -> Vec<String> {
    let separator = ['|', ';'].into_iter().find(|separator| inner.contains(*separator));
    let quotes = ['"', '\'', ' '];
    inner.split(separator.unwrap_or(',')).map(|part| part.trim_matches(quotes).to_owned()).collect()
}

/// Splits at commas that are not decimal.
fn split_at_commas(list: &str) -> Vec<String> {
    let pieces: Vec<&str> = list.split(',').collect();
    let mut parts: Vec<String> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        match parts.last_mut().filter(|_| at > 0 && is_half_of(pieces[at - 1], piece, pieces.len()))
        {
            Some(whole) => *whole = format!("{whole},{piece}"),
            None => parts.push((*piece).to_owned()),
        }
    }
    // "S, M and L"
    if parts.len() > 1
        && let Some(last) = parts.pop()
    {
        let word = AND.iter().find(|word| last.contains(**word));
        match word.and_then(|word| last.split_once(word)) {
            Some((one, other)) => parts.extend([one.to_owned(), other.to_owned()]),
            None => parts.push(last),
        }
    }
    let start = AND.map(str::trim_start);
    let without_word = |part: String| {
        let trimmed = part.trim_start();
        let word = start.iter().find(|word| trimmed.starts_with(**word));
        word.map_or(part.clone(), |word| trimmed[word.len()..].to_owned())
    };
    parts.into_iter().map(without_word).collect()
}

/// Whether a piece behind a comma is the half of the number before it, as in `38,5`. In a list of
/// whole sizes 5 only follows a smaller number.
fn is_half_of(before: &str, piece: &str, pieces: usize) -> bool {
    let half = piece.strip_prefix('5').is_some_and(|rest| rest.trim().is_empty());
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let number: Option<u32> = before[before.len() - digits..].parse().ok();
    half && number.is_some_and(|number| number >= 5 || pieces == 2)
}

/// Splits `S/M/L` and `36/38/40`: three or more sizes of one kind. Two sizes with a slash are one:
/// `S/M`, `38/40`.
fn split_at_slashes(list: &str) -> Option<Vec<String>> {
    let parts: Vec<&str> = list.split('/').map(str::trim).collect();
    (parts.len() > 2 && are_sizes(&parts)).then(|| parts.into_iter().map(str::to_owned).collect())
}

/// Splits `S M L` and `36 38 40`. Other words with blanks between them are one size.
fn split_at_blanks(list: &str) -> Option<Vec<String>> {
    let parts: Vec<&str> = list.split_whitespace().collect();
    (parts.len() > 1 && are_sizes(&parts)).then(|| parts.into_iter().map(str::to_owned).collect())
}

/// Whether the texts are sizes of one kind: all letters, or all numbers in rising order.
fn are_sizes(texts: &[&str]) -> bool {
    let letter = |text: &&str| {
        !text.contains(|c: char| c.is_whitespace() || c == '/')
            && text.contains(|c: char| c.is_ascii_alphabetic())
            && !text.contains(['-', '.'])
            && position(text, System::Eu, Axis::Men).is_some()
            && position(text, System::Eu, Axis::ShoesWomen).is_some()
    };
    let number = |text: &&str| text.replace(',', ".").parse::<f64>().ok();
    let numbers: Option<Vec<f64>> = texts.iter().map(number).collect();
    match numbers {
        Some(numbers) => numbers.windows(2).all(|pair| pair[0] < pair[1]),
        None => texts.iter().all(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(list: &str) -> Vec<String> {
        split_sizes(list).unwrap().into_iter().map(Label::into_string).collect()
    }

    fn canonical(labels: &[&str]) -> Vec<String> {
        labels.iter().map(|label| Label::parse(label).unwrap().into_string()).collect()
    }

    #[test]
    fn a_cell_with_one_size() {
        for list in [
            "One Size",
            "XL Tall",
            "38 1/3",
            "38,5",
            "7,5",
            "4,5",
            "EU 38 / UK 10",
            "EU 38 / UK 10 / US 8",
            "S/M",
            "38/40",
            "M Petite",
            "Taille unique",
            "34 B",
            "6-9 Months",
            "36-44",
            "W32 L34",
            "42 2/3",
            "Size 10",
            "10 Jahre",
            "2XL Big",
            "80 cm",
        ] {
            assert_eq!(split(list), canonical(&[list]), "{list}");
        }
    }

    #[test]
    fn lists_in_their_forms() {
        for (list, labels) in [
            ("S M L", vec!["S", "M", "L"]),
            ("36 38 40", vec!["36", "38", "40"]),
            ("S/M/L", vec!["S", "M", "L"]),
            ("36/38/40", vec!["36", "38", "40"]),
            ("S|M|L", vec!["S", "M", "L"]),
            ("One Size|S|s", vec!["One Size", "S"]),
            ("36,5;38,5", vec!["36,5", "38,5"]),
            ("36,36,5,37,37,5", vec!["36", "36,5", "37", "37,5"]),
            ("3,4,5,6", vec!["3", "4", "5", "6"]),
            ("36, 38", vec!["36", "38"]),
            ("36,38,40", vec!["36", "38", "40"]),
            ("S, M and L", vec!["S", "M", "L"]),
            ("S, M, und L", vec!["S", "M", "L"]),
            ("XS-S, M-L", vec!["XS-S", "M-L"]),
            ("6 Months, 12 Months", vec!["6 Months", "12 Months"]),
            ("One Size, XL Tall", vec!["One Size", "XL Tall"]),
            ("[\"S\",\"M\",\"L\"]", vec!["S", "M", "L"]),
            ("[36, 38.5]", vec!["36", "38.5"]),
            ("['S', 'M']", vec!["S", "M"]),
            ("{S,M,L}", vec!["S", "M", "L"]),
            ("{\"One Size\",\"XL Tall\"}", vec!["One Size", "XL Tall"]),
            ("S\nM\nL", vec!["S", "M", "L"]),
            ("S<br>M<br>L", vec!["S", "M", "L"]),
            ("S、M、L", vec!["S", "M", "L"]),
            ("S + M + L", vec!["S", "M", "L"]),
            ("39+", vec!["39+"]),
            ("S:3|M:0", vec!["S", "M"]),
            ("Size: 38|Size: 40", vec!["38", "40"]),
            ("[{\"size\":\"S\",\"stock\":3},{\"size\":\"M\"}]", vec!["S", "M"]),
            ("[{\"name\":38},{\"name\":\"40\"}]", vec!["38", "40"]),
            ("{\"M\":0,\"S\":3}", vec!["M", "S"]),
            ("", vec![]),
            ("[]", vec![]),
        ] {
            assert_eq!(split(list), canonical(&labels), "{list:?}");
        }
    }

    #[test]
    fn wrong_lists_are_refused() {
        assert!(split_sizes(&"x".repeat(100)).is_err());
        let many: Vec<String> = (0..=MAX_SIZES).map(|n| n.to_string()).collect();
        assert!(split_sizes(&many.join("|")).unwrap_err().contains("more than"));
    }
}
