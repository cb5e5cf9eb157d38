//! What a label can mean: every family of sizes that it fits, with the number that orders it there.

use super::part::Part;
use super::part_position::{is_collar_and_sleeve, number_of_width};
use super::parts::{LETTERS, parts};
use crate::size::length::{length_of_cut, length_of_inseam};
use crate::size::shape::{Atom, CUPS, IBERIAN, Parsed, Shape};
use crate::size::{Axis, System, position};

/// A family of sizes: labels that one number orders. The unit of that number is in brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Family {
    /// A garment without sizes (0).
    OneSize,
    /// XS, M, 3XL, S/M, 2X, GG (letters above M).
    Letter,
    /// Numbers of clothes: 38, 12, 00, 14W, 40R, 55 (the number as it is written).
    Clothing,
    /// Numbers of shoes, with halves: 38, 8.5, 42 2/3, 24.5 cm (the number as it is written; feet
    /// in cm).
    Shoe,
    /// American children's shoes: 10C, 13C, 1Y (the number; 13 less for a C, as 1Y follows 13C).
    ChildShoe,
    /// Waists of trousers (inches).
    Waist,
    /// Necks of shirts (cm or inches as written; inches are at most 20).
    Collar,
    /// Belts, hats and China's girths (cm).
    Girth,
    /// Children by height (cm).
    Height,
    /// Children by age (years).
    Age,
    /// Bras (steps of bust girth; 75B of Europe is 0).
    Bra,
    /// Finger rings by letter (places in the alphabet).
    Ring,
}

/// One meaning that a label can have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Reading {
    pub(crate) family: Family,
    /// Orders the labels of one family and system; its unit is the family's. A range lies in its
    /// middle, an age at its upper end.
    pub(crate) value: f64,
    /// Length of the garment, sd of wishes: petite -1, long 1, an inseam of 32 inches 0.
    pub(crate) length: f64,
    /// The system that the text names.
    pub(crate) system: Option<System>,
}

/// Every meaning that a label can have, the most usual first; none if no part of it is understood.
///
/// A bare number has several, and only the article's other sizes tell which one is right: 38 is a
/// dress, a shoe, a waist or a collar. Within a run of one family and system, `value` ascends with
/// the size. A label with two parts has the meanings of both.
pub(crate) fn readings(label: &str) -> Vec<Reading> {
    readings_of_parts(&parts(label))
}

/// Every meaning of a label with these parts.
pub(super) fn readings_of_parts(parts: &[Part]) -> Vec<Reading> {
    let mut found: Vec<Reading> = Vec::new();
    for &part in parts {
        for reading in readings_of(part) {
            if found.iter().all(|known| known.family != reading.family) {
                found.push(reading);
            }
        }
    }
    found
}

/// Whether a label has any known meaning.
///
/// ```
/// use inseam::size::is_understood;
/// assert!(is_understood("10 anos") && is_understood("M (12-14)"));
/// assert!(!is_understood("Navy"));
/// ```
#[must_use]
pub fn is_understood(label: &str) -> bool {
    !readings(label).is_empty()
}

fn readings_of(part: Part) -> Vec<Reading> {
    let Parsed { system, shape } = match part {
        Part::Plain(parsed) => parsed,
        Part::Foreign(index) => {
            let (name, step) = LETTERS[index];
            let shoe = number_of_width(name).map(|n| Reading::new(Family::Shoe, n.value()));
            return [Reading::new(Family::Letter, step)].into_iter().chain(shoe).collect();
        }
        Part::Unisex(men, _) => return vec![Reading::new(Family::Shoe, men.value())],
        Part::Ring(place) => return vec![Reading::new(Family::Ring, place)],
        Part::CutPlus(size, length) => {
            let plain = readings_of(Part::Plain(size)).into_iter();
            let clothes = |family| matches!(family, Family::Letter | Family::Clothing);
            let cut = plain.filter(|reading| clothes(reading.family));
            return cut.map(|reading| Reading { length, ..reading }).collect();
        }
    };
    let mut readings = match shape {
        Shape::OneSize => vec![Reading::new(Family::OneSize, 0.0)],
        Shape::One(atom) => of_atom(atom),
        // "EU 38/UK 12" is one size in two systems.
        Shape::Range(low, _, Some(_)) => of_atom(low),
        Shape::Range(low, high, None) => of_range(low, high),
        Shape::Waist(waist, inseam) => vec![Reading {
            length: inseam.map_or(0.0, |inches| length_of_inseam(f64::from(inches))),
            ..Reading::new(Family::Waist, f64::from(waist))
        }],
        Shape::Girth(height, girth, _) => {
            let tall = Reading::new(Family::Height, f64::from(height));
            let round = Reading::new(Family::Girth, f64::from(girth));
            if height < 150 { vec![tall, round] } else { vec![round, tall] }
        }
    };
    readings.iter_mut().for_each(|reading| reading.system = system);
    readings
}

