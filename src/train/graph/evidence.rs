//! Reads what each outcome of one customer is evidence of, and how much it weighs.

use super::nodes::OrderLine;
use crate::infer::Evidence;
use crate::outcome::Outcome;

/// However often one customer buys an article, they say as much of it as this many purchases: what
/// it is on one body, it is again.
const MOST_WORDS: f64 = 2.0;

/// Says what each of one customer's outcomes is evidence of; returns how many reasons a kept size
/// names.
pub(super) fn read_evidence(lines: &mut [OrderLine], position: impl Fn(u32) -> f64) -> usize {
    let purchases: Vec<_> =
        lines.iter().map(|l| (l.article, position(l.slot), l.outcome)).collect();
    for (i, line) in lines.iter_mut().enumerate() {
        line.evidence = Evidence::of(&purchases, i);
        let same = purchases.iter().filter(|(article, ..)| *article == line.article).count();
        line.share = (MOST_WORDS / same as f64).min(1.0);
    }
    let named = |l: &&OrderLine| match l.outcome {
        Outcome::UnknownReason => l.evidence != Evidence::Unknown,
        Outcome::SizeReason => l.evidence != Evidence::SmallOrLarge,
        _ => false,
    };
    lines.iter().filter(named).count()
}
