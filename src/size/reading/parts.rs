//! The sizes that one label names: one for `38`, two for `M (12-14)` or `EU 38 / UK 10`.

use super::words::{is_one_size, plain};
use crate::size::System;
use crate::size::shape::{self, Atom, Parsed, Shape};

/// One size that a label names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Part {
    /// As the page reads it, or so after a translation of its words.
    Plain(Parsed),
    /// A letter of Brazil, Mexico or Japan that `shape.rs` does not know: index into [`LETTERS`].
    Foreign(usize),
}

/// Letters that only training reads, and how many letters they lie above M: of Brazil (`G1` follows
/// `GG`), Mexico (`ECH`, extra chico) and Japan.
pub(super) const LETTERS: [(&str, f64); 10] = [
    ("XGG", 4.0),
    ("EGG", 4.0),
    ("G1", 3.0),
    ("G2", 4.0),
    ("G3", 5.0),
    ("G4", 6.0),
    ("ECH", -2.0),
    ("EEG", 3.0),
    ("LL", 2.0),
    ("LLL", 3.0),
];

/// The sizes that a label names, in the order of the text; none if no part of it is understood.
pub(super) fn parts(text: &str) -> Vec<Part> {
    if is_one_size(text) {
        return vec![Part::Plain(Parsed { system: None, shape: Shape::OneSize })];
    }
    if let Some(part) = single(text) {
        return match part {
            // "M / 38": a letter and a number are no range.
            Part::Plain(Parsed { system, shape: Shape::Range(low, high, own) })
                if matches!(low, Atom::Number(..)) != matches!(high, Atom::Number(..)) =>
            {
                let part = |system, atom| Part::Plain(Parsed { system, shape: Shape::One(atom) });
                vec![part(system, low), part(own.or(system), high)]
            }
            part => vec![part],
        };
    }
    let bracketed = bracketed(text);
    if !bracketed.is_empty() {
        return bracketed;
    }
    [" / ", " | ", " - ", " – ", ", ", "/", "|", ":", " ", "-"]
        .iter()
        .filter_map(|separator| all_of(text, separator))
        .next()
        .unwrap_or_default()
}

/// The parts outside and inside brackets that are understood: "Extra small (XS)".
fn bracketed(text: &str) -> Vec<Part> {
    if !text.contains(['(', '[', '（']) {
        return Vec::new();
    }
    let pieces = text.split(['(', ')', '[', ']', '（', '）']);
    let pieces = pieces.map(|piece| piece.trim().trim_matches(['/', '-']).trim());
    pieces.filter(|piece| !piece.is_empty()).flat_map(parts).collect()
}

/// The parts between separators, if all are understood.
fn all_of(text: &str, separator: &str) -> Option<Vec<Part>> {
    if text.matches(separator).count() > MAX_SEPARATORS {
        return None;
    }
    let pieces = text.split(separator).map(|piece| single(piece.trim()));
    pieces.collect::<Option<Vec<_>>>().filter(|parts| parts.len() > 1)
}

/// The most separators in a label: EU, UK, US and IT beside each other have three.
const MAX_SEPARATORS: usize = 4;

/// A text that names one size.
fn single(text: &str) -> Option<Part> {
    let size = |shape| Some(Part::Plain(Parsed { system: None, shape }));
    if is_one_size(text) {
        return size(Shape::OneSize);
    }
    if let Some((waist, length)) = joined_digits(text) {
        return size(Shape::Waist(waist, Some(length)));
    }
    if let Some(parsed) = shape::parse(text) {
        return Some(Part::Plain(parsed));
    }
    let upper = text.trim().to_uppercase();
    if let Some(index) = LETTERS.iter().position(|(word, _)| *word == upper) {
        return Some(Part::Foreign(index));
    }
    let plain = plain(text);
    shape::parse(&plain)
        .or_else(|| foreign_system(&plain))
        .or_else(|| tall_letter(&plain))
        .or_else(|| wide(&plain))
        .or_else(|| aged(&plain))
        .map(Part::Plain)
}

/// "ES 38" and "38 NL", whose systems no page canonicalises.
fn foreign_system(text: &str) -> Option<Parsed> {
    let text = text.trim();
    let front = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let back = text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
    let ends = [(&text[..front], &text[front..]), (&text[back..], &text[..back])];
    ends.into_iter().find_map(|(word, rest)| {
        let system = System::parse(word).filter(|s| *s != System::Unspecified)?;
        let rest = shape::parse(rest.trim_matches([' ', ':', '-']))?;
        Some(Parsed { system: Some(system), shape: rest.shape })
    })
}

/// "2XT" is XXL Tall.
fn tall_letter(text: &str) -> Option<Parsed> {
    let text = text.to_ascii_uppercase();
    let count = text.strip_suffix("XT")?;
    shape::parse(&format!("{count}XLT"))
}

/// "8 AA", "6.5 H": a shoe's width that is no suffix in `shape.rs`. The number alone gives the
/// position.
fn wide(text: &str) -> Option<Parsed> {
    let text = text.to_ascii_uppercase();
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let width = ["A", "AA", "AAA", "AAAA", "F", "FF", "G", "H", "J", "XN", "SS"]
        .contains(&&text[number.len()..]);
    let number = number.trim().trim_end_matches([' ', '-', '/']);
    let parsed = width.then(|| shape::parse(number))??;
    matches!(parsed.shape, Shape::One(Atom::Number(_, ""))).then_some(parsed)
}

/// "5A" and "3-4A": ages in France, Spain and Portugal.
fn aged(text: &str) -> Option<Parsed> {
    let years = text.trim().strip_suffix(['A', 'a', '-'])?.trim();
    let years = years.trim_end_matches('-');
    shape::parse(&format!("{years} Y")).filter(|parsed| match parsed.shape {
        Shape::One(Atom::Number(n, _)) | Shape::Range(_, Atom::Number(n, _), _) => {
            n.value() <= 18.0
        }
        _ => false,
    })
}

/// "3432" is W34/L32: both halves must be plausible, and no range of sizes such as 3840.
fn joined_digits(text: &str) -> Option<(u32, u32)> {
    let text = text.trim();
    if text.len() != 4 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: u32 = text.parse().ok()?;
    let (waist, length) = (number / 100, number % 100);
    ((22..=60).contains(&waist) && (26..=36).contains(&length)).then_some((waist, length))
}