/// The length that a part names.
pub(super) fn length_of_part(part: Part) -> f64 {
    readings_of(part).first().map_or(0.0, |reading| reading.length)
}

impl Reading {
    fn new(family: Family, value: f64) -> Self {
        Self { family, value, length: 0.0, system: None }
    }
}

fn of_atom(atom: Atom) -> Vec<Reading> {
    match atom {
        Atom::Letter(step, cut) => vec![Reading {
            length: length_of_cut(cut.trim()),
            ..Reading::new(Family::Letter, f64::from(step))
        }],
        // 1X lies between XL and XXL, and is cut for a fuller figure.
        Atom::Plus(n) => vec![Reading::new(Family::Letter, f64::from(n) + 1.5)],
        Atom::Iberian(index) => vec![Reading::new(Family::Letter, f64::from(IBERIAN[index].1))],
        Atom::Number(number, unit) => of_number(number.value(), unit),
        Atom::Bra(band, cup) => of_bra(band, cup),
    }
}

fn of_bra(band: u32, cup: &str) -> Vec<Reading> {
    let number = f64::from(band);
    let system = if band < 28 { System::Au } else { System::Unspecified };
    let bust = position(&format!("{band}{cup}"), system, Axis::Bra);
    let bra = bust.map(|bust| Reading::new(Family::Bra, bust));
    let shoe = (4..=50).contains(&band).then(|| Reading::new(Family::Shoe, number));
    // "8A" is an age in France, "8 J." in Germany, "8B" the width of a shoe.
    let age = (matches!(cup, "A" | "J") && band <= 18).then(|| Reading::new(Family::Age, number));
    let order = if band < 28 { [age, shoe, bra] } else { [bra, shoe, age] };
    order.into_iter().flatten().collect()
}

/// The meanings of a number with this suffix.
fn of_number(n: f64, unit: &str) -> Vec<Reading> {
    let mut readings = of_measure(n, unit);
    // Australia's bras; their cups were parsed as the widths of shoes.
    if CUPS.contains(&unit)
        && let Some(bust) = position(&format!("{n}{unit}"), System::Au, Axis::Bra)
    {
        readings.push(Reading::new(Family::Bra, bust));
    }
    readings
}

fn of_measure(n: f64, unit: &str) -> Vec<Reading> {
    use Family::{Age, ChildShoe, Clothing, Collar, Girth, Height, Letter, Shoe, Waist};
    let cut = |family| Reading { length: length_of_cut(unit), ..Reading::new(family, n) };
    let plain = |families: &[Family]| families.iter().map(|f| Reading::new(*f, n)).collect();
    match unit {
        "" => bare(n),
        // A plus size is fuller than the same number without W.
        "W" if n > 22.0 => vec![Reading::new(Waist, n), Reading::new(Clothing, n + 0.5)],
        "W" => vec![Reading::new(Clothing, n + 0.5), Reading::new(Shoe, n)],
        "T" if n <= 6.0 => plain(&[Age]),
        "L" if (2.0..=8.0).contains(&n) => vec![cut(Clothing), Reading::new(Letter, n)],
        "P" | "S" | "R" | "L" | "T" => vec![cut(Clothing)],
        "C" if n <= 13.5 => vec![Reading::new(Shoe, n), Reading::new(ChildShoe, n - 13.0)],
        "Y" if n <= 7.0 => plain(&[Age, ChildShoe]),
        "Y" => plain(&[Age]),
        "M" => {
            let age = Reading::new(Age, n / 12.0);
            let other = if n < 18.0 { Shoe } else { Clothing };
            vec![age, Reading::new(other, n)]
        }
        " cm" => {
            let fits = [(Height, 40.0, 194.0), (Girth, 45.0, 160.0), (Collar, 34.0, 50.0)];
            let fits = fits.into_iter().chain([(Shoe, 8.0, 33.0)]);
            let fits = fits.filter(|(_, from, to)| (*from..=*to).contains(&n));
            fits.map(|(family, ..)| Reading::new(family, n)).collect()
        }
        " mm" => vec![Reading::new(Shoe, n / 10.0)],
        _ => plain(&[Shoe]),
    }
}

