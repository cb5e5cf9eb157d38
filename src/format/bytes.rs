//! A place in a file's bytes, and fixed-width numbers read from it.

use super::fault;
use crate::Error;
use bincode::de::read::Reader;
use bincode::error::DecodeError;

/// Reads a file's bytes forwards, up to the end of one part, and knows where it is.
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    /// The part of `file` from `start` to `end`, both clipped to the file.
    pub(super) fn new(file: &'a [u8], start: usize, end: usize) -> Self {
        let bytes = &file[..end.min(file.len())];
        Self { bytes, at: start.min(bytes.len()) }
    }

    /// Offset in the file of the next byte.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// How many bytes are left of this part.
    pub(super) fn left(&self) -> usize {
        self.bytes.len() - self.at
    }

    /// The next `count` bytes.
    pub(super) fn slice(&mut self, count: usize, field: &str) -> Result<&'a [u8], Error> {
        let end = self.at.checked_add(count).filter(|&end| end <= self.bytes.len());
        let end = end.ok_or_else(|| fault(self.at, format!("{field} runs past the end of its part")))?;
        let slice = &self.bytes[self.at..end];
        self.at = end;
        Ok(slice)
    }

    /// The next `N` bytes.
    pub(super) fn array<const N: usize>(&mut self, field: &str) -> Result<[u8; N], Error> {
        let mut array = [0; N];
        array.copy_from_slice(self.slice(N, field)?);
        Ok(array)
    }

    #[cfg(feature = "private")]
    pub(super) fn u8(&mut self, field: &str) -> Result<u8, Error> {
        self.array(field).map(u8::from_le_bytes)
    }

    pub(super) fn u16(&mut self, field: &str) -> Result<u16, Error> {
        self.array(field).map(u16::from_le_bytes)
    }

    pub(super) fn i16(&mut self, field: &str) -> Result<i16, Error> {
        self.array(field).map(i16::from_le_bytes)
    }

    pub(super) fn u32(&mut self, field: &str) -> Result<u32, Error> {
        self.array(field).map(u32::from_le_bytes)
    }

    pub(super) fn u64(&mut self, field: &str) -> Result<u64, Error> {
        self.array(field).map(u64::from_le_bytes)
    }
}

impl Reader for Cursor<'_> {
    fn read(&mut self, out: &mut [u8]) -> Result<(), DecodeError> {
        let missing = out.len().saturating_sub(self.left());
        if missing > 0 {
            return Err(DecodeError::UnexpectedEnd { additional: missing });
        }
        out.copy_from_slice(&self.bytes[self.at..self.at + out.len()]);
        self.at += out.len();
        Ok(())
    }

    fn peek_read(&mut self, count: usize) -> Option<&[u8]> {
        self.bytes[self.at..].get(..count)
    }

    fn consume(&mut self, count: usize) {
        self.at = self.at.saturating_add(count).min(self.bytes.len());
    }
}
