//! Sums of what customers say, each customer's part clipped as a whole, with noise: all that
//! published beliefs are made of where privacy is asked for.
//!
//! The vector that is released has for each article a count of its customers, what they say of its
//! offset, spread, grade and cut, and for each of its sizes what they say of its popularity. One
//! customer moves it, in whole numbers, by at most [`GRID`] in the Euclidean norm, whatever they
//! bought; the noise is a discrete Gaussian in every coordinate. That is the whole of the
//! mechanism: what is made of the sums needs no other look at the history.

use super::budget::{Privacy, rho};
use super::customer_scores::{
    ARTICLE_SCORES, ArticleScores, LATENTS, Latents, SPREAD, Square, customer_scores,
};
use super::noise::{MOST_VARIANCE, Noise};
use crate::train::events::Partition;
use crate::train::fixed_point::Sums;
use crate::train::graph::{Graph, ScaleNode};
use crate::train::state::{Broadcast, Parameters};
use hmac_sha256::HMAC;

/// One customer's part in whole numbers: at most so long.
pub(super) const GRID: i64 = 1 << 20;
/// Length at which one customer's part is clipped; what a customer says of one article has a mean
/// square length of 1.
const CLIP: f64 = std::f64::consts::SQRT_2;
/// Part of the mean square length that the count of customers has. It says how much there is to
/// learn from, for which a rough figure will do.
const COUNT_PART: f64 = 0.1;
/// Coordinates of an article: the count, and what is said.
const OWN: usize = 1 + ARTICLE_SCORES;
/// A precision below this is none.
const NOTHING: f64 = 1e-9;

/// What is released: sums with noise.
pub(super) struct Release {
    /// In the units of what customers say; see [`Release::article`].
    sums: Vec<f64>,
    articles: usize,
    units: Units,
    /// What one customer says of one article, after clipping and before.
    clipped: Means,
    whole: Means,
    /// Variance of the noise of a coordinate whose unit is 1.
    variance: f64,
}

/// A sum of what was said, with the variance of the noise on it, and what it says of the latent by
/// each customer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Noisy {
    pub(super) sum: f64,
    pub(super) variance: f64,
    /// How much it grows with the latent.
    pub(super) gain: f64,
    /// How much it varies by itself.
    pub(super) scatter: f64,
}

impl Release {
    /// About how many customers an article has, clipped ones counted in part; and the noisy sums of
    /// offset, spread, grade and cut.
    pub(super) fn article(&self, graph: &Graph, a: usize) -> (f64, [Noisy; ARTICLE_SCORES]) {
        let group = usize::from(graph.articles[a].group);
        let units = &self.units.articles[group];
        let customers = if units[0] > 0.0 { self.sums[OWN * a] / units[0] } else { 0.0 }.max(0.0);
        let means = [&self.clipped, &self.whole].map(|means| &means.groups[group]);
        (
            customers,
            std::array::from_fn(|i| {
                self.at(OWN * a + 1 + i, units[i + 1], customers, means.map(|m| m[i]))
            }),
        )
    }

    /// How much the sums of offset, spread and grade grow with these latents, and how much they
    /// vary by themselves, by each customer of this group.
    pub(super) fn together(&self, group: usize) -> [Square; 2] {
        self.clipped.together[group]
    }

    /// How much, by each customer of this group, the spread's sum grows with half the square of
    /// offset, spread and grade.
    pub(super) fn bend(&self, group: usize) -> [f64; LATENTS] {
        self.clipped.bends[group]
    }

    /// The noisy sum of the popularity of a size of an article with about so many customers.
    pub(super) fn slot(&self, graph: &Graph, slot: usize, customers: f64) -> Noisy {
        let s = graph.slots[slot];
        let (scale, label) =
            (usize::from(graph.articles[s.article as usize].scale), usize::from(s.label));
        let means = [&self.clipped, &self.whole].map(|means| means.labels[scale][label]);
        self.at(OWN * self.articles + slot, self.units.labels[scale][label], customers, means)
    }

