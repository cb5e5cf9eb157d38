//! Tests of labels and starting positions, one for each conversion table.

use super::*;

#[cfg(feature = "train")]
mod placements;
#[cfg(feature = "train")]
mod readings;
#[cfg(feature = "train")]
mod variants;

fn text(label: &str) -> String {
    canonical(label).unwrap_or_else(|e| panic!("{label:?}: {e}"))
}

/// The position of a label, which must be that of its canonical text.
fn at(label: &str, system: System, axis: Axis) -> Option<f64> {
    let x = position(label, system, axis);
    assert_eq!(position(&text(label), system, axis), x, "{label} as {}", text(label));
    x
}

fn near(label: &str, system: System, axis: Axis, want: f64) {
    let x = at(label, system, axis)
        .unwrap_or_else(|| panic!("{label} {system:?} {axis:?} has no position"));
    assert!((x - want).abs() < 1e-9, "{label} {system:?} {axis:?} lies at {x}, not {want}");
}

const AXES: [Axis; 8] = [
    Axis::Women,
    Axis::Men,
    Axis::Children,
    Axis::Waist,
    Axis::Bra,
    Axis::ShoesWomen,
    Axis::ShoesMen,
    Axis::ShoesChildren,
];

/// Canonical texts and other spellings of them.
const SPELLINGS: &[(&str, &[&str])] = &[
    ("XXS", &["xxs", "2XS", "XX-Small", "extra extra small"]),
    ("XS", &["xs", "X-Small", "Extra Small", "EXTRA-SMALL", "x small", "XSMALL"]),
    ("S", &["s", "small", " S ", "Size S", "size: S", "Sml", "Gr. S"]),
    ("M", &["m", "Medium", "MED", "(M)"]),
    ("L", &["large", "LRG", "lg", "Größe L", "taille L"]),
    ("XL", &["X-Large", "extra large", "Extra  Large", "1XL", "X Large"]),
    ("XXL", &["2XL", "XX-Large", "2X-Large", "2 XL", "xxl"]),
    ("3XL", &["XXXL", "3xl", "3X-Large", "XXX-L"]),
    ("6XL", &["XXXXXXL", "6 X-Large"]),
    ("3XS", &["XXXS"]),
    ("2X", &["2x", "2 X"]),
    ("M Petite", &["MP", "m petite", "M - Petite"]),
    ("XL Tall", &["XLT", "X-Large Tall", "XL - Tall"]),
    ("M Long", &["M-Long", "M long"]),
    ("S/M", &["s / m", "S-M", "small/medium", "S to M", "S – M"]),
    ("XL/XXL", &["XL-2XL", "xl / xxl"]),
    ("38", &[" 38 ", "038", "Size 38", "38.0", "Gr.38"]),
    ("38.5", &["38,5", "38 1/2", "38½", "38-1/2", "38.50", "38+"]),
    ("42 2/3", &["42⅔", "42.67", "42,66", "42 2/3"]),
    ("43 1/3", &["43⅓", "43.33"]),
    ("38.25", &["38,25", "38 1/4"]),
    ("38/40", &["38-40", "38 - 40", "38 to 40", "38–40", "38|40"]),
    ("00", &["00"]),
    ("000", &["000"]),
    ("0", &["0"]),
    ("14W", &["14 w", "14 Wide"]),
    ("8P", &["8 Petite", "8p"]),
    ("12T", &["12 - Tall"]),
    // Two sizes in one label: no canonical text joins them.
    ("0 (XS)", &["0 (XS)"]),
    ("2 (XS)", &["2 (XS)"]),
    ("10 (M)", &["10 (M)"]),
    ("14 (L)", &["14 (L)"]),
    ("16 (XL)", &["16 (XL)"]),
    ("M (12-14)", &["M (12-14)"]),
    ("S (36/38)", &["S (36/38)"]),
    ("M (Large)", &["M (Large)"]),
    // Only training reads these.
    ("Medium (M)", &["Medium (M)"]),
    ("Petite M", &["Petite  M"]),
    ("10 anos", &["10 anos"]),
    ("ES 38", &["ES 38"]),
    ("40R", &["40 Regular", "40 REG"]),
    ("4T", &["4t", "4 T"]),
    ("2T/3T", &["2T-3T", "2-3T"]),
    ("6X", &["6x"]),
    ("3-6M", &["3-6 months", "3/6 mois", "3m-6m", "3 to 6 mths", "3-6 Mo."]),
    ("3-4Y", &["3-4 years", "3-4 yrs", "age 3-4", "3/4 ans"]),
    ("24.5 cm", &["24,5cm", "24.5 CM"]),
    ("245 mm", &["245mm"]),
    ("9.5EE", &["9.5 EE", "9.5 2E", "9 1/2 ee"]),
    (
        "W32/L34",
        &[
            "32x34",
            "W32 L34",
            "w32-l34",
            "32W x 34L",
            "32W/34L",
            "32 X 34",
            "32×34",
            "W 32 / L 34",
            "W32L34",
        ],
    ),
    ("W34/L32", &["34/32"]),
    ("W32", &["w 32", "W32"]),
    ("165/88A", &["165/88a", "165 / 88 A"]),
    ("34DD", &["34 DD", "34dd"]),
    ("75B", &["75 b"]),
    ("EU 38", &["eu38", "38 EU", "EUR 38", "EU: 38", "38 (EU)", "Europe 38"]),
    ("EU 38/40", &["EU 38-40", "38/40 EU"]),
    ("EU 38/UK 12", &["EU38 / UK12"]),
    ("UK 12", &["uk12", "12 UK", "GB 12"]),
    ("MX 30", &["MEX 30", "30 mx"]),
    ("US M", &["M (US)", "us m"]),
    (
        "One Size",
        &[
            "one size",
            "ONESIZE",
            "OS",
            "O/S",
            "unique",
            "Taille unique",
            "TU",
            "One-Size",
            "1 size",
            "única",
        ],
    ),
    // Not understood, so kept as written.
    ("Grandma's", &["Grandma's"]),
    ("a b", &["a\u{A0} b", "a\tb", " a b "]),
    ("-5", &["-5"]),
    ("W/L", &["W/L"]),
    ("/", &["/"]),
    ("NaN", &["NaN"]),
    ("1e308", &["1e308"]),
    ("999999999999", &["999999999999"]),
    ("S M", &["S M"]),
    ("X", &["X"]),
    ("👗", &["👗", "👗\u{FEFF}"]),
    ("W99/L99", &["W99/L99"]),
];

