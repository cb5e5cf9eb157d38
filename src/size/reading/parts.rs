//! The sizes that one label names: one for `38`, two for `M (12-14)` or `EU 38 / UK 10`.

use super::cuts::{cut_behind_stroke, cut_in_front, cut_plus, petite_before_stroke, tall_letter};
use super::part::Part;
use super::rings::{is_only_ring, ring};
use super::words::{is_one_size, plain};
use crate::size::System;
use crate::size::shape::{self, Atom, CUPS, Number, Parsed, Shape};

/// Letters that only training reads, and how many letters they lie above M: of Brazil (`G1` follows
/// `GG`), Mexico (`ECH`, extra chico), French Canada (`TG`, très grand) and Japan (sports' `O` is
/// XL), and of America's youth (`YM`), whose XL lies at S.
pub(super) const LETTERS: [(&str, f64); 35] = [
    ("XGG", 4.0),
    ("EGG", 4.0),
    ("G1", 3.0),
    ("G2", 4.0),
    ("G3", 5.0),
    ("G4", 6.0),
    ("ECH", -2.0),
    ("EEG", 3.0),
    ("EXG", 3.0),
    ("XXGG", 5.0),
    ("XXXG", 5.0),
    ("XP", -2.0),
    ("2XG", 3.0),
    ("3XG", 4.0),
    ("EXGG", 4.0),
    ("2G", 2.0),
    ("3G", 3.0),
    ("4G", 4.0),
    ("5G", 5.0),
    ("2P", -2.0),
    ("3P", -3.0),
    ("TP", -2.0),
    ("TTP", -3.0),
    ("TG", 2.0),
    ("TTG", 3.0),
    ("O", 2.0),
    ("XO", 3.0),
    ("2XO", 4.0),
    ("LL", 2.0),
    ("LLL", 3.0),
    ("YXS", -5.0),
    ("YS", -4.0),
    ("YM", -3.0),
    ("YL", -2.0),
    ("YXL", -1.0),
];

/// Words in front of the letters of America's youth.
const YOUTH: [&str; 4] = ["YOUTH", "JUNIOR", "KIDS", "KID"];

/// The sizes that a label names, in the order of the text; none if no part of it is understood.
pub(super) fn parts(text: &str) -> Vec<Part> {
    if is_date(text) {
        return Vec::new();
    }
    let text = &without_width_name(&with_open_systems(text));
    if is_one_size(text) {
        return vec![Part::Plain(Parsed { system: None, shape: Shape::OneSize })];
    }
    if let Some(part) = single(text) {
        return match part {
            // "M / 38": a letter and a number are no range, and neither are "3Y / 98 cm".
            Part::Plain(Parsed { system, shape: Shape::Range(low, high, own) })
                if are_different_measures(low, high) =>
            {
                let part = |system, atom| Part::Plain(Parsed { system, shape: Shape::One(atom) });
                vec![part(system, low), part(own.or(system), high)]
            }
            // "75B/90B" is one bra in Europe and in France.
            Part::Plain(Parsed { system: None, shape: Shape::Range(low, high, None) })
                if is_bra_of_two_systems(low, high) =>
            {
                vec![Part::Plain(Parsed { system: Some(System::Eu), shape: Shape::One(low) })]
            }
            part => vec![part],
        };
    }
    let bracketed = bracketed(text);
    if !bracketed.is_empty() {
        return bracketed;
    }
    [" / ", " | ", " - ", " – ", " = ", ", ", "/", "|", ":", "=", "_", " ", "-"]
        .iter()
        .filter_map(|separator| all_of(text, separator))
        .next()
        .unwrap_or_default()
}

/// Takes the brackets from systems: "36 (EU) / 8 (UK)" is "36 EU / 8 UK".
fn with_open_systems(text: &str) -> String {
    let mut open = text.to_owned();
    for part in text.split(['(', '[']).skip(1) {
        let Some(end) = part.find([')', ']']) else { continue };
        let name = &part[..end];
        if System::parse(name).is_some_and(|system| system != System::Unspecified) {
            open = open.replace(&format!("({name})"), name).replace(&format!("[{name}]"), name);
        }
    }
    open
}

/// Whether a text is a date: a spreadsheet makes one of a size such as 10-12.
fn is_date(text: &str) -> bool {
    let fields: Vec<&str> = text.trim().split(['-', '/', '.']).collect();
    let digits = |field: &&str| field.bytes().all(|b| b.is_ascii_digit());
    let lengths: Vec<usize> = fields.iter().map(|field| field.len()).collect();
    fields.iter().all(digits) && matches!(lengths[..], [4, 1..=2, 1..=2] | [1..=2, 1..=2, 4])
}

/// Whether two sizes are a letter and a number, or an age and a height, or numbers of which only
/// one is in centimetres.
fn are_different_measures(low: Atom, high: Atom) -> bool {
    let age = |n: Number, unit| matches!(unit, "Y" | "M") && n.value() <= 36.0;
    let height = |n: Number, unit| matches!(unit, "" | " cm") && n.value() >= 44.0;
    match (low, high) {
        (Atom::Number(a, unit), Atom::Number(b, other)) => {
            (unit == " cm") != (other == " cm") || age(a, unit) && height(b, other)
        }
        (Atom::Number(..), _) | (_, Atom::Number(..)) => true,
        _ => false,
    }
}

