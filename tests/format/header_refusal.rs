//! Violates every rule of the public file's header, and checks the offset and the message of the
//! refusal.

use crate::refusal::fixture;
use crate::surgery::{directory, find, patched, refused, spliced};
use inseam::Error;
use inseam::format::read;

/// Replaces the bytes `from..to` of the fixture by `with`, and checks offset and message of the
/// refusal.
fn refuses(from: usize, to: usize, with: &[u8], at: usize, what: &str) {
    refused(read(&spliced(&fixture(), from, to, with)), at, what);
}

/// The fixture with this number at this offset.
fn with_number(at: usize, x: f32) -> Result<inseam::Model, Error> {
    read(&patched(&fixture(), at, &x.to_le_bytes()))
}

#[test]
fn numbers_of_measurements_and_groups() {
    let bytes = fixture();
    let place_of = |x: f32| find(&bytes, &x.to_le_bytes());
    let at = place_of(165.25);
    refused(with_number(at, f32::NAN), at, "a measurement's mean is not finite");
    let at = place_of(7.125);
    refused(with_number(at, 0.0), at, "a measurement's sd must be above 0");
    refused(with_number(at, f32::INFINITY), at, "a measurement's sd is not finite");
    let at = place_of(0.296_875);
    refused(with_number(at, -0.5), at, "a missing measurement's widening must be at least 0");
    refused(with_number(at, f32::NAN), at, "a missing measurement's widening is not finite");
    let at = place_of(0.640_625);
    refused(with_number(at - 28, f32::NAN), at - 28, "a coefficient is not finite");
    for term in [at - 24, at - 16, at - 12, at - 4] {
        refused(with_number(term, f32::NAN), term, "an outcome term is not finite");
    }
    refused(with_number(at, -1.0), at, "an outcome's slope must be at least 0");
    let chosen = "a chosen slope must be between minus the slope and the slope";
    refused(with_number(at + 4, 0.75), at + 4, chosen);
    refused(with_number(at + 4, -0.75), at + 4, chosen);
    for advised in [at + 8, at + 12] {
        let what = "what an advised size adds is not finite";
        refused(with_number(advised, f32::NAN), advised, what);
    }
    for term in (at + 16..at + 80).step_by(4) {
        for x in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            refused(with_number(term, x), term, "a purchase term is not finite");
        }
    }
}

#[test]
fn numbers_of_choice_and_advice() {
    let bytes = fixture();
    let at = find(&bytes, &0.640_625_f32.to_le_bytes()) + 80;
    refused(with_number(at, 0.0), at, "a choice scale must be above 0");
    refused(with_number(at + 4, f32::NAN), at + 4, "a choice awareness is not finite");
    let share = "the share for others must be from 0 to below 1";
    for x in [-0.5, 1.0, 1.5] {
        refused(with_number(at + 8, x), at + 8, share);
    }
    for x in [0.0, 1.0_f32.next_down()] {
        assert!(with_number(at + 8, x).is_ok(), "{x} is a share below 1");
    }
    refused(with_number(at + 12, f32::INFINITY), at + 12, "the mean of others is not finite");
    for x in [0.0, -0.5] {
        refused(with_number(at + 16, x), at + 16, "the variance of others must be above 0");
    }
    refused(with_number(at + 16, f32::NAN), at + 16, "the variance of others is not finite");
    let weight = "the weight of P(fits) in advice must be from 0 to 64";
    for x in [-0.5, 64.0_f32.next_up()] {
        refused(with_number(at + 20, x), at + 20, weight);
    }
    let not_finite = "the weight of P(fits) in advice is not finite";
    refused(with_number(at + 20, f32::NAN), at + 20, not_finite);
    let reach = |reach: u8| read(&patched(&bytes, at + 24, &[reach]));
    refused(reach(9), at + 24, "the reach of advice must be at most 8");
    assert_eq!(reach(8).unwrap().groups[0].advice.reach, 8);
    for x in [0.0, 64.0] {
        assert!(with_number(at + 20, x).is_ok(), "{x} is within the bounds");
    }
}

#[test]
fn numbers_of_returns_and_variances() {
    let bytes = fixture();
    let at = find(&bytes, &0.640_625_f32.to_le_bytes()) + 105;
    refused(with_number(at, f32::NAN), at, "a return intercept is not finite");
    refused(with_number(at + 4, 0.0), at + 4, "a return variance must be above 0");
    refused(with_number(at + 8, 0.0), at + 8, "the unexplained ratio must be above 0");
    refused(with_number(at + 12, 1.5), at + 12, "the share of bracketed sizes must be from 0 to 1");
    refused(with_number(at + 16, -0.5), at + 16, "an offset variance must be at least 0");
    for x in [0.0, -0.5] {
        refused(with_number(at + 24, x), at + 24, "a grade variance must be above 0");
    }
    refused(with_number(at + 24, f32::INFINITY), at + 24, "a grade variance is not finite");
    refused(with_number(at + 28, -0.5), at + 28, "a spread variance must be at least 0");
}