/// The meanings of a number without suffix.
fn bare(n: f64) -> Vec<Reading> {
    use Family::{Age, Clothing, Collar, Girth, Height, Shoe, Waist};
    let whole = n.fract() == 0.0;
    let even = whole && n % 2.0 == 0.0;
    let fits = |family| match family {
        Clothing => whole && (-4.0..=130.0).contains(&n),
        Shoe => (0.5..=53.0).contains(&n) || (80.0..=330.0).contains(&n) && n % 5.0 == 0.0,
        Waist => whole && (22.0..=60.0).contains(&n),
        Collar => (34.0..=52.0).contains(&n) || (13.0..=20.0).contains(&n),
        Girth => whole && (50.0..=150.0).contains(&n),
        Height => (44.0..=194.0).contains(&n) && (even || n % 5.0 == 0.0),
        Age => (1.0..=18.0).contains(&n) && whole,
        _ => false,
    };
    let order = if !whole || n > 150.0 && n % 6.0 != 2.0 {
        [Shoe, Collar, Clothing, Waist, Girth, Height, Age]
    } else if n <= 18.0 {
        [Clothing, Shoe, Age, Collar, Waist, Girth, Height]
    } else if n <= 33.0 {
        [Waist, Clothing, Shoe, Collar, Girth, Height, Age]
    } else if n <= 54.0 {
        [Clothing, Shoe, Waist, Collar, Girth, Height, Age]
    } else if n >= 80.0 {
        [Height, Girth, Clothing, Shoe, Waist, Collar, Age]
    } else {
        [Clothing, Height, Girth, Shoe, Waist, Collar, Age]
    };
    let value = |family| if family == Shoe && n >= 80.0 { n / 10.0 } else { n };
    order.into_iter().filter(|f| fits(*f)).map(|f| Reading::new(f, value(f))).collect()
}

/// The meanings that both ends of a range share and that such a range can have.
fn of_range(low: Atom, high: Atom) -> Vec<Reading> {
    let (first, second) = (of_atom(low), of_atom(high));
    let mut readings = Vec::new();
    if let (Atom::Number(neck, ""), Atom::Number(sleeve, "")) = (low, high)
        && is_collar_and_sleeve(neck, sleeve)
    {
        readings.push(Reading::new(Family::Collar, neck.value()));
    }
    if let (Atom::Number(waist, ""), Atom::Number(inseam, "")) = (low, high)
        && (22.0..=56.0).contains(&waist.value())
        && (28.0..=36.0).contains(&inseam.value())
    {
        let length = length_of_inseam(inseam.value());
        readings.push(Reading { length, ..Reading::new(Family::Waist, waist.value()) });
    }
    for a in first {
        let Some(b) = second.iter().find(|b| b.family == a.family) else { continue };
        let value = match a.family {
            Family::Age => b.value,
            _ => (a.value + b.value) / 2.0,
        };
        let known = readings.iter().any(|r: &Reading| r.family == a.family);
        if !known && spans(a.family, b.value - a.value) {
            readings.push(Reading { value, ..a });
        }
    }
    readings
}

/// Whether a label of this family can range over this difference.
fn spans(family: Family, difference: f64) -> bool {
    match family {
        Family::Clothing => difference % 2.0 == 0.0 && difference > 0.0,
        Family::Collar => difference <= 1.0,
        // Socks of 36 to 40 and of 41 to 46.
        Family::Shoe => difference <= 6.0,
        Family::Waist => difference <= 2.0,
        Family::Height => difference >= 4.0,
        Family::ChildShoe => false,
        _ => true,
    }
}