/// Whether two bras are one size: France's band is 15 above Europe's.
fn is_bra_of_two_systems(low: Atom, high: Atom) -> bool {
    matches!((low, high), (Atom::Bra(a, cup), Atom::Bra(b, same)) if cup == same && b == a + 15)
}

/// Leaves out the name of a shoe's width behind its letter: "8 B(M)" is "8 B".
fn without_width_name(text: &str) -> String {
    ["(M)", "(W)", "(N)"].iter().fold(text.to_owned(), |text, name| match text.find(name) {
        Some(at) if text[..at].ends_with(['A', 'B', 'C', 'D', 'E']) => text.replacen(name, "", 1),
        _ => text,
    })
}

/// The parts outside and inside brackets that are understood: "Extra small (XS)". None of
/// "Dress - Red (M)", which is no size but has one in it.
fn bracketed(text: &str) -> Vec<Part> {
    if !text.contains(['(', '[', '（']) {
        return Vec::new();
    }
    let pieces = text.split(['(', ')', '[', ']', '（', '）']);
    let pieces = pieces.map(|piece| piece.trim().trim_matches(['/', '-']).trim());
    let read: Vec<(&str, Vec<Part>)> =
        pieces.filter(|piece| !piece.is_empty()).map(|piece| (piece, parts(piece))).collect();
    let several = |piece: &str| piece.contains(['/', ',']) || piece.contains(" - ");
    if read.iter().any(|(piece, parts)| parts.is_empty() && several(piece)) {
        return Vec::new();
    }
    read.into_iter().flat_map(|(_, parts)| parts).collect()
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
    if let Some(part) = cut_behind_stroke(text) {
        return Some(part);
    }
    let read = petite_before_stroke(text).or_else(|| shape::parse(text));
    if let Some(parsed) = read.or_else(|| japanese_figure(text)) {
        return Some(Part::Plain(parsed));
    }
    let upper = text.trim().to_uppercase();
    let youth = YOUTH.iter().find_map(|word| upper.strip_prefix(word)?.strip_prefix(' '));
    let letter = youth.map_or_else(|| upper.clone(), |size| format!("Y{}", plain(size)));
    let plain = plain(text);
    let listed = |text: &str| LETTERS.iter().position(|(word, _)| *word == text);
    if let Some(index) = listed(&letter).or_else(|| listed(&plain)) {
        return Some(Part::Foreign(index));
    }
    if let Some((men, women)) = unisex(&upper) {
        return Some(Part::Unisex(men, women));
    }
    shape::parse(&plain)
        .or_else(|| foreign_system(&plain))
        .or_else(|| tall_letter(&plain))
        .or_else(|| wide(&plain))
        .or_else(|| aged(&plain))
        .or_else(|| inches(&plain))
        .or_else(|| reordered(&plain))
        .or_else(|| roman(&upper))
        .map(Part::Plain)
        .or_else(|| cut_in_front(&plain))
        .or_else(|| cut_plus(&plain))
        .or_else(|| half_ring(&upper))
}

/// "K½": a letter with a half is a ring whatever is beside it.
fn half_ring(text: &str) -> Option<Part> {
    ring(text).filter(|place| place.fract() > 0.0 && is_only_ring(text)).map(Part::Ring)
}

/// "M9/W11", "Men's 9 / Women's 11".
fn unisex(text: &str) -> Option<(Number, Number)> {
    let number = |text: &str, words: [&str; 4]| {
        let digit = text.find(|c: char| c.is_ascii_digit())?;
        let (word, number) = text.split_at(digit);
        let word = word.trim_matches([' ', '/', ',', '-', '|', ':']).replace(['\'', '’'], "");
        match shape::parse(number.trim_matches([' ', '/', ',', '-', '|']))?.shape {
            Shape::One(Atom::Number(number, "")) => words.contains(&&*word).then_some(number),
            _ => None,
        }
    };
    let men = |text| number(text, ["M", "MEN", "MENS", "US M"]);
    let women = |text| number(text, ["W", "WOMEN", "WOMENS", "WMNS"]);
    let splits = text.char_indices().map(|(at, _)| text.split_at(at));
    splits.skip(1).find_map(|(a, b)| {
        men(a).zip(women(b)).or_else(|| women(a).zip(men(b)).map(|(w, m)| (m, w)))
    })
}

/// "ES 38" and "38 NL", whose systems no page canonicalises.
fn foreign_system(text: &str) -> Option<Parsed> {
    let text = text.trim();
    let front = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let back = text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
    let ends = [(&text[..front], &text[front..]), (&text[back..], &text[..back])];
    ends.into_iter().find_map(|(word, rest)| {
        // Some codes are words too: IN is inches rather than India.
        let code = !matches!(word, "IN" | "IS" | "BY" | "NO");
        let named = System::parse(word).filter(|s| code && *s != System::Unspecified);
        let rest = rest.trim_matches([' ', ':', '-']);
        let system = named.or_else(|| system_of_letter(word, rest, text.starts_with(word)))?;
        Some(Parsed { system: Some(system), shape: shape::parse(rest)?.shape })
    })
}

