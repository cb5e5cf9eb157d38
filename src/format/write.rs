//! From a model to bytes.

use super::block::{self, Place, Tables};
use super::digest::{self, DIGEST};
use super::envelope::{self, Kind, PREAMBLE, Preamble};
use super::read::{SIGNATURE, TRAILER, depth, read};
use super::{bytes::Cursor, fault, header, wire};
use crate::model::Article;
use crate::{Error, Model};

/// Longest block, bytes.
const LONGEST: usize = 0xffff;

/// Writes a model as a public file. Equal models give equal bytes, and a model that was read gives
/// the bytes it was read from.
///
/// Beliefs are stored in as few bits as keep every chance of an outcome within .002, and other
/// numbers as `f32`; `model/format.md` states the error of each.
///
/// # Errors
/// [`Error::Format`] if the model breaks a rule of the format (unsorted articles, an index out of
/// range, a number that is not finite, a text too long ...), with the offset at which the file
/// would have had it.
pub fn write(model: &Model) -> Result<Vec<u8>, Error> {
    write_in_blocks(model, block::blocks_for(model.articles.len()))
}

/// Writes a model in at least so many blocks, a power of two: more make a page fetch less for an
/// article, and more for the head.
///
/// # Errors
/// As [`write`], and where `blocks` is no power of two up to 65,536.
pub fn write_in_blocks(model: &Model, blocks: usize) -> Result<Vec<u8>, Error> {
    if !blocks.is_power_of_two() || blocks > block::MAX_BLOCKS {
        return Err(fault(
            16,
            format!("{blocks} blocks: a power of two up to {} is needed", block::MAX_BLOCKS),
        ));
    }
    check_covariance(model)?;
    check_trend(model)?;
    let header = wire::encode(model)?;
    let mut out = envelope::begin(Kind::Model, Preamble::default());
    out.extend(&header);
    // What articles are stored against is what a reader will have: the header as it is rounded.
    let (stored, runs) = header::read(Cursor::new(&out, PREAMBLE, out.len()))?;
    let contents =
        contents(&model.articles, Tables { model: &stored, runs: &runs }, blocks, out.len())?;
    let (leaves, blocks) = (contents.iter().map(|c| digest::of(c)).collect(), contents.len());
    let (pins, ways) = digest::trees(leaves, depth(blocks));
    let mut length = out.len() + 2 * blocks + DIGEST * pins.len() + TRAILER;
    for (content, way) in contents.iter().zip(&ways) {
        let stored = content.len() + way.len();
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
    out[..PREAMBLE].copy_from_slice(&envelope::begin(Kind::Model, preamble));
    out.extend(digest::of(&out));
    out.extend([0; SIGNATURE]);
    out.extend(digest::of(&out[out.len() - DIGEST - SIGNATURE..]));
    for (content, way) in contents.iter().zip(&ways) {
        out.extend(content);
        out.extend(way);
    }
    // The rules of the format are written down once, in the reader.
    read(&out)?;
    Ok(out)
}

/// The blocks without what proves them: so many, or twice that until none is too long.
fn contents(
    articles: &[Article],
    tables: Tables<'_>,
    blocks: usize,
    at: usize,
) -> Result<Vec<Vec<u8>>, Error> {
    let mut of = blocks;
    loop {
        let mut out = Vec::with_capacity(of);
        let mut left = articles;
        for index in 0..of {
            let count = left.iter().take_while(|a| Place::of_key(a.key, of) == index).count();
            let (own, rest) = left.split_at(count);
            if let Some(pair) = own.windows(2).find(|pair| pair[0].key >= pair[1].key) {
                return Err(fault(
                    at,
                    format!("article {:013x} is not in ascending order", pair[1].key),
                ));
            }
            let mut content = Vec::new();
            block::write(own, Place { index, of, start: at }, tables, &mut content)?;
            out.push(content);
            left = rest;
        }
        if let Some(article) = left.first() {
            return Err(fault(
                at,
                format!("article {:013x} is not in ascending order", article.key),
            ));
        }
        let longest = out.iter().map(Vec::len).max().unwrap_or(0) + DIGEST * depth(of) as usize;
        if longest <= LONGEST {
            return Ok(out);
        }
        if of == block::MAX_BLOCKS {
            return Err(fault(
                at,
                format!(
                    "a block has {longest} bytes: too many articles, or articles with too many sizes"
                ),
            ));
        }
        of *= 2;
    }
}

/// What of the trend no reader could see: pairs of a day and its values are stored.
fn check_trend(model: &Model) -> Result<(), Error> {
    let (days, values) = (model.trend.days.len(), model.trend.values.len());
    if days == values {
        return Ok(());
    }
    Err(fault(
        PREAMBLE,
        format!("a trend with {days} days and {values} values; each day needs its own"),
    ))
}

/// What the header leaves out because it follows from the rest must really follow.
fn check_covariance(model: &Model) -> Result<(), Error> {
    let (covariance, g) = (&model.covariance, model.groups.len());
    if covariance.shape() != (g, g) {
        let (rows, columns) = covariance.shape();
        return Err(fault(
            PREAMBLE,
            format!("a covariance of {rows} x {columns} for {g} fit groups"),
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
                "fit group {:?} has another variance than the covariance's diagonal",
                model.groups[i].name
            ),
        )),
    }
}
