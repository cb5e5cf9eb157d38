//! The labels of one size run: their purchases, order and names.

use super::label_order::{Rank, ranks};
use crate::size::Family;
use std::collections::{BTreeMap, BTreeSet};

/// Sd from the mean beyond which a size says nothing about a body.
const FAR_OFF: f64 = 3.5;
/// Share of a run's purchases below its smallest and above its largest usual size.
const TAIL: f64 = 0.02;

/// The labels of a run.
pub(super) struct RunLabels<'k> {
    /// Purchases of each label.
    pub(super) counts: BTreeMap<&'k str, u64>,
    /// By label, in the order of `counts`.
    pub(super) ranks: Vec<Option<Rank>>,
}

impl<'k> RunLabels<'k> {
    pub(super) fn new(counts: BTreeMap<&'k str, u64>) -> Self {
        Self { ranks: ranks(&counts), counts }
    }
}

impl RunLabels<'_> {
    /// Numbers and purchases of the labels of one family.
    pub(super) fn bought(&self, family: Family) -> Vec<(f64, f64)> {
        let labels = self.ranks.iter().zip(self.counts.values());
        let of_family = labels.filter_map(|(rank, &n)| Some(((*rank)?, n)));
        of_family
            .filter(|(rank, _)| rank.family == family)
            .map(|(rank, n)| (rank.value, n as f64 + 0.5))
            .collect()
    }

    /// Sizes above the mean of the run's purchases, in its sd, by label.
    pub(super) fn standardised(&self) -> BTreeMap<&str, f64> {
        let families: BTreeSet<Family> =
            self.ranks.iter().flatten().map(|rank| rank.family).collect();
        let scales: BTreeMap<Family, (f64, f64)> =
            families.into_iter().map(|f| (f, mean_and_sd(&self.bought(f)))).collect();
        let labels = self.counts.keys().zip(&self.ranks);
        labels
            .filter_map(|(&label, rank)| {
                let rank = (*rank)?;
                let (mean, sd) = scales[&rank.family];
                let size = (rank.value - mean) / sd;
                (sd > 0.0 && size.abs() < FAR_OFF).then_some((label, size))
            })
            .collect()
    }
}

fn mean_and_sd(bought: &[(f64, f64)]) -> (f64, f64) {
    let total: f64 = bought.iter().map(|(_, n)| n).sum();
    let mean = bought.iter().map(|(x, n)| x * n).sum::<f64>() / total;
    let variance = bought.iter().map(|(x, n)| (x - mean) * (x - mean) * n).sum::<f64>() / total;
    (mean, libm::sqrt(variance))
}

/// The part of their purchases by label that two runs have in common, from 0 to 1.
pub(super) fn overlap(a: &RunLabels<'_>, b: &RunLabels<'_>) -> f64 {
    let total = |run: &RunLabels<'_>| run.counts.values().sum::<u64>().max(1) as f64;
    let (of_a, of_b) = (total(a), total(b));
    let common = |(label, &n): (&&str, &u64)| {
        b.counts.get(label).map_or(0.0, |&m| (n as f64 / of_a).min(m as f64 / of_b))
    };
    a.counts.iter().map(common).sum()
}

impl RunLabels<'_> {
    /// "S to XXL": the smallest and the largest usual size.
    pub(super) fn name(&self) -> String {
        let labels = || self.counts.iter().zip(&self.ranks);
        let ranked = labels().filter_map(|((_, n), rank)| Some((n, (*rank)?.family)));
        let main = ranked.max_by_key(|(n, _)| **n).map(|(_, family)| family);
        let mut sizes: Vec<UsualSize<'_>> = labels()
            .filter(|(_, rank)| rank.map(|rank| rank.family) == main)
            .map(|((&label, &purchases), rank)| UsualSize {
                value: rank.map_or(0.0, |rank| rank.value),
                label,
                purchases,
            })
            .collect();
        sizes.sort_by(|a, b| a.value.total_cmp(&b.value).then(a.label.cmp(b.label)));
        let tail = TAIL * sizes.iter().map(|size| size.purchases).sum::<u64>() as f64;
        let first = end_of_tail(sizes.iter(), tail);
        let last = end_of_tail(sizes.iter().rev(), tail);
        if first == last { first.to_owned() } else { format!("{first} to {last}") }
    }
}

struct UsualSize<'l> {
    value: f64,
    label: &'l str,
    purchases: u64,
}

/// The first label beyond so many purchases.
fn end_of_tail<'s>(sizes: impl Iterator<Item = &'s UsualSize<'s>>, tail: f64) -> &'s str {
    let mut passed = 0.0;
    for size in sizes {
        passed += size.purchases as f64;
        if passed > tail {
            return size.label;
        }
    }
    ""
}
