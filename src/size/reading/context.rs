//! What the labels of one fit group and system say about each other.

use super::feet::{are_socks, is_part_of_feet};
use super::numbers::Numbers;
use super::part::Part;
use super::parts::LETTERS;
use crate::size::shape::{Atom, IBERIAN, Parsed, Shape};
use crate::size::{Axis, System};

/// What the labels of one fit group and system say about each other.
pub(super) struct Context {
    pub(super) axis: Axis,
    /// The letters of Brazil and Mexico among the labels; empty if these are not of such letters.
    iberian: Vec<&'static str>,
    system: System,
    /// Whether 3L is a letter of Japan, not a long size 3.
    japanese: bool,
    /// What bare numbers mean.
    pub(super) numbers: Numbers,
    /// Whether centimetres are the girths of heads, not of belts.
    pub(super) hats: bool,
    /// Whether ranges of sizes of feet are socks among sizes of clothes: no table has both.
    pub(super) socks: bool,
    /// Whether numbers with a cut are jackets of America or Britain, in inches of the chest.
    pub(super) inch_jackets: bool,
    /// Whether C follows children's sizes of shoes, not widths.
    pub(super) child_codes: bool,
}

impl Context {
    /// The context of labels, each given by its parts.
    pub(super) fn of(labels: &[Vec<Part>], system: System, axis: Axis) -> Self {
        let atoms: Vec<Atom> = labels.iter().flatten().flat_map(|part| atoms(*part)).collect();
        let numbers = |wanted: &[&str]| {
            let number = |atom: &Atom| match atom {
                Atom::Number(n, unit) if wanted.contains(unit) => Some(n.value()),
                _ => None,
            };
            atoms.iter().filter_map(number).collect::<Vec<f64>>()
        };
        let letters = atoms.iter().any(|atom| matches!(atom, Atom::Letter(..)));
        let foreign: Vec<&str> = labels.iter().flatten().filter_map(foreign_name).collect();
        let long = numbers(&["L"]);
        let double = foreign.iter().any(|name| matches!(*name, "LL" | "LLL"));
        let east = matches!(system, System::Jp | System::Kr | System::Cn);
        let shoes = matches!(axis, Axis::ShoesWomen | Axis::ShoesMen | Axis::ShoesChildren);
        let socks = !shoes && are_socks(labels.iter().flatten());
        let clothes = |part: &&Part| !socks || !is_part_of_feet(**part);
        let bare = numbers(&[""]);
        let girths = numbers(&[" cm"]);
        Self {
            axis,
            system,
            iberian: iberian(foreign, system),
            // America's long sizes have the plain numbers beside them.
            japanese: !long.is_empty()
                && (double || letters && east || bare.is_empty() && (east || letters)),
            numbers: Numbers::of(
                &named_numbers(labels.iter().flatten().filter(clothes)),
                system,
                axis,
            ),
            socks,
            inch_jackets: axis == Axis::Men
                && numbers(&["R", "S", "L", "T"]).iter().any(|n| (32.0..44.0).contains(n)),
            hats: girths.iter().all(|cm| (46.0..=66.0).contains(cm))
                && girths.iter().any(|cm| cm % 5.0 != 0.0),
            child_codes: !numbers(&["Y"]).is_empty(),
        }
    }

    /// How many letters above M a size lies, if only its context makes it a letter.
    pub(super) fn letter(&self, size: Parsed) -> Option<f64> {
        let one = |atom| match atom {
            Atom::Iberian(index) if !self.iberian.is_empty() => {
                Some(self.letter_of(IBERIAN[index].0))
            }
            Atom::Number(n, "P")
                if !self.iberian.is_empty() && (2.0..=3.0).contains(&n.value()) =>
            {
                Some(-n.value())
            }
            Atom::Letter(step, "") => Some(f64::from(step)),
            Atom::Number(n, "L") if self.japanese && (2.0..=9.0).contains(&n.value()) => {
                Some(n.value())
            }
            _ => None,
        };
        match size.shape {
            Shape::One(Atom::Letter(..)) | Shape::Range(Atom::Letter(..), Atom::Letter(..), _) => {
                None
            }
            Shape::One(atom) => one(atom),
            Shape::Range(low, high, None) => Some((one(low)? + one(high)?) / 2.0),
            _ => None,
        }
    }

