//! Every rule of the public file, broken in the bytes: refused at the very byte, with the reason.

use crate::shop::{minimal, random, small};
use crate::surgery::{blocks, directory, find, patched, refused, seal, spliced};
use inseam::Error;
use inseam::format::{read, write};

fn fixture() -> Vec<u8> {
    write(&small()).unwrap()
}

#[test]
fn the_minimal_file_byte_by_byte() {
    let mut expected: Vec<u8> = Vec::new();
    expected.extend(b"\x89INSEAM\x01"); // magic, kind
    expected.extend([1, 0, 0, 0]); // version, flags
    expected.extend([156, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]); // header's length, blocks, articles
    expected.extend([212, 0, 0, 0, 0, 0, 0, 0]); // length
    expected.extend([0, 1, 1, b'g']); // no measurements, one group, its name
    expected.extend(0.5_f32.to_le_bytes());
    expected.push(0); // no coefficients
    let small = [-1.25, -1.1875, -1.125, -1.0625, -1.0];
    let large = [-1.5, -1.375, -1.25, -1.125, -1.0];
    let slopes = [0.640_625, 0.5625];
    let choice = [0.8125, 0.4375, 0.34375, -0.40625];
    let returns = [-1.062_5, 0.171_875, 0.375, 0.031_25];
    let variances = [0.1875, 0.21875, 0.156_25, 0.046_875, 0.054_687_5];
    let numbers = small.iter().chain(&large).chain(&slopes).chain(&choice).chain(&returns).chain(&variances);
    expected.extend(numbers.flat_map(|x: &f32| x.to_le_bytes()));
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
    expected.extend([0, 0]); // no scales, no brands
    expected.extend([0; 8]); // block 0: no bytes, no articles
    expected.extend(0xef46_db37_51d8_e999_u64.to_le_bytes()); // XXH64 of nothing
    let head = xxhash_rust::xxh64::xxh64(&expected, 0);
    expected.extend(head.to_le_bytes());
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
        // Sealed again the cut shows in the parts instead.
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

/// With checksums made good again, a changed byte may give another valid model, but never a panic, nor one that cannot be written again.
#[test]
fn every_changed_byte_under_a_good_checksum_is_refused_or_whole() {
    let bytes = fixture();
    let (mut accepted, mut rejected) = (0, 0);
    for at in 32..bytes.len() {
        for flip in [0x01, 0x80, 0xff] {
            let mut changed = bytes.clone();
            changed[at] ^= flip;
            // A directory's lengths may point anywhere now: sealing needs them within the file.
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
    refused(raw(7, &[2]), 7, "a public model is wanted, and this file is a customers file");
    refused(raw(7, &[9]), 7, "a public model is wanted, and this file is of a kind this reader does not know");
    refused(raw(8, &[2, 0]), 8, "written by a later version: 2; this reads 1");
    refused(raw(8, &[0, 1]), 8, "written by a later version: 256; this reads 1");
    refused(raw(8, &[0, 0]), 8, "version 0 was never written; this reads 1");
    refused(raw(10, &[1, 0]), 10, "a flag is set that version 1 does not have");
    let length = (n as u64 + 1).to_le_bytes();
    refused(raw(24, &length), n, &format!("the file is cut short: it ends here, and says it has {} bytes", n + 1));
    refused(
        raw(24, &u64::MAX.to_le_bytes()),
        n,
        &format!("the file is cut short: it ends here, and says it has {} bytes", u64::MAX),
    );
    let mut longer = bytes.clone();
    longer.extend([0, 0, 0]);
    refused(read(&longer), n, "3 bytes follow the end of the file");
    for (count, words) in [(0_u32, "0"), (3, "3"), (1 << 17, "131072"), (u32::MAX, "4294967295")] {
        let what = format!("{words} blocks: it must be a power of two of at most 65536");
        refused(raw(16, &count.to_le_bytes()), 16, &what);
    }
    refused(raw(12, &[0xff; 4]), 12, "a header of 4294967295 bytes and 1 blocks exceed the file");
    refused(
        raw(16, &65536_u32.to_le_bytes()),
        12,
        &format!("a header of {} bytes and 65536 blocks exceed the file", directory(&bytes) - 32),
    );
    let what = "the head is damaged: its checksum does not match";
    refused(raw(40, &[bytes[40] ^ 1]), 0, what);
    refused(raw(20, &[3]), 0, what);
    refused(read(&patched(&bytes, 20, &[3])), 20, "3 articles declared, and the blocks have 4");
}

#[test]
fn directory_entries() {
    let bytes = fixture();
    let (d, b, n) = (directory(&bytes), blocks(&bytes), bytes.len());
    let mut damaged = bytes.clone();
    damaged[b + 3] ^= 1;
    refused(read(&damaged), b, "block 0 is damaged: its checksum does not match");
    refused(read(&patched(&bytes, d, &[0xff; 4])), d, "block 0 of 4294967295 bytes exceeds the file");
    let shorter = (n - b - 8) as u32;
    refused(read(&patched(&bytes, d, &shorter.to_le_bytes())), n - 8, "8 bytes belong to no block");
    let what = format!("4294967295 articles do not fit into a block of {} bytes", n - b);
    refused(read(&patched(&bytes, d + 4, &[0xff; 4])), d + 4, &what);
    // Three articles: the fourth's record is then taken for sizes.
    let mut three = patched(&bytes, d + 4, &[3]);
    three[20] = 3;
    seal(&mut three);
    assert!(matches!(read(&three), Err(Error::Format { .. })));
}

#[test]
fn header_numbers() {
    let bytes = fixture();
    let of = |x: f32| find(&bytes, &x.to_le_bytes());
    let with = |at: usize, x: f32| read(&patched(&bytes, at, &x.to_le_bytes()));
    let at = of(165.25);
    refused(with(at, f32::NAN), at, "a measurement's mean is not finite");
    let at = of(7.125);
    refused(with(at, 0.0), at, "a measurement's sd must be above 0; it is 0");
    refused(with(at, f32::INFINITY), at, "a measurement's sd is not finite");
    let at = of(0.296_875);
    refused(with(at, -0.5), at, "what a missing measurement adds must be at least 0; it is -0.5");
    refused(with(at, f32::NAN), at, "what a missing measurement adds is not finite");
    let at = of(0.640_625);
    for term in [at - 40, at - 24, at - 20, at - 4] {
        refused(with(term, f32::NAN), term, "an outcome term is not finite");
    }
    refused(with(at, -1.0), at, "an outcome's slope must be at least 0; it is -1");
    let chosen = "a chosen slope must be between minus the slope and the slope; it is ";
    refused(with(at + 4, 0.75), at + 4, &format!("{chosen}0.75"));
    refused(with(at + 4, -0.75), at + 4, &format!("{chosen}-0.75"));
    refused(with(at + 8, 0.0), at + 8, "a choice scale must be above 0; it is 0");
    refused(with(at + 12, f32::NAN), at + 12, "a choice awareness is not finite");
    for shift in [at + 16, at + 20] {
        refused(with(shift, f32::NAN), shift, "a choice's outcome shift is not finite");
    }
    refused(with(at + 24, f32::NAN), at + 24, "a return intercept is not finite");
    refused(with(at + 28, 0.0), at + 28, "a return variance must be above 0; it is 0");
    refused(with(at + 32, 0.0), at + 32, "the unexplained ratio must be above 0; it is 0");
    refused(with(at + 36, 1.5), at + 36, "the share of lesser sizes must be from 0 to 1; it is 1.5");
    refused(with(at + 40, -0.5), at + 40, "an offset variance must be at least 0; it is -0.5");
    refused(with(at + 52, -0.5), at + 52, "a spread variance must be at least 0; it is -0.5");
    refused(with(at - 44, f32::NAN), at - 44, "a coefficient is not finite");
    let at = of(0.28125);
    refused(with(at, 0.0), at, "a trait's variance must be above 0; it is 0");
    let at = of(-0.0625);
    refused(with(at, f32::NEG_INFINITY), at, "a trait's intercept is not finite");
    let at = find(&bytes, &1.375_f64.to_le_bytes());
    let covariance = |x: f64| read(&patched(&bytes, at, &x.to_le_bytes()));
    refused(covariance(f64::NAN), at, "a covariance is not finite");
    refused(covariance(3.0), at - 9, "the covariance is not positive definite");
    let at = of(1.75);
    refused(with(at, f32::NAN), at, "a size label's position is not finite");
    refused(with(at, -9.0), at, "size label \"42 2/3\" lies below the one before it");
    let what = |length: f64, appeal: f64| {
        format!("size label \"42 2/3\" has length {length} and appeal {appeal}, beyond +-64")
    };
    refused(with(at + 4, 64.5), at + 4, &what(64.5, -1.71875));
    refused(with(at + 4, -64.5), at + 4, &what(-64.5, -1.71875));
    refused(with(at + 8, 64.5), at + 4, &what(0.4375, 64.5));
    refused(with(at + 8, -64.5), at + 4, &what(0.4375, -64.5));
    refused(with(at + 4, f32::NAN), at + 4, "a size label's length is not finite");
    refused(with(at + 8, f32::INFINITY), at + 8, "a size label's appeal is not finite");
    for bound in [-64.0, 64.0] {
        assert!(with(at + 4, bound).is_ok() && with(at + 8, bound).is_ok(), "{bound} is within the bounds");
    }
}

#[test]
fn header_texts_and_lists() {
    let bytes = fixture();
    let fault = |from: usize, to: usize, with: &[u8], at: usize, what: &str| {
        refused(read(&spliced(&bytes, from, to, with)), at, what);
    };
    let at = find(&bytes, b"\x06height");
    fault(at + 3, at + 4, b"\xff", at + 3, "a measurement's name is not UTF-8");
    fault(at, at + 7, b"\x05shape", at + 5 + 2 + 8 + 4, "two measurements are named \"shape\"");
    fault(at + 7, at + 8, &[2], at + 7, "a measurement's kind is 2, and must be 0 or 1");
    fault(at - 1, at, &[251, 1, 1], at - 1, "measurements: 257 of them, and at most 256 may be");
    fault(at, at + 1, &[251, 1, 4], at, "a measurement's name: 1025 of them, and at most 1024 may be");
    let huge = [253, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
    fault(at, at + 1, &huge, at, &format!("a measurement's name: {} of them, and at most 1024 may be", u64::MAX));
    fault(at, at + 1, &[254], at, "a measurement's name is cut off, or no number of its type");
    let at = find(&bytes, b"\x05apple");
    fault(at, at + 6, b"\x05zebra", at + 6, "level \"pear\" is not in ascending order");
    fault(at - 1, at, &[251, 1, 16], at - 1, "a measurement's levels: 4097 of them, and at most 4096 may be");
    let at = find(&bytes, b"\x05dress");
    fault(at - 1, at, &[33], at - 1, "fit groups: 33 of them, and at most 32 may be");
    fault(at - 1, at, &[0], at - 1, "fit groups: at least one is needed");
    fault(at - 1, at, &[32], at - 1, "fit groups: 32 of them do not fit into the bytes that are left");
    fault(at + 10, at + 11, &[4], at + 10, "4 coefficients for 13 measurement features");
    let shoe = find(&bytes, b"\x04shoe");
    fault(shoe, shoe + 5, b"\x05dress", shoe, "two fit groups are named \"dress\"");
    let at = find(&bytes, &1.375_f64.to_le_bytes()) - 9;
    fault(at, at + 1, &[4], at, "4 covariances for 2 fit groups");
    let at = find(&bytes, b"\x0236");
    fault(at - 3, at - 2, &[2], at - 3, "a size scale's fit group is 2, and there are 2");
    fault(at - 2, at - 1, &[12], at - 2, "12 stands for no size system of version 1");
    fault(at - 1, at, &[0], at - 1, "size labels: a scale needs at least one");
    fault(at - 1, at, &[252, 1, 0, 1, 0], at - 1, "size labels: 65537 of them, and at most 65536 may be");
    fault(at, at + 3, b"\x0238", at - 1, "a scale has two size labels \"38\"");
    fault(at - 4, at - 3, &[252, 1, 0, 1, 0], at - 4, "size scales: 65537 of them, and at most 65536 may be");
    let at = find(&bytes, b"\x04Alba\x04gown");
    fault(at - 1, at, &[252, 0, 0, 0, 1], at - 1, "brands: 16777216 of them do not fit into the bytes that are left");
    fault(at + 10, at + 11, &[2], at + 10, "a brand's fit group is 2, and there are 2");
    fault(at + 10, at + 11, &[252, 0, 0, 0, 0], at + 10, "a brand's fit group is cut off, or no number of its type");
    let precision = at + 15;
    let what = "a brand's offset has precision -1 with mean 0.75: not a belief";
    fault(precision, precision + 4, &(-1.0_f32).to_le_bytes(), precision, what);
    let what = "a brand's offset has precision 0 with mean 0.75: not a belief";
    fault(precision, precision + 4, &[0; 4], precision, what);
    let end = directory(&bytes);
    fault(end, end, &[7, 7], end, "2 bytes follow the end of the header");
    fault(end - 1, end, &[], end - 4, "a brand's spread is cut off, or no number of its type");
}

#[test]
fn article_records() {
    let bytes = fixture();
    let (b, n) = (blocks(&bytes), bytes.len());
    let pool = b + 4 * 24;
    let fault = |at: usize, with: &[u8], place: usize, what: &str| {
        refused(read(&patched(&bytes, at, with)), place, what);
    };
    fault(b + 8, &[3], b + 8, "an article's brand is 3, and there are 3");
    fault(b + 12, &[3], b + 12, "an article's scale is 3, and there are 3");
    let (first, second) = (b, b + 24);
    let key = u64::from_le_bytes(bytes[second..second + 8].try_into().unwrap());
    let copy = bytes[second..second + 8].to_vec();
    fault(first, &copy, second, &format!("article {key:016x} is not in ascending order"));
    let model = small();
    let dress = (0..4).find(|&i| model.articles[i].brand != 1).unwrap();
    let what = "an article's scale is of fit group 1, its brand of 0";
    fault(b + 24 * dress + 12, &[2], b + 24 * dress + 12, what);
    let three = b + 24 * dress + 14;
    fault(three, &[4], three, "an article has 4 sizes, and its scale 3 labels");
    fault(three, &[0], three, "an article has 0 sizes, and its scale 3 labels");
    fault(b + 18, &[0, 0], b + 16, "an article's offset is not a belief: mean -1024, precision 0 as stored");
    fault(b + 22, &[0x80, 0x7f], b + 20, "an article's spread is not a belief: mean 512, precision 32640 as stored");
    let labels = model.scales[usize::from(model.articles[0].scale)].labels.len();
    let what = format!("a size's label is {labels}, and its scale has {labels}");
    fault(pool, &[labels as u8], pool, &what);
    fault(
        n - 2,
        &[0xff, 0xff],
        n - 4,
        &format!(
            "a size's deviation is not a belief: mean {}, precision 65535 as stored",
            i16::from_le_bytes([bytes[n - 4], bytes[n - 3]])
        ),
    );
    let several = model.articles.iter().position(|a| a.sizes.len() > 1).unwrap();
    let before: usize = model.articles[..several].iter().map(|a| a.sizes.len()).sum();
    let at = pool + 6 * (before + 1);
    let label = bytes[at - 6];
    fault(at, &[label, 0], at, &format!("an article's size with label {label} is not in ascending order"));
}

#[test]
fn sizes_that_do_not_fill_the_block() {
    let bytes = fixture();
    let (b, n) = (blocks(&bytes), bytes.len());
    let mut longer = bytes.clone();
    longer.extend([0; 6]);
    let length = (n + 6 - b) as u32;
    let longer = patched(&longer, directory(&bytes), &length.to_le_bytes());
    refused(read(&longer), n, "6 bytes of the block belong to no article");
    let shorter = patched(&bytes[..n - 6], directory(&bytes), &(length - 12).to_le_bytes());
    let at = b + 3 * 24 + 14;
    let sizes = bytes[at];
    refused(read(&shorter), at, &format!("an article's {sizes} sizes run past the end of its block"));
}

#[test]
fn an_article_in_the_wrong_block() {
    let bytes = write(&random(3, 700)).unwrap();
    let b = blocks(&bytes);
    let mut key = u64::from_le_bytes(bytes[b..b + 8].try_into().unwrap());
    assert_eq!(key >> 62, 0, "the first block has the lowest keys");
    key |= 1 << 63;
    let what = format!("article {key:016x} is not of block 0");
    refused(read(&patched(&bytes, b, &key.to_le_bytes())), b, &what);
}
