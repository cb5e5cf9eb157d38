//! From bytes to a model: the whole file, or the head first and then single blocks
//! (`model/format.md`).

use super::block::{self, BlockPlace, MAX_BLOCKS};
use super::bytes::Cursor;
use super::digest::{self, DIGEST, Digest, digest};
use super::envelope::{self, FileType, PREAMBLE};
use super::fault::fault;
use super::header;
use super::runs::{HeadTables, Run};
use crate::Error;
use crate::model::{Article, Model, article_key};
use crate::text::joined;
use std::ops::Range;

/// Maximal number of digests in a head. With more blocks, each digest is the root of a tree of
/// them.
const MAX_PINS: usize = 256;

/// Length of an Ed25519 signature, bytes.
pub(super) const SIGNATURE: usize = 64;
/// Length of a head's end, bytes: its digest, the signature or 64 zeros, and a digest of both.
pub(super) const TRAILER: usize = DIGEST + SIGNATURE + DIGEST;

/// Depth of the digest trees over this number of blocks.
pub(super) fn tree_depth(blocks: usize) -> u32 {
    blocks.trailing_zeros().saturating_sub(MAX_PINS.trailing_zeros())
}

/// Reads a public model file, whole.
///
/// # Errors
/// [`Error::Format`] with the offset of the first fault, for any bytes that violate the
/// specification.
pub fn read(bytes: &[u8]) -> Result<Model, Error> {
    Head::read_all(bytes).map(|(_, model)| model)
}

/// The first eight bytes of a public file's [name](Head::name), as a number. Private files have the
/// checksum of the public file that they belong to.
///
/// # Errors
/// [`Error::Format`] if the head is damaged. The blocks are not read.
pub fn head_checksum(bytes: &[u8]) -> Result<u64, Error> {
    let name = HeadLayout::open(bytes)?.name;
    Cursor::new(&name, 0, DIGEST).u64("the head's digest")
}

/// The bytes that a signature of a public file signs, and the signature; `None` if the file is not
/// signed.
///
/// This does not verify the signature; that needs the shop's key.
///
/// # Errors
/// [`Error::Format`] if the head is damaged.
pub fn signature(bytes: &[u8]) -> Result<(&[u8], Option<[u8; SIGNATURE]>), Error> {
    let start = HeadLayout::open(bytes)?.trailer + DIGEST;
    let signature = Cursor::new(bytes, start, bytes.len()).array("the signature")?;
    Ok((&bytes[..start], Some(signature).filter(|s| *s != [0; SIGNATURE])))
}

/// Puts a signature into a public file, or into its head alone. The model and its name stay the
/// same.
///
/// # Errors
/// [`Error::Format`] if the head is damaged.
pub fn set_signature(bytes: &mut [u8], signature: [u8; SIGNATURE]) -> Result<(), Error> {
    let HeadLayout { trailer, end, .. } = HeadLayout::open(bytes)?;
    let sum = end - DIGEST;
    bytes[trailer + DIGEST..sum].copy_from_slice(&signature);
    let of_trailer = digest(&bytes[trailer..sum]);
    bytes[sum..end].copy_from_slice(&of_trailer);
    Ok(())
}

/// Length in bytes of the head of the public file that begins with these bytes; 32 of them suffice.
///
/// # Errors
/// [`Error::Format`] if the bytes are not the beginning of a public file that this version reads.
pub fn head_length(start: &[u8]) -> Result<usize, Error> {
    HeadLayout::from_preamble(start).map(|layout| layout.end)
}

