//! A place in a file's bytes, and numbers read from it.

use super::fault;
use crate::Error;
use crate::text::joined;

/// Reads a file's bytes forwards, up to the end of one part, and knows where it is.
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
    /// Index into `bytes` of the next one.
    next: usize,
    /// Offset in the file of the first of `bytes`.
    base: usize,
}

impl<'a> Cursor<'a> {
    /// The part of `file` from `start` to `end`, both clipped to the file.
    pub(super) fn new(file: &'a [u8], start: usize, end: usize) -> Self {
        let bytes = &file[..end.min(file.len())];
        Self { bytes, next: start.min(bytes.len()), base: 0 }
    }

    /// A part alone that has this offset in its file.
    pub(super) fn of_part(part: &'a [u8], base: usize) -> Self {
        Self { bytes: part, next: 0, base }
    }

    /// Offset in the file of the next byte.
    pub(super) fn at(&self) -> usize {
        self.base + self.next
    }

    /// How many bytes are left of this part.
    pub(super) fn left(&self) -> usize {
        self.bytes.len() - self.next
    }

    /// The next `count` bytes.
    pub(super) fn slice(&mut self, count: usize, field: &str) -> Result<&'a [u8], Error> {
        let end = self.next.checked_add(count).filter(|&end| end <= self.bytes.len());
        let end =
            end.ok_or_else(|| fault(self.at(), joined![field, " runs past the end of its part"]))?;
        let slice = &self.bytes[self.next..end];
        self.next = end;
        Ok(slice)
    }

    /// The next `N` bytes.
    pub(super) fn array<const N: usize>(&mut self, field: &str) -> Result<[u8; N], Error> {
        let mut array = [0; N];
        array.copy_from_slice(self.slice(N, field)?);
        Ok(array)
    }

    pub(super) fn u8(&mut self, field: &str) -> Result<u8, Error> {
        self.array(field).map(u8::from_le_bytes)
    }

    pub(super) fn u16(&mut self, field: &str) -> Result<u16, Error> {
        self.array(field).map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self, field: &str) -> Result<u32, Error> {
        self.array(field).map(u32::from_le_bytes)
    }

    pub(super) fn u64(&mut self, field: &str) -> Result<u64, Error> {
        self.array(field).map(u64::from_le_bytes)
    }

    /// A whole number as bincode has it: one byte below 251, else a byte that says how wide it is.
    pub(super) fn varint(&mut self, field: &str) -> Result<u64, Error> {
        let at = self.at();
        match self.u8(field)? {
            251 => self.u16(field).map(u64::from),
            252 => self.u32(field).map(u64::from),
            253 => self.u64(field),
            254.. => Err(fault(at, joined![field, " is no number of its type"])),
            small => Ok(u64::from(small)),
        }
    }
}
