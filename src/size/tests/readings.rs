//! Tests of the meanings that a label can have.

use crate::size::reading::{Family, Reading, is_understood, readings};
use crate::size::{System, canonical};
use Family::{Age, Bra, ChildShoe, Clothing, Collar, Girth, Height, Letter, OneSize, Shoe, Waist};

/// The reading of this family, from the label and from its canonical text.
fn reading(label: &str, family: Family) -> Reading {
    let found = |text: &str| readings(text).into_iter().find(|r| r.family == family);
    let first = found(label).unwrap_or_else(|| panic!("{label} is no {family:?}"));
    let text = canonical(label).unwrap();
    assert_eq!(found(&text), Some(first), "{label} as {text}");
    first
}

#[test]
fn numbers_have_every_meaning_that_they_can_have() {
    for (label, families) in [
        ("38", &[Clothing, Shoe, Waist, Collar][..]),
        ("104", &[Height, Girth, Clothing]),
        ("116", &[Height, Girth, Clothing]),
        ("8", &[Clothing, Shoe, Age]),
        ("8+", &[Shoe]),
        ("42 2/3", &[Shoe, Collar]),
        ("15.5", &[Shoe, Collar]),
        ("245", &[Shoe]),
        ("3432", &[Waist]),
        ("32/34", &[Waist, Clothing, Shoe]),
        ("37/38", &[Shoe, Waist, Collar]),
        ("98/104", &[Height, Girth, Clothing]),
        ("3-4", &[Shoe, Age]),
        ("34DD", &[Bra, Shoe]),
        ("8A", &[Age, Shoe, Bra]),
        ("10C", &[Shoe, ChildShoe, Bra]),
        ("80 cm", &[Height, Girth]),
        ("M", &[Letter]),
        ("M (12-14)", &[Letter, Clothing, Shoe, Age]),
        ("0 (XS)", &[Clothing, Letter]),
        ("3-4 Jahre / 104", &[Age, Height, Girth, Clothing]),
        ("One Size", &[OneSize]),
        ("unsized", &[OneSize]),
        ("165/88A", &[Girth, Height]),
    ] {
        let found: Vec<Family> = readings(label).iter().map(|r| r.family).collect();
        assert_eq!(found, families, "{label}");
    }
}

/// Labels of one family in ascending order.
const RUNS: &[(Family, &[&str])] = &[
    (
        Letter,
        &[
            "3XS",
            "XXS",
            "Extra small (XS)",
            "Small (S)",
            "S/M",
            "Medium (M)",
            "M/L",
            "Large (L)",
            "Extra large (XL)",
            "1X",
            "Double extra large (XXL)",
            "2X",
            "Triple extra large (XXXL)",
            "4XL",
        ],
    ),
    (Letter, &["PP", "P", "M", "G", "GG", "G1", "G2", "G3"]),
    (Letter, &["CH", "M", "G", "EG"]),
    (Letter, &["SS", "S", "M", "L", "LL", "3L", "4L", "5L"]),
    (Letter, &["klein", "mittel", "groß", "sehr groß"]),
    (Letter, &["XS (85)", "S (90)", "M (95)"]),
    (Clothing, &["000", "00", "0 (XS)", "2 (XS)", "4 (S)", "10 (M)", "14 (L)", "20 (XXL)"]),
    (Clothing, &["34/36", "38", "40 (M)", "T. 42", "Gr. 44", "Taglia 46", "size 48", "Nr. 50"]),
    (Clothing, &["44", "55", "66", "77", "88"]),
    (Clothing, &["5号", "7号", "９号", "11号"]),
    (Shoe, &["3", "3+", "4", "4 1/2", "5½", "6 Wide", "7 D", "8 C", "8.5 2E", "9 AA", "10 M"]),
    (Shoe, &["35-38", "39-42", "43-46"]),
    (Shoe, &["23.5 cm", "240", "24.5", "250 mm"]),
    (ChildShoe, &["4C", "13C", "1Y", "3Y"]),
    (Waist, &["W28", "2930", "30/32", "W31/L32", "32x34", "3432", "36"]),
    (Collar, &["37", "38", "39/40", "41/42", "43"]),
    (Collar, &["14.5", "15", "15 1/2", "15.75", "16"]),
    (Girth, &["80 cm", "85 cm", "90cm", "100", "105 CM"]),
    (Height, &["50", "56", "62/68", "98", "104 (4 Jahre)", "110-116", "176"]),
    (
        Age,
        &[
            "newborn",
            "0-3M",
            "3-6 Monate",
            "9 mois",
            "12 meses",
            "18 mesi",
            "24 maanden",
            "3 ans",
            "4 lat",
            "5 anos",
            "6 år",
            "7 años",
            "8 jaar",
            "9 let",
            "10 Jahre",
            "11 лет",
            "12 anni",
            "13 vuotta",
            "14A",
            "15 Y",
            "age 16",
        ],
    ),
    (Bra, &["70A", "75A", "75B", "75C", "80C"]),
];

#[test]
fn values_ascend_within_a_family() {
    for (family, run) in RUNS {
        for pair in run.windows(2) {
            let [a, b] = [reading(pair[0], *family), reading(pair[1], *family)];
            assert!(a.value < b.value, "{pair:?} as {family:?}: {} and {}", a.value, b.value);
        }
    }
}

#[test]
fn lengths_come_from_cuts_and_inseams() {
    for (label, family, length) in [
        ("Petite M", Letter, -1.0),
        ("M-Long", Letter, 1.0),
        ("XL - Tall", Letter, 1.0),
        ("2XT", Letter, 1.0),
        ("M kurz", Letter, -1.0),
        ("40 lang", Clothing, 1.0),
        ("Tall 12", Clothing, 1.0),
        ("14 (L)", Clothing, 0.0),
        ("4 (S)", Clothing, 0.0),
        ("8 W", Shoe, 0.0),
        ("3L", Letter, 0.0),
        ("3432", Waist, 0.0),
        ("34/36", Waist, 2.0),
        ("W30/L30", Waist, -1.0),
    ] {
        assert_eq!(reading(label, family).length, length, "{label}");
    }
}

#[test]
fn systems_in_the_text_are_kept() {
    for (label, system) in [
        ("EU 38", Some(System::Eu)),
        ("38 (UK 10)", None),
        ("UK 10 (38)", Some(System::Uk)),
        ("EU 38 / UK 10", Some(System::Eu)),
        ("38", None),
    ] {
        assert_eq!(reading(label, Clothing).system, system, "{label}");
    }
}

#[test]
fn labels_without_a_known_shape_are_told_apart() {
    for label in ["M", "38", "5+", "7 1/8", "T38", "Navy (M)", "XS 0-2", "10 anos", "ＸＬ"] {
        assert!(is_understood(label), "{label}");
    }
    for label in [
        "Navy",
        "Red / Blue",
        "Grandma's",
        "-5",
        "W/L",
        "/",
        "NaN",
        "👗",
        "POSTAGE",
        "a b",
        "()",
        "( / )",
        "size",
        "ans",
        "",
        "999999999999",
        "1e308",
        "M / Navy",
    ] {
        assert!(!is_understood(label), "{label}: {:?}", readings(label));
    }
}