    /// A coordinate, without what clipping has put in: who finds something odd says more of it, and
    /// is clipped the more, so that what is left of all of them together leans to the usual.
    fn at(&self, i: usize, unit: f64, customers: f64, [clipped, whole]: [Mean; 2]) -> Noisy {
        if unit <= 0.0 {
            return Noisy { variance: f64::INFINITY, ..Noisy::default() };
        }
        Noisy {
            sum: self.sums[i] / unit - customers * (clipped.said - whole.said),
            variance: self.variance / (unit * unit),
            gain: clipped.gain,
            scatter: clipped.scatter,
        }
    }
}

/// What the customers of this history say of its articles, under this promise.
pub(super) fn release(
    broadcast: Broadcast<'_>,
    partitions: &[Partition],
    privacy: &Privacy,
) -> Release {
    let Broadcast { graph, parameters, .. } = broadcast;
    let said = customer_scores(broadcast, partitions);
    let whole = Means::of(graph, &said, &vec![1.0; said.len()]);
    let units = Units::new(graph, parameters, &whole);
    let (exact, parts) = sum(graph, &units, &said);
    // Whole numbers throughout: the promise holds to the last digit.
    let variance = variance(rho(privacy.epsilon, privacy.delta));
    let step = CLIP / GRID as f64;
    Release {
        sums: noised(privacy.secret, variance, &exact)
            .into_iter()
            .map(|sum| sum as f64 * step)
            .collect(),
        articles: graph.articles.len(),
        units,
        clipped: Means::of(graph, &said, &parts),
        whole,
        variance: variance as f64 * step * step,
    }
}

/// The sums with noise of this variance.
pub(super) fn noised(secret: [u8; 16], variance: u64, exact: &[i64]) -> Vec<i64> {
    let mut noise = Noise::new(seed(secret, variance, exact), variance);
    exact.iter().map(|sum| sum + noise.draw()).collect()
}

/// Variance of the noise, in whole numbers, for a privacy loss of `rho`: GRID^2 / 2 rho, rounded
/// up.
pub(super) fn variance(rho: f64) -> u64 {
    let wanted = (GRID * GRID) as f64 / (2.0 * rho);
    (wanted.ceil() as u64).clamp(1, MOST_VARIANCE)
}

/// Where the stream of noise starts: from the secret, so that nobody else can draw it again, and
/// from the sums, so that no two histories share a noise that their difference would be free of.
/// The same history under the same secret gives the same release.
fn seed(secret: [u8; 16], variance: u64, sums: &[i64]) -> [u8; 32] {
    let mut mac = HMAC::new(secret);
    mac.update(b"inseam: noise of a release, 1");
    mac.update(variance.to_le_bytes());
    sums.iter().for_each(|sum| mac.update(sum.to_le_bytes()));
    mac.finalize()
}

/// The exact sums, in whole numbers, and what part clipping left of each customer.
pub(super) fn sum(
    graph: &Graph,
    units: &Units,
    said: &[Vec<ArticleScores>],
) -> (Vec<i64>, Vec<f64>) {
    let mut sums = vec![0_i64; OWN * graph.articles.len() + graph.slots.len()];
    let parts = said.iter().map(|pairs| {
        let (own, part) = clipped(graph, units, pairs);
        own.into_iter().for_each(|(i, x)| sums[i] += x);
        part
    });
    let parts = parts.collect();
    (sums, parts)
}

