//! Positions from every conversion table.

use super::kit::{AXES, at, near};
use crate::size::{Axis, System};

#[test]
fn women_in_every_system() {
    for (system, label) in [
        (System::Eu, "38"),
        (System::De, "38"),
        (System::Fr, "40"),
        (System::It, "44"),
        (System::Uk, "12"),
        (System::Us, "8"),
        (System::Au, "12"),
        (System::Jp, "11"),
        (System::Cn, "165/88A"),
        (System::Cn, "38"),
        (System::Br, "40"),
        (System::Mex, "30"),
        (System::De, "76"),
        (System::De, "19"),
        (System::Unspecified, "M"),
        (System::Unspecified, "165/88A"),
        (System::Unspecified, "de 38"),
        (System::Br, "M"),
    ] {
        near(label, system, Axis::Women, 0.0);
    }
    near("36", System::De, Axis::Women, -1.0);
    near("36-38", System::De, Axis::Women, -0.5);
    near("00", System::Us, Axis::Women, -5.0);
    near("14W", System::Unspecified, Axis::Women, 3.5);
    near("10P", System::Us, Axis::Women, 1.0);
    near("2X", System::Unspecified, Axis::Women, 6.0);
    near("GG", System::Br, Axis::Women, 3.0);
    near("CH", System::Mex, Axis::Women, -1.5);
    near("L", System::Jp, Axis::Women, 0.0);
    near("S/M", System::Unspecified, Axis::Women, -0.75);
    near("EU 38/UK 12", System::Unspecified, Axis::Women, 0.0);
    // A system in the text overrides the column's.
    near("UK 12", System::De, Axis::Women, 0.0);
}

#[test]
fn men_children_and_waists() {
    for (system, label) in [
        (System::Eu, "50"),
        (System::It, "50"),
        (System::Us, "40R"),
        (System::Uk, "40"),
        (System::De, "98"),
        (System::De, "25"),
    ] {
        near(label, system, Axis::Men, 0.0);
    }
    near("40", System::Eu, Axis::Men, 0.0);
    near("175/96A", System::Cn, Axis::Men, -1.0);
    near("15 3/4", System::Us, Axis::Men, 0.0);
    near("XL", System::Unspecified, Axis::Men, 3.5);

    for (system, label) in [
        (System::Eu, "116"),
        (System::Us, "6"),
        (System::Uk, "5-6"),
        (System::Unspecified, "5-6Y"),
        (System::Unspecified, "116 cm"),
        (System::Cn, "116/60"),
    ] {
        near(label, system, Axis::Children, 0.0);
    }
    near("110/116", System::Eu, Axis::Children, -0.5);
    near("2T", System::Unspecified, Axis::Children, -4.0);
    near("24M", System::Unspecified, Axis::Children, -4.0);
    near("6X", System::Unspecified, Axis::Children, 0.5);
    near("18-24M", System::Unspecified, Axis::Children, -4.0);

    for (system, label) in [
        (System::Unspecified, "W32/L34"),
        (System::Unspecified, "32x30"),
        (System::Unspecified, "32/34"),
        (System::Us, "32"),
        (System::De, "48"),
        (System::Fr, "40"),
        (System::Br, "40"),
        (System::Unspecified, "32W"),
    ] {
        near(label, system, Axis::Waist, 0.0);
    }
    near("W29", System::Unspecified, Axis::Women, 0.0);
    assert_eq!(at("32", System::Unspecified, Axis::Waist), None);
}

#[test]
fn bras() {
    for (system, label) in [
        (System::Unspecified, "34B"),
        (System::Us, "34B"),
        (System::Uk, "34B"),
        (System::Eu, "75B"),
        (System::Fr, "90B"),
        (System::Jp, "75C"),
        (System::Au, "12B"),
    ] {
        near(label, system, Axis::Bra, 0.0);
    }
    near("75B", System::Unspecified, Axis::Women, 0.0);
    // Each country continues after D in its own way.
    let after_d = at("34DD", System::Uk, Axis::Bra);
    assert_eq!(at("34DD", System::Us, Axis::Bra), after_d);
    assert_eq!(at("34E", System::Us, Axis::Bra), after_d);
    assert!(at("34E", System::Uk, Axis::Bra) > after_d);
    assert_eq!(at("75DD", System::Eu, Axis::Bra), at("75E", System::Eu, Axis::Bra));
    assert_eq!(at("12B", System::Eu, Axis::Bra), None);
}