#[test]
fn spellings_of_one_size_become_one_text() {
    for (want, spellings) in SPELLINGS {
        assert_eq!(text(want), *want, "a canonical text changed");
        for spelling in *spellings {
            assert_eq!(text(spelling), *want, "{spelling:?}");
        }
    }
}

#[test]
fn different_sizes_stay_apart() {
    let all: std::collections::BTreeSet<_> = SPELLINGS.iter().map(|(want, _)| *want).collect();
    assert_eq!(all.len(), SPELLINGS.len());
    assert_ne!(text("2X"), text("XXL"));
    assert_ne!(text("00"), text("0"));
    assert_ne!(text("EU 38"), text("38"));
}

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

#[test]
fn axes_are_guessed_from_group_names() {
    for (name, axis) in [
        ("dresses", Axis::Women),
        ("", Axis::Women),
        ("bottoms", Axis::Women),
        ("Women's trousers", Axis::Women),
        ("womenswear", Axis::Women),
        ("mens tops", Axis::Men),
        ("Menswear", Axis::Men),
        ("men's trousers", Axis::Waist),
        ("mens_jeans", Axis::Waist),
        ("denim", Axis::Waist),
        ("Bras", Axis::Bra),
        ("footwear", Axis::ShoesWomen),
        ("Shoes / Men", Axis::ShoesMen),
        ("kids-shoes", Axis::ShoesChildren),
        ("Kids", Axis::Children),
        ("boys jeans", Axis::Children),
        ("🩳", Axis::Women),
    ] {
        assert_eq!(Axis::guess(name), axis, "{name}");
    }
}

#[cfg(feature = "train")]
#[test]
fn training_guesses_axes_of_compounds_and_misleading_names() {
    for (name, axis) in [
        // Compounds, and other languages.
        ("Herrenschuhe", Axis::ShoesMen),
        ("HERREN-SCHUHE", Axis::ShoesMen),
        ("Damenschuhe", Axis::ShoesWomen),
        ("Kinderschuhe", Axis::ShoesChildren),
        ("Laufschuhe", Axis::ShoesWomen),
        ("Herrenjeans", Axis::Waist),
        ("Herrenhosen", Axis::Waist),
        ("Herrenhemden", Axis::Men),
        ("MensShoes", Axis::ShoesMen),
        ("mensshoes", Axis::ShoesMen),
        ("WomensJeans", Axis::Waist),
        ("Enfant", Axis::Children),
        ("Chaussures enfant", Axis::ShoesChildren),
        ("chaussures", Axis::ShoesWomen),
        ("CALÇADOS", Axis::ShoesWomen),
        ("Sapatos", Axis::ShoesWomen),
        ("zapatos hombre", Axis::ShoesMen),
        ("scarpe", Axis::ShoesWomen),
        ("buty męskie", Axis::ShoesMen),
        ("herrskor", Axis::ShoesMen),
        ("barnskor", Axis::ShoesChildren),
        ("herresko", Axis::ShoesMen),
        ("Schoenen", Axis::ShoesWomen),
        ("pantalons homme", Axis::Waist),
        ("Women > Shoes > Boots", Axis::ShoesWomen),
        ("Apparel & Accessories > Clothing > Pants", Axis::Women),
        ("Apparel & Accessories > Clothing > Underwear & Socks > Bras", Axis::Bra),
        // A word that means something else beside its neighbour or inside another word.
        ("Boot Cut Jeans", Axis::Waist),
        ("boot-cut jeans", Axis::Waist),
        ("Bootcut Jeans", Axis::Waist),
        ("Bootleg", Axis::Women),
        ("Boyfriend Jeans", Axis::Waist),
        ("Boy Shorts", Axis::Women),
        ("boyshorts", Axis::Women),
        ("Babydoll", Axis::Women),
        ("slip", Axis::Women),
        ("Slip Dresses", Axis::Women),
        ("Shirt dress", Axis::Women),
        ("Mantel", Axis::Women),
        ("Denim jackets", Axis::Women),
        ("mens denim shirts", Axis::Men),
        ("Waist trainers", Axis::Women),
        ("Strumpfhosen", Axis::Women),
    ] {
        assert_eq!(Axis::guess(name), axis, "{name}");
    }
}

