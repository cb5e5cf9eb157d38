//! Starting positions of labels on an axis, from the public conversion tables.

use super::shape::{Atom, CUPS, IBERIAN, Number, Parsed, Shape, parse};
use super::tables::{
    MEN, WAIST, WOMEN, age, eu_of_foot, eu_of_uk, eu_of_uk_child, height, months, position_on,
};
use super::{Axis, Label, System};

/// The starting position of a label on an axis, in steps (see [`Axis`] for each axis's origin and
/// step).
///
/// A system in the label itself ("EU 38") overrides `system`. A range lies in its middle;
/// children's ages ("3-4Y", and Britain's "3-4") lie at their upper end, the height the clothes are
/// made for. Letters are 1.5 women's or 2 men's sizes apart (EN 13402-3 has two, most shops one and
/// a half); Japan's and China's letters are one letter smaller.
///
/// `None` if the label is not understood, for One Size, and for a bare number under
/// [`System::Unspecified`], which is ambiguous. Letters, W32/L34, bras, ages, centimetres and US
/// codes such as 4T and 14W need no system.
///
/// ```
/// use inseam::size::{Axis, System, position};
/// assert_eq!(position("W34/L32", System::Unspecified, Axis::Waist), Some(1.0));
/// assert_eq!(position("39/40", System::Eu, Axis::ShoesWomen), Some(0.5));
/// assert_eq!(position("One Size", System::Eu, Axis::Women), None);
/// ```
#[must_use]
pub fn position(label: &str, system: System, axis: Axis) -> Option<f64> {
    placed(parse(Label::parse(label).ok()?.as_str())?, system, axis)
}

/// The starting position of a parsed label.
pub(super) fn placed(label: Parsed, system: System, axis: Axis) -> Option<f64> {
    let Parsed { system: named, shape } = label;
    let system = named.unwrap_or(system);
    match shape {
        Shape::OneSize => None,
        Shape::One(atom) => place(atom, system, axis),
        Shape::Range(low, high, own) => range(low, high, system, own.unwrap_or(system), axis),
        Shape::Waist(waist, _) => inches(f64::from(waist), axis),
        Shape::Girth(tall, girth, _) => body(f64::from(tall), f64::from(girth), axis),
    }
}

fn range(low: Atom, high: Atom, system: System, own: System, axis: Axis) -> Option<f64> {
    if let (Axis::Waist, Atom::Number(waist, ""), Atom::Number(length, "")) = (axis, low, high)
        && (20.0..=54.0).contains(&waist.value())
        && (28.0..=38.0).contains(&length.value())
    {
        // "32/34" on jeans is waist and inseam.
        return inches(waist.value(), axis);
    }
    let high_end = place(high, own, axis)?;
    let age = matches!(high, Atom::Number(_, "M" | "Y"))
        || matches!(high, Atom::Number(..)) && own == System::Uk;
    if axis == Axis::Children && age {
        return Some(high_end);
    }
    Some((place(low, system, axis)? + high_end) / 2.0)
}

fn place(atom: Atom, system: System, axis: Axis) -> Option<f64> {
    match atom {
        Atom::Letter(step, _) => letter(f64::from(step), system, axis),
        Atom::Iberian(index) => {
            let (_, brazil, mexico) = IBERIAN[index];
            match system {
                System::Br => letter(f64::from(brazil), system, axis),
                System::Mex => letter(f64::from(mexico), system, axis),
                _ => None,
            }
        }
        Atom::Plus(n) => plus(f64::from(n), axis),
        Atom::Number(number, unit) => placed_number(number.value(), unit, system, axis),
        Atom::Bra(band, cup) => match axis {
            Axis::Women | Axis::Bra => bra(f64::from(band), cup, system),
            // A shoe's width (38G), a jacket's cut.
            Axis::Men | Axis::ShoesWomen | Axis::ShoesMen => {
                placed_number(Number::whole(band)?.value(), "", system, axis)
            }
            Axis::Children | Axis::Waist | Axis::ShoesChildren => None,
        },
    }
}

