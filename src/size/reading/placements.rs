//! Starting positions of all labels of a fit group and system, which are read together: beside P
//! and GG, G is grande; beside 41 and 43, 45 is a collar.

use super::context::Context;
use super::part::Part;
use super::part_position::{is_lettered, position_of};
use super::readings::length_of_part;
use super::together::parts_together;
use crate::size::length::length_of_inseam;
use crate::size::place::placed;
use crate::size::shape::{self, Atom, Parsed, Shape};
use crate::size::{Axis, System, length};

/// Where a label starts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Placement {
    /// Position on the axis, steps; `None` if no table has the label.
    pub(crate) position: Option<f64>,
    /// Length, sd of wishes: petite -1, long 1.
    pub(crate) length: f64,
}

/// The starting positions and lengths of the canonical labels of one fit group and system.
///
/// A label that a page understands lies where [`position`](crate::size::position) says, unless the
/// other labels show that it has another meaning. Of two sizes in one label the number counts where
/// its system is known, and the letter is a check: a number that lies far from it is not believed.
/// Without a system, the letters beside the numbers tell which system the numbers are of.
pub(crate) fn placements(labels: &[&str], system: System, axis: Axis) -> Vec<Placement> {
    let read: Vec<Vec<Part>> = parts_together(labels, system);
    let context = Context::of(&read, system, axis);
    let pairs =
        if system == System::Unspecified { system_of_pairs(&read, &context) } else { system };
    let place = |(label, parts): (&&str, &Vec<Part>)| match parts[..] {
        [] => Placement { position: None, length: length(label) },
        [part] => Placement {
            position: position_of(part, system, &context),
            length: length_of_one(label, part, &context),
        },
        _ => several(parts, pairs, &context),
    };
    labels.iter().zip(&read).map(place).collect()
}

/// The length of a label with one size.
fn length_of_one(label: &str, part: Part, context: &Context) -> f64 {
    if let Part::Plain(parsed) = part {
        if context.letter(parsed).is_some() {
            return 0.0;
        }
        if let (Axis::Waist, Shape::Range(_, Atom::Number(inseam, ""), None)) =
            (context.axis, parsed.shape)
            && (28.0..=38.0).contains(&inseam.value())
        {
            return length_of_inseam(inseam.value());
        }
        if shape::parse(label) == Some(parsed) {
            return length(label);
        }
    }
    length_of_part(part)
}

/// The placement of a label with several sizes.
fn several(parts: &[Part], system: System, context: &Context) -> Placement {
    let places = || parts.iter().filter_map(|p| Some((*p, position_of(*p, system, context)?)));
    let letter = places().find(|(part, _)| is_lettered(*part));
    // Beside the number of a shoe, a letter is its width.
    let shoes = matches!(context.axis, Axis::ShoesWomen | Axis::ShoesMen | Axis::ShoesChildren);
    let believed = |x: f64| shoes || letter.is_none_or(|(_, at)| (x - at).abs() <= MAX_CONFLICT);
    let number = places().find(|(part, x)| !is_lettered(*part) && believed(*x));
    let inches =
        parts.iter().find_map(|part| Some((*part, waist_beside_size(*part, parts, context)?)));
    let chosen = inches.or(number).or(letter);
    let length = |part: Part| match part {
        // Only of trousers are two numbers a waist and a length.
        Part::Plain(Parsed { shape: Shape::Range(..), .. }) if context.axis != Axis::Waist => 0.0,
        _ => length_of_part(part),
    };
    // "M Tall (10)": the cut may stand beside the letter.
    let lengths = [chosen, letter].into_iter().flatten().map(|(part, _)| length(part));
    Placement {
        position: chosen.map(|(_, x)| x),
        length: lengths.into_iter().find(|x| *x != 0.0).unwrap_or(0.0),
    }
}

/// The position of a waist in inches beside a size of a system: "28 (DE 36)".
fn waist_beside_size(part: Part, parts: &[Part], context: &Context) -> Option<f64> {
    let named = |part: &Part| matches!(part, Part::Plain(parsed) if parsed.system.is_some());
    let Part::Plain(Parsed { system: None, shape: Shape::One(Atom::Number(number, "")) }) = part
    else {
        return None;
    };
    let shape = Shape::One(Atom::Number(number, "W"));
    let inches = context.axis == Axis::Waist && parts.iter().any(named);
    inches.then(|| placed(Parsed { system: None, shape }, System::Unspecified, context.axis))?
}

/// How far the number of a label may lie from its letter, steps. Shops' letters differ by two
/// sizes, and more for plus sizes; a number of another system lies farther off.
const MAX_CONFLICT: f64 = 5.0;

/// The system in which the numbers of "M (12-14)" and the like lie nearest to their letters.
fn system_of_pairs(read: &[Vec<Part>], context: &Context) -> System {
    let pairs: Vec<(Part, Part)> = read
        .iter()
        .filter_map(|parts| {
            let letter = parts.iter().find(|part| is_lettered(**part))?;
            Some((*letter, *parts.iter().find(|part| !is_lettered(**part))?))
        })
        .collect();
    let mut best = (MAX_DISTANCE, System::Unspecified);
    for system in PAIRED_SYSTEMS {
        let distances: Option<Vec<f64>> = pairs
            .iter()
            .map(|&(letter, number)| {
                let at = |part| position_of(part, system, context);
                Some((at(letter)? - at(number)?).abs())
            })
            .collect();
        let Some(distances) = distances.filter(|d| d.len() > 1) else { continue };
        let mean = distances.iter().sum::<f64>() / distances.len() as f64;
        if mean < best.0 {
            best = (mean, system);
        }
    }
    best.1
}

/// Systems that shops write beside letters, the most usual of equal ones first.
const PAIRED_SYSTEMS: [System; 10] = [
    System::Eu,
    System::Us,
    System::Uk,
    System::Fr,
    System::It,
    System::Br,
    System::Jp,
    System::Kr,
    System::Ru,
    System::Mex,
];
/// Mean distance of numbers from their letters, steps, from which on a system does not explain
/// them.
const MAX_DISTANCE: f64 = 1.6;
