//! The release: sums of customer scores, each customer's part clipped as a whole, with noise
//! (`model/README.md`, section 12).
//!
//! The released vector has for each article a count of its customers and the sums of their scores
//! by its offset, spread, grade and choice offset, and for each of its sizes the sum of their
//! scores by its popularity. One customer changes it, in whole numbers, by at most [`GRID`] in the
//! Euclidean norm, whatever they bought; the noise is a discrete Gaussian in every coordinate.
//! Published beliefs are computed from this vector and never look at the history again.

use super::budget::{Privacy, rho};
use super::customer_scores::{
    ARTICLE_SCORES, ArticleScores, LATENTS, Latents, SPREAD, Square, customer_scores,
};
use super::noise::{MAX_VARIANCE, Noise};
use crate::error::Error;
use crate::train::events::PartitionStore;
use crate::train::fixed_point::Sums;
use crate::train::graph::{Graph, ScaleNode};
use crate::train::state::{Broadcast, Parameters};
use hmac_sha256::HMAC;

/// Maximal length of one customer's part, in whole numbers.
pub(super) const GRID: i64 = 1 << 20;
/// Length at which one customer's part is clipped, where a customer's scores for one article have a
/// mean square length of 1.
const CLIP: f64 = std::f64::consts::SQRT_2;
/// Part of the mean square length that the count of customers gets. The count weighs the evidence,
/// for which a rough figure will do.
const COUNT_PART: f64 = 0.1;
/// Coordinates of an article: the count, and the scores.
const OWN: usize = 1 + ARTICLE_SCORES;
/// A precision below this counts as 0.
const MIN_PRECISION: f64 = 1e-9;

/// The released sums with noise.
pub(super) struct Release {
    /// In the units of the scores; see [`Release::article`].
    sums: Vec<f64>,
    articles: usize,
    units: Units,
    /// Means over customers and articles, after clipping and before.
    clipped: Means,
    whole: Means,
    /// Variance of the noise of a coordinate whose unit is 1.
    variance: f64,
}

/// A sum of scores, with the variance of the noise on it, and how it depends on the latent for each
/// customer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Noisy {
    pub(super) sum: f64,
    pub(super) variance: f64,
    /// How much one customer's score grows with the latent.
    pub(super) gain: f64,
    /// Variance of one customer's score at a fixed latent.
    pub(super) scatter: f64,
}

impl Release {
    /// The noisy number of customers of an article, clipped ones counted in part; and the noisy
    /// sums of the scores by offset, spread, grade and choice offset.
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

    /// The scores by offset, spread and grade of one customer of this group together.
    pub(super) fn joint(&self, group: usize) -> JointMean {
        self.clipped.joint[group]
    }

    /// How much the score by the spread of one customer of this group grows with half the square of
    /// offset, spread and grade.
    pub(super) fn bend(&self, group: usize) -> [f64; LATENTS] {
        self.clipped.bends[group]
    }

    /// The noisy sum of the scores by the popularity of a slot, whose article has about so many
    /// customers.
    pub(super) fn slot(&self, graph: &Graph, slot: usize, customers: f64) -> Noisy {
        let s = graph.slots[slot];
        let (scale, label) =
            (usize::from(graph.articles[s.article as usize].scale), usize::from(s.label));
        let means = [&self.clipped, &self.whole].map(|means| means.labels[scale][label]);
        self.at(OWN * self.articles + slot, self.units.labels[scale][label], customers, means)
    }

    /// A coordinate without the bias of clipping: unusual outcomes give large scores, which
    /// clipping reduces most, so that the clipped sum leans towards the usual.
    fn at(&self, i: usize, unit: f64, customers: f64, [clipped, whole]: [Mean; 2]) -> Noisy {
        if unit <= 0.0 {
            return Noisy { variance: f64::INFINITY, ..Noisy::default() };
        }
        Noisy {
            sum: self.sums[i] / unit - customers * (clipped.score - whole.score),
            variance: self.variance / (unit * unit),
            gain: clipped.gain,
            scatter: clipped.scatter,
        }
    }
}

