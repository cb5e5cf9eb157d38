//! Presumes sizes that an article is offered in although nobody bought them.
//!
//! A history shows only the sizes that somebody bought. An article of the run S to XXL that was
//! bought in S, L and XL is most likely offered in M too; one that was bought once, in M, is most
//! likely offered in the other sizes that most articles of the run have.

use super::articles::ArticleRecord;
use super::label_order::Rank;
use super::run_labels::RunLabels;
use super::run_likelihood::CONCENTRATION;
use crate::size::Family;
use std::collections::{BTreeMap, HashMap};

/// A size between two that were bought is presumed if an article of the run would lack purchases of
/// it with at least this probability.
const MIN_PROBABILITY: f64 = 0.1;
/// Least share of a size in the purchases of its run: a rarer one may be a slip of the pen.
const MIN_SHARE: f64 = 0.02;
/// A size beyond those bought is presumed if the article is offered in it with at least this
/// probability.
const MIN_OFFERED: f64 = 0.5;

/// How often the articles of a run are offered in each label, in the order of its labels.
pub(super) struct RunOffers {
    /// The label's share of the run's purchases.
    shares: Vec<f64>,
    /// Share of the run's articles that are offered in it.
    offered: Vec<f64>,
    /// By the number of purchases of an article of the run, the probability of none of each label.
    none: HashMap<u64, Vec<f64>>,
}

impl RunOffers {
    /// From the articles of a run: the articles bought in a label, over those in which purchases of
    /// it would have shown if it were on offer (Horvitz and Thompson, JASA 1952).
    pub(super) fn new<'r, 'k: 'r>(
        run: &RunLabels<'k>,
        articles: impl Iterator<Item = &'r ArticleRecord<'k>>,
    ) -> Self {
        let total = run.counts.values().sum::<u64>().max(1) as f64;
        let shares: Vec<f64> = run.counts.values().map(|&n| n as f64 / total).collect();
        let (mut bought_in, mut would_show) = (vec![0.0; shares.len()], vec![0.0; shares.len()]);
        let mut none: HashMap<u64, Vec<f64>> = HashMap::new();
        for record in articles {
            let bought = bought(record);
            let none = none.entry(bought).or_insert_with(|| {
                shares.iter().map(|&share| probability_of_none(bought as f64, share)).collect()
            });
            for (i, label) in run.counts.keys().enumerate() {
                bought_in[i] += f64::from(u8::from(record.sizes.contains_key(label)));
                would_show[i] += 1.0 - none[i];
            }
        }
        // With one article for and one against, so that purchases can always contradict.
        let share = |(have, show): (&f64, &f64)| (have + 1.0) / (show.max(*have) + 2.0);
        let offered = bought_in.iter().zip(&would_show).map(share).collect();
        Self { shares, offered, none }
    }

    /// Probability that an article with so many purchases has none of label i.
    fn none(&self, i: usize, bought: u64) -> f64 {
        let known = self.none.get(&bought).map(|none| none[i]);
        known.unwrap_or_else(|| probability_of_none(bought as f64, self.shares[i]))
    }

    /// Probability that an article with so many purchases, none of them in label i, is offered in
    /// it.
    fn probability(&self, i: usize, bought: u64) -> f64 {
        let offered = self.offered[i] * self.none(i, bought);
        offered / (offered + 1.0 - self.offered[i]).max(f64::MIN_POSITIVE)
    }
}

