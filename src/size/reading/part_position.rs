//! The starting position of one size of a label, among the other labels of its fit group.

use super::context::Context;
use super::parts::{LETTERS, Part};
use crate::size::place::{letter, placed};
use crate::size::shape::{Atom, Number, Parsed, Shape};
use crate::size::{Axis, System};

/// Whether a part is a letter, or a range of letters.
pub(super) fn is_lettered(part: Part) -> bool {
    let letter = |atom| matches!(atom, Atom::Letter(..) | Atom::Plus(_) | Atom::Iberian(_));
    match part {
        Part::Foreign(_) => true,
        Part::Unisex(..) => false,
        Part::Plain(Parsed { shape: Shape::One(atom) | Shape::Range(atom, ..), .. }) => {
            letter(atom)
        }
        Part::Plain(_) => false,
    }
}

/// The position of one size of a label.
pub(super) fn position_of(part: Part, system: System, context: &Context) -> Option<f64> {
    let axis = context.axis;
    let parsed = match part {
        Part::Foreign(index) => {
            let (name, step) = LETTERS[index];
            let youth = name.starts_with('Y');
            let step = if youth { step } else { context.letter_of(name) };
            let own = if youth && axis == Axis::Children { 3.0 } else { 0.0 };
            return letter(step + own, system, axis);
        }
        Part::Unisex(men, women) => {
            let number = if axis == Axis::ShoesWomen { women } else { men };
            let system = if system == System::Unspecified { System::Us } else { system };
            let shape = Shape::One(Atom::Number(number, ""));
            return placed(Parsed { system: None, shape }, system, axis);
        }
        Part::Plain(parsed) => parsed,
    };
    if let Some(step) = context.letter(parsed) {
        return letter(step, system, axis);
    }
    let system = parsed.system.unwrap_or(system);
    match parsed.shape {
        Shape::One(Atom::Number(number, unit)) => {
            measured(number.value(), unit, system, context).or_else(|| placed(parsed, system, axis))
        }
        // "6A" is an age in France, Spain and Portugal, "6 J." in Germany.
        Shape::One(Atom::Bra(years, "A" | "J")) if axis == Axis::Children => {
            let age = Shape::One(Atom::Number(Number::whole(years)?, "Y"));
            placed(Parsed { shape: age, ..parsed }, system, axis)
        }
        // Collars come in pairs of neighbours, jackets do not.
        Shape::Range(Atom::Number(low, ""), Atom::Number(high, ""), None)
            if axis == Axis::Men && high.value() - low.value() == 1.0 =>
        {
            collar((low.value() + high.value()) / 2.0)
        }
        // One size in two systems, of which one may have no table.
        Shape::Range(low, high, Some(other)) => placed(parsed, system, axis)
            .or_else(|| placed(Parsed { system: None, shape: Shape::One(low) }, system, axis))
            .or_else(|| placed(Parsed { system: None, shape: Shape::One(high) }, other, axis)),
        Shape::Range(low, high, None) => placed(parsed, system, axis).or_else(|| {
            let end = |atom| {
                let one = Parsed { system: None, shape: Shape::One(atom) };
                position_of(Part::Plain(one), system, context)
            };
            Some((end(low)? + end(high)?) / 2.0)
        }),
        _ => placed(parsed, system, axis),
    }
}

/// The position of a number that the context gives another meaning than the tables do.
fn measured(n: f64, unit: &str, system: System, context: &Context) -> Option<f64> {
    let adult = matches!(context.axis, Axis::Women | Axis::Men);
    match (context.axis, unit) {
        (Axis::Men, "") if context.collars => collar(n),
        (Axis::Men, " cm") if (34.0..=50.0).contains(&n) => collar(n),
        // Hats, and belts, which are 5 cm apart.
        (_, " cm") if adult && context.hats => Some(n - 57.0),
        (_, " cm") if adult => (50.0..=170.0).contains(&n).then_some((n - 90.0) / 5.0),
        // "38 M": a number and a letter, as no adult's clothes go by months.
        (_, "M") if adult && n >= 20.0 => {
            let number = Number::whole(n as u32)?;
            let shape = Shape::One(Atom::Number(number, ""));
            placed(Parsed { system: None, shape }, system, context.axis)
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

/// Position of a collar in cm on the men's axis: 40 goes with a jacket of EU 50.
fn collar(cm: f64) -> Option<f64> {
    (30.0..=60.0).contains(&cm).then_some(cm - 40.0)
}