#[test]
fn numbers_of_traits_and_labels() {
    let bytes = fixture();
    let place_of = |x: f32| find(&bytes, &x.to_le_bytes());
    let at = place_of(0.28125);
    refused(with_number(at, 0.0), at, "a trait's variance must be above 0");
    let at = place_of(-0.0625);
    refused(with_number(at, f32::NEG_INFINITY), at, "a trait's intercept is not finite");
    let at = find(&bytes, &1.375_f64.to_le_bytes());
    let covariance = |x: f64| read(&patched(&bytes, at, &x.to_le_bytes()));
    refused(covariance(f64::NAN), at, "a covariance is not finite");
    refused(covariance(3.0), at - 9, "the covariance is not positive definite");
    let at = place_of(1.6875);
    refused(with_number(at, f32::NAN), at, "a size label's position is not finite");
    refused(with_number(at, -9.0), at, "size label \"42 2/3\" lies below the one before it");
    let what = "size label \"42 2/3\" has a length or an appeal beyond +-64";
    for (field, beyond) in [(4, 64.5), (4, -64.5), (8, 64.5), (8, -64.5)] {
        refused(with_number(at + field, beyond), at + 4, what);
    }
    refused(with_number(at + 4, f32::NAN), at + 4, "a size label's length is not finite");
    refused(with_number(at + 8, f32::INFINITY), at + 8, "a size label's appeal is not finite");
    for threshold in [at + 12, at + 16] {
        refused(
            with_number(threshold, f32::NAN),
            threshold,
            "a size label's threshold is not finite",
        );
    }
    for bound in [-64.0, 64.0] {
        assert!(
            with_number(at + 4, bound).is_ok() && with_number(at + 8, bound).is_ok(),
            "{bound} is within the bounds"
        );
    }
}

