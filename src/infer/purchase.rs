//! One purchase of a customer's own history, as callers describe it.

use crate::outcome::Outcome;
use crate::size::System;

/// One purchase of a customer's own history, or a garment that they say fits them.
///
/// ```
/// use inseam::{infer::Purchase, outcome::Outcome};
/// let bought = Purchase { article: Some("SKU-123"), size: "M", outcome: Outcome::Kept, ..Purchase::default() };
/// let stated = Purchase { brand: Some("Acme"), group: Some("dresses"), ..bought };
/// # assert_eq!(stated.size, "M");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Purchase<'a> {
    /// The article's id. If the model knows the article, it does not use `brand`, `group` and
    /// `system`.
    pub article: Option<&'a str>,
    /// The brand of an article that the model does not know.
    pub brand: Option<&'a str>,
    /// The fit group of an article that the model does not know.
    pub group: Option<&'a str>,
    /// The size system of an article that the model does not know.
    pub system: System,
    /// The size label.
    pub size: &'a str,
    /// The outcome.
    pub outcome: Outcome,
    /// Whether the customer took the size on advice. Then only the outcome is evidence on the
    /// customer, not the choice.
    pub advised: bool,
}

impl Default for Purchase<'_> {
    fn default() -> Self {
        Self {
            article: None,
            brand: None,
            group: None,
            system: System::Unspecified,
            size: "",
            outcome: Outcome::Kept,
            advised: false,
        }
    }
}
