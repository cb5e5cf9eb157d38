//! Whether texts are size labels.

use inseam::size::{is_understood, understood};

/// The longest text that is a size, in bytes. Longer texts are titles.
const MAX_BYTES: usize = 40;

/// Whether a text is a size label that training understands.
pub(crate) fn is_size(text: &str) -> bool {
    may_be_size(text) && is_understood(text.trim())
}

/// Which of the texts of a column are size labels, also where only the others tell.
pub(crate) fn are_sizes(texts: &[&str]) -> Vec<bool> {
    let understood = understood(texts).into_iter();
    texts.iter().zip(understood).map(|(text, read)| read && may_be_size(text)).collect()
}

fn may_be_size(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.len() <= MAX_BYTES && !is_price(text) && !is_title(text)
}

/// "Linen Dress (M)": several words of which none is a size, and a size in brackets.
fn is_title(text: &str) -> bool {
    let Some((name, _)) = text.split_once(['(', '[']) else { return false };
    name.split_whitespace().count() > 1
        && !is_understood(name.trim())
        && !name.split([' ', '/', '-']).any(is_understood)
}

/// Whether a text is a number without letters. Such a size looks like a price, a quantity or a
/// year.
pub(crate) fn is_plain_number(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
}

/// "25.00": numbers with two decimals are prices, except for quarters and eighths of hats: "7.25".
fn is_price(text: &str) -> bool {
    let Some((whole, decimals)) = text.rsplit_once(['.', ',']) else { return false };
    let hat = matches!(whole, "6" | "7" | "8")
        && matches!(decimals, "12" | "25" | "38" | "62" | "75" | "88");
    is_plain_number(text) && decimals.len() >= 2 && !hat
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_and_titles_are_no_sizes() {
        for text in ["25.00", "49,95", "Linen Dress (M)", "Acme Womens Kurta (XL)"] {
            assert!(!is_size(text), "{text}");
        }
        for text in ["7.25", "6.88", "Navy (M)", "Extra small (XS)", "UK size 10 (EU 38)", "8.5"] {
            assert!(is_size(text), "{text}");
        }
    }
}
