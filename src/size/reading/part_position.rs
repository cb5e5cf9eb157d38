//! The starting position of one size of a label, among the other labels of its fit group.

use super::context::Context;
use super::feet;
use super::numbers::collar;
use super::part::Part;
use super::parts::LETTERS;
use crate::size::place::{letter, placed};
use crate::size::shape::{Atom, CUPS, Number, Parsed, Shape};
use crate::size::{Axis, System};

/// Whether a part is a letter, or a range of letters.
pub(super) fn is_lettered(part: Part) -> bool {
    let letter = |atom| matches!(atom, Atom::Letter(..) | Atom::Plus(_) | Atom::Iberian(_));
    match part {
        Part::Foreign(_) => true,
        Part::Unisex(..) | Part::Ring(_) => false,
        Part::Plain(Parsed { shape: Shape::One(atom) | Shape::Range(atom, ..), .. }) => {
            letter(atom)
        }
        Part::CutPlus(size, _) => is_lettered(Part::Plain(size)),
        Part::Plain(_) => false,
    }
}

/// The position of one size of a label.
pub(super) fn position_of(part: Part, system: System, context: &Context) -> Option<f64> {
    let axis = context.axis;
    let parsed = match part {
        Part::Foreign(index) => return foreign(index, system, context),
        // No table has rings: they go by their order.
        Part::Ring(_) => return None,
        Part::Unisex(men, women) => {
            let number = if axis == Axis::ShoesWomen { women } else { men };
            let system = if system == System::Unspecified { System::Us } else { system };
            let shape = Shape::One(Atom::Number(number, ""));
            return placed(Parsed { system: None, shape }, system, axis);
        }
        Part::Plain(parsed) | Part::CutPlus(parsed, _) => parsed,
    };
    if context.socks && feet::is_range_of_feet(parsed.shape) {
        return None;
    }
    if let Some(step) = context.letter(parsed) {
        return letter(step, system, axis);
    }
    let system = parsed.system.unwrap_or(system);
    match parsed.shape {
        Shape::One(Atom::Number(number, unit)) => {
            let bare = (unit.is_empty()).then(|| context.numbers.position(number, parsed.system));
            // Europe's jackets of these sizes have no cut behind the number: 40R is America's.
            let inches = context.inch_jackets && matches!(unit, "R" | "S" | "L" | "T");
            let system = if inches && system != System::Uk { System::Us } else { system };
            bare.flatten()
                .or_else(|| measured(number, unit, system, context))
                .or_else(|| placed(parsed, system, axis))
        }
        // "6A" is an age in France, Spain and Portugal, "6 J." in Germany.
        Shape::One(Atom::Bra(years, "A" | "J")) if axis == Axis::Children => {
            let age = Shape::One(Atom::Number(Number::whole(years)?, "Y"));
            placed(Parsed { shape: age, ..parsed }, system, axis)
        }
        Shape::Range(low, high, other) => range(low, high, other, parsed, system, context),
        _ => placed(parsed, system, axis),
    }
}

/// The position of a range, or of one size in two systems.
fn range(
    low: Atom,
    high: Atom,
    other: Option<System>,
    parsed: Parsed,
    system: System,
    context: &Context,
) -> Option<f64> {
    let axis = context.axis;
    match (low, high, other) {
        // Collars come in pairs of neighbours, jackets do not.
        (Atom::Number(low, ""), Atom::Number(high, ""), None)
            if axis == Axis::Men && high.value() - low.value() == 1.0 =>
        {
            collar((low.value() + high.value()) / 2.0)
        }
        // Dress shirts by collar and sleeve, inches.
        (Atom::Number(neck, ""), Atom::Number(sleeve, ""), None)
            if axis == Axis::Men && is_collar_and_sleeve(neck, sleeve) =>
        {
            let system = if system == System::Unspecified { System::Us } else { system };
            let shape = Shape::One(Atom::Number(neck, ""));
            placed(Parsed { system: None, shape }, system, axis)
        }
        // One size in two systems, of which one may have no table.
        (low, high, Some(other)) => placed(parsed, system, axis)
            .or_else(|| placed(Parsed { system: None, shape: Shape::One(low) }, system, axis))
            .or_else(|| placed(Parsed { system: None, shape: Shape::One(high) }, other, axis)),
        (low, high, None) => {
            let end = |atom| {
                let one = Parsed { system: None, shape: Shape::One(atom) };
                position_of(Part::Plain(one), system, context)
            };
            let middle = || Some((end(low)? + end(high)?) / 2.0);
            let measured = match (low, high) {
                (Atom::Number(a, ""), Atom::Number(b, "")) => {
                    let one = |number| context.numbers.position(number, parsed.system);
                    one(a).zip(one(b)).map(|(a, b)| (a + b) / 2.0)
                }
                _ => None,
            };
            measured.or_else(|| placed(parsed, system, axis)).or_else(middle)
        }
    }
}

