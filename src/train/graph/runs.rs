//! Finds size runs: sets of articles sold in the same sizes.
//!
//! The same digits may belong to several scales: 36 to 46 are dresses of one article and shoes of
//! another; 4, 8, 14, 20 are XS to XL of one garment where 4, 8, 12, 16, 20 are dress sizes 2 to 10
//! of another. The sizes that an article is sold in show its run, and so do the runs of its brand
//! and category where it is sold in one or two sizes. An article's sales by label are
//! Dirichlet-multinomial about the profile of its run. Runs are added one by one as long as each
//! gains enough log likelihood.

use super::run_likelihood::{ArticleSales, log_likelihoods, profile};

/// Log likelihood that a new run must gain in total: a handful of odd articles is no run.
const MIN_TOTAL_GAIN: f64 = 50.0;
/// A new run must also gain this for each purchase of all articles ...
const MIN_GAIN: f64 = 0.01;
/// ... or this for each purchase of the articles that change their run. Runs of different labels
/// gain .3 and more, differences of taste within one run up to .13: the profile and the positions
/// of a run are learned from its own purchases alone, and on real rentals runs that gain less
/// predict new choices worse.
const MIN_GAIN_OF_MOVED: f64 = 0.2;
/// Most runs of one fit group and size system.
const MAX_RUNS: usize = 24;
/// Rounds of reassigning articles after a run was added; few change after that.
const ROUNDS: usize = 3;
/// Articles tried as the seed of a new run before giving up.
const SEEDS: usize = 3;
/// Weight of all articles' runs in the runs of one brand and category, articles.
const CLASS_PRIOR: f64 = 2.0;
/// Least share of a run in the articles of a brand and category: two purchases in a label that the
/// brand's usual run lacks outweigh it.
const MIN_CLASS_SHARE: f64 = 0.02;

/// The run of each article, numbered from 0 by falling number of purchases. `labels` is the number
/// of labels.
pub(super) fn find_runs(sales: &[ArticleSales], labels: usize) -> Vec<usize> {
    let everything = profile(&vec![1.0 / labels as f64; labels], sales.iter());
    let total: f64 = sales.iter().map(ArticleSales::total).sum();
    let mut best = Runs::one(sales, everything);
    while best.count() < MAX_RUNS {
        let grown = best.seeds().into_iter().find_map(|seed| {
            let grown = best.grown(seed);
            let gain = grown.likelihood - best.likelihood;
            let moved = best.moved_purchases(&grown);
            let enough = gain > MIN_GAIN * total || gain > MIN_GAIN_OF_MOVED * moved;
            (gain > MIN_TOTAL_GAIN && enough).then_some(grown)
        });
        let Some(grown) = grown else { break };
        best = grown;
    }
    best.ranked()
}

/// An assignment of articles to runs.
#[derive(Clone)]
struct Runs<'s> {
    sales: &'s [ArticleSales],
    /// Share of each label in all purchases.
    everything: Vec<f64>,
    /// By article.
    run_of: Vec<usize>,
    /// By run: the share of each label.
    profiles: Vec<Vec<f64>>,
    /// By run, then by article: log likelihood of its purchases.
    likelihoods: Vec<Vec<f64>>,
    /// Log likelihood of all articles, with the probability of their runs.
    likelihood: f64,
}

impl<'s> Runs<'s> {
    /// All articles in one run.
    fn one(sales: &'s [ArticleSales], everything: Vec<f64>) -> Self {
        let likelihoods = vec![log_likelihoods(sales, &everything)];
        let mut runs = Self {
            sales,
            profiles: vec![everything.clone()],
            everything,
            run_of: vec![0; sales.len()],
            likelihoods,
            likelihood: 0.0,
        };
        runs.assign();
        runs
    }

    fn count(&self) -> usize {
        self.profiles.len()
    }

    /// With one more run, which starts as this article's.
    fn grown(&self, seed: usize) -> Self {
        let mut runs = self.clone();
        runs.push(profile(&self.everything, std::iter::once(&self.sales[seed])));
        for _ in 0..ROUNDS {
            let before = runs.run_of.clone();
            runs.assign();
            runs.learn(&before);
        }
        runs.assign();
        runs
    }

    fn push(&mut self, profile: Vec<f64>) {
        self.likelihoods.push(log_likelihoods(self.sales, &profile));
        self.profiles.push(profile);
    }

    /// Moves every article to its likeliest run.
    fn assign(&mut self) {
        let classes = self.class_shares();
        self.likelihood = 0.0;
        for (a, (run, sales)) in self.run_of.iter_mut().zip(self.sales).enumerate() {
            let mut best = (f64::NEG_INFINITY, 0);
            for (k, (likelihoods, share)) in
                self.likelihoods.iter().zip(&classes[sales.class]).enumerate()
            {
                let likelihood = likelihoods[a] + share;
                if likelihood > best.0 {
                    best = (likelihood, k);
                }
            }
            self.likelihood += best.0;
            *run = best.1;
        }
    }

