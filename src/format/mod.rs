//! The file formats: the public file that browsers read, and the private files that stay on the
//! server. `model/format.md` in the repository specifies them.
//!
//! The bytes of a model are always the same. Readers check everything before they return anything:
//! bytes that violate the specification, down to a single flipped bit, give [`Error::Format`] with
//! the offset of the fault.
//!
//! ```
//! use inseam::format;
//! let fault = format::read(b"not a model").unwrap_err();
//! assert_eq!(fault.to_string(), "not a usable inseam file: at byte 11: the file ends inside its preamble of 32 bytes");
//! ```
//!
//! [`Error::Format`]: crate::Error::Format
//!
//! Lowest first: `fault`, `bytes`, `column` and `digest`; `envelope` (the preamble of every file),
//! `quantize` and `runs`; `header` and `block` (parts of the public file); `read` and `write`;
//! `private`.

mod block;
mod bytes;
mod column;
mod digest;
mod envelope;
mod fault;
mod header;
#[cfg(feature = "private")]
pub mod private;
mod quantize;
mod read;
mod runs;
mod write;

pub use digest::Digest;
pub use envelope::{FileType, VERSION};
pub use header::{MAX_FEATURES, MAX_LEVELS, MAX_MEASUREMENTS, MAX_TEXT};
pub use read::{Head, head_checksum, head_length, read, set_signature, signature};
pub use write::{write, write_in_blocks};