#[test]
fn header_measurements() {
    let bytes = fixture();
    let at = find(&bytes, b"\x06height");
    refuses(at + 3, at + 4, b"\xff", at + 3, "a measurement's name is not UTF-8");
    refuses(at, at + 7, b"\x05shape", at + 5 + 2 + 8 + 4, "two measurements are named \"shape\"");
    refuses(at + 7, at + 8, &[2], at + 7, "a measurement's kind is 2; it must be 0 or 1");
    refuses(at - 1, at, &[251, 1, 1], at - 1, "measurements: found 257, at most 256 are allowed");
    refuses(
        at,
        at + 1,
        &[251, 1, 4],
        at,
        "a measurement's name: found 1025, at most 1024 are allowed",
    );
    let huge = [253, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
    refuses(
        at,
        at + 1,
        &huge,
        at,
        &format!("a measurement's name: found {}, at most 1024 are allowed", u64::MAX),
    );
    refuses(at, at + 1, &[254], at, "a measurement's name is not a variable-length integer");
    let at = find(&bytes, b"\x05apple");
    refuses(at, at + 6, b"\x05zebra", at + 6, "level \"pear\" is not in ascending order");
    refuses(
        at - 1,
        at,
        &[251, 1, 16],
        at - 1,
        "a measurement's levels: found 4097, at most 4096 are allowed",
    );
}

#[test]
fn header_groups() {
    let bytes = fixture();
    let at = find(&bytes, b"\x05dress");
    refuses(at - 1, at, &[33], at - 1, "fit groups: found 33, at most 32 are allowed");
    refuses(at - 1, at, &[0], at - 1, "fit groups: at least one is needed");
    refuses(
        at - 1,
        at,
        &[32],
        at - 1,
        "fit groups: 32 of them do not fit into the remaining bytes",
    );
    refuses(at + 10, at + 11, &[4], at + 10, "4 coefficients for 19 measurement features");
    let shoe = find(&bytes, b"\x04shoe");
    refuses(shoe, shoe + 5, b"\x05dress", shoe, "two fit groups are named \"dress\"");
    let at = find(&bytes, &1.375_f64.to_le_bytes()) - 9;
    refuses(at, at + 1, &[4], at, "4 covariances for 2 fit groups");
}

#[test]
fn header_scales() {
    let bytes = fixture();
    let at = find(&bytes, b"\x0236");
    refuses(at - 7, at - 6, &[2], at - 7, "a size scale's fit group is index 2, but there are 2");
    refuses(at - 6, at - 5, &[14], at - 6, "14 is not the code of a size system of version 3");
    let noise = "a size scale's noise must be between 1/16 and 16";
    refuses(at - 5, at - 1, &0.0625_f32.next_down().to_le_bytes(), at - 5, noise);
    refuses(at - 5, at - 1, &16.0_f32.next_up().to_le_bytes(), at - 5, noise);
    refuses(at - 1, at, &[0], at - 1, "size labels: a scale needs at least one");
    refuses(
        at - 1,
        at,
        &[252, 1, 0, 1, 0],
        at - 1,
        "size labels: found 65537, at most 65536 are allowed",
    );
    refuses(at, at + 3, b"\x0238", at - 1, "a scale has two size labels \"38\"");
    refuses(
        at - 8,
        at - 7,
        &[252, 1, 0, 1, 0],
        at - 8,
        "size scales: found 65537, at most 65536 are allowed",
    );
}

/// Offset of the size runs in the fixture. No run is shared by its few articles, so their number is
/// 0; then come the three texts of brands, the first of them empty.
fn runs(bytes: &[u8]) -> usize {
    find(bytes, b"\x03\x00\x04Alba\x04gown") - 1
}

#[test]
fn header_runs() {
    let at = runs(&fixture());
    refuses(at, at + 1, &[1, 3, 0], at + 1, "a size run's scale is index 3, but there are 3");
    refuses(at, at + 1, &[1, 0, 0], at + 1, "a size run has no labels, or more than 1024");
    refuses(
        at,
        at + 1,
        &[1, 0, 9],
        at + 2,
        "a size run's labels: the bits that are left over are not 0",
    );
    refuses(at, at + 1, &[2, 0, 7, 0, 7], at + 3, "a size run is not in ascending order");
    refuses(
        at,
        at + 1,
        &[252, 1, 0, 1, 0],
        at,
        "size runs: found 65537, at most 65536 are allowed",
    );
}

#[test]
fn header_brands() {
    let bytes = fixture();
    let texts = runs(&bytes) + 1;
    refuses(
        texts,
        texts + 1,
        &[252, 1, 0, 0, 1],
        texts,
        "texts of brands: found 16777217, at most 16777216 are allowed",
    );
    refuses(
        texts + 2,
        texts + 3,
        &[251, 1, 4],
        texts + 2,
        "a text of brands: found 1025, at most 1024 are allowed",
    );
    let brands = texts + 12;
    assert_eq!(bytes[brands], 3);
    let many = "brands: 16777216 of them do not fit into the remaining bytes";
    refuses(brands, brands + 1, &[252, 0, 0, 0, 1], brands, many);
    // Names: smallest 0, in one bit each. Categories: smallest 0, in two bits. Groups: in one bit.
    let columns = &bytes[brands + 1..brands + 10];
    assert_eq!(columns, [0, 1, 0b011, 0, 2, 0b00_00_10, 0, 1, 0b010]);
    refuses(
        brands + 1,
        brands + 2,
        &[6],
        brands + 1,
        "a brand's name: numbers from 3 on in 1 bits are out of range",
    );
    refuses(
        brands + 1,
        brands + 2,
        &[1],
        brands + 1,
        "a brand's name: numbers from -1 on in 1 bits are out of range",
    );
    refuses(
        brands + 5,
        brands + 6,
        &[57],
        brands + 4,
        "a brand's category: numbers from 0 on in 57 bits are out of range",
    );
    refuses(
        brands + 6,
        brands + 7,
        &[0b11_00_00],
        brands + 6,
        "a brand's category is out of range",
    );
    refuses(
        brands + 9,
        brands + 10,
        &[0b1010],
        brands + 9,
        "a brand's fit group: the bits that are left over are not 0",
    );
    let end = directory(&bytes);
    refuses(end, end, &[7, 7], end, "2 bytes follow the end of the header");
    refuses(end - 1, end, &[], end - 1, "a brand's spread runs past the end of its part");
}

#[test]
fn trend() {
    let bytes = fixture();
    // Two knots, the first on day -3.
    let at = find(&bytes, b"\x02\x05\x00\x00\x80\x3e");
    let with = |from: usize, to: usize, with: &[u8]| read(&spliced(&bytes, from, to, with));
    let (first, second) = (at + 1, at + 10);
    assert_eq!(bytes[second..second + 3], [251, 0x40, 0x9c], "day 20,000");
    refused(
        with(at, first, &[251, 1, 1]),
        at,
        "knots of the trend: found 257, at most 256 are allowed",
    );
    let what = "knots of the trend: 256 of them do not fit into the remaining bytes";
    refused(with(at, first, &[251, 0, 1]), at, what);
    let what = "day -3 of the trend is not in ascending order";
    refused(with(second, second + 3, &[5]), second, what);
    refused(
        with(second, second + 3, &[7]),
        second,
        "day -4 of the trend is not in ascending order",
    );
    assert_eq!(with(second, second + 3, &[3]).unwrap().trend.days, [-3, -2]);
    let what = "a day of the trend is not a 32-bit number";
    refused(with(first, first + 1, &[253, 0, 0, 0, 0, 1, 0, 0, 0]), first, what);
    assert_eq!(
        with(first, first + 1, &[252, 255, 255, 255, 255]).unwrap().trend.days,
        [i32::MIN, 20_000]
    );
    for value in [first + 1, first + 5] {
        let not = f32::NAN.to_le_bytes();
        refused(with(value, value + 4, &not), value, "a value of the trend is not finite");
    }
    assert!(with(at, at + 1 + 9 + 11, &[0]).unwrap().trend.days.is_empty(), "none is no fault");
}