    /// How many letters above M a letter of Brazil, Mexico or Japan lies. Brazil's EG follows GG,
    /// Mexico's follows G, and G1 follows them all.
    pub(super) fn letter_of(&self, name: &str) -> f64 {
        let has = |names: &[&str]| names.iter().any(|n| self.iberian.contains(n));
        let mexican = self.system == System::Mex || has(&["CH", "XCH", "ECH"]);
        let extra = if !mexican && (self.system == System::Br || has(&["GG"])) { 3.0 } else { 2.0 };
        let largest = if has(&["XG", "EG"]) { extra } else { 2.0 };
        // Brazil's XGG follows XG, or GG if there is no XG, and 2G is GG or follows it.
        let double = if has(&["XG", "EG", "EXG"]) || mexican { extra + 1.0 } else { extra };
        let numbered = if has(&["GG"]) { 1.0 } else { 0.0 };
        match name {
            "XG" | "EG" | "EXG" => extra,
            "XXG" | "EEG" => extra + 1.0,
            "XGG" | "EGG" | "EXGG" => double,
            "XXGG" => double + 1.0,
            "2XG" => extra + 1.0,
            "3XG" | "XXXG" => extra + 2.0,
            "2G" => 2.0 + numbered,
            "3G" => 3.0 + numbered,
            "4G" => 4.0 + numbered,
            "5G" => 5.0 + numbered,
            "G1" => largest + 1.0,
            "G2" => largest + 2.0,
            "G3" => largest + 3.0,
            "G4" => largest + 4.0,
            _ => {
                let known = IBERIAN.iter().find(|(word, ..)| *word == name);
                let other = LETTERS.iter().find(|(word, _)| *word == name);
                known.map(|(_, step, _)| f64::from(*step)).or(other.map(|o| o.1)).unwrap_or(0.0)
            }
        }
    }
}

/// The bare numbers of labels, each with the system that its label names.
fn named_numbers<'p>(parts: impl Iterator<Item = &'p Part>) -> Vec<(f64, Option<System>)> {
    let bare = |part: &Part| {
        let named = match part {
            Part::Plain(parsed) => parsed.system,
            _ => None,
        };
        atoms(*part).into_iter().filter_map(move |atom| match atom {
            Atom::Number(n, "") => Some((n.value(), named)),
            _ => None,
        })
    };
    parts.flat_map(bare).collect()
}

/// The atoms of a part.
fn atoms(part: Part) -> Vec<Atom> {
    match part {
        Part::Plain(Parsed { shape: Shape::One(atom), .. })
        | Part::CutPlus(Parsed { shape: Shape::One(atom), .. }, _) => vec![atom],
        Part::Plain(Parsed { shape: Shape::Range(low, high, _), .. }) => vec![low, high],
        _ => Vec::new(),
    }
}

/// The name of a letter of another country.
fn foreign_name(part: &Part) -> Option<&'static str> {
    match part {
        Part::Foreign(index) => Some(LETTERS[*index].0),
        part => atoms(*part).into_iter().find_map(|atom| match atom {
            Atom::Iberian(index) => Some(IBERIAN[index].0),
            _ => None,
        }),
    }
}

/// The letters of Brazil and Mexico, if the system or another of them shows that they are such: G
/// alone could be anything, and P could be petite.
fn iberian(mut names: Vec<&'static str>, system: System) -> Vec<&'static str> {
    names.retain(|name| !name.starts_with(['L', 'Y']) && !name.ends_with('O'));
    names.sort_unstable();
    names.dedup();
    let given = matches!(system, System::Br | System::Mex);
    if given || names.len() > 1 { names } else { Vec::new() }
}
