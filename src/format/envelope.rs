//! The 32 bytes that every file of ours begins with.

#[cfg(feature = "private")]
use super::checksum;
use super::{bytes::Cursor, fault};
use crate::Error;
use crate::text::joined;

/// The version of the format written, and the latest one read.
pub const VERSION: u16 = 1;

/// Length of the preamble, bytes.
pub(super) const PREAMBLE: usize = 32;

const MAGIC: [u8; 7] = *b"\x89INSEAM";

/// Which of our files some bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The public model, `shop.inseam`.
    Model,
    /// What is believed of each customer, `shop.customers`; private.
    Customers,
    /// What each purchase told the model, `shop.messages`; private.
    Messages,
    /// The articles as the server knows them, `shop.articles`; private.
    Articles,
}

impl Kind {
    /// The kind that these bytes say they are; `None` if they do not begin as a file of ours.
    ///
    /// ```
    /// use inseam::format::Kind;
    /// assert_eq!(Kind::of(b"\x89INSEAM\x01"), Some(Kind::Model));
    /// assert_eq!(Kind::of(b"PAR1"), None);
    /// ```
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let code = *bytes.strip_prefix(&MAGIC)?.first()?;
        [Self::Model, Self::Customers, Self::Messages, Self::Articles]
            .into_iter()
            .find(|kind| kind.code() == code)
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

/// What differs between preambles: three numbers whose meaning depends on the kind, and the length
/// of the file.
#[derive(Clone, Copy, Default)]
pub(super) struct Preamble {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) c: u32,
    pub(super) length: u64,
}

/// Checks a file's preamble: that it is of this kind and version.
pub(super) fn open(bytes: &[u8], kind: Kind) -> Result<Preamble, Error> {
    if bytes.len() < PREAMBLE {
        return Err(fault(bytes.len(), "the file ends inside its preamble of 32 bytes"));
    }
    if let Some(at) = (0..MAGIC.len()).find(|&i| bytes[i] != MAGIC[i]) {
        return Err(fault(
            at,
            "not an inseam file: it does not begin with the bytes 89 49 4E 53 45 41 4D",
        ));
    }
    let found = Kind::of(bytes);
    if found != Some(kind) {
        let found = found.map_or("of a kind this reader does not know", Kind::words);
        return Err(fault(
            MAGIC.len(),
            joined![kind.words(), " is wanted, and this file is ", found],
        ));
    }
    let mut cursor = Cursor::new(bytes, MAGIC.len() + 1, PREAMBLE);
    match cursor.u16("version")? {
        VERSION => {}
        0 => return Err(fault(8, joined!["version 0 was never written; this reads ", VERSION])),
        later => {
            return Err(fault(
                8,
                joined!["written by a later version: ", later, "; this reads ", VERSION],
            ));
        }
    }
    if cursor.u16("flags")? != 0 {
        return Err(fault(10, "a flag is set that version 1 does not have"));
    }
    Ok(Preamble {
        a: cursor.u32("a")?,
        b: cursor.u32("b")?,
        c: cursor.u32("c")?,
        length: cursor.u64("length")?,
    })
}

/// Checks that a file is as long as its preamble says.
pub(super) fn whole(bytes: &[u8], declared: u64) -> Result<(), Error> {
    let actual = bytes.len() as u64;
    if declared > actual {
        return Err(fault(
            bytes.len(),
            joined!["the file is cut short: it ends here, and says it has ", declared, " bytes"],
        ));
    }
    if declared < actual {
        let at = usize::try_from(declared).unwrap_or(0);
        return Err(fault(at, joined![actual - declared, " bytes follow the end of the file"]));
    }
    Ok(())
}

/// Refuses a file whose bytes from `start` to `end` do not match the checksum right after them.
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

/// Begins a file: its preamble.
pub(super) fn begin(kind: Kind, preamble: Preamble) -> Vec<u8> {
    let mut out = Vec::with_capacity(PREAMBLE);
    out.extend(MAGIC);
    out.push(kind.code());
    out.extend(VERSION.to_le_bytes());
    out.extend([0; 2]);
    for number in [preamble.a, preamble.b, preamble.c] {
        out.extend(number.to_le_bytes());
    }
    out.extend(preamble.length.to_le_bytes());
    out
}

/// Fills in the length of a file that will have this many bytes. To be called before the head's
/// checksum is taken.
#[cfg(feature = "private")]
pub(super) fn set_length(out: &mut [u8], length: usize) {
    out[24..PREAMBLE].copy_from_slice(&(length as u64).to_le_bytes());
}

/// A count as the `u32` that the preamble has for it.
pub(super) fn count(number: usize, what: &str) -> Result<u32, Error> {
    u32::try_from(number)
        .map_err(|_| fault(0, joined![number, " ", what, " are more than a file can hold"]))
}
