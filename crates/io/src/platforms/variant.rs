//! Splits the names of variants, like "Linen Dress - Navy / M", into the article and the size.

use super::sizes::{is_plain_number, is_size};
use crate::vocabulary::{is_size_word, names_no_garment};
use inseam::size::size_in_variant;

/// A variant's name in parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The article: the name without the variant. Empty if the text names the variant alone, as
    /// "Navy / M" does.
    pub article: String,
    /// The size as the shop writes it.
    pub size: String,
}

/// Splits the name of a variant, as these exports write it:
///
/// - Shopify, WooCommerce: "Linen Dress - Navy / M", "Linen Dress - Navy, M";
/// - Amazon and other marketplaces: "Linen Dress (Navy, M)", "Linen Dress, Navy, M";
/// - options with their names: "Size: M, Color: Navy", "pa_size=m|pa_color=navy", also as the JSON
///   of Adobe Commerce's `product_options`;
/// - a variant alone: "Navy / M", "M";
/// - an SKU: "LD-NV-M".
///
/// `None` if no part of the text is a size, or if it names a gift card.
///
/// ```
/// use inseam_io::platforms::split_variant;
/// let variant = split_variant("Linen Dress - Navy / M").unwrap();
/// assert_eq!((variant.article.as_str(), variant.size.as_str()), ("Linen Dress", "M"));
/// assert_eq!(split_variant("Leather Belt"), None);
/// ```
pub fn split_variant(text: &str) -> Option<Variant> {
    split_size(text).or_else(|| sku(text.trim()).filter(|_| !names_no_garment(text)))
}

/// Splits a cell of a column of sizes, in which some shops write the name of a variant: as
/// [`split_variant`], except that the cell is no SKU.
fn split_size(text: &str) -> Option<Variant> {
    let text = text.trim();
    if names_no_garment(text) {
        return None;
    }
    json_option(text)
        .or_else(|| named_option(text))
        .or_else(|| whole(text))
        .or_else(|| behind_dash(text))
        .or_else(|| in_brackets(text))
        .or_else(|| in_list(text))
}

/// The article that the name of a variant names, or the text itself if it names no size: "Linen
/// Dress - Navy / M" is a Linen Dress.
pub fn article_of_variant(name: &str) -> String {
    let variant = split_variant(name).filter(|variant| !variant.article.is_empty());
    variant.map_or_else(|| name.to_owned(), |variant| variant.article)
}

/// The size that a text is or names. If the texts of its column are names of variants
/// (`of_variant`), `None` for a text without a size. If not, a text that names no size is one
/// itself.
pub fn size_of_variant(text: &str, of_variant: bool) -> Option<String> {
    if of_variant {
        return split_variant(text).map(|variant| variant.size);
    }
    let size = split_size(text).map(|variant| variant.size).or_else(|| beside_colour(text));
    Some(size.unwrap_or_else(|| text.to_owned()))
}

/// "Black/S", "S,Black", "Navy-M", "Black S": a size and one other word. In a column of sizes that
/// word is another option. "36 - only 2 left": a size and a remark.
fn beside_colour(text: &str) -> Option<String> {
    let front = [" - ", " \u{2013} "].iter().find_map(|dash| Some(text.split_once(*dash)?.0));
    if let Some(front) = front.filter(|front| is_size(front)) {
        return Some(front.to_owned());
    }
    let is_word = |word: &str| {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        letters >= MIN_LETTERS
            && word.chars().all(|c| c.is_alphabetic() || c == ' ')
            && !is_size(word)
    };
    let size = [',', '/', '-', '_', ' '].iter().find_map(|separator| {
        let (first, second) = text.rsplit_once(*separator)?;
        let (first, second) = (first.trim(), second.trim());
        if is_size(second) && is_word(first) {
            return Some(second);
        }
        // "Size S, Black"; but what follows a blank is rather a remark than a colour.
        (*separator != ' ' && is_size(first) && is_word(second)).then_some(first)
    })?;
    Some(size.to_owned())
}

/// The fewest letters of an option's name.
const MIN_LETTERS: usize = 3;

/// The article that a cell of a column of sizes names beside its size: empty if it names only
/// another option, as "Navy / M" does; `None` if the cell is the size.
pub fn article_beside_size(text: &str) -> Option<String> {
    let Some(variant) = split_size(text) else {
        return beside_colour(text).map(|_| String::new());
    };
    (variant.size != text.trim()).then_some(variant.article)
}

fn variant(article: &str, size: &str) -> Variant {
    let article = article.trim().trim_end_matches(['-', '\u{2013}', ',', '/', '|', ':']).trim_end();
    Variant { article: article.to_owned(), size: size.trim().to_owned() }
}

