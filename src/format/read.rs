//! From bytes to a model.

use super::block::{self, ARTICLE, Block, ENTRY, MAX_BLOCKS, SIZE};
use super::envelope::{self, Kind, PREAMBLE, Preamble};
use super::{bytes::Cursor, checksum, fault, header};
use crate::{Error, Model};

/// Reads a public model file, whole.
///
/// # Errors
/// [`Error::Format`] with the first offset at fault, for any bytes that break the specification.
pub fn read(bytes: &[u8]) -> Result<Model, Error> {
    let head = Head::open(bytes)?;
    let blocks = head.directory(bytes)?;
    let header = header::read(Cursor::new(bytes, PREAMBLE, head.directory))?;
    let mut articles = Vec::with_capacity(blocks.iter().map(|b| b.articles).sum());
    for &block in &blocks {
        block::read(bytes, block, &header, &mut articles)?;
    }
    let header::Header { measurements, groups, covariance, traits, trend, scales, brands } = header;
    Ok(Model { groups, covariance, traits, trend, measurements, scales, brands, articles })
}

/// The checksum of a public file's head, which names the model: the private files that belong to it carry it.
///
/// # Errors
/// [`Error::Format`] if the head is not whole. The blocks are not looked at.
pub fn head_checksum(bytes: &[u8]) -> Result<u64, Error> {
    Head::open(bytes).map(|head| head.checksum)
}

/// Where the parts of the head are; its checksum holds.
struct Head {
    preamble: Preamble,
    /// Offset of the directory, after the header.
    directory: usize,
    /// Offset of the first block, after the head's checksum.
    end: usize,
    checksum: u64,
}

impl Head {
    fn open(bytes: &[u8]) -> Result<Self, Error> {
        let preamble = envelope::open(bytes, Kind::Model)?;
        let blocks = preamble.b as usize;
        if !blocks.is_power_of_two() || blocks > MAX_BLOCKS {
            return Err(fault(16, format!("{blocks} blocks: it must be a power of two of at most {MAX_BLOCKS}")));
        }
        let after = (ENTRY * blocks + 8) as u64;
        let end = PREAMBLE as u64 + u64::from(preamble.a) + after;
        if end > bytes.len() as u64 {
            return Err(fault(12, format!("a header of {} bytes and {blocks} blocks exceed the file", preamble.a)));
        }
        let end = end as usize;
        let checksum = envelope::verify(bytes, 0, end - 8, "head")?;
        Ok(Self { preamble, directory: end - after as usize, end, checksum })
    }

    /// The blocks, each with a checksum that holds, together filling the file.
    fn directory(&self, bytes: &[u8]) -> Result<Vec<Block>, Error> {
        let of = self.preamble.b as usize;
        let mut cursor = Cursor::new(bytes, self.directory, self.end - 8);
        let mut blocks = Vec::with_capacity(of);
        let (mut start, mut articles) = (self.end, 0_u64);
        for index in 0..of {
            let at = cursor.at();
            let length = cursor.u32("a block's length")? as usize;
            let count = cursor.u32("a block's articles")? as usize;
            let expected = cursor.u64("a block's checksum")?;
            let end = start.checked_add(length).filter(|&end| end <= bytes.len());
            let end = end.ok_or_else(|| fault(at, format!("block {index} of {length} bytes exceeds the file")))?;
            // Every article has at least one size. Dividing cannot overflow.
            if count > length / (ARTICLE + SIZE) {
                return Err(fault(at + 4, format!("{count} articles do not fit into a block of {length} bytes")));
            }
            if checksum(&bytes[start..end]) != expected {
                return Err(fault(start, format!("block {index} is damaged: its checksum does not match")));
            }
            blocks.push(Block { index, of, start, end, articles: count });
            start = end;
            articles += count as u64;
        }
        if start != bytes.len() {
            return Err(fault(start, format!("{} bytes belong to no block", bytes.len() - start)));
        }
        if articles != u64::from(self.preamble.c) {
            return Err(fault(20, format!("{} articles declared, and the blocks have {articles}", self.preamble.c)));
        }
        Ok(blocks)
    }
}
