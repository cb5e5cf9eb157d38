//! Presumes the sizes between those that an article was sold in.
//!
//! A history shows only the sizes that somebody bought. An article of the run S to XXL that was
//! bought in S, L and XL is most likely sold in M too.

use super::articles::ArticleRecord;
use super::label_order::Rank;
use super::run_labels::RunLabels;
use super::run_likelihood::CONCENTRATION;
use crate::size::Family;
use std::collections::BTreeMap;

/// A size is presumed if an article of the run would lack purchases of it with at least this
/// probability.
const MIN_PROBABILITY: f64 = 0.1;
/// Least share of a size in the purchases of its run: a rarer one may be a slip of the pen.
const MIN_SHARE: f64 = 0.02;

/// The labels that an article is presumed to be sold in too: those of its run between its smallest
/// and its largest size of one family and length.
pub(super) fn presumed_sizes<'k>(record: &ArticleRecord<'_>, run: &RunLabels<'k>) -> Vec<&'k str> {
    let total: u64 = run.counts.values().sum();
    let bought: u64 = record.sizes.values().sum();
    let mut ends: BTreeMap<(Family, i64), (f64, f64)> = BTreeMap::new();
    let labels = || run.counts.iter().zip(&run.ranks).filter_map(|(l, rank)| Some((l, (*rank)?)));
    for ((label, _), rank) in labels() {
        if record.sizes.contains_key(label) {
            let end = ends.entry(rank.kind()).or_insert((rank.value, rank.value));
            *end = (end.0.min(rank.value), end.1.max(rank.value));
        }
    }
    let between = |rank: &Rank| {
        ends.get(&rank.kind()).is_some_and(|&(low, high)| low < rank.value && rank.value < high)
    };
    labels()
        .filter(|((label, n), rank)| {
            let share = **n as f64 / total as f64;
            !record.sizes.contains_key(*label)
                && between(rank)
                && share >= MIN_SHARE
                && probability_of_none(bought as f64, share) >= MIN_PROBABILITY
        })
        .map(|((label, _), _)| *label)
        .collect()
}

/// The probability that an article with so many purchases has none of a size with this share in its
/// run: a Dirichlet-multinomial, as in the search for runs.
fn probability_of_none(bought: f64, share: f64) -> f64 {
    let (all, others) = (CONCENTRATION, CONCENTRATION * (1.0 - share));
    let log = libm::lgamma(others + bought) - libm::lgamma(others) + libm::lgamma(all)
        - libm::lgamma(all + bought);
    libm::exp(log)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::size::System;
    use crate::train::graph::articles::ArticleClass;

    fn article(sizes: &[(&'static str, u64)]) -> ArticleRecord<'static> {
        let class = ArticleClass {
            group: String::new(),
            brand: String::new(),
            category: String::new(),
            system: System::Unspecified,
        };
        ArticleRecord {
            key: 1,
            code: Some(0),
            class,
            sizes: sizes.iter().copied().collect(),
            listed: false,
        }
    }

    #[test]
    fn a_size_between_two_others_is_presumed_until_purchases_contradict() {
        let run =
            RunLabels::new([("S", 200), ("M", 300), ("L", 300), ("XL", 200), ("XS", 5)].into());
        assert_eq!(presumed_sizes(&article(&[("S", 1), ("XL", 2)]), &run), ["L", "M"]);
        // Nothing beyond the ends.
        assert!(presumed_sizes(&article(&[("M", 1), ("L", 2)]), &run).is_empty());
        // Among a hundred purchases somebody would have taken an M.
        assert!(presumed_sizes(&article(&[("S", 40), ("L", 60)]), &run).is_empty());
    }

    #[test]
    fn the_probability_of_none_falls_with_purchases() {
        assert_eq!(probability_of_none(0.0, 0.3), 1.0);
        assert!((probability_of_none(1.0, 0.3) - 0.7).abs() < 1e-12);
        assert!(probability_of_none(60.0, 0.3) < 0.01);
    }
}
