//! What the outcome of a purchase says: which classes it leaves open, and what a size kept beside
//! it adds.

use crate::outcome::Outcome;

/// What an outcome says: the classes it leaves open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Evidence {
    /// One class, as an index into too small, fits, too large.
    Known(usize),
    /// Came back for its size, direction not said.
    SmallOrLarge,
    /// Came back without a reason.
    Unknown,
    /// Came back without a reason while another size of the article was kept, so many steps away:
    /// tried on, that one was the nearer.
    Beaten(f64),
    /// Came back for a reason that has nothing to do with its size.
    Unrelated,
    /// Nothing.
    None,
}

impl Evidence {
    /// Of purchase `i` of one customer, each with its article, position and outcome: bracketing and
    /// exchange name reasons.
    pub(crate) fn of<A: PartialEq>(purchases: &[(A, f64, Outcome)], i: usize) -> Self {
        let (_, here, outcome) = &purchases[i];
        let kept = || kept_beside(purchases, i).map(|other| purchases[other].1);
        let direction = |kept: f64| if kept > *here { 0 } else { 2 };
        match outcome {
            Outcome::TooSmall => Self::Known(0),
            Outcome::Kept => Self::Known(1),
            Outcome::TooLarge => Self::Known(2),
            Outcome::SizeReason => kept().map_or(Self::SmallOrLarge, |x| Self::Known(direction(x))),
            Outcome::UnknownReason => kept().map_or(Self::Unknown, |x| Self::Beaten(x - here)),
            Outcome::OtherReason => Self::Unrelated,
            Outcome::Pending => Self::None,
        }
    }
}

/// The purchase of the same article in another size that was kept, the one nearest to `i` if there
/// are several.
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