/// `"attributes_info":[{"label":"Size","value":"M"}]`, and Shopware's
/// `[{"group":"Size","option":"M"}]`.
fn json_option(text: &str) -> Option<Variant> {
    const KEYS: [[&str; 2]; 3] = [["label", "value"], ["group", "option"], ["name", "value"]];
    let text = text.replace("\": \"", "\":\"");
    let value = KEYS.iter().find_map(|[name, value]| {
        let (name, value) = (format!("\"{name}\":\""), format!("\"{value}\":\""));
        let mut options = text.split(&name).skip(1);
        let option = options.find(|o| o.split('"').next().is_some_and(is_size_word))?;
        Some(option.split(&value).nth(1)?.split('"').next()?.to_owned())
    })?;
    Some(variant("", &value)).filter(|variant| !variant.size.is_empty())
}

/// "Size: M, Color: Navy"; also behind the name of the article, "Linen Dress - Size: M".
fn named_option(text: &str) -> Option<Variant> {
    let options = text.split([',', ';', '|', '\n']).flat_map(|part| part.split(" / "));
    for option in options.flat_map(with_later_options) {
        let Some((name, value)) = option.split_once([':', '=']) else { continue };
        let name = name.rsplit(" - ").next().unwrap_or(name);
        let value = before_next_option(value).trim().trim_matches(['"', '}', ']']).trim();
        let short = name.split_whitespace().count() <= 3;
        if short && is_size_word(name) && !value.is_empty() {
            // What comes before the first option is the article.
            let first = text.find([':', '='])?;
            let before = text[..first].rfind(" - ").map_or("", |end| &text[..end]);
            return Some(variant(before, value));
        }
    }
    None
}

/// An option, and the options behind hyphens in it: "Color : Navy- Size : M" has "Size : M".
fn with_later_options(option: &str) -> impl Iterator<Item = &str> {
    let later = option.match_indices("- ").map(|(at, hyphen)| &option[at + hyphen.len()..]);
    std::iter::once(option).chain(later.filter(|later| later.contains(':')))
}

/// The value before another option, which PrestaShop separates by a hyphen: "M- Color : Navy".
fn before_next_option(value: &str) -> &str {
    match value.split_once("- ") {
        Some((first, rest)) if rest.contains(':') => first,
        _ => value,
    }
}

/// "M"; "Navy / M".
fn whole(text: &str) -> Option<Variant> {
    if is_size(text) {
        return Some(variant("", text));
    }
    if text.contains(" - ") || !text.contains(" / ") {
        return None;
    }
    size_of_parts(text).map(|size| variant("", &size))
}

/// "Linen Dress - Navy / M".
fn behind_dash(text: &str) -> Option<Variant> {
    let mut end = text.len();
    // The variant may have a dash of its own: "Jeans - Blue - 32".
    while let Some(at) =
        [" - ", " \u{2013} ", " | "].iter().filter_map(|d| text[..end].rfind(d)).max()
    {
        let tail = text[at..].trim_start_matches([' ', '-', '\u{2013}', '|']);
        if let Some(size) = size_of_parts(tail) {
            return Some(variant(&text[..at], &size));
        }
        if end < text.len() {
            return None;
        }
        end = at;
    }
    None
}

/// "Linen Dress (Navy, M)", "Linen Dress [M]".
fn in_brackets(text: &str) -> Option<Variant> {
    let inner = text.strip_suffix([')', ']'])?;
    let at = inner.rfind(['(', '['])?;
    let size = size_of_parts(&inner[at + 1..])?;
    Some(variant(&text[..at], &size))
}

/// "Linen Dress, Navy, M" and "Linen Dress, M, Navy".
fn in_list(text: &str) -> Option<Variant> {
    let parts: Vec<&str> = text.split(", ").collect();
    let at = (1..parts.len()).rev().take(2).find(|at| is_size(parts[*at]))?;
    Some(variant(&parts[..at].join(", "), parts[at]))
}

/// The smallest number at the end of an SKU that can be a size. Smaller ones count things.
const MIN_SKU_NUMBER: f64 = 28.0;

/// "LD-NV-M", "LD_NV_38". The last part alone can be the size, and it must not be all that is left.
fn sku(text: &str) -> Option<Variant> {
    if text.contains(char::is_whitespace) {
        return None;
    }
    let at = text.rfind(['-', '_', '/', '.'])?;
    let (article, size) = (&text[..at], &text[at + 1..]);
    let counts = is_plain_number(size) && size.parse().is_ok_and(|n: f64| n < MIN_SKU_NUMBER);
    (article.len() > 1 && is_size(size) && !counts).then(|| variant(article, size))
}

/// The size among the options of a variant: "Navy / M" has M. Several parts that are one size stay
/// together: "32 / 34" is a waist and a length, "Petite / M" is M in a petite cut.
fn size_of_parts(text: &str) -> Option<String> {
    let text = text.trim();
    let size = if is_size(text) { text } else { size_in_variant(text)? };
    is_size(size).then(|| with_cut(text, size))
}

