//! Keys of customers: a keyed hash of the shop's ids.

use siphasher::sip128::{Hasher128, SipHasher24};
use std::hash::Hasher;

/// Identifies a customer in the private files: [`customer_key`] of their id.
pub type CustomerKey = [u8; 16];

/// Key of a customer: SipHash-2-4 with 128 bits of output of the id's UTF-8 bytes, under the shop's
/// secret. Without the secret, a key reveals nothing about the id, not even by trying ids.
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
