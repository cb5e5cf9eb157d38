//! Violates every rule of the public file as a whole: its length, digests, preamble and directory.
//! Checks the offset and the message of each refusal.

use crate::shop::{minimal, small};
use crate::surgery::{blocks, directory, patched, refused, seal};
use inseam::Error;
use inseam::format::{read, write};

pub(crate) fn fixture() -> Vec<u8> {
    write(&small()).unwrap()
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
