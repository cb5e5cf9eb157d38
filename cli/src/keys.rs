//! Key files of `keygen`, `sign` and `verify`: 32 bytes as hexadecimal digits on one line.

use inseam_io::failure::Failure;
use inseam_io::hex::hexadecimal;
use std::path::Path;

/// A key as a line of hexadecimal digits.
pub(crate) fn key_line(key: &[u8]) -> String {
    hexadecimal(key) + "\n"
}

/// Reads a key file.
pub(crate) fn read_key(path: &Path) -> Result<[u8; 32], Failure> {
    let bad = || Failure::new("is not a key: 64 hexadecimal digits on one line").in_file(path);
    let bytes = std::fs::read(path).map_err(|e| Failure::io(path, "cannot read the key", &e))?;
    let text = std::str::from_utf8(&bytes).map_err(|_| bad())?.trim();
    if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(bad());
    }
    let mut key = [0; 32];
    for (i, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).map_err(|_| bad())?;
    }
    Ok(key)
}
