//! What an order log has in the place of the ids of customers, orders and lines.

use crate::hex::hexadecimal;
use crate::history::IdKind;
use crate::stores::Secret;
use inseam::format::private::{CustomerKey, customer_key};
use inseam::train::sample_rank;

/// Hexadecimal digits of a customer's rank in the sample, before those of their key.
const RANK: usize = 4;
/// Hexadecimal digits of an order or a line.
const SHORT: usize = 24;

/// Makes pseudonyms under the secret of a model.
#[derive(Clone, Copy, Debug)]
pub struct Pseudonyms(Secret);

impl Pseudonyms {
    /// Pseudonyms under this secret.
    pub fn new(secret: Secret) -> Self {
        Self(secret)
    }

    /// The pseudonym of an id, in hexadecimal digits: of a customer 4 of the rank in the sample,
    /// which training needs, and 32 of the key that the private files have; of an order or a line
    /// 24.
    pub fn of(&self, kind: IdKind, id: &str) -> String {
        let short = |kind: &str| {
            let mut digits = hexadecimal(&customer_key(&self.0, &format!("{kind} {id}")));
            digits.truncate(SHORT);
            digits
        };
        match kind {
            IdKind::Customer => {
                format!("{:04x}{}", sample_rank(id), hexadecimal(&customer_key(&self.0, id)))
            }
            IdKind::Order => short("order"),
            IdKind::Line => short("line"),
        }
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
    let digits = pseudonym.get(RANK..).filter(|digits| digits.is_ascii())?;
    let mut key = CustomerKey::default();
    if digits.len() != 2 * key.len() {
        return None;
    }
    for (i, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).ok()?;
    }
    Some(key)
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
        let anna = pseudonyms.of(IdKind::Customer, "anna");
        assert_eq!(key_of_pseudonym(&anna), Some(customer_key(&[7; 16], "anna")));
        assert_eq!(rank_of_pseudonym(&anna), Some(sample_rank("anna")));
        assert_ne!(anna, Pseudonyms::new([8; 16]).of(IdKind::Customer, "anna"));
        let order = pseudonyms.of(IdKind::Order, "1");
        assert_ne!(order, pseudonyms.of(IdKind::Line, "1"));
        for wrong in ["", "anna", "äöüääöüääöüääöüääöüääöüä", order.as_str()]
        {
            assert_eq!(key_of_pseudonym(wrong), None, "{wrong}");
        }
    }
}
