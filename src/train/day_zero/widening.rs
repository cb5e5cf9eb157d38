//! How much wider the prior of a latent size is for each measurement that is missing.

use super::design::Known;
use super::measures::{BodyMeasures, Measure};

/// Rounds of coordinate descent; there are four coordinates at most.
const ROUNDS: usize = 100;

/// What is left of the variance in a fit group where only these measurements are known: 1 of
/// nothing known, 0 where all are.
pub(super) struct Remaining {
    pub(super) known: Known,
    pub(super) share: f64,
}

/// The share of each body measurement in the widening, in the order of `measures`: shares that are
/// not negative and add up to 1, of which those of the missing measurements add up to what remains
/// of the variance, as far as they can.
pub(super) fn shares(measures: &BodyMeasures, remaining: &[Remaining]) -> Vec<f64> {
    let n = measures.found.len();
    let is_missing = |i: usize, case: &Remaining| !case.known.has(&measures.found[i].1);
    let mut shares = vec![1.0 / n.max(1) as f64; n];
    for _ in 0..ROUNDS {
        for i in 0..n {
            let (mut sum, mut count) = (0.0, 0.0);
            for case in remaining.iter().filter(|case| is_missing(i, case)) {
                let others: f64 =
                    (0..n).filter(|&j| j != i && is_missing(j, case)).map(|j| shares[j]).sum();
                sum += case.share - others;
                count += 1.0;
            }
            if count > 0.0 {
                shares[i] = f64::max(sum / count, 0.0);
            }
        }
    }
    let total: f64 = shares.iter().sum();
    if total > 0.0 {
        shares.iter_mut().for_each(|share| *share /= total);
    }
    shares
}

/// The sets of measurements that can be known of these.
pub(super) fn known_sets(measures: &BodyMeasures) -> impl Iterator<Item = Known> {
    let has = |wanted: fn(&Measure) -> bool| measures.found.iter().any(|(_, m)| wanted(m));
    let possible = Known {
        height: has(|m| matches!(m, Measure::Height(_))),
        weight: has(|m| matches!(m, Measure::Weight(_))),
        age: has(|m| matches!(m, Measure::Age)),
        sex: has(|m| matches!(m, Measure::Sex { .. })),
    };
    Known::sets().filter(move |known| {
        (possible.height || !known.height)
            && (possible.weight || !known.weight)
            && (possible.age || !known.age)
            && (possible.sex || !known.sex)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_follow_what_each_measurement_leaves() {
        let measures = BodyMeasures {
            found: vec![(0, Measure::Height(1.0)), (1, Measure::Weight(1.0)), (2, Measure::Age)],
        };
        // Weight alone tells nine tenths, height the rest, age nothing.
        let remaining: Vec<Remaining> = known_sets(&measures)
            .map(|known| Remaining {
                known,
                share: if known.weight { 0.0 } else { 0.9 } + if known.height { 0.0 } else { 0.1 },
            })
            .collect();
        assert_eq!(remaining.len(), 7);
        let shares = shares(&measures, &remaining);
        for (share, expected) in shares.iter().zip([0.1, 0.9, 0.0]) {
            assert!((share - expected).abs() < 1e-6, "{shares:?}");
        }
    }
}
