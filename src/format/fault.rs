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

/// [`checksum`] of a part that comes in pieces.
#[cfg(feature = "private")]
#[derive(Clone)]
pub(super) struct RunningChecksum(xxhash_rust::xxh64::Xxh64);

#[cfg(feature = "private")]
impl Default for RunningChecksum {
    fn default() -> Self {
        Self(xxhash_rust::xxh64::Xxh64::new(0))
    }
}

#[cfg(feature = "private")]
impl RunningChecksum {
    pub(super) fn add(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    pub(super) fn get(&self) -> u64 {
        self.0.digest()
    }
}

#[cfg(feature = "private")]
impl std::fmt::Debug for RunningChecksum {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RunningChecksum({:016x})", self.get())
    }
}
