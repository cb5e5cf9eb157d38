//! From a model to the bytes of a public file (`model/format.md`).

use super::block::{self, BlockPlace};
use super::bytes::Cursor;
use super::digest::{self, DIGEST, digest};
use super::envelope::{self, FileType, PREAMBLE, Preamble};
use super::fault::fault;
use super::header;
use super::read::{SIGNATURE, TRAILER, read, tree_depth};
use super::runs::HeadTables;
use crate::model::Article;
use crate::{Error, Model};

/// Maximal length of a block, bytes.
const MAX_BLOCK: usize = 0xffff;

/// Writes a model as a public file. Equal models give equal bytes, and a model that was read from a
/// file gives that file's bytes.
///
/// Beliefs are rounded so that no chance of an outcome changes by more than .002; other numbers are
/// stored as `f32`. `model/format.md` states the error of each.
///
/// # Errors
/// [`Error::Format`] if the model violates a rule of the format (unsorted articles, an index out of
/// range, a number that is not finite, a text too long ...). Its offset is where the file would
/// have had the fault.
pub fn write(model: &Model) -> Result<Vec<u8>, Error> {
    write_in_blocks(model, block::blocks_for(model.articles.len()))
}

/// Writes a model in at least this number of blocks, a power of two. With more blocks, a page
/// fetches fewer bytes for an article and more for the head.
///
/// # Errors
/// As [`write`], and if `blocks` is not a power of two up to 65,536.
pub fn write_in_blocks(model: &Model, blocks: usize) -> Result<Vec<u8>, Error> {
    if !blocks.is_power_of_two() || blocks > block::MAX_BLOCKS {
        return Err(fault(
            16,
            format!(
                "{blocks} blocks: their number must be a power of two up to {}",
                block::MAX_BLOCKS
            ),
        ));
    }
    check_covariance(model)?;
    check_trend(model)?;
    let header = header::write(model)?;
    let mut out = envelope::begin(FileType::Model, Preamble::default());
    out.extend(&header);
    // Articles are encoded against the header as readers will see it, after rounding.
    let (stored, runs) = header::read(Cursor::new(&out, PREAMBLE, out.len()))?;
    let contents =
        contents(&model.articles, HeadTables { model: &stored, runs: &runs }, blocks, out.len())?;
    let (leaves, blocks) = (contents.iter().map(|c| digest(c)).collect(), contents.len());
    let (pins, paths) = digest::trees(leaves, tree_depth(blocks));
    let mut length = out.len() + 2 * blocks + DIGEST * pins.len() + TRAILER;
    for (content, path) in contents.iter().zip(&paths) {
        let stored = content.len() + path.len();
        out.extend((stored as u16).to_le_bytes());
        length += stored;
    }
    out.extend(pins.concat());
    let preamble = Preamble {
        a: envelope::count(header.len(), "bytes of header")?,
        b: envelope::count(blocks, "blocks")?,
        c: envelope::count(model.articles.len(), "articles")?,
        length: length as u64,
    };
    out[..PREAMBLE].copy_from_slice(&envelope::begin(FileType::Model, preamble));
    out.extend(digest(&out));
    out.extend([0; SIGNATURE]);
    out.extend(digest(&out[out.len() - DIGEST - SIGNATURE..]));
    for (content, path) in contents.iter().zip(&paths) {
        out.extend(content);
        out.extend(path);
    }
    // Only the reader knows the rules of the format.
    read(&out)?;
    Ok(out)
}

/// The blocks without their digest paths. If a block is too long, their number is doubled.
fn contents(
    articles: &[Article],
    tables: HeadTables<'_>,
    blocks: usize,
    at: usize,
) -> Result<Vec<Vec<u8>>, Error> {
    let mut blocks = blocks;
    loop {
        let mut out = Vec::with_capacity(blocks);
        let mut left = articles;
        for index in 0..blocks {
            let count =
                left.iter().take_while(|a| BlockPlace::index_of(a.key, blocks) == index).count();
            let (own, rest) = left.split_at(count);
            if let Some(pair) = own.windows(2).find(|pair| pair[0].key >= pair[1].key) {
                return Err(fault(
                    at,
                    format!("article {:013x} is not in ascending order", pair[1].key),
                ));
            }
            let mut content = Vec::new();
            block::write(own, BlockPlace { index, blocks, start: at }, tables, &mut content)?;
            out.push(content);
            left = rest;
        }
        if let Some(article) = left.first() {
            return Err(fault(
                at,
                format!("article {:013x} is not in ascending order", article.key),
            ));
        }
        let longest =
            out.iter().map(Vec::len).max().unwrap_or(0) + DIGEST * tree_depth(blocks) as usize;
        if longest <= MAX_BLOCK {
            return Ok(out);
        }
        if blocks == block::MAX_BLOCKS {
            return Err(fault(
                at,
                format!(
                    "a block has {longest} bytes: too many articles, or articles with too many sizes"
                ),
            ));
        }
        blocks *= 2;
    }
}

/// Checks the part of the trend that readers cannot: the file stores days and values as pairs.
fn check_trend(model: &Model) -> Result<(), Error> {
    let (days, values) = (model.trend.days.len(), model.trend.values.len());
    if days == values {
        return Ok(());
    }
    Err(fault(
        PREAMBLE,
        format!("the trend has {days} days but {values} values; each day needs one value"),
    ))
}

/// Checks the covariance: the file leaves out what should follow from its lower triangle.
fn check_covariance(model: &Model) -> Result<(), Error> {
    let (covariance, g) = (&model.covariance, model.groups.len());
    if covariance.shape() != (g, g) {
        let (rows, columns) = covariance.shape();
        return Err(fault(
            PREAMBLE,
            format!("the covariance is {rows} x {columns} for {g} fit groups"),
        ));
    }
    if (0..g).any(|i| (0..i).any(|j| covariance[(i, j)] != covariance[(j, i)])) {
        return Err(fault(PREAMBLE, "the covariance is not symmetric"));
    }
    let agrees = |i: usize| {
        let (own, here) = (model.groups[i].size.variance, covariance[(i, i)]);
        (own - here).abs() <= 1e-9 * here.abs()
    };
    match (0..g).find(|&i| !agrees(i)) {
        None => Ok(()),
        Some(i) => Err(fault(
            PREAMBLE,
            format!(
                "the variance of fit group {:?} differs from the covariance's diagonal",
                model.groups[i].name
            ),
        )),
    }
}