/// One customer's part of the sums, at most [`GRID`] long, and what clipping left of it.
pub(super) fn clipped(
    graph: &Graph,
    units: &Units,
    pairs: &[ArticleScores],
) -> (Vec<(usize, i64)>, f64) {
    let mut own = Vec::new();
    for pair in pairs {
        let a = pair.article as usize;
        let node = &graph.articles[a];
        let of = std::iter::once(1.0).chain(pair.scores);
        let unit = &units.articles[usize::from(node.group)];
        own.extend(of.zip(unit).enumerate().map(|(i, (x, unit))| (OWN * a + i, x * unit)));
        let labels = &units.labels[usize::from(node.scale)];
        own.extend(node.slots.clone().zip(&pair.popularity).map(|(slot, popular)| {
            let label = usize::from(graph.slots[slot as usize].label);
            (OWN * graph.articles.len() + slot as usize, popular * labels[label])
        }));
    }
    let long = own.iter().map(|(_, x)| x * x).sum::<f64>().sqrt();
    // A hair less than the bound, as the square root is rounded.
    let part = if long > CLIP { CLIP / long * (1.0 - 1e-12) } else { 1.0 };
    if !part.is_normal() || !long.is_finite() {
        return (Vec::new(), 0.0);
    }
    let scale = part * GRID as f64 / CLIP;
    // Cut towards 0, so that no part grows.
    let own: Vec<(usize, i64)> = own.into_iter().map(|(i, x)| (i, (x * scale) as i64)).collect();
    let square: i128 = own.iter().map(|&(_, x)| i128::from(x) * i128::from(x)).sum();
    // Only rounding could bring it beyond; but the promise rests on this very line.
    if square > i128::from(GRID) * i128::from(GRID) { (Vec::new(), 0.0) } else { (own, part) }
}

/// What one customer says of one article, in the mean over all. Like the thresholds these are
/// parameters that all customers share.
pub(super) struct Means {
    /// Of each group: offset, spread, grade and cut, by the pairs of a customer and an article.
    groups: Vec<[Mean; ARTICLE_SCORES]>,
    /// Of each group: [gain and scatter](Noisy) of offset, spread and grade together.
    together: Vec<[Square; 2]>,
    /// Of each group: how much the spread's sum grows with half the square of offset, spread and
    /// grade.
    bends: Vec<[f64; LATENTS]>,
    /// Of each scale and label: popularity, by the pairs in which it is on offer.
    labels: Vec<Vec<Mean>>,
    /// Of each scale and label: how often it is on offer, by the pairs of its group.
    offered: Vec<Vec<f64>>,
}

/// Means of one coordinate over customers of each of whom a part is left, by these parts.
///
/// What is said is a score, the derivative of the logarithm of a likelihood; so what a sum of it
/// gains by the latent is the mean of its square (the information identity), and of clipped scores,
/// of their products with the whole ones.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Mean {
    said: f64,
    /// Of what is left, by the whole; and by what is left.
    gain: f64,
    scatter: f64,
}

impl Mean {
    /// Sums behind it, the parts first.
    const SUMS: usize = 4;

    fn add(sums: &mut Sums, at: usize, part: f64, said: f64) {
        let addends = [part, part * said, part * said * said, part * part * said * said];
        addends.into_iter().enumerate().for_each(|(i, x)| sums.add(at + i, x));
    }

    fn of(sums: &Sums, at: usize) -> Self {
        let [said, gain, scatter] = [1, 2, 3].map(|i| mean(sums.get(at + i), sums.get(at)));
        Self { said, gain, scatter }
    }
}

fn mean(sum: f64, parts: f64) -> f64 {
    if parts > NOTHING { sum / parts } else { 0.0 }
}

