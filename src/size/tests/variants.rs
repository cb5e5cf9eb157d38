//! Tests of the size in the name of a variant.

use crate::size::size_in_variant;

#[test]
fn the_size_is_found_among_product_and_colour() {
    for (name, size) in [
        ("Linen Dress - Navy / M", Some("M")),
        ("Linen Dress - M / Navy", Some("M")),
        ("Navy / M", Some("M")),
        ("M", Some("M")),
        ("36 - Navy", Some("36")),
        ("XS - only 2 left", Some("XS")),
        ("XL - Regular Fit", Some("XL - Regular Fit")),
        ("M / Navy / Cotton", Some("M")),
        ("T-Shirt - Navy / XL - Tall", Some("XL - Tall")),
        ("501 - Black / 32 / 34", Some("32 / 34")),
        ("Runner, Black, 42.5", Some("42.5")),
        ("Dress - EU 38 / UK 10", Some("EU 38 / UK 10")),
        ("Dress - Red / Extra small (XS)", Some("Extra small (XS)")),
        ("Body - 3-6 months / White", Some("3-6 months")),
        ("Kleid - Blau / 38", Some("38")),
        ("Cap - One Size", Some("One Size")),
        ("Shirt - 10 anos / Azul", Some("10 anos")),
        ("Gift card", None),
        ("Linen Dress - Navy", None),
        ("Navy / Red", None),
        ("", None),
        (" - ", None),
        ("POSTAGE", None),
    ] {
        assert_eq!(size_in_variant(name), size, "{name}");
    }
}
