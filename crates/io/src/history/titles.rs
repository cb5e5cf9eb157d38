//! Sizes at the end of a longer text: `Linen Dress - Navy / M`, as in the titles of variants.

use inseam::size::{Axis, Label, System, is_understood, position};
use inseam::train::{Coded, Columns};
use std::collections::HashMap;

/// The axes and systems on which a text may be a size.
const AXES: [Axis; 8] = [
    Axis::Women,
    Axis::Men,
    Axis::Waist,
    Axis::Children,
    Axis::Bra,
    Axis::ShoesWomen,
    Axis::ShoesMen,
    Axis::ShoesChildren,
];
const SYSTEMS: [System; 5] = [System::Eu, System::Uk, System::Us, System::Br, System::Jp];

/// Whether a text is understood as a size.
pub(super) fn is_size(text: &str) -> bool {
    let Ok(label) = Label::parse(text) else { return false };
    let label = label.as_str();
    // Numbers in titles may be anything, so a table must have them.
    label.parse::<f64>().is_err() && is_understood(label)
        || SYSTEMS
            .iter()
            .any(|&system| AXES.iter().any(|&axis| position(label, system, axis).is_some()))
}

/// The separators between a title and a size.
const SEPARATORS: [&str; 4] = [" / ", " - ", " \u{2013} ", ", "];
/// Words before a size that belong to it.
const CUTS: &str = "petite tall short long regular plus curvy slim extra kurz lang normal court";

/// The parts of a text that ends in a size: what is before it, and the size. `None` if the text as
/// a whole is a size, or if its end is none. Of several parts that are a size together, all count:
/// `Black / 32 / 34` ends in `32 / 34`.
pub(super) fn title_and_size(text: &str) -> Option<(&str, &str)> {
    if !SEPARATORS.iter().any(|separator| text.contains(separator)) || is_size(text) {
        return None;
    }
    let mut places: Vec<(usize, usize)> = SEPARATORS
        .into_iter()
        .flat_map(|separator| text.match_indices(separator).map(|(at, s)| (at, at + s.len())))
        .collect();
    places.sort_unstable();
    let parts = places.iter().map(|&(at, end)| (text[..at].trim(), text[end..].trim()));
    let (title, size) =
        parts.into_iter().find(|(title, size)| !title.is_empty() && is_size(size))?;
    // 25.00 is a price.
    let priced = size.split_once('.').is_some_and(|(_, cents)| cents.len() == 2);
    let last = title.rsplit([' ', '/', '-', ',']).next().unwrap_or_default().to_lowercase();
    let cut = CUTS.split_ascii_whitespace().any(|cut| cut == last);
    (!priced && !cut).then_some((title, size))
}

/// Makes one article of the variants of a product, if each article has only one size and titles
/// tell which variants belong together. Returns whether it has.
pub(super) fn join_variants(columns: &mut Columns, titles: &Coded) -> bool {
    let mut sizes: HashMap<u32, u32> = HashMap::new();
    let mut articles_of_title: HashMap<u32, u32> = HashMap::new();
    let mut several = false;
    for (row, &article) in columns.article.codes.iter().enumerate() {
        let (size, title) = (columns.size.codes[row], titles.codes[row]);
        if article == Coded::MISSING || size == Coded::MISSING {
            continue;
        }
        if *sizes.entry(article).or_insert(size) != size {
            return false;
        }
        if title != Coded::MISSING {
            several |= *articles_of_title.entry(title).or_insert(article) != article;
        }
    }
    if !several {
        return false;
    }
    // Articles of rows without a title stay as they are.
    let first_title = columns.article.values.len() as u32;
    columns.article.values.extend(titles.values.iter().cloned());
    for (article, &title) in columns.article.codes.iter_mut().zip(&titles.codes) {
        if *article != Coded::MISSING && title != Coded::MISSING {
            *article = first_title + title;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_end_in_a_size() {
        for (text, parts) in [
            ("Linen Dress - Navy / M", Some(("Linen Dress - Navy", "M"))),
            ("Navy / 38", Some(("Navy", "38"))),
            ("Linen Dress - XL", Some(("Linen Dress", "XL"))),
            ("Sneaker, Blue, 42.5", Some(("Sneaker, Blue", "42.5"))),
            ("Jeans - Black / 32 / 34", Some(("Jeans - Black", "32 / 34"))),
            ("Linen Dress - Extra small (XS)", Some(("Linen Dress", "Extra small (XS)"))),
            ("Vestido - Azul / 10 anos", Some(("Vestido - Azul", "10 anos"))),
            ("M", None),
            ("EU 38 / UK 10", None),
            ("S / M", None),
            ("Gift Card - 25.00", None),
            ("Navy / Red", None),
            ("Linen Dress", None),
        ] {
            assert_eq!(title_and_size(text), parts, "{text}");
        }
    }

    #[test]
    fn a_cut_before_a_size_is_not_lost() {
        let parts = title_and_size("Dress / Petite / M");
        assert!(parts.is_none_or(|(_, size)| size.contains("Petite")), "{parts:?}");
    }

    #[test]
    fn variants_of_a_title_are_one_article() {
        let history = |articles: [&str; 3]| Columns {
            article: articles.iter().collect(),
            size: ["M", "L", "M"].iter().collect::<Coded>().map(|s| Label::parse(&s).unwrap()),
            ..Columns::default()
        };
        let titles: Coded = ["Dress", "Dress", "Shirt"].iter().collect();
        let mut columns = history(["d-m", "d-l", "s-m"]);
        assert!(join_variants(&mut columns, &titles));
        assert_eq!([0, 1, 2].map(|row| columns.article.text(row)), ["Dress", "Dress", "Shirt"]);
        let mut columns = history(["d", "d", "s"]);
        assert!(!join_variants(&mut columns, &titles));
        assert_eq!(columns.article.text(0), "d");
    }
}
