//! Reads arbitrary bytes as the header and the block of a file whose digests are valid, so that the
//! reader checks every field.
#![no_main]

use inseam::Error;
use inseam::format::{read, write};
use libfuzzer_sys::fuzz_target;

fn digest(bytes: &[u8]) -> [u8; 16] {
    let mut out = [0; 16];
    out.copy_from_slice(&hmac_sha256::Hash::hash(bytes)[..16]);
    out
}

// The first two bytes of the input are the length of the header; the block follows the header.
fuzz_target!(|bytes: &[u8]| {
    let Some((split, rest)) = bytes.split_first_chunk::<2>() else { return };
    let (header, block) = rest.split_at(usize::from(u16::from_le_bytes(*split)).min(rest.len()));
    let block = &block[..block.len().min(0xffff)];
    let length = 32 + header.len() + 2 + 16 + 96 + block.len();
    let mut file = b"\x89INSEAM\x01\x03\0\0\0".to_vec();
    for number in [header.len() as u32, 1, u32::from(block.first().copied().unwrap_or(0))] {
        file.extend(number.to_le_bytes());
    }
    file.extend((length as u64).to_le_bytes());
    file.extend(header);
    file.extend((block.len() as u16).to_le_bytes());
    file.extend(digest(block));
    file.extend(digest(&file));
    file.extend([0; 64]);
    file.extend(digest(&file[file.len() - 80..]));
    file.extend(block);
    match read(&file) {
        Ok(model) => drop(write(&model).expect("write what was read")),
        Err(Error::Format { at, .. }) => assert!(at <= length as u64),
        Err(other) => panic!("{other:?}"),
    }
});
