//! From a model to bytes.

use super::envelope::{self, Kind, PREAMBLE, Preamble};
use super::{block, checksum, fault, quantum, read::read, wire};
use crate::{Error, Model};

/// Writes a model as a public file. Equal models give equal bytes, and a model that was read gives the bytes it was read from.
///
/// Articles' beliefs are stored in 16 bits, and other numbers as `f32`; `model/format.md` states the error of each.
///
/// # Errors
/// [`Error::Format`] if the model breaks a rule of the format (unsorted articles, an index out of range, a number that is not finite, a text
/// too long ...), with the offset at which the file would have had it.
pub fn write(model: &Model) -> Result<Vec<u8>, Error> {
    check_covariance(model)?;
    check_brands(model)?;
    let header = bincode::encode_to_vec(wire::Header::of(model), bincode::config::standard())
        .map_err(|e| fault(PREAMBLE, format!("the header cannot be encoded: {e}")))?;
    let blocks = block::blocks_for(block::length(&model.articles));
    let preamble = Preamble {
        a: envelope::count(header.len(), "bytes of header")?,
        b: envelope::count(blocks, "blocks")?,
        c: envelope::count(model.articles.len(), "articles")?,
    };
    let mut out = envelope::begin(Kind::Model, preamble);
    out.extend(header);
    let end = out.len() + block::ENTRY * blocks + 8;
    let mut body = Vec::with_capacity(block::length(&model.articles));
    let mut left = model.articles.as_slice();
    for index in 0..blocks {
        let start = body.len();
        let count = left.iter().take_while(|a| block::block_of(a.key, blocks) == index).count();
        let (articles, rest) = left.split_at(count);
        block::write(articles, end, &mut body)?;
        out.extend(envelope::count(body.len() - start, "bytes of one block")?.to_le_bytes());
        out.extend(envelope::count(count, "articles")?.to_le_bytes());
        out.extend(checksum(&body[start..]).to_le_bytes());
        left = rest;
    }
    if let Some(article) = left.first() {
        return Err(fault(end + body.len(), format!("article {:016x} is not in ascending order", article.key)));
    }
    envelope::set_length(&mut out, end + body.len());
    out.extend(checksum(&out).to_le_bytes());
    out.extend(body);
    // The rules of the format are written down once, in the reader.
    read(&out)?;
    Ok(out)
}

/// What the header leaves out because it follows from the rest must really follow.
fn check_covariance(model: &Model) -> Result<(), Error> {
    let (covariance, g) = (&model.covariance, model.groups.len());
    if covariance.shape() != (g, g) {
        let (rows, columns) = covariance.shape();
        return Err(fault(PREAMBLE, format!("a covariance of {rows} x {columns} for {g} fit groups")));
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
            format!("fit group {:?} has another variance than the covariance's diagonal", model.groups[i].name),
        )),
    }
}

/// Clamping a precision to what a file holds must not make a belief of what is none.
fn check_brands(model: &Model) -> Result<(), Error> {
    let beliefs = model.brands.iter().flat_map(|b| [(b, b.offset), (b, b.spread)]);
    for (brand, g) in beliefs {
        if !quantum::is_belief(g) {
            let (p, pm) = (g.precision, g.precision_mean);
            let name = &brand.name;
            let what = format!("brand {name:?} has no belief: precision {p}, precision times mean {pm}");
            return Err(fault(PREAMBLE, what));
        }
    }
    Ok(())
}
