//! The private files: what is believed of each customer, what each purchase told the model, and
//! what of the articles the public file withholds. They stay on the server.
//!
//! Customers are in them under a keyed hash of their id ([`customer_key`]); the secret is in none
//! of the files.

mod articles;
mod customers;
mod messages;

pub use articles::{read_articles, write_articles};
pub use customers::{CustomerEntry, Customers, MAX_PIPELINE, read_customers, write_customers};
pub use messages::{EventRecord, Messages, read_messages, write_messages};

use super::{bytes::Cursor, fault};
use crate::Error;
use crate::math::Gaussian;
use siphasher::sip128::{Hasher128, SipHasher24};
use std::hash::Hasher;

/// A customer in the private files: [`customer_key`] of their id.
pub type CustomerKey = [u8; 16];

/// Key of a customer: SipHash-2-4 with 128 bits of output of the id's UTF-8 bytes, under the shop's
/// secret. Without the secret, a key tells nothing of the id, and ids cannot be tried out against
/// it.
///
/// Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF" (2012), with the 128-bit
/// output of its reference code.
///
/// ```
/// use inseam::format::private::customer_key;
/// assert_eq!(customer_key(&[7; 16], "anna"), customer_key(&[7; 16], "anna"));
/// assert_ne!(customer_key(&[7; 16], "anna"), customer_key(&[8; 16], "anna"));
/// ```
#[must_use]
pub fn customer_key(secret: &[u8; 16], id: &str) -> CustomerKey {
    let mut hasher = SipHasher24::new_with_key(secret);
    hasher.write(id.as_bytes());
    hasher.finish128().as_bytes()
}

fn finite(cursor: &mut Cursor<'_>, field: &str) -> Result<f64, Error> {
    let at = cursor.at();
    let x = f64::from_bits(cursor.u64(field)?);
    if x.is_finite() { Ok(x) } else { Err(fault(at, format!("{field} is not finite"))) }
}

/// A message: any finite precision, negative ones too, and precision times mean.
fn message(cursor: &mut Cursor<'_>, field: &str) -> Result<Gaussian, Error> {
    Ok(Gaussian { precision: finite(cursor, field)?, precision_mean: finite(cursor, field)? })
}

fn write_message(g: Gaussian, out: &mut Vec<u8>) {
    out.extend(g.precision.to_le_bytes());
    out.extend(g.precision_mean.to_le_bytes());
}

/// Refuses a private file that belongs to another model.
fn belongs(cursor: &mut Cursor<'_>, model: u64) -> Result<(), Error> {
    let at = cursor.at();
    let own = cursor.u64("the model's checksum")?;
    if own == model {
        Ok(())
    } else {
        Err(fault(
            at,
            format!(
                "it belongs to the model with head checksum {own:016x}, and this one has {model:016x}"
            ),
        ))
    }
}

/// A field that version 1 does not use.
fn reserved(cursor: &mut Cursor<'_>, bytes: usize) -> Result<(), Error> {
    let at = cursor.at();
    if cursor.slice(bytes, "a reserved field")?.iter().any(|&b| b != 0) {
        return Err(fault(at, "a reserved field is not 0"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The reference code's vectors for 128 bits: key 00 01 ... 0f, input 00 01 ... of this length.
    #[test]
    fn keys_are_those_of_the_reference() {
        let secret: [u8; 16] = std::array::from_fn(|i| i as u8);
        let vectors = [
            ("", "a3817f04ba25a8e66df67214c7550293"),
            ("\0", "da87c1d86b99af44347659119b22fc45"),
            ("\0\x01", "8177228da4a45dc7fca38bdef60affe4"),
        ];
        for (id, expected) in vectors {
            let key: String =
                customer_key(&secret, id).iter().map(|b| format!("{b:02x}")).collect();
            assert_eq!(key, expected, "{id:?}");
        }
    }
}
