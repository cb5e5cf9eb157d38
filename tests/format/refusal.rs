//! Violates every rule of the public file's head in the bytes, and checks the offset and the
//! message of the refusal.

use crate::shop::{minimal, small};
use crate::surgery::{blocks, directory, find, patched, refused, seal, spliced};
use inseam::Error;
use inseam::format::{read, write};

fn fixture() -> Vec<u8> {
    write(&small()).unwrap()
}

/// Replaces the bytes `from..to` of the fixture by `with`, and checks offset and message of the
/// refusal.
fn refuses(from: usize, to: usize, with: &[u8], at: usize, what: &str) {
    refused(read(&spliced(&fixture(), from, to, with)), at, what);
}

fn singles(numbers: &[f32]) -> Vec<u8> {
    numbers.iter().flat_map(|x| x.to_le_bytes()).collect()
}

#[test]
fn the_minimal_file_byte_by_byte() {
    let mut expected: Vec<u8> = Vec::new();
    expected.extend(b"\x89INSEAM\x01"); // magic, type
    expected.extend([3, 0, 0, 0]); // version, flags
    expected.extend([224, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]); // header's length, blocks, articles
    expected.extend([115, 1, 0, 0, 0, 0, 0, 0]); // length
    expected.extend([0, 1, 1, b'g']); // no measurements, one group, its name
    expected.extend(0.5_f32.to_le_bytes());
    expected.push(0); // no coefficients
    expected.extend(singles(&[-1.25, -1.1875, -1.125])); // outcome terms of too small
    expected.extend(singles(&[-1.5, -1.375, -1.25])); // of too large
    expected.extend(singles(&[0.640_625, 0.5625])); // slope, chosen slope
    expected.extend(singles(&[0.34375, -0.40625])); // what an advised size adds
    // Purchase terms of too small, of too large.
    expected.extend(singles(&[-1.75, -1.71875, -1.6875, -1.65625, -1.625]));
    expected.extend(singles(&[-2.0, -1.984_375, -1.96875, -1.953_125, -1.9375]));
    // Of both: lean, size, garment, fussiness, preference, spread.
    expected.extend(singles(&[0.03125, 0.515_625, 0.578_125, 0.921_875, 1.078_125, 0.890_625]));
    expected.extend(singles(&[0.8125, 0.4375])); // choice: scale, awareness
    expected.extend(singles(&[0.039_062_5, 0.703_125, 2.343_75])); // others: share, mean, variance
    expected.extend(singles(&[4.0])); // advice: weight
    expected.push(2); // reach
    expected.extend(singles(&[-1.062_5, 0.171_875, 0.375, 0.031_25])); // returns
    // Variances of offsets, grade, spreads.
    expected.extend(singles(&[0.1875, 0.21875, 0.015_625, 0.046_875, 0.054_687_5]));
    expected.push(1);
    expected.extend(1.0_f64.to_le_bytes()); // covariance
    expected.extend([0; 4]); // fussiness: intercept
    expected.push(0); // no coefficients
    expected.extend(0.25_f32.to_le_bytes());
    expected.extend(0.5_f32.to_le_bytes()); // preference
    expected.push(0);
    expected.extend(0.125_f32.to_le_bytes());
    expected.extend((-0.25_f32).to_le_bytes()); // length
    expected.push(0);
    expected.extend(1.0_f32.to_le_bytes());
    expected.extend([0; 4]); // returning
    expected.push(0);
    expected.extend(0.25_f32.to_le_bytes());
    // no trend, no scales, no size runs, no texts of brands, no brands
    expected.extend([0, 0, 0, 0, 0]);
    expected.extend([1, 0]); // block 0 has one byte
    expected.extend(&hmac_sha256::Hash::hash(&[0])[..16]); // its digest
    let head = hmac_sha256::Hash::hash(&expected);
    expected.extend(&head[..16]);
    expected.extend([0; 64]); // not signed
    let sum = hmac_sha256::Hash::hash(&expected[expected.len() - 80..]);
    expected.extend(&sum[..16]);
    expected.push(0); // no articles
    assert_eq!(write(&minimal()).unwrap(), expected);
    assert_eq!(read(&expected).unwrap(), minimal());
}

#[test]
fn every_truncation_is_refused() {
    let bytes = fixture();
    for length in 0..bytes.len() {
        let fault = read(&bytes[..length]).unwrap_err();
        match fault {
            Error::Format { at, .. } => assert_eq!(at, length as u64),
            other => panic!("{length}: {other:?}"),
        }
        // With correct digests, the truncation shows in the parts.
        if length >= blocks(&bytes) {
            let mut sealed = bytes[..length].to_vec();
            seal(&mut sealed);
            assert!(matches!(read(&sealed), Err(Error::Format { .. })), "{length}");
        }
    }
}

