//! What the pipeline file says about how files are written.

use encoding_rs::Encoding;
use serde::{Deserialize, Deserializer, de::Error as _};

/// How files are written, as far as the pipeline file says so. The reader finds out the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileOptions {
    /// The byte between two fields of delimited text.
    pub delimiter: Option<u8>,
    /// The encoding of text files.
    pub encoding: Option<&'static Encoding>,
    /// The line of the header, from 1.
    pub header_row: Option<u64>,
    /// Whether a quote mark at the beginning of a field opens a quoted field.
    pub quoting: Option<bool>,
    /// Whether a column that some of several files lack is empty there. If not, this is a failure.
    pub fill_missing_columns: bool,
}

/// Reads a delimiter: one ASCII character, or `tab`.
pub fn delimiter<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u8>, D::Error> {
    let text = String::deserialize(deserializer)?;
    match text.as_bytes() {
        b"tab" | b"\\t" => Ok(Some(b'\t')),
        [byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\n' | b'\r') => Ok(Some(*byte)),
        _ => Err(D::Error::custom(
            "expected one character that separates fields, like \";\", or \"tab\"",
        )),
    }
}

/// Reads the name of an encoding, as the Encoding Standard of browsers lists them.
pub fn encoding<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<&'static Encoding>, D::Error> {
    let name = String::deserialize(deserializer)?;
    let found = Encoding::for_label(name.as_bytes())
        .filter(|encoding| *encoding != encoding_rs::REPLACEMENT);
    found.map(Some).ok_or_else(|| {
        D::Error::custom(
            "is not the name of an encoding: expected one like \"utf-8\", \"utf-16le\", \"windows-1252\" or \"shift_jis\"",
        )
    })
}

/// Reads the number of a line, from 1.
pub fn header_row<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    match u64::deserialize(deserializer)? {
        0 => Err(D::Error::custom("header_row must be at least 1, the first line of the file")),
        row => Ok(Some(row)),
    }
}