/// The position of a letter that only training reads.
fn foreign(index: usize, system: System, context: &Context) -> Option<f64> {
    let axis = context.axis;
    let (name, step) = LETTERS[index];
    let shoes = [Axis::ShoesWomen, Axis::ShoesMen, Axis::ShoesChildren].contains(&axis);
    if let Some(number) = number_of_width(name).filter(|_| shoes) {
        let shape = Shape::One(Atom::Number(number, ""));
        return placed(Parsed { system: None, shape }, system, axis);
    }
    let youth = name.starts_with('Y');
    let step = if youth { step } else { context.letter_of(name) };
    let own = if youth && axis == Axis::Children { 3.0 } else { 0.0 };
    letter(step + own, system, axis)
}

/// The position of a number that the context gives another meaning than the tables do.
fn measured(number: Number, unit: &str, system: System, context: &Context) -> Option<f64> {
    let n = number.value();
    let adult = matches!(context.axis, Axis::Women | Axis::Men);
    match (context.axis, unit) {
        (Axis::Men, " cm") if (34.0..=50.0).contains(&n) => collar(n),
        // Hats, and belts, which are 5 cm apart.
        (_, " cm") if adult && context.hats => Some(n - 57.0),
        (_, " cm") if adult => (50.0..=170.0).contains(&n).then_some((n - 90.0) / 5.0),
        // "38 M": a number and a letter, as no adult's clothes go by months.
        (_, "M") if adult && n >= 20.0 => {
            let shape = Shape::One(Atom::Number(number, ""));
            placed(Parsed { system: None, shape }, system, context.axis)
        }
        // Germany's and the Netherlands' N is neither short nor long.
        (_, "N") if adult => {
            let shape = Shape::One(Atom::Number(number, ""));
            placed(Parsed { system: None, shape }, system, context.axis)
        }
        // Italy's bras: 3 is Europe's 75.
        (Axis::Bra, "A" | "B" | "C" | "D" | "E") if system == System::It && n <= 8.0 => {
            let shape = Shape::One(Atom::Bra(60 + 5 * n as u32, cup(unit)?));
            placed(Parsed { system: Some(System::Eu), shape }, system, context.axis)
        }
        // Children's codes among adults' shoes: 10C beside 3Y.
        (Axis::ShoesWomen | Axis::ShoesMen, "C") if context.child_codes => {
            let shape = Shape::One(Atom::Number(Number::whole(n as u32)?, "C"));
            let origin = if context.axis == Axis::ShoesMen { 42.0 } else { 39.0 };
            let parsed = Parsed { system: None, shape };
            placed(parsed, system, Axis::ShoesChildren).map(|x| x + 30.0 - origin)
        }
        _ => None,
    }
}

/// Whether two numbers are the collar and the sleeve of a dress shirt, inches: 15.5/33.
pub(super) fn is_collar_and_sleeve(neck: Number, sleeve: Number) -> bool {
    (13.0..=20.0).contains(&neck.value()) && (30.0..=38.0).contains(&sleeve.value())
}

/// The number of "5G", which is a letter of Brazil, and a shoe of the width G elsewhere.
pub(super) fn number_of_width(letter: &str) -> Option<Number> {
    Number::whole(letter.strip_suffix('G')?.parse().ok()?)
}

fn cup(unit: &str) -> Option<&'static str> {
    CUPS.into_iter().find(|cup| *cup == unit)
}