/// The labels that an article is presumed to be offered in besides those that were bought: those of
/// its run between its smallest and its largest size of one family and length, and those of the
/// same family and length that articles like it most probably have.
pub(super) fn presumed_sizes<'k>(
    record: &ArticleRecord<'_>,
    run: &RunLabels<'k>,
    offers: &RunOffers,
) -> Vec<&'k str> {
    let bought = bought(record);
    let mut ends: BTreeMap<(Family, i64), (f64, f64)> = BTreeMap::new();
    let labels = || {
        let ranked = run.counts.keys().zip(&run.ranks).enumerate();
        ranked.filter_map(|(i, (label, rank))| Some((i, *label, (*rank)?)))
    };
    for (_, label, rank) in labels() {
        if record.sizes.contains_key(label) {
            let end = ends.entry(rank.kind()).or_insert((rank.value, rank.value));
            *end = (end.0.min(rank.value), end.1.max(rank.value));
        }
    }
    let presumed = |i: usize, rank: &Rank| match ends.get(&rank.kind()) {
        Some(&(low, high)) if low < rank.value && rank.value < high => {
            offers.none(i, bought) >= MIN_PROBABILITY
        }
        Some(_) => offers.probability(i, bought) >= MIN_OFFERED,
        None => false,
    };
    labels()
        .filter(|(i, label, rank)| {
            offers.shares[*i] >= MIN_SHARE
                && !record.sizes.contains_key(label)
                && presumed(*i, rank)
        })
        .map(|(_, label, _)| label)
        .collect()
}

/// Number of the article's purchases.
fn bought(record: &ArticleRecord<'_>) -> u64 {
    record.sizes.values().sum()
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

    fn run() -> RunLabels<'static> {
        RunLabels::new([("S", 200), ("M", 300), ("L", 300), ("XL", 200), ("XS", 5)].into())
    }

    /// Articles bought in every size but XS, and some in XS too.
    fn offers(run: &RunLabels<'static>, with_xs: usize) -> RunOffers {
        let usual = article(&[("S", 20), ("M", 30), ("L", 30), ("XL", 20)]);
        let small = article(&[("XS", 20), ("S", 20), ("M", 30), ("L", 30), ("XL", 20)]);
        let articles = (0..10).map(|n| if n < with_xs { &small } else { &usual });
        RunOffers::new(run, articles)
    }

    #[test]
    fn a_size_between_two_others_is_presumed_until_purchases_contradict() {
        let run = run();
        let presumed = |sizes| presumed_sizes(&article(sizes), &run, &offers(&run, 0));
        assert_eq!(presumed(&[("S", 1), ("XL", 2)]), ["L", "M"]);
        // Among a hundred purchases somebody would have taken an M.
        assert!(presumed(&[("S", 40), ("L", 60)]).is_empty());
    }

    #[test]
    fn sizes_that_most_articles_have_are_presumed_where_few_purchases_tell() {
        let run = run();
        let presumed = |sizes| presumed_sizes(&article(sizes), &run, &offers(&run, 0));
        assert_eq!(presumed(&[("M", 1)]), ["L", "S", "XL"]);
        // Sixty purchases without an S or an XL: there is none.
        assert!(presumed(&[("M", 30), ("L", 30)]).is_empty());
        // Nobody's size in words is presumed of an article in numbers.
        assert!(presumed(&[("38", 1)]).is_empty());
    }

    #[test]
    fn a_size_is_offered_as_often_as_its_purchases_would_show() {
        let run = RunLabels::new([("S", 400), ("M", 600)].into());
        let (both, one) = (article(&[("S", 20), ("M", 30)]), article(&[("M", 50)]));
        let half = RunOffers::new(&run, [&both, &one].into_iter());
        let [m, s] = [half.offered[0], half.offered[1]];
        assert!((s - 0.5).abs() < 0.01 && (m - 0.75).abs() < 0.01, "{m} {s}");
        assert!((half.probability(1, 0) - 0.5).abs() < 0.01);
        assert!(half.probability(1, 1) < 0.4 && half.probability(1, 50) < 0.01);
    }

    #[test]
    fn the_probability_of_none_falls_with_purchases() {
        assert_eq!(probability_of_none(0.0, 0.3), 1.0);
        assert!((probability_of_none(1.0, 0.3) - 0.7).abs() < 1e-12);
        assert!(probability_of_none(60.0, 0.3) < 0.01);
    }
}
