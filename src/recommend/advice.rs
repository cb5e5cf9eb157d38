//! The values of an advice: what a request is answered with.

/// Whether there is one size to name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Status {
    /// One size is clearly best.
    Advised,
    /// Two neighbouring sizes are about equally good, or the neighbour of the best size is clearly
    /// more likely to fit.
    Between,
    /// Too little is known; the size is named for completeness only.
    Unsure,
    /// Ordering two sizes together, of which one comes back, costs the shop least. Only for
    /// requests with [`Costs`](super::Costs).
    Both,
}

impl Status {
    /// `advised`, `between`, `unsure` or `both`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Advised => "advised",
            Self::Between => "between",
            Self::Unsure => "unsure",
            Self::Both => "both",
        }
    }
}

/// The chances of one size.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SizeChance<'m> {
    /// The label.
    pub label: &'m str,
    /// Position of the label, steps.
    pub position: f64,
    /// Probability that this customer would choose the size.
    pub chosen: f64,
    /// Probability of too small if they took it.
    pub too_small: f64,
    /// Probability that it fits if they took it.
    pub fits: f64,
    /// Probability of too large if they took it.
    pub too_large: f64,
    /// Expected offset from its label, steps; positive runs large.
    pub runs: f64,
    /// Whether the shop's history supports these probabilities: those of the advised size and of
    /// sizes near it, as far as purchases in them were as predicted. Elsewhere the model
    /// extrapolates.
    pub supported: bool,
}

impl SizeChance<'_> {
    pub(super) fn chances_mut(&mut self) -> [&mut f64; 4] {
        [&mut self.chosen, &mut self.too_small, &mut self.fits, &mut self.too_large]
    }
}

/// A piece of evidence behind the advice.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(tag = "reason", rename_all = "snake_case"))]
pub enum Reason {
    /// Purchases in this fit group.
    History {
        /// Their number.
        purchases: u32,
    },
    /// No purchase in this fit group, but purchases in others.
    OtherGroups {
        /// Their number.
        purchases: u32,
    },
    /// Body measurements.
    Measurements,
    /// No evidence on the customer.
    NoHistory,
    /// The article clearly runs large (positive) or small (negative).
    ArticleRuns {
        /// Expected offset, steps.
        steps: f64,
    },
    /// The article's brand clearly runs large or small.
    BrandRuns {
        /// Expected offset, steps.
        steps: f64,
    },
}

/// A size that would be advised if it were in stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Missed {
    /// Its index.
    pub size: usize,
    /// Whether the size advised instead is acceptable: its chance to fit is not much smaller.
    pub substitute_acceptable: bool,
}

/// Expected cost of each decision, in units of one return.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ExpectedCosts {
    /// Of naming one size.
    pub one: f64,
    /// Of ordering it together with the best second size; `None` if there is no other size.
    pub both: Option<f64>,
    /// Of naming no size.
    pub none: f64,
}

/// Advice on one article for one customer.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Advice<'m> {
    /// Every size of the article in the order of its scale.
    pub sizes: Vec<SizeChance<'m>>,
    /// The size to take, as an index into `sizes`; `None` only if no size is in stock.
    pub size: Option<usize>,
    /// Whether this size is clearly best.
    pub status: Status,
    /// The next best size in stock; for [`Status::Both`] the second size to order.
    pub alternative: Option<usize>,
    /// The size that would be advised if every size offered were in stock, where that is another
    /// one.
    pub missed: Option<Missed>,
    /// Expected cost of each decision; only for requests with costs.
    pub expected: Option<ExpectedCosts>,
    /// The evidence behind the advice, most important first.
    pub reasons: Vec<Reason>,
}

/// The advised size alone: what a scorer of many requests needs.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Pick<'m> {
    /// Label of the advised size.
    pub label: &'m str,
    /// Label of the next best size; `None` if there is none.
    pub next: Option<&'m str>,
    /// Probability that the advised size fits.
    pub fits: f64,
    /// Whether this size is clearly best.
    pub status: Status,
}

#[cfg(all(test, feature = "serde"))]
mod tests {
    use super::*;
    use crate::recommend::Costs;
    use serde_json::json;

    #[test]
    fn advice_is_serialised_with_the_names_of_its_fields() {
        let size = SizeChance {
            label: "38",
            position: 0.0,
            chosen: 1.0,
            too_small: 0.25,
            fits: 0.5,
            too_large: 0.25,
            runs: -0.5,
            supported: true,
        };
        let advice = Advice {
            sizes: vec![size],
            size: Some(0),
            status: Status::Advised,
            alternative: None,
            missed: None,
            expected: Some(ExpectedCosts { one: 0.5, both: None, none: 0.75 }),
            reasons: vec![Reason::History { purchases: 3 }, Reason::Measurements],
        };
        assert_eq!(
            serde_json::to_value(&advice).unwrap(),
            json!({
                "sizes": [{
                    "label": "38", "position": 0.0, "chosen": 1.0,
                    "too_small": 0.25, "fits": 0.5, "too_large": 0.25, "runs": -0.5, "supported": true,
                }],
                "size": 0,
                "status": "advised",
                "alternative": null,
                "missed": null,
                "expected": { "one": 0.5, "both": null, "none": 0.75 },
                "reasons": [{ "reason": "history", "purchases": 3 }, { "reason": "measurements" }],
            })
        );
    }

    #[test]
    fn costs_that_are_left_out_have_their_defaults() {
        let costs: Costs = serde_json::from_value(json!({ "lost_sale": 2.0 })).unwrap();
        assert_eq!(costs, Costs { lost_sale: 2.0, ..Costs::default() });
    }
}
