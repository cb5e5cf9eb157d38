//! Spellings of one size become one text.

use super::kit::text;

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
    ("0000", &["0000"]),
    ("14/XL", &["14 - XLarge"]),
    ("16 XL", &["16  XL"]),
    ("16XL", &["16XL"]),
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
