//! The values of off-policy estimates: purchases, the sizes that a rule names, and estimates.

/// Propensities below this count as this, so that no purchase weighs more than twenty.
pub const CLIP: f64 = 0.05;
/// [`Difference::hidden_odds`] is not searched beyond this.
pub const MOST_HIDDEN_ODDS: f64 = 10.0;

/// A purchase in a size of the customer's own choice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LoggedPurchase {
    /// Index of the customer, whose purchases are resampled together.
    pub customer: u32,
    /// Index of the size taken.
    pub taken: u16,
    /// Whether it succeeded: whether it fitted, or was kept.
    pub success: bool,
    /// How many purchases it stands for: 1, or more if the outcome of others like it is unknown.
    pub weight: f64,
    /// How much more probable this choice is for a customer with this outcome than for any customer
    /// of whom the model knows the same: P(outcome | chosen) / P(outcome). 1 if customers know
    /// nothing that the model does not.
    pub selection: f64,
}

/// The size that a rule names for one purchase.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NamedSize {
    /// Index of the size.
    pub size: u16,
    /// Probability that the customer takes this size of their own accord, by the choice model.
    pub propensity: f64,
    /// Probability of success if they take it, by the outcome model.
    pub predicted: f64,
}

/// An estimate with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Estimate {
    /// The estimate from all purchases.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// The share that would succeed under a rule.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct RuleValue {
    /// By self-normalised inverse propensity scores.
    pub snips: Estimate,
    /// By the doubly robust estimator.
    pub dr: Estimate,
    /// Share of the purchases in the named size.
    pub followed: f64,
    /// Share of success among them, without weights.
    pub success_where_followed: f64,
    /// So many purchases of equal weight would be as informative.
    pub effective_rows: f64,
    /// Sum of the weights over the number of purchases: 1 if the propensities are right.
    pub mean_weight: f64,
    /// Share of the purchases in which the propensity of the named size is below [`CLIP`].
    pub clipped: f64,
    /// Mean of the outcome model's predictions.
    pub predicted: f64,
}

/// How much more succeeds under one rule than under another, or than in the sizes taken.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Difference {
    /// Share of the purchases for which the two sizes differ.
    pub differ: f64,
    /// By self-normalised inverse propensity scores.
    pub snips: Estimate,
    /// By the doubly robust estimator.
    pub dr: Estimate,
    /// A sensitivity bound for `snips`. If customers know what the model does not, the true odds of
    /// taking a size differ from the model's by some factor. This is the smallest factor with
    /// which the interval of the difference contains 0: 1 if it already does, at most
    /// [`MOST_HIDDEN_ODDS`]. The marginal sensitivity model (Tan 2006) with the percentile
    /// bootstrap of Zhao, Small and Bhattacharya (2019).
    pub hidden_odds: f64,
}
