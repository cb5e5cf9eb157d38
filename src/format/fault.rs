//! Makes [`Error::Format`](crate::Error::Format) with the offset of the damage; the checksum of the
//! private files' parts.

use crate::Error;

/// An [`Error::Format`] at this offset.
pub(super) fn fault(at: usize, what: impl Into<String>) -> Error {
    Error::Format { at: at as u64, what: what.into() }
}

/// Checksum of one part of a private file: XXH64 with seed 0.
#[cfg(feature = "private")]
pub(super) fn checksum(part: &[u8]) -> u64 {
    xxhash_rust::xxh64::xxh64(part, 0)
}
