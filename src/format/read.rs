//! From bytes to a model: all at once, or the head first and then the blocks that are needed.

use super::block::{self, MAX_BLOCKS, Place, Tables};
use super::digest::{self, DIGEST, Digest};
use super::envelope::{self, Kind, PREAMBLE};
use super::runs::Run;
use super::{bytes::Cursor, fault, header};
use crate::Error;
use crate::model::{Article, Model, article_key};
use crate::text::joined;
use std::ops::Range;

/// Most digests in a head: where there are more blocks, each digest is the top of a tree of them.
const MAX_PINS: usize = 256;

/// Length of an Ed25519 signature, bytes.
pub(super) const SIGNATURE: usize = 64;
/// What a head ends in: its digest, the signature or 64 zeros, and a digest of both.
pub(super) const TRAILER: usize = DIGEST + SIGNATURE + DIGEST;

/// How deep the trees above so many blocks are.
pub(super) fn depth(blocks: usize) -> u32 {
    blocks.trailing_zeros().saturating_sub(MAX_PINS.trailing_zeros())
}

/// Reads a public model file, whole.
///
/// # Errors
/// [`Error::Format`] with the first offset at fault, for any bytes that break the specification.
pub fn read(bytes: &[u8]) -> Result<Model, Error> {
    Head::read_all(bytes).map(|(_, model)| model)
}

/// The first eight bytes of a public file's [name](Head::name), as a number: the private files that
/// belong to it carry it.
///
/// # Errors
/// [`Error::Format`] if the head is not whole. The blocks are not looked at.
pub fn head_checksum(bytes: &[u8]) -> Result<u64, Error> {
    let name = Parts::open(bytes)?.name;
    Cursor::new(&name, 0, DIGEST).u64("the head's digest")
}

/// What a signature of a public file signs, and the signature; `None` for it where the file is not
/// signed.
///
/// Nothing here says whether it is good: that needs the shop's key.
///
/// # Errors
/// [`Error::Format`] if the head is not whole.
pub fn signature(bytes: &[u8]) -> Result<(&[u8], Option<[u8; SIGNATURE]>), Error> {
    let start = Parts::open(bytes)?.trailer + DIGEST;
    let signature = Cursor::new(bytes, start, bytes.len()).array("the signature")?;
    Ok((&bytes[..start], Some(signature).filter(|s| *s != [0; SIGNATURE])))
}

/// Puts a signature into a public file, or into its head alone. The model and its name stay what
/// they are.
///
/// # Errors
/// [`Error::Format`] if the head is not whole.
pub fn set_signature(bytes: &mut [u8], signature: [u8; SIGNATURE]) -> Result<(), Error> {
    let Parts { trailer, end, .. } = Parts::open(bytes)?;
    let sum = end - DIGEST;
    bytes[trailer + DIGEST..sum].copy_from_slice(&signature);
    let digest = digest::of(&bytes[trailer..sum]);
    bytes[sum..end].copy_from_slice(&digest);
    Ok(())
}

/// How long the head is of the public file that begins with these bytes: 32 of them are enough.
///
/// # Errors
/// [`Error::Format`] where the bytes begin no public file that can be read.
pub fn head_length(start: &[u8]) -> Result<usize, Error> {
    Parts::lengths(start).map(|parts| parts.end)
}

/// What a file's preamble says of its head.
struct Parts {
    /// Offset of the directory, after the header.
    directory: usize,
    /// Offset of the head's digest, after the directory.
    trailer: usize,
    /// Offset after the head.
    end: usize,
    blocks: usize,
    articles: usize,
    /// Length of the whole file.
    length: usize,
    name: Digest,
}

