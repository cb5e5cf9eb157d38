//! The share that would succeed under a rule.

use super::bootstrap::Totals;
use super::values::{CLIP, Estimate, LoggedPurchase, NamedSize, RuleValue};

/// The share that succeeded in the sizes taken; `None` without purchases.
#[must_use]
pub fn taken_value(purchases: &[LoggedPurchase]) -> Option<Estimate> {
    let sums = purchases.iter().map(|p| [p.weight, p.weight * f64::from(p.success)]);
    let totals = Totals::new(purchases, sums)?;
    Some(totals.estimate(|[all, success]| success / all))
}

/// The share that would succeed under a rule, which names a size for each purchase; `None` if no
/// purchase is in its size.
#[must_use]
pub fn rule_value(purchases: &[LoggedPurchase], rule: &[NamedSize]) -> Option<RuleValue> {
    let pairs = || purchases.iter().zip(rule);
    let sums = pairs().map(|(p, named)| {
        let w = importance(p, named);
        let y = f64::from(p.success);
        [p.weight, p.weight * named.predicted + w * (y - named.predicted), w, w * y]
    });
    let totals = Totals::new(purchases, sums)?;
    let [rows, _, weights, _] = totals.all;
    let sum = |value: &dyn Fn(&LoggedPurchase, &NamedSize) -> f64| {
        pairs().map(|(p, named)| p.weight * value(p, named)).sum::<f64>()
    };
    let followed = sum(&|p, named| f64::from(p.taken == named.size));
    (followed > 0.0).then(|| RuleValue {
        snips: totals.estimate(|[.., w, success]| success / w),
        dr: totals.estimate(|[rows, dr, ..]| dr / rows),
        followed: followed / rows,
        success_where_followed: sum(&|p, named| f64::from(p.taken == named.size && p.success))
            / followed,
        effective_rows: weights * weights
            / pairs().map(|(p, named)| importance(p, named)).map(|w| w * w).sum::<f64>(),
        mean_weight: weights / rows,
        clipped: sum(&|_, named| f64::from(named.propensity < CLIP)) / rows,
        predicted: sum(&|_, named| named.predicted) / rows,
    })
}

/// The weight of a purchase for a rule: 0 unless it is in the named size.
pub(super) fn importance(purchase: &LoggedPurchase, named: &NamedSize) -> f64 {
    match purchase.taken == named.size {
        true => purchase.weight / (named.propensity * purchase.selection).clamp(CLIP, 1.0),
        false => 0.0,
    }
}
