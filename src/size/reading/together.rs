//! Labels that only tell beside each other what they are: L beside J and K is a ring, P/M beside
//! P/S a petite M, 42-L beside 42-R a long 42.

use super::cuts::{number_and_cut, petite_before_stroke, petite_medium};
use super::part::Part;
use super::parts::parts;
use super::readings::{Reading, is_understood, readings_of_parts};
use super::rings::{have_rings, is_only_ring, ring};
use crate::size::System;
use crate::size::shape::{Atom, Parsed, Shape};

/// The sizes that each label names beside the others.
pub(super) fn parts_together(labels: &[&str], system: System) -> Vec<Vec<Part>> {
    let mut read: Vec<Vec<Part>> = labels.iter().map(|label| parts(label)).collect();
    if have_rings(labels) && !read.iter().flatten().any(|part| is_of_clothes(*part)) {
        for (label, parts) in labels.iter().zip(&mut read) {
            if let Some(place) = ring(label) {
                *parts = vec![Part::Ring(place)];
            }
        }
    }
    if petite_is_in_front(labels, &read, system) {
        for (label, parts) in labels.iter().zip(&mut read) {
            if let Some(parsed) = petite_medium(label) {
                *parts = vec![Part::Plain(parsed)];
            }
        }
    }
    if labels.iter().any(|label| number_and_cut(label).is_some_and(|(_, cut)| cut == 'R')) {
        for (label, parts) in labels.iter().zip(&mut read) {
            if let Some((parsed, _)) = number_and_cut(label) {
                *parts = vec![Part::Plain(parsed)];
            }
        }
    }
    read
}

/// Whether a part is a letter that rings do not have: XL, XXS, S/M.
fn is_of_clothes(part: Part) -> bool {
    match part {
        Part::Plain(Parsed { shape: Shape::One(Atom::Letter(step, _)), .. }) => step.abs() > 1,
        Part::Plain(Parsed { shape: Shape::Range(Atom::Letter(..), ..), .. }) => true,
        _ => false,
    }
}

/// Whether P stands for petite in "P/M": beside P/S, or among S and L where nothing is grande.
fn petite_is_in_front(labels: &[&str], read: &[Vec<Part>], system: System) -> bool {
    if matches!(system, System::Br | System::Mex) {
        return false;
    }
    let mut letters = read.iter().flatten().filter_map(|part| match part {
        Part::Plain(Parsed { shape: Shape::One(atom), .. }) => Some(*atom),
        _ => None,
    });
    let has_stroke = labels.iter().any(|label| petite_before_stroke(label).is_some());
    let iberian = read.iter().flatten().any(|part| {
        matches!(
            part,
            Part::Foreign(_)
                | Part::Plain(Parsed {
                    shape: Shape::One(Atom::Iberian(_))
                        | Shape::Range(Atom::Iberian(_), Atom::Iberian(_), _),
                    ..
                })
        )
    });
    has_stroke
        || !iberian && letters.any(|atom| matches!(atom, Atom::Letter(step, "") if step != 0))
}

/// Every meaning that each label can have beside the others, the most usual first.
pub(crate) fn readings_together(labels: &[&str]) -> Vec<Vec<Reading>> {
    let read = parts_together(labels, System::Unspecified);
    read.iter().map(|parts| readings_of_parts(parts)).collect()
}

/// Which labels have a known meaning beside the others.
///
/// ```
/// use inseam::size::understood;
/// assert_eq!(understood(&["M", "K", "Navy"]), [true, false, false]);
/// // K beside J is a ring.
/// assert_eq!(understood(&["M", "K", "J"]), [true, true, true]);
/// ```
#[must_use]
pub fn understood(labels: &[&str]) -> Vec<bool> {
    let rings = have_rings(labels);
    let cuts = labels.iter().any(|label| number_and_cut(label).is_some_and(|(_, cut)| cut == 'R'));
    let read = |label: &&str| {
        is_understood(label)
            || rings && ring(label).is_some()
            || cuts && number_and_cut(label).is_some()
    };
    labels.iter().map(read).collect()
}

/// For each list of labels, whether its single letters are rings, by what all of the lists have.
pub(crate) fn lists_of_rings(lists: &[Vec<&str>]) -> Vec<bool> {
    let mut all: Vec<&str> = lists.iter().flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    if !have_rings(&all) {
        return vec![false; lists.len()];
    }
    let of_rings = |labels: &Vec<&str>| {
        let clothes = labels.iter().any(|label| parts(label).into_iter().any(is_of_clothes));
        !clothes && labels.iter().any(|label| is_only_ring(label))
    };
    lists.iter().map(of_rings).collect()
}