#[test]
fn shoes() {
    near("39", System::Eu, Axis::ShoesWomen, 0.0);
    near("39 1/3", System::De, Axis::ShoesWomen, 1.0 / 3.0);
    near("24.5", System::Jp, Axis::ShoesWomen, 0.0);
    near("24.5 cm", System::Us, Axis::ShoesWomen, 0.0);
    near("245 mm", System::Unspecified, Axis::ShoesWomen, 0.0);
    near("245", System::Cn, Axis::ShoesWomen, 0.0);
    near("37", System::Br, Axis::ShoesWomen, 0.0);
    near("38G", System::Eu, Axis::ShoesWomen, -1.0);
    near("42", System::Eu, Axis::ShoesMen, 0.0);
    near("30", System::Eu, Axis::ShoesChildren, 0.0);
    // Published tables are rounded to halves, so the tolerance is half an EU size.
    for (system, label, eu, axis) in [
        (System::Uk, "4", 37.0, Axis::ShoesWomen),
        (System::Uk, "6", 39.5, Axis::ShoesWomen),
        (System::Uk, "8", 42.0, Axis::ShoesWomen),
        (System::Us, "8", 39.0, Axis::ShoesWomen),
        (System::Au, "8 W", 39.0, Axis::ShoesWomen),
        (System::Uk, "8", 42.0, Axis::ShoesMen),
        (System::Us, "9 D", 42.0, Axis::ShoesMen),
        (System::Us, "9.5 EE", 42.5, Axis::ShoesMen),
        (System::Au, "8", 42.0, Axis::ShoesMen),
        (System::Jp, "26.5", 42.0, Axis::ShoesMen),
        (System::Uk, "8", 25.5, Axis::ShoesChildren),
        (System::Unspecified, "10C", 27.0, Axis::ShoesChildren),
        (System::Unspecified, "3Y", 34.5, Axis::ShoesChildren),
    ] {
        let origin = if axis == Axis::ShoesWomen {
            39.0
        } else if axis == Axis::ShoesMen {
            42.0
        } else {
            30.0
        };
        let x = at(label, system, axis).unwrap_or_else(|| panic!("{label} {system:?}"));
        assert!(
            (x + origin - eu).abs() <= 0.5,
            "{system:?} {label} is EU {}, published {eu}",
            x + origin
        );
    }
    // Children's numbers restart: 3 could be for a baby or a schoolchild.
    assert_eq!(at("3", System::Uk, Axis::ShoesChildren), None);
}

#[test]
fn bare_numbers_need_a_system() {
    for axis in AXES {
        for n in 0..=200 {
            assert_eq!(at(&n.to_string(), System::Unspecified, axis), None, "{n} on {axis:?}");
        }
        assert_eq!(at("One Size", System::Eu, axis), None);
    }
}

/// The positions of every run that a shop may sell ascend.
#[test]
fn positions_ascend_along_a_run() {
    let letters = ["3XS", "XXS", "XS", "S", "M", "L", "XL", "XXL", "3XL", "4XL", "5XL", "6XL"]
        .map(String::from)
        .to_vec();
    let waists: Vec<_> = (22..=50).map(|w| format!("W{w}/L32")).collect();
    let cups = ["AA", "A", "B", "C", "D", "DD", "E", "F", "FF", "G"]
        .map(|cup| format!("34{cup}"))
        .to_vec();
    let iberian = ["PPP", "PP", "P", "M", "G", "GG", "GGG"].map(String::from).to_vec();
    let months: Vec<_> = (0..=36).map(|m| format!("{m}M")).collect();
    let numbers = |from: i32, to: i32, by: usize| {
        (from..=to).step_by(by).map(|n| n.to_string()).collect::<Vec<_>>()
    };
    let mut runs = vec![
        (System::Br, Axis::Women, iberian),
        (System::Unspecified, Axis::Children, months),
        (System::Unspecified, Axis::Bra, cups),
        (System::De, Axis::Women, numbers(28, 62, 2)),
        (System::Eu, Axis::Men, numbers(44, 76, 2)),
        (System::Us, Axis::Women, numbers(0, 36, 1)),
        (System::Us, Axis::Men, numbers(28, 66, 2)),
        (System::Us, Axis::Waist, numbers(22, 54, 1)),
        (System::Us, Axis::Children, numbers(1, 18, 1)),
        (System::Eu, Axis::Children, numbers(44, 188, 6)),
        (System::Mex, Axis::ShoesMen, numbers(22, 34, 1)),
    ];
    for axis in [
        Axis::Women,
        Axis::Men,
        Axis::Waist,
        Axis::Children,
        Axis::Bra,
        Axis::ShoesWomen,
        Axis::ShoesMen,
    ] {
        runs.push((System::Unspecified, axis, letters.clone()));
        runs.push((System::Jp, axis, letters.clone()));
    }
    for axis in [Axis::Women, Axis::Men, Axis::Waist] {
        runs.push((System::Unspecified, axis, waists.clone()));
    }
    for (system, from, to) in
        [(System::Eu, 34, 48), (System::Uk, 2, 14), (System::Us, 4, 16), (System::Jp, 21, 31)]
    {
        for axis in [Axis::ShoesWomen, Axis::ShoesMen] {
            runs.push((
                system,
                axis,
                (2 * from..=2 * to).map(|n| format!("{}", f64::from(n) / 2.0)).collect(),
            ));
        }
    }
    for (system, axis, run) in runs {
        let places: Vec<f64> = run
            .iter()
            .map(|l| at(l, system, axis).unwrap_or_else(|| panic!("{l} {system:?} {axis:?}")))
            .collect();
        for (i, pair) in places.windows(2).enumerate() {
            assert!(pair[0] < pair[1], "{:?} {system:?} {axis:?}: {pair:?}", &run[i..i + 2]);
        }
    }
}
