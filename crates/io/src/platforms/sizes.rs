//! Whether texts are size labels.

use inseam::size::is_understood;

/// The longest text that is a size, in bytes. Longer texts are titles.
const MAX_BYTES: usize = 40;

/// Whether a text is a size label that training understands.
pub(crate) fn is_size(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.len() <= MAX_BYTES && !is_price(text) && is_understood(text)
}

/// Whether a text is a number without letters. Such a size looks like a price, a quantity or a
/// year.
pub(crate) fn is_plain_number(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
}

/// "25.00": numbers with two decimals are prices.
fn is_price(text: &str) -> bool {
    let decimals = text.rsplit_once(['.', ',']).map(|(_, decimals)| decimals);
    is_plain_number(text) && decimals.is_some_and(|d| d.len() >= 2)
}
