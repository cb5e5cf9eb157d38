//! Damaging files on purpose, with checksums that still hold, so that the fields themselves are judged.

use inseam::Error;
use xxhash_rust::xxh64::xxh64;

fn u32_at(bytes: &[u8], at: usize) -> usize {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize
}

/// Offset of a public file's directory.
pub(crate) fn directory(bytes: &[u8]) -> usize {
    32 + u32_at(bytes, 12)
}

/// Offset of a public file's first block.
pub(crate) fn blocks(bytes: &[u8]) -> usize {
    directory(bytes) + 16 * u32_at(bytes, 16) + 8
}

/// Sets a public file's length and checksums to what its bytes now are; the lengths of header and blocks stay as declared.
pub(crate) fn seal(bytes: &mut [u8]) {
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
pub(crate) fn patched(bytes: &[u8], at: usize, with: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    out[at..at + with.len()].copy_from_slice(with);
    seal(&mut out);
    out
}

/// The bytes with the header's bytes `from..to` replaced by others, its declared length with them, sealed.
pub(crate) fn spliced(bytes: &[u8], from: usize, to: usize, with: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    out.splice(from..to, with.iter().copied());
    let header = (u32_at(bytes, 12) + with.len() - (to - from)) as u32;
    out[12..16].copy_from_slice(&header.to_le_bytes());
    seal(&mut out);
    out
}

/// A file of one block as one of 2^`bits` blocks, which a writer would not make of so few articles.
pub(crate) fn in_blocks(bytes: &[u8], bits: u32) -> Vec<u8> {
    assert_eq!(u32_at(bytes, 16), 1);
    let (start, count) = (blocks(bytes), u32_at(bytes, 20));
    let (records, mut sizes) = bytes[start..].split_at(24 * count);
    let mut parts = vec![(0_u32, Vec::new(), Vec::new()); 1 << bits];
    for record in records.chunks(24) {
        let key = u64::from_le_bytes(record[..8].try_into().unwrap());
        let (own, rest) = sizes.split_at(6 * usize::from(u16::from_le_bytes([record[14], record[15]])));
        let part = &mut parts[key.checked_shr(64 - bits).unwrap_or(0) as usize];
        part.0 += 1;
        part.1.extend(record);
        part.2.extend(own);
        sizes = rest;
    }
    let mut out = bytes[..directory(bytes)].to_vec();
    out[16..20].copy_from_slice(&(1_u32 << bits).to_le_bytes());
    for (articles, records, sizes) in &parts {
        out.extend(((records.len() + sizes.len()) as u32).to_le_bytes());
        out.extend(articles.to_le_bytes());
        out.extend([0; 8]);
    }
    out.extend([0; 8]);
    out.extend(parts.iter().flat_map(|(_, records, sizes)| records.iter().chain(sizes)));
    seal(&mut out);
    out
}

/// The one place where these bytes are.
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
