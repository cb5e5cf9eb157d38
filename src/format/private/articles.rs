//! `shop.articles`: the articles as the server knows them, where the public file withholds some of
//! it or has noise.

use super::belongs;
use crate::Error;
use crate::format::envelope::{self, Kind, PREAMBLE, Preamble};
use crate::format::{bytes::Cursor, checksum, fault};
use crate::model::Model;

/// Where the model begins, in the bytes of a public file.
const INNER: usize = PREAMBLE + 8;

/// Writes an articles file: `known` is the model with nothing withheld, `model` the
/// [`head_checksum`](crate::format::head_checksum) of the public file that it belongs to.
///
/// # Errors
/// As [`crate::format::write`].
pub fn write_articles(model: u64, known: &Model) -> Result<Vec<u8>, Error> {
    let inner = crate::format::write(known)?;
    let mut out = envelope::begin(Kind::Articles, Preamble::default());
    let length = INNER + inner.len() + 8;
    out.reserve_exact(length - out.len());
    envelope::set_length(&mut out, length);
    out.extend(model.to_le_bytes());
    out.extend(inner);
    out.extend(checksum(&out).to_le_bytes());
    Ok(out)
}

/// Reads an articles file beside the public file with this head checksum.
///
/// # Errors
/// [`Error::Format`] where it is no whole articles file, or another model's.
pub fn read_articles(bytes: &[u8], model: u64) -> Result<Model, Error> {
    let Preamble { a, b, c, length } = envelope::open(bytes, Kind::Articles)?;
    envelope::whole(bytes, length)?;
    if [a, b, c] != [0; 3] {
        return Err(fault(12, "a reserved field is not 0"));
    }
    let end = bytes.len().saturating_sub(8);
    if end < INNER {
        return Err(fault(bytes.len(), "the file ends inside its head"));
    }
    envelope::verify(bytes, 0, end, "articles file")?;
    belongs(&mut Cursor::new(bytes, PREAMBLE, end), model)?;
    crate::format::read(&bytes[INNER..end])
}
