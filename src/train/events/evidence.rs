//! Sets `infer::Evidence` for each order line of one customer, and caps the customer's total weight
//! on an article.

use super::order_line::OrderLine;
use crate::infer::Evidence;
use crate::outcome::Outcome;

/// Cap on one customer's total weight on an article, in purchases: an article fits the same body
/// the same way every time.
const MAX_CUSTOMER_WEIGHT: f64 = 2.0;

/// Sets the evidence and the weight of each of one customer's order lines. `position` gives the
/// starting position of a slot. Returns for how many returns a kept size names the reason.
pub(super) fn read_evidence(lines: &mut [OrderLine], position: impl Fn(u32) -> f64) -> usize {
    let purchases: Vec<_> =
        lines.iter().map(|l| (l.article, position(l.slot), l.outcome)).collect();
    for (i, line) in lines.iter_mut().enumerate() {
        line.evidence = Evidence::new(&purchases, i);
        let same = purchases.iter().filter(|(article, ..)| *article == line.article).count();
        line.weight = weight(same);
    }
    let named = |l: &&OrderLine| match l.outcome {
        Outcome::UnknownReason => l.evidence != Evidence::Unknown,
        Outcome::SizeReason => l.evidence != Evidence::SmallOrLarge,
        _ => false,
    };
    lines.iter().filter(named).count()
}

/// Weight of a purchase of an article that the customer bought so many times.
pub(super) fn weight(same: usize) -> f64 {
    (MAX_CUSTOMER_WEIGHT / same as f64).min(1.0)
}