/// Where the parts of a head are, from the file's preamble.
struct HeadLayout {
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

impl HeadLayout {
    fn from_preamble(start: &[u8]) -> Result<Self, Error> {
        let preamble = envelope::open(start, FileType::Model)?;
        let blocks = preamble.b as usize;
        if !blocks.is_power_of_two() || blocks > MAX_BLOCKS {
            return Err(fault(
                16,
                joined![blocks, " blocks: their number must be a power of two up to ", MAX_BLOCKS],
            ));
        }
        let length = usize::try_from(preamble.length).ok().filter(|&l| l < 1 << 31);
        let length =
            length.ok_or_else(|| fault(24, "a public file must have less than 2^31 bytes"))?;
        let pins = blocks >> tree_depth(blocks);
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

    /// The layout of a complete head whose digests match.
    fn open(bytes: &[u8]) -> Result<Self, Error> {
        let mut parts = Self::from_preamble(bytes)?;
        if bytes.len() < parts.end {
            return Err(fault(
                bytes.len(),
                joined!["the file ends inside its head of ", parts.end, " bytes"],
            ));
        }
        let (head, trailer) = bytes[..parts.end].split_at(parts.trailer);
        let (signed, sum) = trailer.split_at(DIGEST + SIGNATURE);
        parts.name.copy_from_slice(&signed[..DIGEST]);
        if digest(head) != parts.name {
            return Err(fault(0, "the head is damaged: its digest does not match"));
        }
        if digest(signed) != *sum {
            return Err(fault(
                parts.trailer,
                "the signature is damaged: its digest does not match",
            ));
        }
        Ok(parts)
    }
}

/// Where the blocks of a public file are, and the digests that pin them.
///
/// The head also contains everything of the model but the articles; that is the [`Model`] that
/// reading it returns. Functions that take a model need that model.
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
    /// [`Error::Format`] with the offset of the first fault.
    pub fn read_all(bytes: &[u8]) -> Result<(Self, Model), Error> {
        envelope::check_length(bytes, envelope::open(bytes, FileType::Model)?.length)?;
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
                joined!["the head declares ", declared, " articles, but the blocks have ", there],
            ));
        }
        Ok((head, model))
    }

    /// Reads the head of a file and ignores the bytes after it. The returned model has no articles
    /// yet.
    ///
    /// # Errors
    /// [`Error::Format`] with the offset of the first fault.
    pub fn read(bytes: &[u8]) -> Result<(Self, Model), Error> {
        let parts = HeadLayout::open(bytes)?;
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
                ", but the file has ",
                parts.length,
                " bytes"
            ];
            return Err(fault(parts.directory, what));
        }
        let mut pins = Vec::with_capacity(parts.blocks >> tree_depth(parts.blocks));
        while cursor.left() > 0 {
            pins.push(cursor.array("a digest")?);
        }
        Ok((Self { runs, articles: parts.articles, name: parts.name, starts, pins }, model))
    }

    fn tables<'a>(&'a self, model: &'a Model) -> HeadTables<'a> {
        HeadTables { model, runs: &self.runs }
    }

    /// The name of the model: the digest of its head, which in turn pins the blocks.
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

    /// Number of articles in all blocks, as declared by the file.
    #[must_use]
    pub fn articles(&self) -> usize {
        self.articles
    }

    /// Index of the block that holds the article with this id, if the shop has the article.
    #[must_use]
    pub fn block_of(&self, article: &str) -> usize {
        BlockPlace::index_of(article_key(article), self.blocks())
    }

    /// The bytes of the file that a block takes.
    ///
    /// # Panics
    /// If there is no block of this index.
    #[must_use]
    pub fn span(&self, block: usize) -> Range<usize> {
        self.starts[block]..self.starts[block + 1]
    }

    /// The article keys that belong to a block.
    #[must_use]
    pub fn keys(&self, block: usize) -> Range<u64> {
        BlockPlace { index: block, blocks: self.blocks(), start: 0 }.keys()
    }

    /// The articles of one block, from its bytes.
    ///
    /// # Errors
    /// [`Error::Format`] if the bytes do not match the head's digest, or violate the specification.
    pub fn block(&self, model: &Model, block: usize, bytes: &[u8]) -> Result<Vec<Article>, Error> {
        let mut out = Vec::new();
        if block >= self.blocks() {
            return Err(fault(
                0,
                joined!["there is no block ", block, "; the file has ", self.blocks()],
            ));
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
        let (blocks, Range { start, end }) = (self.blocks(), self.span(index));
        let depth = tree_depth(blocks);
        let siblings = DIGEST * depth as usize;
        let damaged =
            || fault(start, joined!["block ", index, " is damaged: its digest does not match"]);
        if bytes.len() != end - start || bytes.len() < siblings {
            return Err(damaged());
        }
        let (content, siblings) = bytes.split_at(bytes.len() - siblings);
        if digest::root(digest(content), index, siblings) != self.pins[index >> depth] {
            return Err(damaged());
        }
        block::read(content, BlockPlace { index, blocks, start }, self.tables(model), out)
    }

    /// One article as a record of its own, bound to this head; [`Self::read_record`] reads it.
    ///
    /// # Errors
    /// [`Error::Format`] if the article does not belong to a model with this head.
    pub fn record(&self, model: &Model, article: &Article) -> Result<Vec<u8>, Error> {
        let mut out = self.name[..8].to_vec();
        block::write(
            std::slice::from_ref(article),
            BlockPlace::ALONE,
            self.tables(model),
            &mut out,
        )?;
        out.extend(&digest(&out)[..4]);
        Ok(out)
    }

    /// Reads the record of one article.
    ///
    /// # Errors
    /// [`Error::Format`] if it is damaged or belongs to another head.
    pub fn read_record(&self, model: &Model, record: &[u8]) -> Result<Article, Error> {
        let damaged = || fault(0, "the article's record is damaged: its digest does not match");
        let (rest, sum) = record
            .len()
            .checked_sub(4)
            .filter(|&n| n >= 8)
            .map(|n| record.split_at(n))
            .ok_or_else(damaged)?;
        if digest(rest)[..4] != *sum {
            return Err(damaged());
        }
        if rest[..8] != self.name[..8] {
            return Err(fault(0, "the article's record belongs to another version of the model"));
        }
        let mut out = Vec::with_capacity(1);
        block::read(
            &rest[8..],
            BlockPlace { start: 8, ..BlockPlace::ALONE },
            self.tables(model),
            &mut out,
        )?;
        match out.pop() {
            Some(article) if out.is_empty() => Ok(article),
            _ => Err(fault(8, "an article's record must hold exactly one article")),
        }
    }
}
