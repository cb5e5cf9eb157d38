//! What bare numbers mean beside each other, where each alone would be misread: 42 beside 46 and 48
//! is a jacket, beside 41 and 43 a collar.

use crate::size::place::placed;
use crate::size::shape::{Atom, Number, Parsed, Shape};
use crate::size::{Axis, System};

/// What the bare numbers of one fit group and system are.
pub(super) struct Numbers {
    axis: Axis,
    system: System,
    /// The system that each of the labels names, if all name the same one.
    named: Option<System>,
    meaning: Meaning,
    /// America's and Britain's children's shoes start again after 13: numbers below this one are
    /// youth's, and follow 13.
    youth_below: f64,
    /// Whether 000, 00 and 0 are babies, as in Australia.
    babies: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Meaning {
    /// As the tables say.
    Usual,
    /// Men's collars, cm.
    Collars,
    /// Men's jackets of Europe.
    Jackets,
    /// Waists, inches.
    Inches,
    /// Women's trousers by dress size.
    DressSizes,
    /// Girths of heads, cm.
    Heads,
    /// Hats of America and Britain: diameters of heads, inches.
    HatInches,
}

impl Numbers {
    /// The meaning of numbers, each with the system that its label names. If only some labels name
    /// one, those are left to the tables.
    pub(super) fn of(numbers: &[(f64, Option<System>)], system: System, axis: Axis) -> Self {
        let named = numbers.first().and_then(|(_, named)| *named);
        let named = named.filter(|_| numbers.iter().all(|(_, other)| *other == named));
        let system = named.unwrap_or(system);
        let bare: Vec<f64> =
            numbers.iter().filter(|(_, other)| *other == named).map(|(n, _)| *n).collect();
        let usual = || Meaning::Usual;
        Self {
            axis,
            system,
            named,
            meaning: bare.first().map_or_else(usual, |_| meaning(&bare, system, axis)),
            youth_below: if axis == Axis::ShoesChildren { youth_below(&bare, system) } else { 0.0 },
            babies: axis == Axis::Children && bare.iter().any(|n| *n < 0.0),
        }
    }

    /// The position of one of these numbers, whose label names the system `named`; `None` if the
    /// tables are right about it.
    pub(super) fn position(&self, number: Number, named: Option<System>) -> Option<f64> {
        if named != self.named {
            return None;
        }
        let n = number.value();
        let as_unit = |unit, axis| {
            let shape = Shape::One(Atom::Number(number, unit));
            placed(Parsed { system: None, shape }, self.system, axis)
        };
        match self.meaning {
            Meaning::Collars => return collar(n),
            Meaning::Jackets => return Some((n - 50.0) / 2.0),
            Meaning::Inches => return as_unit("W", Axis::Waist),
            Meaning::DressSizes => {
                let dress = if self.system == System::It { n - 6.0 } else { n };
                // EU 38 goes with a waist of 29 inches, and 4 cm are a size.
                let inches = 29.0 + (dress - 38.0) * 2.0 / 2.54;
                return Some((inches - 32.0) / 2.0);
            }
            Meaning::Heads => return Some(n - 57.0),
            // An eighth of an inch is a centimetre of girth; 7 1/8 goes with 57 cm.
            Meaning::HatInches => return Some((n - 7.125) * 8.0),
            Meaning::Usual => {}
        }
        match self.axis {
            Axis::Children if n >= 44.0 => as_unit(" cm", self.axis),
            Axis::Children if self.babies && n < 1.0 => {
                // 0000 is for newborns, 000 up to 3 months, 00 up to 6, 0 up to a year.
                let cm = if n <= -6.0 { 50.0 } else { 74.0 + 3.0 * n };
                Some((cm - 116.0) / 6.0)
            }
            Axis::ShoesChildren if self.youth_below > 0.0 => {
                as_unit(if n < self.youth_below { "Y" } else { "C" }, self.axis)
            }
            _ => None,
        }
    }
}

fn meaning(bare: &[f64], system: System, axis: Axis) -> Meaning {
    use System::{Au, Br, Cn, De, Eu, Fr, It, Mex, Ru, Uk, Us};
    let low = bare.iter().copied().fold(f64::INFINITY, f64::min);
    let high = bare.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let within = |from: f64, to: f64| from <= low && high <= to;
    let largest_odd = bare.iter().copied().filter(|n| n % 2.0 == 1.0).fold(0.0, f64::max);
    let odd = largest_odd > 0.0;
    let even = bare.iter().all(|n| n % 2.0 == 0.0);
    match axis {
        // Jackets have even numbers, collars every one up to 50. Even numbers far above the odd
        // ones are jackets beside collars, which the tables tell apart.
        Axis::Men
            if odd
                && within(34.0, 52.0)
                && high <= largest_odd + 3.0
                && !matches!(system, Uk | Us | Au | Mex) =>
        {
            Meaning::Collars
        }
        // The tables take 44 and above for jackets, smaller numbers for collars.
        Axis::Men
            if even
                && low < 44.0
                && high >= 44.0
                && matches!(system, Eu | De | Fr | It | Br | Cn | Ru) =>
        {
            match () {
                () if (34.0..=40.0).contains(&low) && high <= 46.0 => Meaning::Collars,
                () if low >= 38.0 => Meaning::Jackets,
                () => Meaning::Usual,
            }
        }
        // The tables take 42 and above for trousers by chest, smaller numbers for inches.
        Axis::Waist if low < 42.0 && high >= 42.0 && matches!(system, Eu | De | It) => match () {
            () if low < 34.0 && high <= 50.0 => Meaning::Inches,
            () if low >= 34.0 && even => Meaning::DressSizes,
            () => Meaning::Usual,
        },
        Axis::Women | Axis::Men if odd && within(50.0, 66.0) => Meaning::Heads,
        Axis::Women | Axis::Men if within(6.0, 8.5) && has_eighths(bare) => Meaning::HatInches,
        _ => Meaning::Usual,
    }
}

/// Whether one of the numbers has an odd count of eighths: 7 1/8, which is read as 7.12.
fn has_eighths(bare: &[f64]) -> bool {
    bare.iter().any(|n| {
        let hundredths = libm::round(100.0 * n) % 100.0;
        [12.0, 38.0, 62.0, 88.0].contains(&hundredths)
    })
}

/// The number below which children's shoes are youth's; 0 if none is. The numbers that lead down
/// from 13 without a gap are children's. Without any gap, 1 and 2 are youth's.
fn youth_below(bare: &[f64], system: System) -> f64 {
    let known = matches!(system, System::Us | System::Uk | System::Au | System::Unspecified);
    let restarts = bare.iter().any(|n| (10.0..=13.5).contains(n))
        && bare.iter().any(|n| (1.0..3.0).contains(n))
        && bare.iter().all(|n| *n <= 13.5);
    if !known || !restarts {
        return 0.0;
    }
    let mut sorted = bare.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let mut lowest = sorted[0];
    for n in sorted {
        if lowest - n <= 1.0 {
            lowest = n;
        }
    }
    f64::max(lowest, 3.0)
}

/// Position of a collar in cm on the men's axis: 40 goes with a jacket of EU 50.
pub(super) fn collar(cm: f64) -> Option<f64> {
    (30.0..=60.0).contains(&cm).then_some(cm - 40.0)
}