#[cfg(feature = "train")]
#[test]
fn training_guesses_axes_in_more_languages() {
    for (name, axis) in [
        ("Calcados", Axis::ShoesWomen),
        ("Slipper", Axis::ShoesWomen),
        ("miesten kengät", Axis::ShoesMen),
        ("lasten kengät", Axis::ShoesChildren),
        ("dětské", Axis::Children),
        ("niñas", Axis::Children),
        ("Bambino", Axis::Children),
        ("Mädchen", Axis::Children),
        ("herenschoenen", Axis::ShoesMen),
        ("Hemden", Axis::Men),
        ("vaqueros mujer", Axis::Waist),
        ("spodnie męskie", Axis::Waist),
        ("Jeansjacke", Axis::Women),
        ("reggiseni", Axis::Bra),
        ("Winterstiefeletten", Axis::ShoesWomen),
    ] {
        assert_eq!(Axis::guess(name), axis, "{name}");
    }
}

#[test]
fn unusable_labels_are_refused() {
    for empty in ["", " ", "\t\n", "\u{200B}", "\u{202E} \u{FEFF}"] {
        assert_eq!(canonical(empty), Err(LabelError::Empty), "{empty:?}");
    }
    assert_eq!(canonical("M\0"), Err(LabelError::Control { found: '\0' }));
    assert_eq!(canonical("\u{1B}[31mM"), Err(LabelError::Control { found: '\u{1B}' }));
    assert_eq!(canonical(&"M".repeat(10_000)), Err(LabelError::TooLong { bytes: 10_000 }));
    assert_eq!(canonical(&"M".repeat(65)), Err(LabelError::TooLong { bytes: 65 }));
    assert_eq!(canonical(&format!("{:>90}", "M")), Ok("M".into()));
    assert!(canonical(&"M".repeat(64)).is_ok());
    for (error, says) in [
        (LabelError::Empty, "empty"),
        (LabelError::TooLong { bytes: 70 }, "at most 64"),
        (LabelError::Control { found: '\0' }, "control character U+0000"),
    ] {
        assert!(error.to_string().contains(says), "{error}");
    }
}

/// Any text gives no panic, a canonical text that is stable and within the length limit, and a
/// finite position.
#[test]
fn random_text_is_safe() {
    let pieces = [
        "EU", "UK", "W", "L", "X", "XL", "S", "M", "38", "42 2/3", "1/2", "00", "99999", "-", "/",
        " ", ".", ",", "½", "×", "B", "DD", "months", "Y", "cm", "👗", "مقاس", "ß", "\u{202E}",
        "\"", "(", "to", "G", "3", "0.5", "age ", "size ", "T",
    ];
    let mut seed = 1_u64;
    for _ in 0..6_000 {
        let mut label = String::new();
        for _ in 0..1 + seed % 6 {
            // Knuth's MMIX generator, its upper bits.
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            label.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
        }
        let Ok(once) = canonical(&label) else { continue };
        assert!(once.len() <= MAX_LABEL_BYTES, "{label:?} became {once:?}");
        assert_eq!(canonical(&once).as_deref(), Ok(once.as_str()), "{label:?}");
        for axis in AXES {
            let system = System::ALL[(seed >> 40) as usize % System::ALL.len()];
            if let Some(x) = at(&label, system, axis) {
                assert!(x.abs() < 40.0, "{label:?} {system:?} {axis:?} lies at {x}");
            }
        }
    }
}
