//! Blocks of article records: the articles whose keys share their highest bits.

use super::{bytes::Cursor, fault, header::Header, quantum};
use crate::Error;
use crate::math::Gaussian;
use crate::model::{Article, ArticleSize};

/// Length of an article record, bytes.
pub(super) const ARTICLE: usize = 24;
/// Length of a size record, bytes.
pub(super) const SIZE: usize = 6;
/// Length of a directory entry, bytes.
pub(super) const ENTRY: usize = 16;
/// Most blocks.
pub(super) const MAX_BLOCKS: usize = 1 << 16;
/// Mean length of a block that the writer aims below, bytes.
const TARGET: usize = 8192;

/// How many blocks the writer makes of articles that take up this many bytes: a power of two.
pub(super) fn blocks_for(bytes: usize) -> usize {
    bytes.div_ceil(TARGET).clamp(1, MAX_BLOCKS).next_power_of_two()
}

/// The block, of this many, that an article of this key is in.
pub(super) fn block_of(key: u64, blocks: usize) -> usize {
    match blocks.trailing_zeros() {
        0 => 0,
        bits => (key >> (64 - bits)) as usize,
    }
}

/// Bytes that these articles take up.
pub(super) fn length(articles: &[Article]) -> usize {
    articles.iter().map(|a| ARTICLE + SIZE * a.sizes.len()).sum()
}

/// Appends one block; `start` is the offset in the file of `out`'s first byte.
pub(super) fn write(articles: &[Article], start: usize, out: &mut Vec<u8>) -> Result<(), Error> {
    for article in articles {
        let at = start + out.len();
        let sizes = u16::try_from(article.sizes.len());
        let sizes = sizes.map_err(|_| fault(at + 14, format!("an article has {} sizes", article.sizes.len())))?;
        out.extend(article.key.to_le_bytes());
        out.extend(article.brand.to_le_bytes());
        out.extend(article.scale.to_le_bytes());
        out.extend(sizes.to_le_bytes());
        write_belief(article.offset, "an article's offset", start, out)?;
        write_belief(article.spread, "an article's spread", start, out)?;
    }
    for size in articles.iter().flat_map(|a| &a.sizes) {
        out.extend(size.label.to_le_bytes());
        write_belief(size.deviation, "a size's deviation", start, out)?;
    }
    Ok(())
}

fn write_belief(g: Gaussian, field: &str, start: usize, out: &mut Vec<u8>) -> Result<(), Error> {
    let (mean, precision) = quantum::encode(g).ok_or_else(|| {
        let (p, pm) = (g.precision, g.precision_mean);
        fault(start + out.len(), format!("{field} is not a belief: precision {p}, precision times mean {pm}"))
    })?;
    out.extend(mean.to_le_bytes());
    out.extend(precision.to_le_bytes());
    Ok(())
}

/// One block of a file, as the directory has it.
#[derive(Clone, Copy)]
pub(super) struct Block {
    /// Its number.
    pub(super) index: usize,
    /// How many there are: a power of two.
    pub(super) of: usize,
    /// Offset of its first byte.
    pub(super) start: usize,
    /// Offset after its last byte.
    pub(super) end: usize,
    /// Articles in it.
    pub(super) articles: usize,
}

/// Reads one block and appends its articles to those before it. The caller has seen that its checksum holds and that its articles' records
/// are within its length.
pub(super) fn read(file: &[u8], block: Block, header: &Header, out: &mut Vec<Article>) -> Result<(), Error> {
    let pool = block.start + ARTICLE * block.articles;
    let mut records = Cursor::new(file, block.start, pool);
    let mut sizes = Cursor::new(file, pool, block.end);
    for _ in 0..block.articles {
        let at = records.at();
        let key = records.u64("an article's key")?;
        if block_of(key, block.of) != block.index {
            return Err(fault(at, format!("article {key:016x} is not of block {}", block.index)));
        }
        if out.last().is_some_and(|last| last.key >= key) {
            return Err(fault(at, format!("article {key:016x} is not in ascending order")));
        }
        let brand = records.u32("an article's brand")?;
        let group = header.brands.get(brand as usize).map(|b| b.group).ok_or_else(|| {
            fault(at + 8, format!("an article's brand is {brand}, and there are {}", header.brands.len()))
        })?;
        let scale = records.u16("an article's scale")?;
        let labels = header.scales.get(usize::from(scale)).ok_or_else(|| {
            fault(at + 12, format!("an article's scale is {scale}, and there are {}", header.scales.len()))
        })?;
        if labels.group != group {
            let of = labels.group;
            return Err(fault(at + 12, format!("an article's scale is of fit group {of}, its brand of {group}")));
        }
        let (labels, count) = (labels.labels.len(), usize::from(records.u16("an article's sizes")?));
        if count == 0 || count > labels {
            return Err(fault(at + 14, format!("an article has {count} sizes, and its scale {labels} labels")));
        }
        let offset = read_belief(&mut records, "an article's offset")?;
        let spread = read_belief(&mut records, "an article's spread")?;
        if SIZE * count > sizes.left() {
            return Err(fault(at + 14, format!("an article's {count} sizes run past the end of its block")));
        }
        let mut list = Vec::with_capacity(count);
        for _ in 0..count {
            let size = read_size(&mut sizes, labels, list.last())?;
            list.push(size);
        }
        out.push(Article { key, brand, scale, offset, spread, sizes: list });
    }
    match sizes.left() {
        0 => Ok(()),
        left => Err(fault(sizes.at(), format!("{left} bytes of the block belong to no article"))),
    }
}

fn read_size(cursor: &mut Cursor<'_>, labels: usize, before: Option<&ArticleSize>) -> Result<ArticleSize, Error> {
    let at = cursor.at();
    let label = cursor.u16("a size's label")?;
    if usize::from(label) >= labels {
        return Err(fault(at, format!("a size's label is {label}, and its scale has {labels}")));
    }
    if before.is_some_and(|b| b.label >= label) {
        return Err(fault(at, format!("an article's size with label {label} is not in ascending order")));
    }
    Ok(ArticleSize { label, deviation: read_belief(cursor, "a size's deviation")?, popularity: 0.0 })
}

fn read_belief(cursor: &mut Cursor<'_>, field: &str) -> Result<Gaussian, Error> {
    let at = cursor.at();
    let (mean, precision) = (cursor.i16(field)?, cursor.u16(field)?);
    quantum::decode(mean, precision)
        .ok_or_else(|| fault(at, format!("{field} is not a belief: mean {mean}, precision {precision} as stored")))
}
