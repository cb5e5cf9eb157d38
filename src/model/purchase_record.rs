//! One purchase with its messages: what training returns and the private file of messages stores.

use super::purchase_messages::PurchaseMessages;
use crate::outcome::Outcome;

/// One purchase, and its messages to each of its latents. Training identifies the customer by an
/// index, the private file by a key.
#[derive(Clone, Debug, PartialEq)]
pub struct PurchaseRecord<Customer> {
    /// The customer.
    pub customer: Customer,
    /// [`article_key`](super::article_key) of the article.
    pub article: u64,
    /// The size bought: index into the labels of the article's scale.
    pub label: u16,
    /// The outcome in the history.
    pub outcome: Outcome,
    /// Day of the order since 1970-01-01; 0 where the history has none.
    pub day: i32,
    /// The purchase's messages, summed over its factors. Precisions may be negative.
    pub messages: PurchaseMessages,
    /// The messages to the popularity of each size on offer, in the order of the article's sizes:
    /// precision, and precision times mean.
    pub popularity: Vec<[f32; 2]>,
}