/// The noisy sums of the scores of all customers, under this budget. The beliefs of `broadcast` are
/// the priors.
pub(super) fn release(
    broadcast: Broadcast<'_>,
    store: &dyn PartitionStore,
    privacy: &Privacy,
) -> Result<Release, Error> {
    let Broadcast { graph, parameters, .. } = broadcast;
    let scores = customer_scores(broadcast, store)?;
    let whole = Means::new(graph, &scores, &vec![1.0; scores.len()]);
    let units = Units::new(graph, parameters, &whole);
    let (exact, parts) = sum(graph, &units, &scores);
    // Whole numbers throughout: the guarantee holds to the last digit.
    let variance = variance(rho(privacy.epsilon, privacy.delta));
    let step = CLIP / GRID as f64;
    Ok(Release {
        sums: noised(privacy.secret, variance, &exact)
            .into_iter()
            .map(|sum| sum as f64 * step)
            .collect(),
        articles: graph.articles.len(),
        units,
        clipped: Means::new(graph, &scores, &parts),
        whole,
        variance: variance as f64 * step * step,
    })
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
    (wanted.ceil() as u64).clamp(1, MAX_VARIANCE)
}

/// Seed of the noise. It depends on the secret, so that nobody else can draw the noise again, and
/// on the sums, so that two histories never get the same noise: their difference would be free of
/// it. The same history under the same secret gives the same release.
fn seed(secret: [u8; 16], variance: u64, sums: &[i64]) -> [u8; 32] {
    let mut mac = HMAC::new(secret);
    mac.update(b"inseam: noise of a release, 1");
    mac.update(variance.to_le_bytes());
    sums.iter().for_each(|sum| mac.update(sum.to_le_bytes()));
    mac.finalize()
}

/// The exact sums, in whole numbers, and the factor by which clipping scaled each customer.
pub(super) fn sum(
    graph: &Graph,
    units: &Units,
    scores: &[Vec<ArticleScores>],
) -> (Vec<i64>, Vec<f64>) {
    let mut sums = vec![0_i64; OWN * graph.articles.len() + graph.slots.len()];
    let parts = scores.iter().map(|pairs| {
        let (own, part) = clipped(graph, units, pairs);
        own.into_iter().for_each(|(i, x)| sums[i] += x);
        part
    });
    let parts = parts.collect();
    (sums, parts)
}

/// One customer's part of the sums, at most [`GRID`] long, and the factor of its clipping.
pub(super) fn clipped(
    graph: &Graph,
    units: &Units,
    pairs: &[ArticleScores],
) -> (Vec<(usize, i64)>, f64) {
    let mut own = Vec::new();
    for pair in pairs {
        let a = pair.article as usize;
        let node = &graph.articles[a];
        let coordinates = std::iter::once(1.0).chain(pair.scores);
        let unit = &units.articles[usize::from(node.group)];
        own.extend(coordinates.zip(unit).enumerate().map(|(i, (x, unit))| (OWN * a + i, x * unit)));
        let labels = &units.labels[usize::from(node.scale)];
        own.extend(node.slots.clone().zip(&pair.popularity).map(|(slot, popular)| {
            let label = usize::from(graph.slots[slot as usize].label);
            (OWN * graph.articles.len() + slot as usize, popular * labels[label])
        }));
    }
    let long = own.iter().map(|(_, x)| x * x).sum::<f64>().sqrt();
    // Slightly less than the bound, because the square root is rounded.
    let part = if long > CLIP { CLIP / long * (1.0 - 1e-12) } else { 1.0 };
    if !part.is_normal() || !long.is_finite() {
        return (Vec::new(), 0.0);
    }
    let scale = part * GRID as f64 / CLIP;
    // Rounded towards 0, so that no part grows.
    let own: Vec<(usize, i64)> = own.into_iter().map(|(i, x)| (i, (x * scale) as i64)).collect();
    let square: i128 = own.iter().map(|&(_, x)| i128::from(x) * i128::from(x)).sum();
    // Only rounding could exceed the bound, but the guarantee rests on this very line.
    if square > i128::from(GRID) * i128::from(GRID) { (Vec::new(), 0.0) } else { (own, part) }
}

/// Means over all pairs of a customer and an article. Like the thresholds these are parameters that
/// all customers share.
pub(super) struct Means {
    /// By group: the scores by offset, spread, grade and choice offset.
    groups: Vec<[Mean; ARTICLE_SCORES]>,
    /// By group: offset, spread and grade together.
    joint: Vec<JointMean>,
    /// By group: how much the score by the spread grows with half the square of offset, spread and
    /// grade.
    bends: Vec<[f64; LATENTS]>,
    /// By scale and label: the score by popularity, over the pairs in which the label is on offer.
    labels: Vec<Vec<Mean>>,
    /// By scale and label: share of its group's pairs in which it is on offer.
    offered: Vec<Vec<f64>>,
}

