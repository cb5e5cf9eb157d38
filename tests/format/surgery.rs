//! Damages files on purpose but keeps their digests correct, so that the tests reach the checks of
//! the fields themselves.

use inseam::Error;

fn u32_at(bytes: &[u8], at: usize) -> usize {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize
}

/// Offset of a public file's directory.
pub(crate) fn directory(bytes: &[u8]) -> usize {
    32 + u32_at(bytes, 12)
}

/// Offset of a public file's first block.
pub(crate) fn blocks(bytes: &[u8]) -> usize {
    let blocks = u32_at(bytes, 16);
    directory(bytes) + 2 * blocks + 16 * blocks.min(256) + 96
}

fn digest(bytes: &[u8]) -> [u8; 16] {
    hmac_sha256::Hash::hash(bytes)[..16].try_into().unwrap()
}

/// Corrects a public file's length and digests; the declared lengths of header and blocks stay.
pub(crate) fn seal(bytes: &mut [u8]) {
    let length = bytes.len() as u64;
    bytes[24..32].copy_from_slice(&length.to_le_bytes());
    let (directory, count, mut start) = (directory(bytes), u32_at(bytes, 16), blocks(bytes));
    assert!(count <= 256, "trees of digests are not sealed");
    let head = start - 96;
    for block in 0..count {
        let entry = directory + 2 * block;
        let end = (start + usize::from(u16::from_le_bytes([bytes[entry], bytes[entry + 1]])))
            .min(bytes.len());
        let pin = directory + 2 * count + 16 * block;
        let digest = digest(&bytes[start.min(end)..end]);
        bytes[pin..pin + 16].copy_from_slice(&digest);
        start = end;
    }
    let name = digest(&bytes[..head]);
    bytes[head..head + 16].copy_from_slice(&name);
    let sum = digest(&bytes[head..head + 80]);
    bytes[head + 80..head + 96].copy_from_slice(&sum);
}

/// The file with these bytes overwritten and its digests corrected.
pub(crate) fn patched(bytes: &[u8], at: usize, with: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    out[at..at + with.len()].copy_from_slice(with);
    seal(&mut out);
    out
}

/// The file with the header's bytes `from..to` replaced, and its declared length and digests
/// corrected.
pub(crate) fn spliced(bytes: &[u8], from: usize, to: usize, with: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    out.splice(from..to, with.iter().copied());
    let header = (u32_at(bytes, 12) + with.len() - (to - from)) as u32;
    out[12..16].copy_from_slice(&header.to_le_bytes());
    seal(&mut out);
    out
}

/// The offset of these bytes, which must occur exactly once.
#[track_caller]
pub(crate) fn find(bytes: &[u8], needle: &[u8]) -> usize {
    let mut places = (0..=bytes.len() - needle.len()).filter(|&i| bytes[i..].starts_with(needle));
    let place = places.next().expect("the bytes looked for are not there");
    assert_eq!(places.next(), None, "the bytes looked for are there more than once");
    place
}

#[track_caller]
pub(crate) fn refused<T: std::fmt::Debug>(result: Result<T, Error>, at: usize, what: &str) {
    match result {
        Err(Error::Format { at: place, what: why }) => {
            assert_eq!((place, why.as_str()), (at as u64, what));
        }
        other => panic!("expected a refusal at byte {at} ({what}), not {other:?}"),
    }
}
