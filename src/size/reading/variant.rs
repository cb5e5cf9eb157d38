//! Finds the size in the name of a variant, "Linen Dress - Navy / M".

use super::readings::{Family, readings};

/// The part of a variant's or line item's name that is a size, as it is written; `None` if no part
/// of it is.
///
/// Shops put the product in front, then " - ", then the options with " / " or ", " between them:
/// "Linen Dress - Navy / M", "Navy / 32 / 34", "Runner, Black, 42.5". Without options the whole
/// name may be a size. Neighbouring parts that are sizes only together, such as waist and inseam,
/// stay together. Of several sizes the last option counts.
///
/// ```
/// use inseam::size::size_in_variant;
/// assert_eq!(size_in_variant("Linen Dress - Navy / M"), Some("M"));
/// assert_eq!(size_in_variant("501 - Black / 32 / 34"), Some("32 / 34"));
/// assert_eq!(size_in_variant("Gift card"), None);
/// ```
#[must_use]
pub fn size_in_variant(name: &str) -> Option<&str> {
    let name = name.trim();
    // Options follow the last " - " behind which there is a size: "T-Shirt - Navy / XL - Tall".
    let ends = std::iter::once(0).chain(name.match_indices(" - ").map(|(at, _)| at + 3));
    let tails: Vec<&str> = ends.map(|at| &name[at..]).collect();
    let found = tails.iter().rev().find_map(|tail| size_in_options(tail));
    let Some(found) = found else {
        // "36 - Navy": nothing behind the size is one.
        let front = name.split_once(" - ")?.0.trim();
        return is_size(front).then_some(front);
    };
    // "XL - Tall" is one size: take the text before the hyphen too if both are one size.
    let start = found.as_ptr() as usize - name.as_ptr() as usize;
    let before = name[..start].strip_suffix(" - ").unwrap_or_default();
    let word = before.rsplit([' ', '/', ',']).next().unwrap_or_default();
    let joined = &name[before.len() - word.len()..start + found.len()];
    let one_size = !word.is_empty() && readings(joined).len() == 1;
    Some(if one_size && is_size(joined) { joined } else { found })
}

/// The size among options.
fn size_in_options(tail: &str) -> Option<&str> {
    [" / ", "/", " | ", ", ", ","].iter().find_map(|separator| size_between(tail, separator))
}

/// The last run of parts that is a size.
fn size_between<'a>(tail: &'a str, separator: &str) -> Option<&'a str> {
    if !tail.contains(separator) {
        return is_size(tail.trim()).then(|| tail.trim());
    }
    let mut bounds = vec![0];
    for (at, _) in tail.match_indices(separator) {
        bounds.extend([at, at + separator.len()]);
    }
    bounds.push(tail.len());
    let parts: Vec<(usize, usize)> = bounds.chunks(2).map(|pair| (pair[0], pair[1])).collect();
    let last = parts.iter().rposition(|&(from, to)| is_size(tail[from..to].trim()))?;
    let mut first = last;
    while first > 0 && is_size(tail[parts[first - 1].0..parts[last].1].trim()) {
        first -= 1;
    }
    Some(tail[parts[first].0..parts[last].1].trim())
}

/// Whether a text is a size. A number with letters that many product names have, such as "501" or
/// "V2", is none.
fn is_size(text: &str) -> bool {
    let readings = readings(text);
    !readings.is_empty()
        && !text.contains(['$', '%', '€', '£'])
        && readings.iter().any(|r| r.family != Family::Girth || r.value <= 150.0)
}