impl Parts {
    fn lengths(start: &[u8]) -> Result<Self, Error> {
        let preamble = envelope::open(start, Kind::Model)?;
        let blocks = preamble.b as usize;
        if !blocks.is_power_of_two() || blocks > MAX_BLOCKS {
            return Err(fault(
                16,
                joined![blocks, " blocks: it must be a power of two of at most ", MAX_BLOCKS],
            ));
        }
        let length = usize::try_from(preamble.length).ok().filter(|&l| l < 1 << 31);
        let length = length.ok_or_else(|| fault(24, "a public file has less than 2^31 bytes"))?;
        let pins = blocks >> depth(blocks);
        let after = 2 * blocks + DIGEST * pins + TRAILER;
        let end = (PREAMBLE + after).saturating_add(preamble.a as usize);
        if end > length {
            return Err(fault(
                12,
                joined![
                    "a header of ",
                    preamble.a,
                    " bytes and ",
                    blocks,
                    " blocks exceed the file"
                ],
            ));
        }
        let (directory, articles) = (end - after, preamble.c as usize);
        Ok(Self {
            directory,
            trailer: end - TRAILER,
            end,
            blocks,
            articles,
            length,
            name: [0; DIGEST],
        })
    }

    /// The parts of a head that is there and whole.
    fn open(bytes: &[u8]) -> Result<Self, Error> {
        let mut parts = Self::lengths(bytes)?;
        if bytes.len() < parts.end {
            return Err(fault(
                bytes.len(),
                joined!["the file ends inside its head of ", parts.end, " bytes"],
            ));
        }
        let (head, trailer) = bytes[..parts.end].split_at(parts.trailer);
        let (signed, sum) = trailer.split_at(DIGEST + SIGNATURE);
        parts.name.copy_from_slice(&signed[..DIGEST]);
        if digest::of(head) != parts.name {
            return Err(fault(0, "the head is damaged: its digest does not match"));
        }
        if digest::of(signed) != *sum {
            return Err(fault(
                parts.trailer,
                "the signature is damaged: its digest does not match",
            ));
        }
        Ok(parts)
    }
}

/// Where the articles of a public file are, and how what is read of it is known to be whole. What
/// else the head says is in the [`Model`] that comes with it; the functions that take one want that
/// very model.
pub struct Head {
    runs: Vec<Run>,
    articles: usize,
    name: Digest,
    /// Offset of each block, and of the end of the file.
    starts: Vec<usize>,
    pins: Vec<Digest>,
}

impl Head {
    /// Reads a whole file.
    ///
    /// # Errors
    /// [`Error::Format`] with the first offset at fault.
    pub fn read_all(bytes: &[u8]) -> Result<(Self, Model), Error> {
        envelope::whole(bytes, envelope::open(bytes, Kind::Model)?.length)?;
        let (head, mut model) = Self::read(bytes)?;
        for block in 0..head.blocks() {
            let mut articles = std::mem::take(&mut model.articles);
            head.read_block(&model, block, &bytes[head.span(block)], &mut articles)?;
            model.articles = articles;
        }
        let (declared, there) = (head.articles, model.articles.len());
        if there != declared {
            return Err(fault(
                20,
                joined![declared, " articles declared, and the blocks have ", there],
            ));
        }
        Ok((head, model))
    }

    /// Reads the head that a file begins with; bytes after it are not looked at. The model that
    /// comes with it has no articles yet.
    ///
    /// # Errors
    /// [`Error::Format`] with the first offset at fault.
    pub fn read(bytes: &[u8]) -> Result<(Self, Model), Error> {
        let parts = Parts::open(bytes)?;
        let (model, runs) = header::read(Cursor::new(bytes, PREAMBLE, parts.directory))?;
        let mut cursor = Cursor::new(bytes, parts.directory, parts.trailer);
        let mut starts = Vec::with_capacity(parts.blocks + 1);
        let mut start = parts.end;
        for _ in 0..parts.blocks {
            starts.push(start);
            start += usize::from(cursor.u16("a block's length")?);
        }
        starts.push(start);
        if start != parts.length {
            let what = joined![
                "the blocks end at byte ",
                start,
                ", and the file has ",
                parts.length,
                " bytes"
            ];
            return Err(fault(parts.directory, what));
        }
        let mut pins = Vec::with_capacity(parts.blocks >> depth(parts.blocks));
        while cursor.left() > 0 {
            pins.push(cursor.array("a digest")?);
        }
        Ok((Self { runs, articles: parts.articles, name: parts.name, starts, pins }, model))
    }

    fn tables<'a>(&'a self, model: &'a Model) -> Tables<'a> {
        Tables { model, runs: &self.runs }
    }

