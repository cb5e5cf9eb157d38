//! Which outcome classes the outcome of a purchase leaves open, and what a size of the same article
//! that the customer kept adds to it (`model/README.md`, section 3, bracketing and exchange).

use crate::outcome::Outcome;

/// The outcome classes that a purchase leaves open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Evidence {
    /// Exactly one class: 0 too small, 1 fits, 2 too large.
    Known(usize),
    /// Returned for its size, direction not given: too small or too large.
    SmallOrLarge,
    /// Returned without a reason: too small, too large, or unrelated to size.
    Unknown,
    /// Returned without a reason while the customer kept another size of the article. The number is
    /// the position of the kept size minus the position of this one, steps: tried on side by side,
    /// the kept size was the nearer one.
    Bracketed(f64),
    /// Returned for a reason that has nothing to do with its size.
    Unrelated,
    /// No evidence: the purchase is pending.
    None,
}

impl Evidence {
    /// The evidence of purchase `i` of one customer, whose purchases are given as article, position
    /// and outcome. A kept size of the same article supplies a direction that the reason leaves
    /// open.
    pub(crate) fn new<A: PartialEq>(purchases: &[(A, f64, Outcome)], i: usize) -> Self {
        let (_, here, outcome) = &purchases[i];
        let kept = || kept_beside(purchases, i).map(|other| purchases[other].1);
        let direction = |kept: f64| if kept > *here { 0 } else { 2 };
        match outcome {
            Outcome::TooSmall => Self::Known(0),
            Outcome::Kept => Self::Known(1),
            Outcome::TooLarge => Self::Known(2),
            Outcome::SizeReason => kept().map_or(Self::SmallOrLarge, |x| Self::Known(direction(x))),
            Outcome::UnknownReason => kept().map_or(Self::Unknown, |x| Self::Bracketed(x - here)),
            Outcome::OtherReason => Self::Unrelated,
            Outcome::Pending => Self::None,
        }
    }
}

/// Index of the purchase of the same article in another size that the customer kept; the one
/// nearest to purchase `i` if there are several.
pub(crate) fn kept_beside<A: PartialEq>(
    purchases: &[(A, f64, Outcome)],
    i: usize,
) -> Option<usize> {
    let (article, here, _) = &purchases[i];
    let away = |other: &usize| (purchases[*other].1 - here).abs();
    let kept = |(a, x, outcome): &(A, f64, Outcome)| {
        a == article && x != here && *outcome == Outcome::Kept
    };
    (0..purchases.len())
        .filter(|&other| kept(&purchases[other]))
        .min_by(|a, b| away(a).total_cmp(&away(b)))
}