    /// For each brand and category, the logarithm of the share of each run in its articles,
    /// shrunken towards the shares of all articles.
    fn class_shares(&self) -> Vec<Vec<f64>> {
        let classes = self.sales.iter().map(|s| s.class + 1).max().unwrap_or(0);
        let mut counts = vec![vec![0.0; self.count()]; classes];
        let mut all = vec![0.5; self.count()];
        for (sales, &run) in self.sales.iter().zip(&self.run_of) {
            counts[sales.class][run] += 1.0;
            all[run] += 1.0;
        }
        let total: f64 = all.iter().sum();
        for counts in &mut counts {
            let articles: f64 = counts.iter().sum();
            for (count, all) in counts.iter_mut().zip(&all) {
                let share = (*count + CLASS_PRIOR * all / total) / (articles + CLASS_PRIOR);
                *count = libm::log(share.max(MIN_CLASS_SHARE));
            }
        }
        counts
    }

    /// Learns the profiles of the runs whose articles changed.
    fn learn(&mut self, before: &[usize]) {
        let mut changed = vec![false; self.count()];
        *changed.last_mut().expect("a run") = true;
        for (&old, &new) in before.iter().zip(&self.run_of) {
            if old != new {
                (changed[old], changed[new]) = (true, true);
            }
        }
        for run in (0..self.count()).filter(|&run| changed[run]) {
            let members = self.sales.iter().zip(&self.run_of).filter(|(_, of)| **of == run);
            let profile = profile(&self.everything, members.map(|(sales, _)| sales));
            self.likelihoods[run] = log_likelihoods(self.sales, &profile);
            self.profiles[run] = profile;
        }
    }

    /// Purchases of the articles that have another run there.
    fn moved_purchases(&self, other: &Self) -> f64 {
        let runs = self.run_of.iter().zip(&other.run_of).zip(self.sales);
        runs.filter(|((a, b), _)| a != b).map(|(_, sales)| sales.total()).sum()
    }

    /// The articles that their run explains worst, compared with their own size mix: the seeds of
    /// further runs.
    fn seeds(&self) -> Vec<usize> {
        let mut worst: Vec<(f64, usize)> = self
            .sales
            .iter()
            .zip(&self.run_of)
            .enumerate()
            .map(|(a, (sales, &of))| {
                let total = sales.total();
                let apart =
                    |&(l, n): &(usize, f64)| n * libm::log(n / total / self.profiles[of][l]);
                (sales.labels.iter().map(apart).sum(), a)
            })
            .filter(|w: &(f64, usize)| w.0.is_finite())
            .collect();
        worst.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        worst.into_iter().take(SEEDS).map(|w| w.1).collect()
    }

    /// Renumbers the runs that have articles by falling number of purchases.
    fn ranked(self) -> Vec<usize> {
        let mut bought: Vec<(f64, usize)> = (0..self.count()).map(|k| (0.0, k)).collect();
        for (of, sales) in self.run_of.iter().zip(self.sales) {
            bought[*of].0 += sales.total();
        }
        bought.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut rank = vec![0; bought.len()];
        bought.iter().enumerate().for_each(|(new, &(_, old))| rank[old] = new);
        self.run_of.into_iter().map(|k| rank[k]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(labels: Vec<(usize, f64)>) -> ArticleSales {
        ArticleSales { labels, class: 0 }
    }

    /// Articles of two scales that share most of their digits, and some with few sales.
    #[test]
    fn tells_two_scales_apart_by_their_sizes() {
        // Labels 0..5 are dress sizes 4, 8, 12, 16, 20; 5 is the 14 of the letter run, which shares
        // 4, 8 and 20.
        let mut sales = Vec::new();
        for i in 0..60 {
            let n = |k: usize| ((i * 7 + k * 13) % 17 + 3) as f64;
            sales.push(article((0..5).map(|l| (l, n(l))).collect()));
            sales.push(article([0, 1, 4, 5].map(|l| (l, n(l))).to_vec()));
        }
        sales.push(article(vec![(2, 1.0)]));
        sales.push(article(vec![(5, 1.0), (1, 1.0)]));
        let runs = find_runs(&sales, 6);
        let dress = runs[0];
        assert!((0..120).all(|a| (runs[a] == dress) == (a % 2 == 0)), "{runs:?}");
        assert_eq!(runs[120], dress);
        assert_ne!(runs[121], dress);
        assert_eq!(runs.iter().max(), Some(&1));
    }

    #[test]
    fn one_scale_stays_whole_whoever_buys_it() {
        // Some articles sell in small sizes, some in large ones: still one run.
        let sales: Vec<ArticleSales> = (0..80)
            .map(|a| (0..6).map(|l| (l, if (a % 2 == 0) == (l < 3) { 8.0 } else { 5.0 })).collect())
            .map(article)
            .collect();
        assert!(find_runs(&sales, 6).iter().all(|&run| run == 0));
    }

    #[test]
    fn an_article_with_one_sale_takes_the_run_of_its_brand() {
        // Labels: 36 to 41. Brand 0 makes dresses (even sizes), brand 1 shoes (all sizes).
        let mut sales = Vec::new();
        for i in 0..30 {
            let n = |k: usize| ((i * 5 + k * 11) % 13 + 3) as f64;
            sales.push(ArticleSales { labels: [0, 2, 4].map(|l| (l, n(l))).to_vec(), class: 0 });
            sales.push(ArticleSales { labels: (0..6).map(|l| (l, n(l))).collect(), class: 1 });
        }
        sales.push(ArticleSales { labels: vec![(2, 1.0)], class: 0 });
        sales.push(ArticleSales { labels: vec![(2, 1.0)], class: 1 });
        let runs = find_runs(&sales, 6);
        assert_ne!(runs[0], runs[1]);
        assert_eq!((runs[60], runs[61]), (runs[0], runs[1]));
    }
}