/// The size with the cut that an option beside it names. `size` is a part of `text`.
fn with_cut(text: &str, size: &str) -> String {
    let separators = [" / ", ", ", " - ", " | "];
    let Some(at) = text.find(size) else { return size.to_owned() };
    let beside = separators.iter().flat_map(|separator| {
        let before = text[..at].strip_suffix(separator);
        let after = text[at + size.len()..].strip_prefix(separator);
        let before = before.and_then(|before| before.rsplit(separator).next());
        before.into_iter().chain(after.and_then(|after| after.split(separator).next()))
    });
    let with = |option: &str| format!("{size} {}", option.trim());
    beside.map(with).find(|both| is_size(both)).unwrap_or_else(|| size.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_variants() {
        for (text, article, size) in [
            ("Linen Dress - Navy / M", "Linen Dress", "M"),
            ("Linen Dress - M / Navy", "Linen Dress", "M"),
            ("Linen Dress - M", "Linen Dress", "M"),
            ("Linen Dress - Navy, XL", "Linen Dress", "XL"),
            ("T-Shirt - Long Sleeve - Navy / 3XL", "T-Shirt - Long Sleeve", "3XL"),
            ("Slim Jeans - 32 / 34", "Slim Jeans", "32 / 34"),
            ("Sneaker - EU 42", "Sneaker", "EU 42"),
            ("Linen Dress (Navy, M)", "Linen Dress", "M"),
            ("Linen Dress (M)", "Linen Dress", "M"),
            ("T-shirt imprimé - Taille : S- Couleur : Noir", "T-shirt imprimé", "S"),
            ("Hummingbird shirt - Color : Red- Size : XL", "Hummingbird shirt", "XL"),
            (
                r#"[{"group": "Farbe", "option": "Blau"}, {"group": "Größe", "option": "38"}]"#,
                "",
                "38",
            ),
            ("Acme Women's Linen Dress, Navy, Medium", "Acme Women's Linen Dress, Navy", "Medium"),
            ("Size: M, Color: Navy", "", "M"),
            ("Linen Dress - Größe: 38", "Linen Dress", "38"),
            ("pa_color=navy|pa_size=xl", "", "xl"),
            ("Navy / M", "", "M"),
            ("38", "", "38"),
            ("LD-NV-M", "LD-NV", "M"),
            ("LD_NV_38", "LD_NV", "38"),
            (
                r#"{"attributes_info":[{"label":"Color","value":"Navy"},{"label":"Size","value":"M"}]}"#,
                "",
                "M",
            ),
        ] {
            let found = split_variant(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found.article.as_str(), found.size.as_str()), (article, size), "{text}");
        }
    }

    #[test]
    fn cells_of_a_column_of_sizes() {
        for (text, article, size) in [
            ("Linen Dress - Navy / M", Some("Linen Dress"), "M"),
            ("Navy / 38", Some(""), "38"),
            ("Linen Dress - XL", Some("Linen Dress"), "XL"),
            ("Sneaker, Blue, 42.5", Some("Sneaker, Blue"), "42.5"),
            ("Jeans - Black / 32 / 34", Some("Jeans"), "32 / 34"),
            ("Linen Dress - Extra small (XS)", Some("Linen Dress"), "Extra small (XS)"),
            ("Vestido - Azul / 10 anos", Some("Vestido"), "10 anos"),
            ("Size: M, Color: Navy", Some(""), "M"),
            ("Black/S", Some(""), "S"),
            ("S/Black", Some(""), "S"),
            ("L,Navy", Some(""), "L"),
            ("Navy Blue-XL", Some(""), "XL"),
            ("Black S", Some(""), "S"),
            ("Size S, Black", Some(""), "Size S"),
            ("36 - Navy", Some(""), "36"),
            ("36 - only 2 left", Some(""), "36"),
            ("M \u{2013} ausverkauft", Some(""), "M"),
            ("M sleeve", None, "M sleeve"),
            ("Grandma-Red", None, "Grandma-Red"),
            ("M", None, "M"),
            ("EU 38 / UK 10", None, "EU 38 / UK 10"),
            ("S / M", None, "S / M"),
            ("XL - Tall", None, "XL - Tall"),
            ("LD-NV-M", None, "LD-NV-M"),
            ("Gift Card - 25.00", None, "Gift Card - 25.00"),
            ("Navy / Red", None, "Navy / Red"),
            ("Linen Dress", None, "Linen Dress"),
        ] {
            assert_eq!(article_beside_size(text).as_deref(), article, "{text}");
            assert_eq!(size_of_variant(text, false).as_deref(), Some(size), "{text}");
        }
    }

    #[test]
    fn a_cut_beside_a_size_is_not_lost() {
        for text in ["Dress / Petite / M", "Dress - M / Petite", "Dress - Navy / Petite / M"] {
            assert_eq!(size_of_variant(text, false).unwrap(), "M Petite", "{text}");
        }
    }

    #[test]
    fn names_without_a_size() {
        for text in [
            "Leather Belt",
            "Gift Card - 25.00",
            "Tote - Navy",
            "Color: Navy",
            "",
            "group-3",
            "A-10",
        ] {
            assert_eq!(split_variant(text), None, "{text}");
        }
    }
}
