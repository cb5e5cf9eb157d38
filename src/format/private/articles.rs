//! `shop.articles`: all articles without withholding or noise, for shops whose public file has
//! either.

use super::fields::check_model;
use crate::Error;
use crate::format::bytes::Cursor;
use crate::format::envelope::{self, FileType, PREAMBLE, Preamble};
use crate::format::fault::{checksum, fault};
use crate::model::Model;

/// Offset of the model, which is stored as a whole public file.
const INNER: usize = PREAMBLE + 8;

/// Writes an articles file. `known` is the model without withholding or noise, `model` the
/// [`head_checksum`](crate::format::head_checksum) of the public file that it belongs to.
///
/// # Errors
/// As [`crate::format::write`].
pub fn write_articles(model: u64, known: &Model) -> Result<Vec<u8>, Error> {
    let inner = crate::format::write(known)?;
    let mut out = envelope::begin(FileType::Articles, Preamble::default());
    let length = INNER + inner.len() + 8;
    out.reserve_exact(length - out.len());
    envelope::set_length(&mut out, length);
    out.extend(model.to_le_bytes());
    out.extend(inner);
    out.extend(checksum(&out).to_le_bytes());
    Ok(out)
}

/// Reads an articles file that belongs to the public file with this head checksum.
///
/// # Errors
/// [`Error::Format`] if it is damaged or belongs to another model.
pub fn read_articles(bytes: &[u8], model: u64) -> Result<Model, Error> {
    let Preamble { a, b, c, length } = envelope::open(bytes, FileType::Articles)?;
    envelope::check_length(bytes, length)?;
    if [a, b, c] != [0; 3] {
        return Err(fault(12, "a reserved field is not 0"));
    }
    let end = bytes.len().saturating_sub(8);
    if end < INNER {
        return Err(fault(bytes.len(), "the file ends inside its head"));
    }
    envelope::verify(bytes, 0, end, "articles file")?;
    check_model(&mut Cursor::new(bytes, PREAMBLE, end), model)?;
    crate::format::read(&bytes[INNER..end])
}