/// Position of a letter; M is letter 0.
pub(super) fn letter(step: f64, system: System, axis: Axis) -> Option<f64> {
    let step = if matches!(system, System::Jp | System::Cn) { step - 1.0 } else { step };
    let (medium, per) = match axis {
        Axis::Women | Axis::Bra => (0.0, 1.5),
        // EU 48 to 50.
        Axis::Men => (-0.5, 2.0),
        // W32 to W34.
        Axis::Waist => (0.5, 1.5),
        // 134 to 146 cm.
        Axis::Children => (4.0, 2.0),
        // Slippers and socks: EU 38 to 39, and 42 to 43.
        Axis::ShoesWomen => (-0.5, 2.0),
        Axis::ShoesMen => (0.5, 2.0),
        Axis::ShoesChildren => return None,
    };
    Some(medium + per * step)
}

/// Position of a plus size. For women 1X is US 16W, 2X is 18W to 20W; for men they are the same as
/// XL and XXL; for children they are girls' 6X.
fn plus(n: f64, axis: Axis) -> Option<f64> {
    match axis {
        Axis::Women | Axis::Bra => Some(2.0 + 2.0 * n),
        Axis::Men | Axis::Waist => letter(1.0 + n, System::Unspecified, axis),
        Axis::Children => age(n + 0.5),
        Axis::ShoesWomen | Axis::ShoesMen | Axis::ShoesChildren => None,
    }
}

fn placed_number(n: f64, unit: &str, system: System, axis: Axis) -> Option<f64> {
    match axis {
        Axis::Women => match unit {
            "" | "P" | "S" | "R" | "L" | "T" => position_on(WOMEN, n, system),
            // Plus sizes: US unless a system is given, and fuller than the same number without W.
            "W" => {
                let system = if system == System::Unspecified { System::Us } else { system };
                position_on(WOMEN, n, system).map(|x| x + 0.5)
            }
            _ => None,
        },
        Axis::Men => {
            matches!(unit, "" | "P" | "S" | "R" | "L" | "T").then(|| position_on(MEN, n, system))?
        }
        Axis::Waist => match unit {
            "" | "P" | "S" | "R" | "L" | "T" => position_on(WAIST, n, system),
            "W" => inches(n, axis),
            " cm" => inches(n / 2.54, axis),
            _ => None,
        },
        Axis::Children => match unit {
            "Y" | "T" => age(n),
            "M" => months(n),
            " cm" => height(n),
            "" | "P" | "S" | "R" | "L" if system != System::Unspecified => {
                if n <= 18.0 {
                    age(n).filter(|_| n >= 1.0)
                } else {
                    height(n)
                }
            }
            _ => None,
        },
        // Australia writes bands as dress sizes; the cups were parsed as shoe widths.
        Axis::Bra => (n <= 26.0 && CUPS.contains(&unit)).then(|| bra(n, unit, system))?,
        Axis::ShoesWomen | Axis::ShoesMen | Axis::ShoesChildren => shoe(n, unit, system, axis),
    }
}

/// A waist in inches. On the women's axis W29 is EU 38, on the men's W34 EU 50; a step is a size of
/// 4 cm there.
fn inches(waist: f64, axis: Axis) -> Option<f64> {
    let sane = (15.0..=75.0).contains(&waist);
    match axis {
        Axis::Waist => Some((waist - 32.0) / 2.0),
        Axis::Women => Some((waist - 29.0) * 2.54 / 4.0),
        Axis::Men => Some((waist - 34.0) / 2.0),
        _ => None,
    }
    .filter(|_| sane)
}

/// China's labels: height, then chest or waist girth, in cm (GB/T 1335).
fn body(tall: f64, girth: f64, axis: Axis) -> Option<f64> {
    match axis {
        Axis::Women | Axis::Bra if girth <= 75.0 => Some((girth - 70.0) / 4.0),
        Axis::Women | Axis::Bra => Some((girth - 88.0) / 4.0),
        Axis::Men => Some((girth - 100.0) / 4.0),
        Axis::Waist => inches(girth / 2.54, axis),
        Axis::Children => height(tall),
        Axis::ShoesWomen | Axis::ShoesMen | Axis::ShoesChildren => None,
    }
}

