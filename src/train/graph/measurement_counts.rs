//! Counts of the values of one measurement. Parts of the customers are counted apart; the merged
//! counts do not depend on the parts.

use crate::model::MeasurementKind;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Most levels of a categorical measurement; rarer ones count as missing.
const MAX_LEVELS: usize = 32;

/// For one measurement, how many customers have each value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum MeasurementCounts<'a> {
    Numbers(BTreeMap<Number, usize>),
    Words(BTreeMap<&'a str, usize>),
}

/// A finite number in the order of [`f64::total_cmp`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Number(f64);

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Number {}

impl<'a> MeasurementCounts<'a> {
    /// Counts finite numbers.
    pub(super) fn of_numbers(values: impl Iterator<Item = f64>) -> Self {
        Self::Numbers(counted(values.map(Number)))
    }

    /// Adds up the counts of words, each of which may occur several times.
    pub(super) fn of_words(counts: impl Iterator<Item = (&'a str, usize)>) -> Self {
        let mut words = BTreeMap::new();
        counts.for_each(|(word, count)| *words.entry(word).or_default() += count);
        Self::Words(words)
    }

    /// Adds the counts of other customers, for the same measurement.
    pub(super) fn merge(&mut self, other: Self) {
        match (self, other) {
            (Self::Numbers(own), Self::Numbers(other)) => add(own, other),
            (Self::Words(own), Self::Words(other)) => add(own, other),
            _ => unreachable!("a measurement is a number or a word for all customers"),
        }
    }

    /// How the values become features; `None` where they tell nothing: all missing, or all the
    /// same.
    pub(super) fn kind(&self) -> Option<MeasurementKind> {
        match self {
            Self::Numbers(counts) => numeric(counts),
            Self::Words(counts) => categorical(counts),
        }
    }
}

fn counted<K: Ord>(values: impl Iterator<Item = K>) -> BTreeMap<K, usize> {
    let mut counts = BTreeMap::new();
    values.for_each(|value| *counts.entry(value).or_default() += 1);
    counts
}

fn add<K: Ord>(counts: &mut BTreeMap<K, usize>, other: BTreeMap<K, usize>) {
    other.into_iter().for_each(|(value, count)| *counts.entry(value).or_default() += count);
}

fn numeric(counts: &BTreeMap<Number, usize>) -> Option<MeasurementKind> {
    let all: usize = counts.values().sum();
    // The outer half per cent on both sides may be absurd: it must not set the scale.
    let cut = all / 200;
    // In ascending order, so that the sums do not depend on the order of the customers.
    let values = || {
        let repeated = counts.iter().flat_map(|(x, &count)| std::iter::repeat_n(x.0, count));
        repeated.skip(cut).take(all - 2 * cut)
    };
    let n = (all - 2 * cut) as f64;
    let mean = values().sum::<f64>() / n;
    let sd = (values().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n).sqrt();
    (sd.is_finite() && sd > 1e-9 * mean.abs().max(1e-9))
        .then_some(MeasurementKind::Numeric { mean, sd })
}

/// The commonest words are the levels.
fn categorical(counts: &BTreeMap<&str, usize>) -> Option<MeasurementKind> {
    let mut ranked: Vec<(&str, usize)> = counts.iter().map(|(&word, &n)| (word, n)).collect();
    ranked.sort_by_key(|&(word, n)| (std::cmp::Reverse(n), word));
    ranked.truncate(MAX_LEVELS);
    let mut levels: Vec<String> = ranked.into_iter().map(|(word, _)| word.to_owned()).collect();
    levels.sort_unstable();
    (levels.len() > 1).then_some(MeasurementKind::Categorical { levels })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values with many digits, so that the order of a sum would change its last bits.
    fn values() -> Vec<f64> {
        (0..1000_u32)
            .map(|i| 160.0 + libm::sin(f64::from(i % 77)) * 31.0)
            .chain([1e9, -1e9])
            .collect()
    }

    #[test]
    fn any_partition_gives_the_same_counts_and_bits() {
        let values = values();
        let whole = MeasurementCounts::of_numbers(values.iter().copied());
        for size in [1, 7, 100, 999] {
            let parts = values.chunks(size).rev();
            let mut counts = parts.map(|part| MeasurementCounts::of_numbers(part.iter().copied()));
            let mut merged = counts.next().expect("a part");
            counts.for_each(|part| merged.merge(part));
            assert_eq!(merged, whole, "parts of {size}");
            assert_eq!(merged.kind(), whole.kind(), "parts of {size}");
        }
    }

    #[test]
    fn the_kind_is_that_of_the_sorted_values_without_the_outer_half_per_cent() {
        let mut sorted = values();
        let counts = MeasurementCounts::of_numbers(sorted.iter().copied());
        sorted.sort_by(f64::total_cmp);
        let inner = &sorted[5..sorted.len() - 5];
        let n = inner.len() as f64;
        let mean = inner.iter().sum::<f64>() / n;
        let sd = (inner.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n).sqrt();
        assert_eq!(counts.kind(), Some(MeasurementKind::Numeric { mean, sd }));
        assert_eq!(MeasurementCounts::of_numbers([3.0; 9].into_iter()).kind(), None);
        assert_eq!(MeasurementCounts::of_numbers(std::iter::empty()).kind(), None);
    }

    #[test]
    fn rare_words_are_no_levels() {
        let words: Vec<String> =
            (0..40_usize).flat_map(|i| std::iter::repeat_n(format!("w{i:02}"), 1 + i)).collect();
        let (first, rest) = words.split_at(100);
        let mut counts = MeasurementCounts::of_words(first.iter().map(|word| (word.as_str(), 1)));
        counts.merge(MeasurementCounts::of_words(rest.iter().map(|word| (word.as_str(), 1))));
        let Some(MeasurementKind::Categorical { levels }) = counts.kind() else {
            panic!("a categorical measurement")
        };
        let commonest: Vec<String> = (8..40).map(|i| format!("w{i:02}")).collect();
        assert_eq!(levels, commonest);
        assert_eq!(MeasurementCounts::of_words([("same", 3)].into_iter()).kind(), None);
    }
}