/// The system of a country's letter in front of a number: "D 38", "F 40", "I 44", as tailors write.
fn system_of_letter(word: &str, number: &str, in_front: bool) -> Option<System> {
    let number: u32 = number.parse().ok()?;
    if !in_front || !(30..60).contains(&number) {
        return None;
    }
    match word.to_ascii_uppercase().as_str() {
        "D" => Some(System::De),
        "F" | "E" => Some(System::Fr),
        "I" => Some(System::It),
        _ => None,
    }
}

/// "9AR": Japan's suits, a number and the figure. "9 ar" is an age.
fn japanese_figure(text: &str) -> Option<Parsed> {
    let number = ["AR", "AT", "AP"].iter().find_map(|figure| text.trim().strip_suffix(figure))?;
    shape::parse(number).filter(|_| number.ends_with(|c: char| c.is_ascii_digit()))
}

/// "8 AA", "6.5 H": a shoe's width that is no suffix in `shape.rs`. The number alone gives the
/// position.
fn wide(text: &str) -> Option<Parsed> {
    let text = text.to_ascii_uppercase();
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let width = &text[number.len()..];
    let number = number.trim().trim_end_matches([' ', '-', '/']);
    if !["A", "AA", "AAA", "AAAA", "F", "FF", "G", "H", "J", "XN", "SS"].contains(&width) {
        return None;
    }
    let parsed = shape::parse(number)?;
    let Shape::One(Atom::Number(size, "")) = parsed.shape else { return None };
    // 5A is an age too, and 6A and 8A are bras of Australia: all are parsed alike.
    let ambiguous = width == "A" && size.value() <= 18.0 && size.value().fract() == 0.0;
    let bra = ambiguous.then(|| Shape::One(Atom::Bra(size.value() as u32, "A")));
    Some(Parsed { shape: bra.unwrap_or(parsed.shape), ..parsed })
}

/// "3-4A": ages in France, Spain and Portugal. "Anni 4", "Junior 3": the word in front.
fn aged(text: &str) -> Option<Parsed> {
    let text = text.trim();
    if let Some(years) = text.strip_prefix("Y ") {
        let aged = shape::parse(&format!("{} Y", years.trim()));
        return aged.filter(|parsed| matches!(parsed.shape, Shape::One(Atom::Number(_, "Y"))));
    }
    let years = text.strip_suffix(['A', 'a'])?.trim();
    shape::parse(&format!("{years} Y")).filter(|parsed| match parsed.shape {
        Shape::Range(_, Atom::Number(n, _), _) => n.value() <= 18.0,
        _ => false,
    })
}

/// "34 in", a waist or belt, and "15.5 in", a collar.
fn inches(text: &str) -> Option<Parsed> {
    let parsed = shape::parse(text.strip_suffix("IN")?.trim())?;
    let Shape::One(Atom::Number(number, "")) = parsed.shape else { return None };
    let inches = number.value();
    let waist = (20.5..=75.0).contains(&inches) && inches.fract() == 0.0;
    let shape = if waist { Shape::Waist(inches as u32, None) } else { parsed.shape };
    Some(Parsed { shape, ..parsed })
}

/// What other shops write the other way round: bras as "B75", "75-B" and "75/B"; petite sizes as
/// "PM" and "P6"; Germany's short sizes as "K19", its normal ones as "N38"; women's and men's shoes
/// as "W7" and "M9".
fn reordered(text: &str) -> Option<Parsed> {
    let text = text.trim().to_ascii_uppercase();
    let first = text.chars().next().map_or(0, char::len_utf8);
    let digit = text.find(|c: char| c.is_ascii_digit()).unwrap_or(first);
    let (letters, number) = text.split_at(digit);
    let whole: Option<u32> = number.parse().ok();
    let bra = |band: &str, cup: &str| {
        let band: u32 = band.trim().parse().ok().filter(|band| (60..=130).contains(band))?;
        CUPS.contains(&cup.trim()).then(|| shape::parse(&format!("{band}{}", cup.trim())))?
    };
    if let Some((band, cup)) = text.split_once(['-', '/']) {
        return bra(band, cup);
    }
    match (letters, whole) {
        ("K", Some(14..=29)) | ("N", Some(28..=60)) | ("P", Some(30..=45)) => shape::parse(number),
        ("W" | "M", Some(3..=17)) => shape::parse(number),
        ("K", Some(30..=60)) => shape::parse(&format!("{number} SHORT")),
        ("P", Some(0..=28)) => shape::parse(&format!("{number} PETITE")),
        ("P", None) => shape::parse(&format!("{number} PETITE"))
            .filter(|parsed| matches!(parsed.shape, Shape::One(Atom::Letter(..)))),
        (cup, _) => bra(number, cup),
    }
}

/// "II": tights are numbered so.
fn roman(text: &str) -> Option<Parsed> {
    let at = ["I", "II", "III", "IV", "V", "VI"].iter().position(|word| *word == text)?;
    shape::parse(&format!("{}", at + 1))
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
