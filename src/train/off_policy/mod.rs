//! Off-policy estimates: what share of purchases would succeed if every customer took the size that
//! a rule names, from purchases whose sizes the customers chose themselves (`docs/evaluation.md`).
//!
//! - SNIPS, self-normalised inverse propensity scores (Swaminathan and Joachims, NeurIPS 2015): the
//!   purchases in the named size, each weighted by one over the probability of that choice.
//! - DR, doubly robust (Dudik, Langford and Li, ICML 2011): the outcome model's prediction for the
//!   named size, corrected by the weighted residuals of the purchases in it.
//!
//! Customers know their own size better than the model, so those who take a size fit it more often
//! than others would. The probability of the choice is therefore taken given the outcome as well,
//! by what the model expects of this ([`LoggedPurchase::selection`]).
//!
//! Intervals are percentiles of a bootstrap over customers. All rules share its draws, so
//! differences are paired. Sums are in the order of the purchases: the same order gives the same
//! bits.
//!
//! Lowest first: `values`, `bootstrap`, `value` (of one rule), `difference` (between two).

mod bootstrap;
mod difference;
mod value;
mod values;

#[cfg(test)]
mod tests;

pub use difference::{difference, gain};
pub use value::{rule_value, taken_value};
pub use values::{
    CLIP, Difference, Estimate, LoggedPurchase, MOST_HIDDEN_ODDS, NamedSize, RuleValue,
};
