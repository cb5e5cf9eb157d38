//! Reads arbitrary bytes as a public file. The result must be a model that can be written and read
//! again, or a format error whose position lies within the file.
#![no_main]

use inseam::Error;
use inseam::format::{Head, head_length, read, write_in_blocks};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = head_length(bytes);
    let _ = Head::read(bytes);
    match read(bytes) {
        Ok(model) => {
            let blocks = u32::from_le_bytes([bytes[16], bytes[17], bytes[18], bytes[19]]) as usize;
            let again = write_in_blocks(&model, blocks).expect("write what was read");
            assert_eq!(read(&again).expect("read what was written"), model);
        }
        Err(Error::Format { at, .. }) => assert!(at <= bytes.len() as u64),
        Err(other) => panic!("{other:?}"),
    }
});