impl Means {
    /// Over these customers, each with the part that is left of them.
    pub(super) fn of(graph: &Graph, said: &[Vec<ArticleScores>], parts: &[f64]) -> Self {
        const TOGETHER: usize = Mean::SUMS * ARTICLE_SCORES;
        const SQUARE: usize = LATENTS * LATENTS;
        const BEND: usize = TOGETHER + 2 * SQUARE;
        // In fixed point, as customers come in the order of the rows.
        let mut groups = vec![Sums::new(BEND + LATENTS); graph.groups.len()];
        let mut labels: Vec<Sums> =
            graph.scales.iter().map(|s| Sums::new(Mean::SUMS * s.labels.len())).collect();
        for (pairs, &part) in said.iter().zip(parts) {
            for pair in pairs {
                let node = &graph.articles[pair.article as usize];
                let sums = &mut groups[usize::from(node.group)];
                pair.scores
                    .iter()
                    .enumerate()
                    .for_each(|(i, &x)| Mean::add(sums, Mean::SUMS * i, part, x));
                let together = Latents::from_fn(|i, _| pair.scores[i]);
                let square = together * together.transpose() * part;
                square
                    .iter()
                    .chain((square * part).iter())
                    .enumerate()
                    .for_each(|(i, &x)| sums.add(TOGETHER + i, x));
                // The likelihood's second derivative over itself is the score's square less the
                // curvature.
                for (i, curvature) in pair.curvature.iter().enumerate() {
                    let bend = pair.scores[i] * pair.scores[i] - curvature;
                    sums.add(BEND + i, part * pair.scores[SPREAD] * bend);
                }
                let sums = &mut labels[usize::from(node.scale)];
                for (slot, &popular) in node.slots.clone().zip(&pair.popularity) {
                    Mean::add(
                        sums,
                        Mean::SUMS * usize::from(graph.slots[slot as usize].label),
                        part,
                        popular,
                    );
                }
            }
        }
        let together = |sums: &Sums, at: usize| {
            Square::from_fn(|i, j| mean(sums.get(TOGETHER + at + j * LATENTS + i), sums.get(0)))
        };
        let at_labels = |s: &ScaleNode| (0..s.labels.len()).map(|l| Mean::SUMS * l);
        let scales = || graph.scales.iter().zip(&labels);
        Self {
            groups: groups
                .iter()
                .map(|sums| std::array::from_fn(|i| Mean::of(sums, Mean::SUMS * i)))
                .collect(),
            bends: groups
                .iter()
                .map(|s| std::array::from_fn(|i| mean(s.get(BEND + i), s.get(0))))
                .collect(),
            together: groups
                .iter()
                .map(|sums| [together(sums, 0), together(sums, SQUARE)])
                .collect(),
            labels: scales()
                .map(|(s, sums)| at_labels(s).map(|at| Mean::of(sums, at)).collect())
                .collect(),
            offered: scales()
                .map(|(s, sums)| {
                    let pairs = groups[usize::from(s.group)].get(0);
                    at_labels(s).map(|at| mean(sums.get(at), pairs)).collect()
                })
                .collect(),
        }
    }
}

/// What each coordinate is multiplied with before clipping: how the length that one customer may
/// have is shared out.
///
/// Of noise in all coordinates alike, least is lost where the mean square of each coordinate goes
/// with the root of what there is to learn of it, its precision times its prior variance.
pub(super) struct Units {
    /// Of each group: count, offset, spread, grade, cut.
    articles: Vec<[f64; OWN]>,
    /// Of each scale and label: popularity.
    labels: Vec<Vec<f64>>,
}

impl Units {
    pub(super) fn new(graph: &Graph, parameters: &Parameters, means: &Means) -> Self {
        let share = |precision: f64, variance: f64| (precision * variance).max(0.0).sqrt();
        let unit = |precision: f64, variance: f64, all: f64| match precision > NOTHING
            && all > NOTHING
        {
            true => ((1.0 - COUNT_PART) * share(precision, variance) / (all * precision)).sqrt(),
            false => 0.0,
        };
        let mut units = Self { articles: Vec::new(), labels: vec![Vec::new(); graph.scales.len()] };
        for (g, group) in parameters.groups.iter().enumerate() {
            let variances = [
                group.offset_variance.brand + group.offset_variance.article,
                group.spread_variance.brand + group.spread_variance.article,
                group.grade_variance,
                parameters.choice_variances[g].choice_offset,
            ];
            let precisions = means.groups[g].map(|mean| mean.gain);
            let scales =
                || (0..graph.scales.len()).filter(|&s| usize::from(graph.scales[s].group) == g);
            let popularity = parameters.choice_variances[g].popularity;
            let of_article: f64 = precisions.iter().zip(variances).map(|(&p, v)| share(p, v)).sum();
            let of_sizes: f64 = scales()
                .flat_map(|s| means.labels[s].iter().zip(&means.offered[s]))
                .map(|(mean, offered)| offered * share(mean.gain, popularity))
                .sum();
            let all = of_article + of_sizes;
            units.articles.push(std::array::from_fn(|i| match i.checked_sub(1) {
                None => COUNT_PART.sqrt(),
                Some(i) => unit(precisions[i], variances[i], all),
            }));
            for s in scales() {
                units.labels[s] =
                    means.labels[s].iter().map(|mean| unit(mean.gain, popularity, all)).collect();
            }
        }
        units
    }
}
