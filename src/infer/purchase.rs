//! One purchase of a customer's own history, as callers describe it.

use crate::outcome::Outcome;
use crate::size::System;

/// One purchase of a customer's own history, or a garment that fits them by their own account.
///
/// ```
/// use inseam::{infer::Purchase, outcome::Outcome};
/// let bought = Purchase { article: Some("SKU-123"), size: "M", outcome: Outcome::Kept, ..Purchase::default() };
/// let stated = Purchase { brand: Some("Acme"), group: Some("dresses"), ..bought };
/// # assert_eq!(stated.size, "M");
/// ```
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, bound(deserialize = "'de: 'a")))]
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

#[cfg(all(test, feature = "serde"))]
mod tests {
    use super::*;

    #[test]
    fn a_purchase_is_read_from_json() {
        let json = r#"{"article": "SKU-1", "size": "M", "system": "EU", "outcome": "too_small"}"#;
        let purchase: Purchase<'_> = serde_json::from_str(json).unwrap();
        assert_eq!((purchase.article, purchase.size), (Some("SKU-1"), "M"));
        assert_eq!((purchase.system, purchase.outcome), (System::Eu, Outcome::TooSmall));
        let written = serde_json::to_value(purchase).unwrap();
        assert_eq!(written["system"], "WearableSizeSystemEurope");
        assert_eq!(written["brand"], serde_json::Value::Null);
    }
}
