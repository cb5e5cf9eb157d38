//! Fields that several private files have.

use crate::Error;
use crate::format::bytes::Cursor;
use crate::format::fault::fault;
use crate::math::Gaussian;

/// A finite number.
pub(super) fn finite(cursor: &mut Cursor<'_>, field: &str) -> Result<f64, Error> {
    let at = cursor.at();
    let x = f64::from_bits(cursor.u64(field)?);
    if x.is_finite() { Ok(x) } else { Err(fault(at, format!("{field} is not finite"))) }
}

/// A message: finite precision, which may be negative, and precision times mean.
pub(super) fn message(cursor: &mut Cursor<'_>, field: &str) -> Result<Gaussian, Error> {
    Ok(Gaussian { precision: finite(cursor, field)?, precision_mean: finite(cursor, field)? })
}

/// Appends a message.
pub(super) fn write_message(g: Gaussian, out: &mut Vec<u8>) {
    out.extend(g.precision.to_le_bytes());
    out.extend(g.precision_mean.to_le_bytes());
}

/// Checks that a private file belongs to the model with this head checksum.
pub(super) fn check_model(cursor: &mut Cursor<'_>, model: u64) -> Result<(), Error> {
    let at = cursor.at();
    let own = cursor.u64("the model's checksum")?;
    if own == model {
        Ok(())
    } else {
        Err(fault(
            at,
            format!(
                "the file belongs to the model with head checksum {own:016x}, not to this one with {model:016x}"
            ),
        ))
    }
}

/// A field that version 3 does not use; it must be 0.
pub(super) fn reserved(cursor: &mut Cursor<'_>, bytes: usize) -> Result<(), Error> {
    let at = cursor.at();
    if cursor.slice(bytes, "a reserved field")?.iter().any(|&b| b != 0) {
        return Err(fault(at, "a reserved field is not 0"));
    }
    Ok(())
}
