//! Sizes in a petite, tall or short cut, as shops write them besides "M Petite".

use super::part::Part;
use crate::size::shape::{self, Atom, Parsed, Shape};

/// "PETITE M" as "M PETITE".
pub(super) fn cut_in_front(text: &str) -> Option<Part> {
    let (cut, size) = text.split_at(text.find([' ', '-'])?);
    let cuts = ["TALL", "PETITE", "SHORT", "REGULAR", "LONG", "PLUS"];
    let size = size.trim_start_matches([' ', '-']);
    if !cuts.contains(&cut) {
        return None;
    }
    // "Plus 16" is a 16: only letters have a plus size of their own.
    let plus = || shape::parse(size).filter(|_| cut == "PLUS");
    let behind = format!("{size} {cut}");
    shape::parse(&behind).or_else(plus).map(Part::Plain).or_else(|| cut_plus(&behind))
}

/// "2XT" is XXL Tall.
pub(super) fn tall_letter(text: &str) -> Option<Parsed> {
    let text = text.to_ascii_uppercase();
    let count = text.strip_suffix("XT")?;
    shape::parse(&format!("{count}XLT"))
}

/// "S/P", "8/T", "1X/P": a size in a petite or tall cut. "PP/P" is a range of Brazil's letters.
pub(super) fn cut_behind_stroke(text: &str) -> Option<Part> {
    let (size, cut) = text.trim().rsplit_once('/')?;
    let cut = match cut.trim() {
        "P" | "p" => "PETITE",
        "T" | "t" => "TALL",
        _ => return None,
    };
    let behind = format!("{size} {cut}");
    match shape::parse(size)?.shape {
        Shape::One(Atom::Letter(_, "") | Atom::Number(_, "")) => {
            shape::parse(&behind).map(Part::Plain)
        }
        _ => cut_plus(&behind),
    }
}

/// "P/S", "P/XL": a letter in a petite cut. "P/M" may be Brazil's range from pequeno to médio: only
/// other labels tell ([`petite_medium`]).
pub(super) fn petite_before_stroke(text: &str) -> Option<Parsed> {
    petite_letter(text).filter(|(step, _)| *step != 0).map(|(_, parsed)| parsed)
}

/// "P/M" as a petite M.
pub(super) fn petite_medium(text: &str) -> Option<Parsed> {
    petite_letter(text).filter(|(step, _)| *step == 0).map(|(_, parsed)| parsed)
}

fn petite_letter(text: &str) -> Option<(i32, Parsed)> {
    let (cut, size) = text.trim().split_once('/')?;
    if !cut.trim().eq_ignore_ascii_case("P") {
        return None;
    }
    match shape::parse(size)?.shape {
        Shape::One(Atom::Letter(step, "")) => {
            Some((step, shape::parse(&format!("{size} PETITE"))?))
        }
        _ => None,
    }
}

/// "14WP", "2XP", "1X Tall": a plus size in a cut, which no canonical text has.
pub(super) fn cut_plus(text: &str) -> Option<Part> {
    const CUTS: [(&str, f64); 6] =
        [("PETITE", -1.0), ("SHORT", -1.0), ("TALL", 1.0), ("LONG", 1.0), ("P", -1.0), ("T", 1.0)];
    let text = text.trim().to_ascii_uppercase();
    let (size, length) =
        CUTS.iter().find_map(|(cut, length)| Some((text.strip_suffix(cut)?, *length)))?;
    let parsed = shape::parse(size.trim_end_matches([' ', '-', '/']))?;
    let plus = matches!(parsed.shape, Shape::One(Atom::Plus(_) | Atom::Number(_, "W")));
    plus.then_some(Part::CutPlus(parsed, length))
}

/// "40-R", "28/L", "W28 R": a number and the letter of a cut, if another label has the R, which
/// stands for nothing else. Alone, "42-L" is a number and its letter.
pub(super) fn number_and_cut(text: &str) -> Option<(Parsed, char)> {
    let text = text.trim().to_ascii_uppercase();
    let text = text.strip_prefix('W').unwrap_or(&text);
    let cut = text.chars().last().filter(|cut| "RSLT".contains(*cut))?;
    let number = text.strip_suffix(cut)?.strip_suffix([' ', '-', '/'])?.trim_end();
    let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    let parsed = digits.then(|| shape::parse(&format!("{number}{cut}")))??;
    Some((parsed, cut))
}