/// Gain and scatter of the scores by offset, spread and grade together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct JointMean {
    /// How much one customer's scores grow with the latents.
    pub(super) gain: Square,
    /// Covariance of one customer's scores at fixed latents.
    pub(super) scatter: Square,
}

/// Means of one coordinate over customers, weighted by the factors of their clipping.
///
/// A score is the derivative of a log likelihood, so its mean grows with the latent by the mean of
/// its square (the information identity); that of a clipped score, by the mean of its product with
/// the whole score.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Mean {
    score: f64,
    /// Mean product of the clipped score with the whole one, and with itself.
    gain: f64,
    scatter: f64,
}

impl Mean {
    /// Number of sums behind it, that of the factors first.
    const SUMS: usize = 4;

    fn add(sums: &mut Sums, at: usize, part: f64, score: f64) {
        let addends = [part, part * score, part * score * score, part * part * score * score];
        addends.into_iter().enumerate().for_each(|(i, x)| sums.add(at + i, x));
    }

    fn from_sums(sums: &Sums, at: usize) -> Self {
        let [score, gain, scatter] = [1, 2, 3].map(|i| mean(sums.get(at + i), sums.get(at)));
        Self { score, gain, scatter }
    }
}

fn mean(sum: f64, parts: f64) -> f64 {
    if parts > MIN_PRECISION { sum / parts } else { 0.0 }
}

/// Where the sums of a group begin, after those of its single scores: products of two scores,
/// clipped once and twice.
const TOGETHER: usize = Mean::SUMS * ARTICLE_SCORES;
/// Number of products of two scores.
const SQUARE: usize = LATENTS * LATENTS;
/// Where the sums of the bends begin.
const BEND: usize = TOGETHER + 2 * SQUARE;

/// Adds one customer's scores for one article to the sums of its group.
fn add_to_group(sums: &mut Sums, pair: &ArticleScores, part: f64) {
    pair.scores.iter().enumerate().for_each(|(i, &x)| Mean::add(sums, Mean::SUMS * i, part, x));
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
}

impl Means {
    /// Over these customers, each with the factor of their clipping.
    pub(super) fn new(graph: &Graph, scores: &[Vec<ArticleScores>], parts: &[f64]) -> Self {
        // In fixed point, as customers come in the order of the rows.
        let mut groups = vec![Sums::new(BEND + LATENTS); graph.groups.len()];
        let mut labels: Vec<Sums> =
            graph.scales.iter().map(|s| Sums::new(Mean::SUMS * s.labels.len())).collect();
        for (pairs, &part) in scores.iter().zip(parts) {
            for pair in pairs {
                let node = &graph.articles[pair.article as usize];
                add_to_group(&mut groups[usize::from(node.group)], pair, part);
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
        let square = |sums: &Sums, at: usize| {
            Square::from_fn(|i, j| mean(sums.get(TOGETHER + at + j * LATENTS + i), sums.get(0)))
        };
        let at_labels = |s: &ScaleNode| (0..s.labels.len()).map(|l| Mean::SUMS * l);
        let scales = || graph.scales.iter().zip(&labels);
        Self {
            groups: groups
                .iter()
                .map(|sums| std::array::from_fn(|i| Mean::from_sums(sums, Mean::SUMS * i)))
                .collect(),
            bends: groups
                .iter()
                .map(|s| std::array::from_fn(|i| mean(s.get(BEND + i), s.get(0))))
                .collect(),
            joint: groups
                .iter()
                .map(|sums| JointMean { gain: square(sums, 0), scatter: square(sums, SQUARE) })
                .collect(),
            labels: scales()
                .map(|(s, sums)| at_labels(s).map(|at| Mean::from_sums(sums, at)).collect())
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

/// Factors on the coordinates before clipping: they share out the length that one customer may
/// have.
///
/// With the same noise in all coordinates, the loss is smallest where the mean square of each
/// coordinate is proportional to the root of its precision times its prior variance.
pub(super) struct Units {
    /// By group: count, offset, spread, grade, choice offset.
    articles: Vec<[f64; OWN]>,
    /// By scale and label: popularity.
    labels: Vec<Vec<f64>>,
}

impl Units {
    pub(super) fn new(graph: &Graph, parameters: &Parameters, means: &Means) -> Self {
        let share = |precision: f64, variance: f64| (precision * variance).max(0.0).sqrt();
        let unit = |precision: f64, variance: f64, all: f64| match precision > MIN_PRECISION
            && all > MIN_PRECISION
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