    /// The digest of the head, which pins all the rest: the name of the model.
    #[must_use]
    pub fn name(&self) -> Digest {
        self.name
    }

    /// Length of the head, bytes.
    #[must_use]
    pub fn length(&self) -> usize {
        self.starts[0]
    }

    /// Length of the whole file, bytes.
    #[must_use]
    pub fn file_length(&self) -> usize {
        self.starts[self.blocks()]
    }

    /// Number of blocks.
    #[must_use]
    pub fn blocks(&self) -> usize {
        self.starts.len() - 1
    }

    /// Number of articles in all blocks, as the file declares it.
    #[must_use]
    pub fn articles(&self) -> usize {
        self.articles
    }

    /// The number of the block that an article of this id is in, if the shop has it.
    #[must_use]
    pub fn block_of(&self, article: &str) -> usize {
        Place::of_key(article_key(article), self.blocks())
    }

    /// Where a block is in the file.
    ///
    /// # Panics
    /// If there is no block of this number.
    #[must_use]
    pub fn span(&self, block: usize) -> Range<usize> {
        self.starts[block]..self.starts[block + 1]
    }

    /// Keys of the articles that a block may have.
    #[must_use]
    pub fn keys(&self, block: usize) -> Range<u64> {
        Place { index: block, of: self.blocks(), start: 0 }.keys()
    }

    /// The articles of one block, from its bytes.
    ///
    /// # Errors
    /// [`Error::Format`] where the bytes are not the ones that the head pins, or break the
    /// specification.
    pub fn block(&self, model: &Model, block: usize, bytes: &[u8]) -> Result<Vec<Article>, Error> {
        let mut out = Vec::new();
        if block >= self.blocks() {
            return Err(fault(0, joined!["block ", block, " of ", self.blocks()]));
        }
        self.read_block(model, block, bytes, &mut out)?;
        Ok(out)
    }

    fn read_block(
        &self,
        model: &Model,
        index: usize,
        bytes: &[u8],
        out: &mut Vec<Article>,
    ) -> Result<(), Error> {
        let (of, Range { start, end }) = (self.blocks(), self.span(index));
        let depth = depth(of);
        let beside = DIGEST * depth as usize;
        let damaged =
            || fault(start, joined!["block ", index, " is damaged: its digest does not match"]);
        if bytes.len() != end - start || bytes.len() < beside {
            return Err(damaged());
        }
        let (content, beside) = bytes.split_at(bytes.len() - beside);
        if digest::top(digest::of(content), index, beside) != self.pins[index >> depth] {
            return Err(damaged());
        }
        block::read(content, Place { index, of, start }, self.tables(model), out)
    }

    /// One article as a record of its own, bound to this head: what [`Self::read_record`] reads.
    ///
    /// # Errors
    /// [`Error::Format`] where the article is none of a model with this head.
    pub fn record(&self, model: &Model, article: &Article) -> Result<Vec<u8>, Error> {
        let mut out = self.name[..8].to_vec();
        block::write(std::slice::from_ref(article), Place::ALONE, self.tables(model), &mut out)?;
        out.extend(&digest::of(&out)[..4]);
        Ok(out)
    }

    /// Reads the record of one article.
    ///
    /// # Errors
    /// [`Error::Format`] where it is damaged or was made for another head.
    pub fn read_record(&self, model: &Model, record: &[u8]) -> Result<Article, Error> {
        let damaged = || fault(0, "the article's record is damaged: its digest does not match");
        let (rest, sum) = record
            .len()
            .checked_sub(4)
            .filter(|&n| n >= 8)
            .map(|n| record.split_at(n))
            .ok_or_else(damaged)?;
        if digest::of(rest)[..4] != *sum {
            return Err(damaged());
        }
        if rest[..8] != self.name[..8] {
            return Err(fault(0, "the article's record belongs to another version of the model"));
        }
        let mut out = Vec::with_capacity(1);
        block::read(&rest[8..], Place { start: 8, ..Place::ALONE }, self.tables(model), &mut out)?;
        match out.pop() {
            Some(article) if out.is_empty() => Ok(article),
            _ => Err(fault(8, "an article's record holds one article")),
        }
    }
}