#[test]
fn every_flipped_bit_is_refused() {
    let mut bytes = fixture();
    for bit in 0..bytes.len() * 8 {
        bytes[bit / 8] ^= 1 << (bit % 8);
        assert!(matches!(read(&bytes), Err(Error::Format { .. })), "bit {bit} flipped is accepted");
        bytes[bit / 8] ^= 1 << (bit % 8);
    }
    assert!(read(&bytes).is_ok());
}

/// With correct digests, a changed byte may give another valid model, but never a panic or a model
/// that cannot be written.
#[test]
fn every_changed_byte_under_a_correct_digest_is_refused_or_gives_a_valid_model() {
    let bytes = fixture();
    let (mut accepted, mut rejected) = (0, 0);
    for at in 32..bytes.len() {
        for flip in [0x01, 0x80, 0xff] {
            let mut changed = bytes.clone();
            changed[at] ^= flip;
            seal(&mut changed);
            match read(&changed) {
                Ok(model) => {
                    accepted += 1;
                    assert!(write(&model).is_ok(), "byte {at} flipped by {flip}");
                }
                Err(Error::Format { at: place, .. }) => {
                    rejected += 1;
                    assert!(place <= changed.len() as u64);
                }
                Err(other) => panic!("{other:?}"),
            }
        }
    }
    assert!(accepted > 100 && rejected > 100, "{accepted} {rejected}");
}

#[test]
fn preamble() {
    let bytes = fixture();
    let n = bytes.len();
    let raw = |at: usize, with: &[u8]| {
        let mut out = bytes.clone();
        out[at..at + with.len()].copy_from_slice(with);
        read(&out)
    };
    refused(read(b""), 0, "the file ends inside its preamble of 32 bytes");
    let magic = "not an inseam file: it does not begin with the bytes 89 49 4E 53 45 41 4D";
    refused(raw(0, b"<!doctype html>"), 0, magic);
    refused(raw(6, b"X"), 6, magic);
    refused(raw(7, &[2]), 7, "this file is a customers file; it should be a public model");
    refused(
        raw(7, &[9]),
        7,
        "this file is of a type this reader does not know; it should be a public model",
    );
    for (version, name) in [([0, 0], 0), ([2, 0], 2), ([4, 0], 4), ([0, 1], 256)] {
        let what = format!("written in version {name} of the format; this reads 3");
        refused(raw(8, &version), 8, &what);
    }
    refused(raw(10, &[1, 0]), 10, "a flag is set that version 3 does not have");
    let length = (n as u64 + 1).to_le_bytes();
    refused(
        raw(24, &length),
        n,
        &format!("the file is cut short: it ends here, but its preamble gives {} bytes", n + 1),
    );
    refused(
        raw(24, &u64::MAX.to_le_bytes()),
        n,
        &format!("the file is cut short: it ends here, but its preamble gives {} bytes", u64::MAX),
    );
    let mut longer = bytes.clone();
    longer.extend([0, 0, 0]);
    refused(read(&longer), n, "3 bytes follow the end of the file");
    for (count, words) in [(0_u32, "0"), (3, "3"), (1 << 17, "131072"), (u32::MAX, "4294967295")] {
        let what = format!("{words} blocks: their number must be a power of two up to 65536");
        refused(raw(16, &count.to_le_bytes()), 16, &what);
    }
    refused(raw(12, &[0xff; 4]), 12, "a header of 4294967295 bytes and 1 blocks exceed the file");
    refused(
        raw(16, &65536_u32.to_le_bytes()),
        12,
        &format!("a header of {} bytes and 65536 blocks exceed the file", directory(&bytes) - 32),
    );
    let what = "the head is damaged: its digest does not match";
    refused(raw(40, &[bytes[40] ^ 1]), 0, what);
    refused(raw(20, &[3]), 0, what);
    refused(
        read(&patched(&bytes, 20, &[3])),
        20,
        "the head declares 3 articles, but the blocks have 4",
    );
}

#[test]
fn directory_entries() {
    let bytes = fixture();
    let (d, b, n) = (directory(&bytes), blocks(&bytes), bytes.len());
    let mut damaged = bytes.clone();
    damaged[b + 3] ^= 1;
    refused(read(&damaged), b, "block 0 is damaged: its digest does not match");
    let length = (n - b) as u16;
    for other in [length - 1, length + 1, 0, 0xffff] {
        let end = b + usize::from(other);
        let what = format!("the blocks end at byte {end}, but the file has {n} bytes");
        refused(read(&patched(&bytes, d, &other.to_le_bytes())), d, &what);
    }
    // A wrong digest of the block, under a correct digest of the head.
    let mut other = bytes.clone();
    other[d + 2] ^= 1;
    let head = hmac_sha256::Hash::hash(&other[..b - 96]);
    other[b - 96..b - 80].copy_from_slice(&head[..16]);
    let sum = hmac_sha256::Hash::hash(&other[b - 96..b - 16]);
    other[b - 16..b].copy_from_slice(&sum[..16]);
    refused(read(&other), b, "block 0 is damaged: its digest does not match");
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
