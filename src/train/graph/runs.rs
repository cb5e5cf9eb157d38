//! Finds size runs: sets of articles sold in the same sizes, where no public table knows the
//! labels.
//!
//! The same digits may belong to several scales: 4, 8, 14, 20 are XS to XL of one garment where 4,
//! 8, 12, 16, 20 are dress sizes 2 to 10 of another. The sizes that an article is sold in show its
//! run. An article's sales by label are Dirichlet-multinomial about the profile of its run. Runs
//! are added one by one as long as each gains enough log likelihood.

/// Concentration of an article's size mix about its run's profile, purchases: articles of one run
/// have different customers, and that alone must not make another run.
const CONCENTRATION: f64 = 20.0;
/// Weight of the profile of all articles in a run's profile, purchases.
const SMOOTHING: f64 = 1.0;
/// Log likelihood that a new run must gain for each purchase of all articles: the profile and the
/// positions of a run are learned from its own purchases alone, and on real rentals runs that gain
/// less predict new choices worse.
const MIN_GAIN: f64 = 0.01;
/// Log likelihood that a new run must gain in total: a handful of odd articles is no run.
const MIN_TOTAL_GAIN: f64 = 50.0;
/// Most runs of one fit group and size system.
const MAX_RUNS: usize = 12;
/// Rounds of reassigning articles after a run was added; few change after that.
const ROUNDS: usize = 3;
/// Articles tried as the seed of a new run before giving up.
const SEEDS: usize = 3;

/// The run of each article, numbered from 0 by falling number of purchases. `sales[a]` are the
/// labels of article a, below `labels`, with their purchases.
pub(super) fn find_runs(sales: &[Vec<(usize, f64)>], labels: usize) -> Vec<usize> {
    let mut all = vec![SMOOTHING / labels as f64; labels];
    for &(l, n) in sales.iter().flatten() {
        all[l] += n;
    }
    let total: f64 = all.iter().sum();
    let least = (MIN_GAIN * total).max(MIN_TOTAL_GAIN);
    let background: Vec<f64> = all.iter().map(|n| n / total).collect();
    let mut best = Runs { run_of: vec![0; sales.len()], profiles: vec![background.clone()] };
    let mut likelihood = best.assign(sales);
    while best.profiles.len() < MAX_RUNS {
        let grown = best.seeds(sales).into_iter().find_map(|seed| {
            let mut grown = best.clone();
            grown.profiles.push(profile(&background, sales.get(seed).into_iter(), labels));
            let mut after = 0.0;
            for _ in 0..ROUNDS {
                grown.assign(sales);
                grown.learn(sales, &background);
                after = grown.assign(sales);
            }
            (after > likelihood + least).then_some((after, grown))
        });
        let Some((after, grown)) = grown else { break };
        (likelihood, best) = (after, grown);
    }
    best.ranked(sales)
}

#[derive(Clone)]
struct Runs {
    /// By article.
    run_of: Vec<usize>,
    profiles: Vec<Vec<f64>>,
}

impl Runs {
    /// Moves every article to its likeliest run; returns the log likelihood.
    fn assign(&mut self, sales: &[Vec<(usize, f64)>]) -> f64 {
        let mut total = 0.0;
        let alone: Vec<Vec<f64>> = self
            .profiles
            .iter()
            .map(|p| p.iter().map(|p| libm::lgamma(CONCENTRATION * p)).collect())
            .collect();
        for (of, sales) in self.run_of.iter_mut().zip(sales) {
            let mut best = (f64::NEG_INFINITY, 0);
            for (k, (profile, alone)) in self.profiles.iter().zip(&alone).enumerate() {
                let l = log_likelihood(sales, profile, alone);
                if l > best.0 {
                    best = (l, k);
                }
            }
            *of = best.1;
            total += best.0;
        }
        total
    }

    fn learn(&mut self, sales: &[Vec<(usize, f64)>], background: &[f64]) {
        for (k, run) in self.profiles.iter_mut().enumerate() {
            let members =
                sales.iter().zip(&self.run_of).filter(|(_, of)| **of == k).map(|(s, _)| s);
            *run = profile(background, members, background.len());
        }
    }

    /// The articles that their run explains worst, compared with their own size mix: the seeds of
    /// further runs.
    fn seeds(&self, sales: &[Vec<(usize, f64)>]) -> Vec<usize> {
        let mut worst: Vec<(f64, usize)> = sales
            .iter()
            .zip(&self.run_of)
            .enumerate()
            .map(|(a, (sales, &of))| {
                let n: f64 = sales.iter().map(|s| s.1).sum();
                let own = |l: f64| l / n;
                let apart =
                    sales.iter().map(|&(l, k)| k * libm::log(own(k) / self.profiles[of][l])).sum();
                (apart, a)
            })
            .filter(|w: &(f64, usize)| w.0.is_finite())
            .collect();
        worst.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        worst.into_iter().take(SEEDS).map(|w| w.1).collect()
    }

    /// Renumbers the runs that have articles by falling number of purchases.
    fn ranked(self, sales: &[Vec<(usize, f64)>]) -> Vec<usize> {
        let mut bought: Vec<(f64, usize)> = (0..self.profiles.len()).map(|k| (0.0, k)).collect();
        for (of, sales) in self.run_of.iter().zip(sales) {
            bought[*of].0 += sales.iter().map(|s| s.1).sum::<f64>();
        }
        bought.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut rank = vec![0; bought.len()];
        bought.iter().enumerate().for_each(|(new, &(_, old))| rank[old] = new);
        self.run_of.into_iter().map(|k| rank[k]).collect()
    }
}

fn profile<'s>(
    background: &[f64],
    members: impl Iterator<Item = &'s Vec<(usize, f64)>>,
    labels: usize,
) -> Vec<f64> {
    let mut counts: Vec<f64> = background.iter().map(|p| SMOOTHING * p).collect();
    debug_assert_eq!(counts.len(), labels);
    for &(l, n) in members.flatten() {
        counts[l] += n;
    }
    let total: f64 = counts.iter().sum();
    counts.into_iter().map(|n| n / total).collect()
}

/// Log likelihood of an article's purchases by label under Dirichlet(concentration x profile);
/// `alone` is the log gamma of its parameters.
fn log_likelihood(sales: &[(usize, f64)], profile: &[f64], alone: &[f64]) -> f64 {
    sales.iter().map(|&(l, n)| libm::lgamma(CONCENTRATION * profile[l] + n) - alone[l]).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Articles of two scales that share most of their digits, and some with few sales.
    #[test]
    fn tells_two_scales_apart_by_their_sizes() {
        // Labels 0..5 are dress sizes 4, 8, 12, 16, 20; 5 is the 14 of the letter run, which shares
        // 4, 8 and 20.
        let mut sales = Vec::new();
        for i in 0..60 {
            let n = |k: usize| ((i * 7 + k * 13) % 17 + 3) as f64;
            sales.push((0..5).map(|l| (l, n(l))).collect::<Vec<_>>());
            sales.push([0, 1, 4, 5].map(|l| (l, n(l))).to_vec());
        }
        sales.push(vec![(2, 1.0)]);
        sales.push(vec![(5, 1.0), (1, 1.0)]);
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
        let sales: Vec<Vec<(usize, f64)>> = (0..80)
            .map(|a| (0..6).map(|l| (l, if (a % 2 == 0) == (l < 3) { 8.0 } else { 5.0 })).collect())
            .collect();
        assert!(find_runs(&sales, 6).iter().all(|&run| run == 0));
    }
}