fn shoe(n: f64, unit: &str, system: System, axis: Axis) -> Option<f64> {
    use System::{Au, Br, Cn, De, Eu, Fr, It, Jp, Kr, Mex, Ru, Uk, Unspecified, Us};
    let women = axis == Axis::ShoesWomen;
    let children = axis == Axis::ShoesChildren;
    let eu = match (unit, system) {
        (" cm", _) => eu_of_foot(n),
        (" mm", _) => eu_of_foot(n / 10.0),
        // On adults' shoes C and K are widths.
        ("C" | "K" | "T", Uk | Au) if children => eu_of_uk_child(n),
        // 10C and 3Y are US codes.
        ("C" | "K" | "T", Us | Unspecified) if children => eu_of_uk_child(n - 1.0),
        ("Y", Uk | Au) => eu_of_uk(n),
        ("Y", Us | Unspecified) => eu_of_uk(n - 1.0),
        (
            "" | "W" | "N" | "M" | "B" | "C" | "K" | "D" | "E" | "EE" | "EEE" | "EEEE" | "R" | "S",
            system,
        ) => match system {
            Eu | De | Fr | It => n,
            // Children's numbers restart after 13, so small ones are ambiguous.
            Uk | Us | Au if children && n < 6.0 => return None,
            Uk | Au if children => eu_of_uk_child(n),
            Us if children => eu_of_uk_child(n - 1.0),
            Us | Au if women => eu_of_uk(n - 2.0),
            Us => eu_of_uk(n - 1.0),
            Uk | Au => eu_of_uk(n),
            Cn | Jp | Kr if n >= 100.0 => eu_of_foot(n / 10.0),
            Jp | Mex | Kr => eu_of_foot(n),
            Cn => n,
            Br => n + 2.0,
            Ru => n + 1.0,
            Unspecified => return None,
        },
        _ => return None,
    };
    let origin = match axis {
        Axis::ShoesWomen => 39.0,
        Axis::ShoesMen => 42.0,
        _ => 30.0,
    };
    (14.0..=56.0).contains(&eu).then_some(eu - origin)
}

/// Position of a bra, by the bust girth it is made for; EU 75B, a bust of 90 cm, is 0.
///
/// Sources: EN 13402-3 (cups of 2 cm, B from 14 to 16 cm over the band); Wikipedia, "Bra size": UK
/// and US 34, FR 90, AU 12 and EU 75 are one band; cups of an inch in Britain and the US, 2.5 cm in
/// Japan, where a letter is one cup smaller; Britain doubles letters where the US and Europe
/// continue the alphabet.
fn bra(band: f64, cup: &str, system: System) -> Option<f64> {
    let inches = band < 60.0;
    let (under, per, first) = match system {
        System::Au | System::Uk if (6.0..=26.0).contains(&band) => {
            (75.0 + (band - 12.0) * 2.5, 2.54, 15.0)
        }
        _ if band < 28.0 => return None,
        _ if inches => (75.0 + (band - 34.0) * 2.5, 2.54, 15.0),
        System::Fr => (band - 15.0, 2.0, 15.0),
        System::Jp => (band, 2.5, 12.5),
        _ => (band, 2.0, 15.0),
    };
    let doubling = inches && system != System::Us;
    let index = if doubling {
        [
            "AA", "A", "B", "C", "D", "DD", "E", "F", "FF", "G", "GG", "H", "HH", "J", "JJ", "K",
            "KK", "LL",
        ]
        .iter()
        .position(|c| *c == cup)
        .or_else(|| (cup == "DDD").then_some(6))
    } else {
        // In these systems DD is E and DDD is F.
        let letter = ["AA", "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K"]
            .iter()
            .position(|c| *c == cup);
        letter.or(match cup {
            "DD" => Some(5),
            "DDD" => Some(6),
            _ => None,
        })
    }?;
    let over = first + per * (f64::from(u8::try_from(index).ok()?) - 2.0);
    Some((under + over - 90.0) / 4.0)
}
