//! Numbers in a file's bytes: a cursor that reads them, and variable-length integers.

use super::fault::fault;
use crate::Error;
use crate::text::joined;

/// Reads a file's bytes forwards up to the end of one part, and knows its offset in the file.
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

    /// A part alone, which has the offset `base` in its file.
    pub(super) fn at_offset(part: &'a [u8], base: usize) -> Self {
        Self { bytes: part, next: 0, base }
    }

    /// Offset in the file of the next byte.
    pub(super) fn at(&self) -> usize {
        self.base + self.next
    }

    /// Number of bytes left in this part.
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

    /// An integer in bincode's variable-length encoding: one byte below 251, otherwise a byte for
    /// its width and then the number.
    pub(super) fn varint(&mut self, field: &str) -> Result<u64, Error> {
        let at = self.at();
        match self.u8(field)? {
            251 => self.u16(field).map(u64::from),
            252 => self.u32(field).map(u64::from),
            253 => self.u64(field),
            254.. => Err(fault(at, joined![field, " is not a variable-length integer"])),
            small => Ok(u64::from(small)),
        }
    }
}

/// Appends an integer in the encoding that [`Cursor::varint`] reads.
pub(super) fn write_varint(number: u64, out: &mut Vec<u8>) {
    match number {
        0..251 => out.push(number as u8),
        251..0x1_0000 => {
            out.push(251);
            out.extend((number as u16).to_le_bytes());
        }
        0x1_0000..0x1_0000_0000 => {
            out.push(252);
            out.extend((number as u32).to_le_bytes());
        }
        _ => {
            out.push(253);
            out.extend(number.to_le_bytes());
        }
    }
}
