//! The preamble: the 32 bytes at the start of every Inseam file (`model/format.md`).

use super::bytes::Cursor;
#[cfg(feature = "private")]
use super::fault::checksum;
use super::fault::fault;
use crate::Error;
use crate::text::joined;

/// The version of the format that is written, and the only one that is read.
pub const VERSION: u16 = 3;

/// Length of the preamble, bytes.
pub(super) const PREAMBLE: usize = 32;

const MAGIC: [u8; 7] = *b"\x89INSEAM";

/// The types of Inseam files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileType {
    /// The public model, `shop.inseam`.
    Model,
    /// The beliefs about each customer, `shop.customers`; private.
    Customers,
    /// The messages of each purchase, `shop.messages`; private.
    Messages,
    /// The articles without withholding or noise, `shop.articles`; private.
    Articles,
}

impl FileType {
    /// The type that a file with these first bytes claims to be; `None` if it is not an Inseam
    /// file.
    ///
    /// ```
    /// use inseam::format::FileType;
    /// assert_eq!(FileType::detect(b"\x89INSEAM\x01"), Some(FileType::Model));
    /// assert_eq!(FileType::detect(b"PAR1"), None);
    /// ```
    #[must_use]
    pub fn detect(bytes: &[u8]) -> Option<Self> {
        let code = *bytes.strip_prefix(&MAGIC)?.first()?;
        [Self::Model, Self::Customers, Self::Messages, Self::Articles]
            .into_iter()
            .find(|file_type| file_type.code() == code)
    }

    fn code(self) -> u8 {
        match self {
            Self::Model => 1,
            Self::Customers => 2,
            Self::Messages => 3,
            Self::Articles => 4,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Model => "a public model",
            Self::Customers => "a customers file",
            Self::Messages => "a messages file",
            Self::Articles => "an articles file",
        }
    }
}

/// The fields of a preamble: three numbers whose meaning depends on the file's type, and the length
/// of the file.
#[derive(Clone, Copy, Default)]
pub(super) struct Preamble {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) c: u32,
    pub(super) length: u64,
}

/// Checks a file's type and version, and reads its preamble.
pub(super) fn open(bytes: &[u8], file_type: FileType) -> Result<Preamble, Error> {
    if bytes.len() < PREAMBLE {
        return Err(fault(bytes.len(), "the file ends inside its preamble of 32 bytes"));
    }
    if let Some(at) = (0..MAGIC.len()).find(|&i| bytes[i] != MAGIC[i]) {
        return Err(fault(
            at,
            "not an inseam file: it does not begin with the bytes 89 49 4E 53 45 41 4D",
        ));
    }
    let found = FileType::detect(bytes);
    if found != Some(file_type) {
        let found = found.map_or("of a type this reader does not know", FileType::words);
        return Err(fault(
            MAGIC.len(),
            joined!["this file is ", found, "; it should be ", file_type.words()],
        ));
    }
    let mut cursor = Cursor::new(bytes, MAGIC.len() + 1, PREAMBLE);
    let version = cursor.u16("version")?;
    if version != VERSION {
        return Err(fault(
            8,
            joined!["written in version ", version, " of the format; this reads ", VERSION],
        ));
    }
    if cursor.u16("flags")? != 0 {
        return Err(fault(10, "a flag is set that version 3 does not have"));
    }
    Ok(Preamble {
        a: cursor.u32("a")?,
        b: cursor.u32("b")?,
        c: cursor.u32("c")?,
        length: cursor.u64("length")?,
    })
}

/// Checks that a file has the length in its preamble.
pub(super) fn check_length(bytes: &[u8], declared: u64) -> Result<(), Error> {
    let actual = bytes.len() as u64;
    if declared > actual {
        return Err(fault(
            bytes.len(),
            joined![
                "the file is cut short: it ends here, but its preamble gives ",
                declared,
                " bytes"
            ],
        ));
    }
    if declared < actual {
        let at = usize::try_from(declared).unwrap_or(0);
        return Err(fault(at, joined![actual - declared, " bytes follow the end of the file"]));
    }
    Ok(())
}

/// Checks that the bytes from `start` to `end` match the checksum right after them.
#[cfg(feature = "private")]
pub(super) fn verify(bytes: &[u8], start: usize, end: usize, part: &str) -> Result<u64, Error> {
    let expected = Cursor::new(bytes, end, bytes.len()).u64("checksum")?;
    if checksum(&bytes[start..end]) != expected {
        return Err(fault(
            start,
            joined!["the ", part, " is damaged: its checksum does not match"],
        ));
    }
    Ok(expected)
}

/// The preamble of a new file.
pub(super) fn begin(file_type: FileType, preamble: Preamble) -> Vec<u8> {
    let mut out = Vec::with_capacity(PREAMBLE);
    out.extend(MAGIC);
    out.push(file_type.code());
    out.extend(VERSION.to_le_bytes());
    out.extend([0; 2]);
    for number in [preamble.a, preamble.b, preamble.c] {
        out.extend(number.to_le_bytes());
    }
    out.extend(preamble.length.to_le_bytes());
    out
}

/// Fills in the length of a file; to be called before the checksum of its head is computed.
#[cfg(feature = "private")]
pub(super) fn set_length(out: &mut [u8], length: usize) {
    out[24..PREAMBLE].copy_from_slice(&(length as u64).to_le_bytes());
}

/// A count as `u32`, the type of the preamble's fields.
pub(super) fn count(number: usize, what: &str) -> Result<u32, Error> {
    u32::try_from(number)
        .map_err(|_| fault(0, joined![number, " ", what, ": a file can hold at most ", u32::MAX]))
}
