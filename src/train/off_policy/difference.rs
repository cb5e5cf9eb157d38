//! How much better one rule is than another, or than the customers' own choices, and how much
//! customers would have to know to change that.

use super::bootstrap::Totals;
use super::value::importance;
use super::values::{Difference, LoggedPurchase, MOST_HIDDEN_ODDS, NamedSize};

/// How much more succeeds under `rule` than under `other`. It is estimated on the purchases for
/// which they name different sizes; `None` if no such purchase is in the size of the one, or of the
/// other.
#[must_use]
pub fn difference(
    purchases: &[LoggedPurchase],
    rule: &[NamedSize],
    other: &[NamedSize],
) -> Option<Difference> {
    let sums = purchases.iter().zip(rule).zip(other).map(|((purchase, a), b)| {
        let [wa, wb] = [importance(purchase, a), importance(purchase, b)];
        let y = f64::from(purchase.success);
        let dr = purchase.weight * (a.predicted - b.predicted) + wa * (y - a.predicted)
            - wb * (y - b.predicted);
        let differ = f64::from(a.size != b.size);
        let all = [purchase.weight, differ * purchase.weight, differ * dr];
        (all, [parts(purchase, wa), parts(purchase, wb)].map(|p| p.map(|part| differ * part)))
    });
    estimate(purchases, sums)
}

/// How much more succeeds under `rule` than in the sizes that customers took. All purchases count;
/// `None` if no purchase is in the named size.
#[must_use]
pub fn gain(purchases: &[LoggedPurchase], rule: &[NamedSize]) -> Option<Difference> {
    let sums = purchases.iter().zip(rule).map(|(purchase, named)| {
        let w = importance(purchase, named);
        let y = f64::from(purchase.success);
        let dr = purchase.weight * (named.predicted - y) + w * (y - named.predicted);
        let all = [purchase.weight, purchase.weight, dr];
        (all, [parts(purchase, w), parts(purchase, purchase.weight)])
    });
    let found = estimate(purchases, sums)?;
    let followed = purchases.iter().zip(rule).filter(|(p, named)| p.taken == named.size);
    let followed: f64 = followed.map(|(p, _)| p.weight).sum();
    let all: f64 = purchases.iter().map(|p| p.weight).sum();
    Some(Difference { differ: 1.0 - followed / all, ..found })
}

/// Sums of one purchase: of all purchases, of those that are compared, and of the doubly robust
/// differences; then the [`parts`] of its weight for either rule.
type Sums = ([f64; 3], [[f64; 4]; 2]);

fn estimate(purchases: &[LoggedPurchase], sums: impl Iterator<Item = Sums>) -> Option<Difference> {
    let flat = sums.map(|([rows, differ, dr], [[a0, a1, a2, a3], [b0, b1, b2, b3]])| {
        [rows, differ, dr, a0, a1, a2, a3, b0, b1, b2, b3]
    });
    let totals = Totals::new(purchases, flat)?;
    // With odds above 1 the least favourable difference, below 1 the most favourable.
    let snips = |odds: f64| {
        move |[rows, differ, _, a0, a1, a2, a3, b0, b1, b2, b3]: [f64; 11]| {
            differ / rows * (share([a0, a1, a2, a3], 1.0 / odds) - share([b0, b1, b2, b3], odds))
        }
    };
    let found = totals.estimate(snips(1.0));
    let contains_zero = |odds: f64| match found.value > 0.0 {
        true => totals.estimate(snips(odds)).low <= 0.0,
        false => totals.estimate(snips(1.0 / odds)).high >= 0.0,
    };
    let [rows, differ, ..] = totals.all;
    found.value.is_finite().then(|| Difference {
        differ: differ / rows,
        snips: found,
        dr: totals.estimate(|[rows, _, dr, ..]| dr / rows),
        hidden_odds: least_odds(contains_zero),
    })
}

/// The weight of a purchase in four parts: of a misfit the part that is certain and the part that
/// hidden knowledge may change, then the same of a success.
///
/// The weight is one over the propensity: 1 plus the odds of another size. Only the odds may
/// change.
fn parts(purchase: &LoggedPurchase, weight: f64) -> [f64; 4] {
    let certain = if weight > 0.0 { purchase.weight } else { 0.0 };
    match purchase.success {
        true => [0.0, 0.0, certain, weight - certain],
        false => [certain, weight - certain, 0.0, 0.0],
    }
}

/// The share of success, from the sums of [`parts`], if hidden knowledge multiplies the odds of
/// another size by `odds` where the purchase succeeded, and divides them by it elsewhere.
fn share([miss, miss_odds, success, success_odds]: [f64; 4], odds: f64) -> f64 {
    let success = success + odds * success_odds;
    success / (success + miss + miss_odds / odds)
}

/// The smallest odds from 1 to [`MOST_HIDDEN_ODDS`] with which this holds, by bisection.
fn least_odds(holds: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (1.0, MOST_HIDDEN_ODDS);
    if holds(low) {
        return low;
    }
    for _ in 0..12 {
        let middle = 0.5 * (low + high);
        match holds(middle) {
            true => high = middle,
            false => low = middle,
        }
    }
    high
}
