//! The sites of one purchase, as the private files keep them.

use crate::model::PurchaseMessages;
use crate::outcome::Outcome;

/// The sites of one purchase: its messages to every latent.
#[derive(Clone, Debug, PartialEq)]
pub struct PurchaseSites {
    /// Index of the customer's id among the distinct texts of the customer column.
    pub customer: u32,
    /// Key of the article.
    pub article: u64,
    /// Index of the label in the article's scale.
    pub label: u16,
    /// The outcome in the history.
    pub outcome: Outcome,
    /// Day since 1970-01-01; 0 where the history has none.
    pub day: i32,
    /// The messages to customer and article.
    pub messages: PurchaseMessages,
    /// The messages to the popularity of each size on offer, in the order of the article's sizes:
    /// precision, and precision times mean.
    pub popularity: Vec<[f32; 2]>,
}
