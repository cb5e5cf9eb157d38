//! Parses what people write as a size into a shape, and writes a shape as canonical text, both
//! independent of any size system. A new way to write a size belongs here.

use super::System;
use super::letters::{folded, in_word, lists};
use crate::text::{Piece, joined};

/// A parsed label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Parsed {
    /// The system that the text names.
    pub(super) system: Option<System>,
    /// The rest of the text.
    pub(super) shape: Shape,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shape {
    OneSize,
    One(Atom),
    /// Two neighbouring sizes; the second may name a system of its own ("EU 38/UK 12").
    Range(Atom, Atom, Option<System>),
    /// Jeans: waist and optionally inseam, in inches.
    Waist(u32, Option<u32>),
    /// China's GB/T 1335: height, chest or waist girth, both in cm, and build.
    Girth(u32, u32, &'static str),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Atom {
    /// Letter and cut; M is 0, S -1, XL 2.
    Letter(i32, &'static str),
    /// Plus sizes: 1X, 2X.
    Plus(u32),
    /// Portuguese and Spanish letters: index into [`IBERIAN`].
    Iberian(usize),
    /// A number and its suffix.
    Number(Number, &'static str),
    /// Band and cup.
    Bra(u32, &'static str),
}

/// A number in three-hundredths, so that thirds and two decimals are exact. US 00 is -2, 000 is -4,
/// Australia's 0000 is -6.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number(i32);

impl Number {
    pub(super) fn value(self) -> f64 {
        f64::from(self.0) / 300.0
    }

    pub(super) fn whole(value: u32) -> Option<Self> {
        i32::try_from(value).ok()?.checked_mul(300).map(Self)
    }
}

/// Letters of Brazil and Mexico other than M, and their letter index (M is 0) in Brazil and in
/// Mexico. P and G are pequeno and grande, CH is chico, X and E are extra.
pub(super) const IBERIAN: [(&str, i32, i32); 11] = [
    ("PPP", -3, -3),
    ("PP", -2, -2),
    ("P", -1, -1),
    ("G", 1, 1),
    ("GG", 2, 2),
    ("GGG", 3, 3),
    ("XG", 3, 2),
    ("XXG", 4, 3),
    ("EG", 3, 2),
    ("CH", -1, -1),
    ("XCH", -2, -2),
];

const ONE_SIZE: &str = "ONESIZE OS OSFA OSFM ONESIZEFITSALL ONESIZEFITSMOST 1SIZE UNI UNIQUE TAILLEUNIQUE TU UNICA ÚNICA úNICA \
                        TAGLIAUNICA TALLAUNICA TALLAÚNICA TALLAúNICA TAMANHOUNICO \
                        TAMANHOÚNICO TAMANHOúNICO FREESIZE UNIVERSAL EINHEITSGRößE EINHEITSGRÖSSE";
/// Words in front of a size without meaning.
const SIZE_WORDS: &str = "SIZE SZ GRößE GRÖßE GRÖSSE GR TAILLE TALLA TAGLIA TAMANHO NR T TG TAM";
const LETTERS: [(&str, i32); 11] = [
    ("SMALL", -1),
    ("SML", -1),
    ("S", -1),
    ("MEDIUM", 0),
    ("MED", 0),
    ("M", 0),
    ("LARGE", 1),
    ("LRG", 1),
    ("LGE", 1),
    ("LG", 1),
    ("L", 1),
];
/// Canonical cuts of letters, and how people write them.
const CUTS: [(&str, &str); 6] = [
    (" Tall", "T TALL"),
    (" Petite", "P PETITE"),
    (" Short", "SHORT"),
    (" Regular", "REGULAR REG"),
    (" Long", "LONG"),
    (" Plus", "PLUS"),
];
/// Canonical suffixes of numbers, and how people write them: cuts, ages, shoe widths, units of
/// length.
const UNITS: [(&str, &str); 19] = [
    ("W", "W WIDE"),
    ("P", "P PETITE"),
    ("S", "S SHORT"),
    ("R", "R REG REGULAR"),
    ("L", "L LONG"),
    ("T", "T TALL"),
    ("C", "C"),
    ("K", "K"),
    ("Y", "Y YR YRS YEAR YEARS YO ANS JAHRE AÑOS AñOS ANNI"),
    ("M", "M MO MOS MTH MTHS MONTH MONTHS MOIS MONATE MESES"),
    ("N", "N NARROW"),
    ("B", "B"),
    ("D", "D"),
    ("E", "E"),
    ("EE", "EE 2E"),
    ("EEE", "EEE 3E"),
    ("EEEE", "EEEE 4E"),
    (" cm", "CM"),
    (" mm", "MM"),
];
pub(super) const CUPS: [&str; 21] = [
    "AA", "A", "B", "C", "D", "DD", "DDD", "E", "EE", "F", "FF", "G", "GG", "H", "HH", "I", "J",
    "JJ", "K", "KK", "LL",
];
const BUILDS: [&str; 5] = ["", "Y", "A", "B", "C"];

/// Parses a label's text; `None` if it has no known shape.
pub(super) fn parse(text: &str) -> Option<Parsed> {
    // "10 (M)" names two sizes, which no canonical text joins; M is neither a cut nor months there.
    // Training reads both.
    if let Some((before, inside)) = text.split_once('(')
        && !before.trim_start().is_empty()
        && letter(&key(inside)).is_some()
    {
        return None;
    }
    let key = key(text);
    let mut rest = key.as_str();
    if let Some((word, after)) = rest.split_once(' ')
        && lists(SIZE_WORDS, word.as_bytes())
    {
        rest = after;
    }
    let aged = rest.strip_prefix("AGE ").map(|age| joined![age, " Y"]);
    let rest = aged.as_deref().unwrap_or(rest);
    let squeezed: String = key.chars().filter(|c| in_word(*c)).collect();
    if lists(ONE_SIZE, squeezed.as_bytes()) {
        return Some(Parsed { system: None, shape: Shape::OneSize });
    }
    let bare = |system, text| shape(text).map(|shape| Parsed { system, shape });
    // Try systems before the bare text, so that the system in "38/40 EU" applies to both numbers.
    leading_system(rest)
        .and_then(|(system, text)| bare(Some(system), text))
        .or_else(|| trailing_system(rest).and_then(|(system, text)| bare(Some(system), text)))
        .or_else(|| bare(None, rest))
}

/// The text in upper case, with uniform fractions, decimal points, hyphens, ranges and spaces.
fn key(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    let mut digit_before = false;
    while let Some(c) = chars.next() {
        let digit_next = chars.peek().is_some_and(char::is_ascii_digit);
        match c {
            '½' => out.push_str(" 1/2"),
            '⅓' => out.push_str(" 1/3"),
            '⅔' => out.push_str(" 2/3"),
            '×' | '*' => out.push('X'),
            '|' => out.push('/'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            '.' | ',' if digit_before && digit_next => out.push('.'),
            '.' | ',' | ':' | ';' | '_' | '(' | ')' | '[' | ']' | '"' | '\u{2033}' => out.push(' '),
            c => out.push(c.to_ascii_uppercase()),
        }
        digit_before = c.is_ascii_digit();
    }
    let text = folded(out.chars());
    let (mut rest, mut out) = (text.as_str(), String::new());
    while let Some(at) = rest.as_bytes().windows(4).position(|w| w == b" TO ") {
        out.push_str(&rest[..at]);
        out.push('-');
        rest = &rest[at + 4..];
    }
    out.push_str(rest);
    out
}

/// "EU 38", "UK12": the system in front, and the rest.
fn leading_system(text: &str) -> Option<(System, &str)> {
    let end = text.find(|c: char| !c.is_ascii_alphabetic())?;
    let (word, rest) = text.split_at(end);
    named(word).map(|system| (system, rest.trim_start()))
}

/// "38 EU": the system at the end, and the rest.
fn trailing_system(text: &str) -> Option<(System, &str)> {
    let start = text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
    let (rest, word) = text.split_at(start);
    named(word).map(|system| (system, rest.trim_end()))
}

fn named(word: &str) -> Option<System> {
    System::in_label(word).filter(|system| *system != System::Unspecified)
}

fn shape(text: &str) -> Option<Shape> {
    waist(text).or_else(|| girth(text)).or_else(|| atom(text).map(Shape::One)).or_else(|| {
        match range(text)? {
            // "M / Medium".
            Shape::Range(low, high, None) if low == high => Some(Shape::One(low)),
            range => Some(range),
        }
    })
}

/// W32/L34, 32x34, W32, 32W 34L; also 34/32 and 34-32, because ranges ascend.
fn waist(text: &str) -> Option<Shape> {
    let marked = text.starts_with('W');
    let text = text.strip_prefix('W').unwrap_or(text).trim_start();
    let (waist, rest) = digits(text)?;
    if marked && rest.is_empty() {
        return (18..=70).contains(&waist).then_some(Shape::Waist(waist, None));
    }
    let gap = rest.trim_start_matches([' ', '/', '-', 'X', 'W', 'L']);
    let between = &rest[..rest.len() - gap.len()];
    let (length, rest) = digits(gap)?;
    let marked = marked || between.contains(['X', 'W', 'L']) || rest == "L";
    let descending = matches!(between.trim(), "/" | "-") && waist >= length && waist >= 26;
    let fits =
        (18..=70).contains(&waist) && (20..=44).contains(&length) && matches!(rest, "" | "L");
    let single = between.matches(['X', '/', '-']).count() <= 1 && !between.is_empty();
    (fits && single && (marked || descending)).then_some(Shape::Waist(waist, Some(length)))
}

/// 165/88A.
fn girth(text: &str) -> Option<Shape> {
    let (height, rest) = digits(text)?;
    let (girth, build) = digits(rest.trim_start().strip_prefix('/')?.trim_start())?;
    let build = BUILDS.iter().find(|b| **b == build.trim_start())?;
    let plausible = (80..=210).contains(&height) && (40..=140).contains(&girth) && height > girth;
    plausible.then_some(Shape::Girth(height, girth, build))
}

/// S/M, 38-40, 3 to 6 months.
fn range(text: &str) -> Option<Shape> {
    ['/', '-'].iter().find_map(|separator| {
        text.match_indices(*separator).find_map(|(at, _)| {
            let first = part(text.get(..at)?)?;
            let second = part(text.get(at + 1..)?)?;
            match (first, second) {
                // "3-6M": the unit applies to both numbers.
                ((None, Atom::Number(low, "")), (system, high @ Atom::Number(_, unit))) => {
                    Some(Shape::Range(Atom::Number(low, unit), high, system))
                }
                ((None, low), (system, high)) => Some(Shape::Range(low, high, system)),
                // "38 EU/12": a range has no place for a system of the first size alone.
                ((Some(_), _), _) => None,
            }
        })
    })
}

/// One end of a range, with its system if it names one.
fn part(text: &str) -> Option<(Option<System>, Atom)> {
    let text = text.trim();
    let named = || leading_system(text).or_else(|| trailing_system(text));
    atom(text)
        .map(|a| (None, a))
        .or_else(|| named().and_then(|(system, rest)| Some((Some(system), atom(rest)?))))
}

fn atom(text: &str) -> Option<Atom> {
    letter(text)
        .or_else(|| bra(text, 28))
        .or_else(|| number(text))
        .or_else(|| bra(text, 6))
        .or_else(|| IBERIAN.iter().position(|(word, ..)| *word == text).map(Atom::Iberian))
}

/// XL, X-Large, 2XL, Extra Small, XLT, M Petite; 2X.
fn letter(text: &str) -> Option<Atom> {
    let (count, mut rest) = digits(text).map_or((None, text), |(n, rest)| (Some(n), rest));
    // "14 - XL" and "16 XL" are numbers beside their letters; "3 XL" is a letter.
    let apart = rest.starts_with([' ', '-'])
        && count.is_some_and(|n| n > 9 || rest.trim_start().starts_with("- "));
    if text.starts_with('-') || apart {
        return None;
    }
    let mut extra: u32 = 0;
    loop {
        rest = rest.trim_start_matches([' ', '-']);
        match rest.strip_prefix("EXTRA").or_else(|| rest.strip_prefix('X')) {
            Some(after) => rest = after,
            None => break,
        }
        extra += 1;
    }
    let extra = match (count, extra) {
        (None, x) => x,
        (Some(n @ 0..=20), 1) if rest.is_empty() => return Some(Atom::Plus(n)),
        (Some(n @ 1..=20), 1) => n,
        _ => return None,
    };
    let extra = i32::try_from(extra).ok()?;
    LETTERS.iter().find_map(|(name, step)| {
        let cut = group(&CUTS, rest.strip_prefix(name)?)?;
        (*step != 0 || extra == 0).then_some(Atom::Letter(step + extra * step, cut))
    })
}

/// 34DD, 75 B; with a `lowest` band below 28 also Australia's 12DD.
fn bra(text: &str, lowest: u32) -> Option<Atom> {
    let (band, rest) = digits(text)?;
    let cup = CUPS.iter().find(|cup| **cup == rest.trim_start())?;
    let plausible = (lowest..=58).contains(&band) && band % 2 == 0
        || (60..=130).contains(&band) && band % 5 == 0;
    plausible.then_some(Atom::Bra(band, cup))
}

/// 38, 38.5, 42 2/3, 00, with a suffix: 14W, 4T, 24.5 cm.
fn number(text: &str) -> Option<Atom> {
    let (whole, mut rest) = digits(text)?;
    let written = text.get(..text.len() - rest.len())?;
    let Number(mut value) = Number::whole(whole)?;
    if let Some(decimals) = rest.strip_prefix('.') {
        let end = decimals.find(|c: char| !c.is_ascii_digit()).unwrap_or(decimals.len());
        value += match decimals.get(..end)? {
            "3" | "33" | "34" | "333" => 100,
            "6" | "66" | "67" | "666" | "667" => 200,
            one if end == 1 => 30 * digits(one)?.0 as i32,
            two if end == 2 => 3 * digits(two)?.0 as i32,
            _ => return None,
        };
        rest = decimals.get(end..)?;
    } else if let Some(fraction) = rest.strip_prefix([' ', '-']) {
        for (fractional, parts) in
            [("1/2", 150), ("1/3", 100), ("2/3", 200), ("1/4", 75), ("3/4", 225)]
        {
            if let Some(after) = fraction.strip_prefix(fractional) {
                value += parts;
                rest = after;
                break;
            }
        }
    }
    if value == 0 {
        value = -600 * (written.len() as i32 - 1);
    }
    if let Some(after) = rest.trim_start().strip_prefix('+').filter(|_| value % 300 == 0) {
        // Half sizes of shoes: "39+".
        value += 150;
        rest = after;
    }
    let unit = group(&UNITS, rest.strip_suffix(" OLD").unwrap_or(rest))?;
    Some(Atom::Number(Number(value), unit))
}

/// The canonical form of the words behind a size, which a hyphen may separate: "XL - TALL". Empty
/// for no words, `None` for unknown ones.
fn group(groups: &[(&'static str, &str)], words: &str) -> Option<&'static str> {
    let words = words.trim_start();
    if words.is_empty() {
        return Some("");
    }
    let cut = words.strip_prefix('-').map_or(words, str::trim_start);
    // "10-M" is no age, and "8-L" no long size.
    let listed = if cut.len() > 2 { cut } else { words };
    groups.iter().find(|(_, list)| lists(list, listed.as_bytes())).map(|(name, _)| *name)
}

/// The number at the front, of at most five digits, and the rest.
fn digits(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    if !(1..=5).contains(&end) {
        return None;
    }
    let (digits, rest) = text.split_at(end);
    Some((digits.bytes().fold(0, |number, digit| 10 * number + u32::from(digit - b'0')), rest))
}

impl Piece for Number {
    fn append(&self, to: &mut String) {
        let Self(value) = *self;
        if value < 0 {
            return (0..=-value / 600).for_each(|_| to.push('0'));
        }
        i64::from(value / 300).append(to);
        match value % 300 {
            0 => {}
            100 => to.push_str(" 1/3"),
            200 => to.push_str(" 2/3"),
            part if part % 30 == 0 => to.push_str(&joined![".", i64::from(part / 30)]),
            // Hundredths: two digits.
            part => to.push_str(&joined![if part < 30 { ".0" } else { "." }, i64::from(part / 3)]),
        }
    }
}

impl Piece for Atom {
    fn append(&self, to: &mut String) {
        match *self {
            Self::Letter(step, cut) => {
                let letter = ["S", "M", "L"][usize::from(step >= 0) + usize::from(step > 0)];
                match step.unsigned_abs() {
                    0 | 1 => {}
                    2 => to.push('X'),
                    3 => to.push_str("XX"),
                    n => to.push_str(&joined![n - 1, "X"]),
                }
                to.push_str(letter);
                to.push_str(cut);
            }
            Self::Plus(n) => to.push_str(&joined![n, "X"]),
            Self::Iberian(index) => to.push_str(IBERIAN[index].0),
            Self::Number(number, unit) => to.push_str(&joined![number, unit]),
            Self::Bra(band, cup) => to.push_str(&joined![band, cup]),
        }
    }
}

impl Parsed {
    /// The canonical text.
    pub(super) fn canonical(&self) -> String {
        let size = match self.shape {
            Shape::OneSize => "One Size".to_owned(),
            Shape::One(atom) => joined![atom],
            Shape::Range(Atom::Number(low, unit @ ("M" | "Y")), Atom::Number(high, same), None)
                if unit == same =>
            {
                joined![low, "-", high, unit]
            }
            Shape::Range(low, high, None) => joined![low, "/", high],
            Shape::Range(low, high, Some(system)) => joined![low, "/", system.short(), " ", high],
            Shape::Waist(waist, None) => joined!["W", waist],
            Shape::Waist(waist, Some(length)) => joined!["W", waist, "/L", length],
            Shape::Girth(height, girth, build) => joined![height, "/", girth, build],
        };
        match self.system {
            Some(system) => joined![system.short(), " ", size],
            None => size,
        }
    }
}
