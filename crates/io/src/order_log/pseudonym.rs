//! What an order log has in the place of the ids of customers, orders and lines.

use crate::hex::{bytes_of_hexadecimal, hexadecimal};
use crate::history::IdKind;
use crate::stores::Secret;
use inseam::format::private::{CustomerKey, customer_key};
use inseam::train::{IdDigest, sample_rank};

/// Hexadecimal digits of a customer's rank in the sample, before those of their key.
const RANK: usize = 4;

/// Makes pseudonyms under the secret of a model.
#[derive(Clone, Copy, Debug)]
pub struct Pseudonyms(Secret);

impl Pseudonyms {
    /// Pseudonyms under this secret.
    pub fn new(secret: Secret) -> Self {
        Self(secret)
    }

    /// The pseudonym of a customer, in hexadecimal digits: 4 of the rank in the sample, which
    /// training needs, and 32 of the key that the private files have.
    pub fn of_customer(&self, id: &str) -> String {
        format!("{:04x}{}", sample_rank(id), hexadecimal(&customer_key(&self.0, id)))
    }

    /// The pseudonym of an order or a line, as a digest.
    pub fn of(&self, kind: IdKind, id: &str) -> IdDigest {
        let kind = match kind {
            IdKind::Order => "order",
            IdKind::Line => "line",
        };
        let key = customer_key(&self.0, &format!("{kind} {id}"));
        let mut bytes = [0; IdDigest::BYTES];
        bytes.copy_from_slice(&key[..IdDigest::BYTES]);
        IdDigest::from_bytes(bytes)
    }

    /// A check value of the secret, which tells nothing about it.
    pub(super) fn check(&self) -> String {
        let mut digits = hexadecimal(&customer_key(&self.0, "inseam order log"));
        digits.truncate(16);
        digits
    }
}

/// The key of the customer with this pseudonym; `None` for another text.
pub fn key_of_pseudonym(pseudonym: &str) -> Option<CustomerKey> {
    bytes_of_hexadecimal(pseudonym.get(RANK..)?)
}

/// The rank in the sample of the customer with this pseudonym; `None` for another text.
pub fn rank_of_pseudonym(pseudonym: &str) -> Option<u16> {
    u16::from_str_radix(pseudonym.get(..RANK)?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pseudonym_has_the_key_and_the_rank() {
        let pseudonyms = Pseudonyms::new([7; 16]);
        let anna = pseudonyms.of_customer("anna");
        assert_eq!(key_of_pseudonym(&anna), Some(customer_key(&[7; 16], "anna")));
        assert_eq!(rank_of_pseudonym(&anna), Some(sample_rank("anna")));
        assert_ne!(anna, Pseudonyms::new([8; 16]).of_customer("anna"));
        let order = pseudonyms.of(IdKind::Order, "1");
        assert_ne!(order, pseudonyms.of(IdKind::Line, "1"));
        for wrong in ["", "anna", "äöüääöüääöüääöüääöüääöüä", "0123456789abcdef01234567"]
        {
            assert_eq!(key_of_pseudonym(wrong), None, "{wrong}");
        }
    }
}
