//! Bytes and models: the public file a browser reads, and the private ones that stay on the server.
//!
//! `model/format.md` in the repository specifies them; the bytes of one model are always the same.
//! Reading checks everything before it hands anything out: what does not hold to the specification,
//! down to a single flipped bit, is [`Error::Format`] with the offset at fault.
//!
//! ```
//! use inseam::format;
//! let fault = format::read(b"not a model").unwrap_err();
//! assert_eq!(fault.to_string(), "not a usable inseam file: at byte 11: the file ends inside its preamble of 32 bytes");
//! ```

mod block;
mod bytes;
mod column;
mod digest;
mod envelope;
mod header;
#[cfg(feature = "private")]
pub mod private;
mod quantum;
mod read;
mod runs;
mod wire;
mod write;

pub use digest::Digest;
pub use envelope::{Kind, VERSION};
pub use header::{MAX_FEATURES, MAX_LEVELS, MAX_MEASUREMENTS, MAX_TEXT};
pub use read::{Head, head_checksum, head_length, read, set_signature, signature};
pub use write::{write, write_in_blocks};

use crate::Error;

/// An [`Error::Format`] at this offset.
fn fault(at: usize, what: impl Into<String>) -> Error {
    Error::Format { at: at as u64, what: what.into() }
}

/// Checksum of one part of a private file.
#[cfg(feature = "private")]
fn checksum(part: &[u8]) -> u64 {
    xxhash_rust::xxh64::xxh64(part, 0)
}
