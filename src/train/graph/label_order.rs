//! Orders the labels of one size run: which family they belong to, and by which number they ascend
//! in it.

use crate::size::{Family, readings_together};
use std::collections::{BTreeMap, BTreeSet};

/// Shortest and longest sizes of Germany are half and double the regular number: 20 is a short 40,
/// 80 a long 40. Regular numbers are at least this.
const SMALLEST_REGULAR: f64 = 32.0;
const LARGEST_REGULAR: f64 = 60.0;

/// Where a label lies in its run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rank {
    pub(super) family: Family,
    /// Ascends with the size.
    pub(super) value: f64,
    /// Length that the label names: petite below 0, long above.
    pub(super) length: f64,
}

impl Rank {
    /// Family and length, in quarters: labels of one kind are ordered by their values.
    pub(super) fn kind(&self) -> (Family, i64) {
        (self.family, libm::rint(4.0 * self.length) as i64)
    }
}

/// The rank of every label of a run; `None` for labels that are not understood, and for those
/// without a size. `counts` are the purchases of each label.
///
/// A bare number has several meanings. The run's family is the one that most purchases fit.
pub(super) fn ranks(counts: &BTreeMap<&str, u64>) -> Vec<Option<Rank>> {
    let labels: Vec<&str> = counts.keys().copied().collect();
    let readings = readings_together(&labels);
    let mut bought: BTreeMap<Family, f64> = BTreeMap::new();
    for (readings, &n) in readings.iter().zip(counts.values()) {
        for (place, reading) in readings.iter().enumerate() {
            // Between families that fit equally well, the most usual meaning decides.
            *bought.entry(reading.family).or_default() += n as f64 + 0.5 - 1e-3 * place as f64;
        }
    }
    let mut families: Vec<(Family, f64)> =
        bought.into_iter().filter(|(family, _)| *family != Family::OneSize).collect();
    families.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut ranks: Vec<Option<Rank>> = readings
        .iter()
        .map(|readings| {
            families.iter().find_map(|(family, _)| {
                let reading = readings.iter().find(|reading| reading.family == *family)?;
                Some(Rank { family: *family, value: reading.value, length: reading.length })
            })
        })
        .collect();
    mark_short_and_long(&mut ranks);
    ranks
}

/// Reads 18 to 26 beside 36 to 52 as Germany's short sizes, and 76 to 104 as its long ones.
fn mark_short_and_long(ranks: &mut [Option<Rank>]) {
    let regular = |value: f64| (SMALLEST_REGULAR..=LARGEST_REGULAR).contains(&value);
    let sold: BTreeSet<i64> = ranks
        .iter()
        .flatten()
        .filter(|rank| rank.family == Family::Clothing && regular(rank.value))
        .map(|rank| rank.value as i64)
        .collect();
    for rank in ranks.iter_mut().flatten().filter(|rank| rank.family == Family::Clothing) {
        let whole = rank.value.fract() == 0.0;
        let [double, half] = [2.0 * rank.value, 0.5 * rank.value];
        if !whole || regular(rank.value) {
            continue;
        }
        if sold.contains(&(double as i64)) && regular(double) {
            (rank.value, rank.length) = (double, -1.0);
        } else if half.fract() == 0.0 && regular(half) && sold.contains(&(half as i64)) {
            (rank.value, rank.length) = (half, 1.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranked(labels: &[(&'static str, u64)]) -> BTreeMap<&'static str, Option<Rank>> {
        let counts: BTreeMap<&str, u64> = labels.iter().copied().collect();
        counts.keys().copied().zip(ranks(&counts)).collect()
    }

    #[test]
    fn numbers_take_the_family_that_fits_the_run() {
        let shoes = ranked(&[("8", 20), ("8.5", 3), ("9", 20)]);
        assert!(shoes.values().all(|rank| rank.unwrap().family == Family::Shoe), "{shoes:?}");
        let dresses = ranked(&[("36", 5), ("38", 5), ("One Size", 50)]);
        assert_eq!(dresses["38"].unwrap().family, Family::Clothing);
        assert_eq!(dresses["One Size"], None);
    }

    #[test]
    fn short_and_long_sizes_lie_at_their_regular_size() {
        let trousers = ranked(&[("19", 4), ("38", 9), ("40", 9), ("80", 2), ("90", 1)]);
        let place = |label: &str| trousers[label].map(|rank| (rank.value, rank.length));
        assert_eq!(place("19"), Some((38.0, -1.0)));
        assert_eq!(place("80"), Some((40.0, 1.0)));
        // No 45 is sold, so 90 is no long 45.
        assert_eq!(place("90"), Some((90.0, 0.0)));
        // Without regular sizes beside them the same numbers mean themselves.
        assert_eq!(ranked(&[("19", 4), ("20", 4)])["20"].unwrap().value, 20.0);
    }
}
