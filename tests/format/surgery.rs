//! Damaging files on purpose, with checksums that still hold, so that the fields themselves are judged.

use inseam::Error;
use xxhash_rust::xxh64::xxh64;

fn u32_at(bytes: &[u8], at: usize) -> usize {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize
}

/// Offset of a public file's directory.
pub fn directory(bytes: &[u8]) -> usize {
    32 + u32_at(bytes, 12)
}

/// Offset of a public file's first block.
pub fn blocks(bytes: &[u8]) -> usize {
    directory(bytes) + 16 * u32_at(bytes, 16) + 8
}

/// Sets a public file's length and checksums to what its bytes now are; the lengths of header and blocks stay as declared.
pub fn seal(bytes: &mut [u8]) {
    let length = bytes.len() as u64;
    bytes[24..32].copy_from_slice(&length.to_le_bytes());
    let (directory, mut start) = (directory(bytes), blocks(bytes));
    let head = start - 8;
    for entry in (directory..head).step_by(16) {
        let end = (start + u32_at(bytes, entry)).min(bytes.len());
        let sum = xxh64(&bytes[start..end], 0);
        bytes[entry + 8..entry + 16].copy_from_slice(&sum.to_le_bytes());
        start = end;
    }
    let sum = xxh64(&bytes[..head], 0);
    bytes[head..head + 8].copy_from_slice(&sum.to_le_bytes());
}

/// The bytes with these put over them, sealed.
pub fn patched(bytes: &[u8], at: usize, with: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    out[at..at + with.len()].copy_from_slice(with);
    seal(&mut out);
    out
}

/// The bytes with the header's bytes `from..to` replaced by others, its declared length with them, sealed.
pub fn spliced(bytes: &[u8], from: usize, to: usize, with: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    out.splice(from..to, with.iter().copied());
    let header = (u32_at(bytes, 12) + with.len() - (to - from)) as u32;
    out[12..16].copy_from_slice(&header.to_le_bytes());
    seal(&mut out);
    out
}

/// The one place where these bytes are.
#[track_caller]
pub fn find(bytes: &[u8], needle: &[u8]) -> usize {
    let mut places = (0..=bytes.len() - needle.len()).filter(|&i| bytes[i..].starts_with(needle));
    let place = places.next().expect("the bytes looked for are not there");
    assert_eq!(places.next(), None, "the bytes looked for are there more than once");
    place
}

#[track_caller]
pub fn refused<T: std::fmt::Debug>(result: Result<T, Error>, at: usize, what: &str) {
    match result {
        Err(Error::Format { at: place, what: why }) => {
            assert_eq!((place, why.as_str()), (at as u64, what));
        }
        other => panic!("expected a refusal at byte {at} ({what}), not {other:?}"),
    }
}
