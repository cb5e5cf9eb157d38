//! Socks: ranges of sizes of feet, such as 35-38 and 39-42, among sizes of clothes.

use super::part::Part;
use crate::size::shape::{Atom, Parsed, Shape};

/// The smallest and the largest foot of Europe.
const FEET: [f64; 2] = [15.0, 52.0];
/// Jeans may be 33/36, a waist and a length, but no length is larger.
const LARGEST_INSEAM: f64 = 36.0;

/// Whether a range may be one of feet: it has three to six sizes more than its first. Dresses come
/// in pairs of neighbours, 36/38.
pub(super) fn is_range_of_feet(shape: Shape) -> bool {
    feet(shape).is_some()
}

pub(super) fn is_part_of_feet(part: Part) -> bool {
    of_part(part).is_some()
}

fn of_part(part: Part) -> Option<(f64, f64)> {
    match part {
        Part::Plain(Parsed { shape, .. }) => feet(shape),
        _ => None,
    }
}

fn feet(shape: Shape) -> Option<(f64, f64)> {
    let Shape::Range(Atom::Number(low, ""), Atom::Number(high, ""), None) = shape else {
        return None;
    };
    let (low, high) = (low.value(), high.value());
    let whole = low.fract() == 0.0 && high.fract() == 0.0;
    let sane = low >= FEET[0] && high <= FEET[1] && (3.0..=6.0).contains(&(high - low));
    (whole && sane).then_some((low, high))
}

/// Whether some of the parts are socks: a range such as 39-42 joins an odd and an even number, and
/// the next range begins where one ends.
pub(super) fn are_socks<'p>(parts: impl Iterator<Item = &'p Part>) -> bool {
    let ranges: Vec<(f64, f64)> = parts.filter_map(|part| of_part(*part)).collect();
    let odd = |(low, high): &(f64, f64)| (high - low) % 2.0 == 1.0 && *high > LARGEST_INSEAM;
    let followed =
        ranges.iter().filter(|(_, high)| ranges.iter().any(|(low, _)| *low == high + 1.0)).count();
    ranges.iter().any(odd) || followed > 1
}
