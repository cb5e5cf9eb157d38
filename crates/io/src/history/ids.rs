//! Ids as they were before a spreadsheet or a program that takes them for numbers rewrote them.

use inseam::train::{Coded, IdDigest};
use std::borrow::Cow;

/// Ids of which only digests are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdKind {
    /// An order's.
    Order,
    /// An order line's.
    Line,
}

/// Makes the digest of an id.
pub type DigestOfId<'a> = &'a (dyn Fn(IdKind, &str) -> IdDigest + Sync);

/// The digests of a history that no log keeps.
pub(super) fn plain_digest(_: IdKind, id: &str) -> IdDigest {
    IdDigest::of(id)
}

/// The whole numbers below this are exact in floating point.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// An id without what a spreadsheet or floating point added: `8001.0`, `="8001"` and `'8001` are
/// `8001`. An e-mail address is written in small letters. Any other text stays as it is.
pub fn plain_id(text: &str) -> Cow<'_, str> {
    let formula = text.strip_prefix("=\"").and_then(|text| text.strip_suffix('"'));
    let marked =
        text.strip_prefix('\'').filter(|text| text.starts_with(|c: char| c.is_ascii_digit()));
    let text = formula.or(marked).unwrap_or(text);
    let whole = text.split_once('.').filter(|(digits, zeros)| {
        let sign = digits.strip_prefix('-').unwrap_or(digits);
        let are = |text: &str, f: fn(u8) -> bool| !text.is_empty() && text.bytes().all(f);
        are(sign, |byte| byte.is_ascii_digit()) && are(zeros, |byte| byte == b'0')
    });
    if text.contains('@') && text.chars().any(char::is_uppercase) {
        return Cow::Owned(text.to_lowercase());
    }
    Cow::Borrowed(whole.map_or(text, |(digits, _)| digits))
}

/// What is wrong with an id, if anything. `float` tells that its column has floating-point numbers.
pub(super) fn id_problem(text: &str, float: bool) -> Option<String> {
    if is_rounded(text) {
        return Some(format!(
            "has {text}, which a spreadsheet has rounded, so that different ids may have become one: export the column as text"
        ));
    }
    let floating = float || (text.contains('.') && plain_id(text) != text);
    let number = plain_id(text).parse::<f64>().ok()?;
    (floating && number.abs() >= EXACT).then(|| {
        format!(
            "has {text}, which is too large for floating point to keep its digits: export the column as text or as whole numbers"
        )
    })
}

/// Whether a text is a number in scientific notation, like `6.12E+12`.
fn is_rounded(text: &str) -> bool {
    let Some((number, exponent)) = text.split_once(['e', 'E']) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = number.split_once(['.', ',']).unwrap_or((number, ""));
    let plus = exponent.strip_prefix('+');
    // 12E5 may be an id with a letter.
    let written = plus.is_some() || !fraction.is_empty();
    written
        && digits(whole)
        && (fraction.is_empty() || digits(fraction))
        && digits(plus.unwrap_or(exponent))
}

/// The column with plain ids. Ids that become the same get one code.
pub(super) fn plain_ids(coded: Coded) -> Coded {
    if coded.values.iter().all(|text| plain_id(text) == text.as_str()) {
        return coded;
    }
    crate::table::translate(coded, |text| text.map(|text| plain_id(text).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spreadsheets_and_floats_are_undone() {
        for (text, id) in [
            ("8001.0", "8001"),
            ("8001.00", "8001"),
            ("-1.0", "-1"),
            ("=\"00123\"", "00123"),
            ("'00123", "00123"),
            ("8001", "8001"),
            ("8001.5", "8001.5"),
            ("A.0", "A.0"),
            ("1.2.0", "1.2.0"),
            (".0", ".0"),
            ("8001.", "8001."),
            ("'s", "'s"),
            ("Ann.Lee@Example.com", "ann.lee@example.com"),
        ] {
            assert_eq!(plain_id(text), id, "{text}");
        }
        let ids = plain_ids(["8001.0", "x", "8001"].iter().collect());
        assert_eq!((ids.codes, ids.values), (vec![0, 1, 0], vec!["8001".to_owned(), "x".into()]));
    }

    #[test]
    fn rounded_ids_are_refused() {
        for text in ["6.12E+12", "4,61E+12", "6.12e12", "5E+15", "1.23E+21"] {
            let problem = id_problem(text, false).unwrap();
            assert!(problem.contains(text) && problem.contains("as text"), "{problem}");
        }
        for text in ["12E5", "E+12", "A1.2E+3", "8001.0", "6120000000000", "99999999999999999999"] {
            assert_eq!(id_problem(text, false), None, "{text}");
        }
        assert_eq!(id_problem("9007199254740991", true), None);
        assert!(id_problem("9007199254740992", true).unwrap().contains("floating point"));
        assert!(id_problem("9007199254740992.0", false).is_some());
    }
}
