//! Purchases for somebody else than the customer.

use super::offered_size::OfferedSize;
use crate::model::Others;

/// Probability of each size to be taken for another person: their sizes are spread as those of all
/// purchases. They sum to one.
pub(crate) fn others_chances(offers: &[OfferedSize], others: &Others) -> Vec<f64> {
    let mut chances: Vec<f64> = offers.iter().map(|offer| weight(offer, others)).collect();
    let all: f64 = chances.iter().sum();
    chances.iter_mut().for_each(|chance| *chance /= all);
    chances
}

/// The same probability of `offers[taken]` alone.
pub(crate) fn others_chance(offers: &[OfferedSize], taken: usize, others: &Others) -> f64 {
    weight(&offers[taken], others) / offers.iter().map(|offer| weight(offer, others)).sum::<f64>()
}

/// The same again, with the [`factor`] of each size on offer computed before.
#[cfg(feature = "train")]
pub(crate) fn others_chance_by(
    offers: &[OfferedSize],
    taken: usize,
    factors: impl Iterator<Item = f64>,
) -> f64 {
    let (mut all, mut own) = (0.0, 0.0);
    for (i, (offer, factor)) in offers.iter().zip(factors).enumerate() {
        let weight = offer.weight * factor;
        all += weight;
        if i == taken {
            own = weight;
        }
    }
    own / all
}

fn weight(offer: &OfferedSize, others: &Others) -> f64 {
    offer.weight * factor(offer.position, others)
}

/// Factor on the weight of a size at this position, where it is for another person.
pub(crate) fn factor(position: f64, others: &Others) -> f64 {
    let away = position - others.mean;
    // The bound keeps sizes that are far from all others' apart from 0, so that they can be summed.
    libm::exp((-0.5 * away * away / others.variance).max(MIN_LOG_WEIGHT))
}

/// Least logarithm of a weight.
const MIN_LOG_WEIGHT: f64 = -500.0;
