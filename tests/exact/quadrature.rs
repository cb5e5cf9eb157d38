//! The exact posterior of one customer by brute force: every latent on a grid, every factor as the documentation states it.

use inseam::Model;
use inseam::infer::Purchase;
use inseam::math::Gaussian;
use inseam::model::{Features, OutcomeTerms};
use inseam::outcome::Outcome;
use nalgebra::{DMatrix, SymmetricEigen};

/// The choice's noise as `src/infer/choice.rs` states it: weights and variances of its Gaussians.
const CHOICE: [(f64, f64); 4] = [
    (0.498_530_26, 0.641_439_88),
    (0.423_937_27, 2.502_458_34),
    (0.073_518_1, 13.089_566_51),
    (0.004_014_37, 135.957_040_31),
];

/// How fine the grids are.
#[derive(Clone, Copy)]
pub(crate) struct Grid {
    /// Points of the latent size, evenly spaced over 7 sd of the prior on both sides.
    pub(crate) size: usize,
    /// Gauss-Hermite nodes for fussiness and preference.
    pub(crate) traits: usize,
    /// Gauss-Hermite nodes for what is unknown of the garment.
    pub(crate) garment: usize,
}

pub(crate) const USUAL: Grid = Grid { size: 141, traits: 11, garment: 7 };
pub(crate) const FINE: Grid = Grid { size: 281, traits: 17, garment: 11 };

/// Means and variances: of the latent sizes by group, then of fussiness and preference.
#[derive(Debug)]
pub(crate) struct Exact {
    pub(crate) sizes: Vec<(f64, f64)>,
    pub(crate) traits: [(f64, f64); 2],
}

/// Nodes and weights for the expectation under N(0, 1): Golub and Welsch (1969), by the eigenvectors of the Jacobi matrix.
pub(crate) fn hermite(n: usize) -> Vec<(f64, f64)> {
    let jacobi = DMatrix::from_fn(n, n, |i, j| if i.abs_diff(j) == 1 { (i.max(j) as f64).sqrt() } else { 0.0 });
    let eigen = SymmetricEigen::new(jacobi);
    (0..n).map(|i| (eigen.eigenvalues[i], eigen.eigenvectors[(0, i)] * eigen.eigenvectors[(0, i)])).collect()
}

fn nodes(belief: Gaussian, n: usize) -> Vec<(f64, f64)> {
    hermite(n).into_iter().map(|(x, w)| (belief.mean() + belief.sd() * x, w)).collect()
}

fn phi(x: f64) -> f64 {
    0.5 * libm::erfc(-x / std::f64::consts::SQRT_2)
}

/// What is unknown of a garment, on a grid: b + r, s, and the weight.
pub(crate) fn garment_nodes(offset: Gaussian, deviation: Gaussian, spread: Gaussian, n: usize) -> Vec<[f64; 3]> {
    let runs = Gaussian::new(offset.mean() + deviation.mean(), offset.variance() + deviation.variance());
    let (runs, spread) = (nodes(runs, n), nodes(spread, n));
    runs.iter().flat_map(|&(b, w)| spread.iter().map(move |&(s, v)| [b, s, w * v])).collect()
}

/// The probits "too small" and "too large", everything known; `slope` is that of position less latent size.
pub(crate) fn probits(t: &OutcomeTerms, slope: f64, x: f64, [u, h, p]: [f64; 3], b: f64, s: f64) -> [f64; 2] {
    let at = |k: usize| t.intercept[k] + t.linear[k] * x + t.quadratic[k] * x * x;
    let misfit = slope * (x - u) + t.slope * b;
    [phi(at(0) - misfit + h + p + s), phi(at(1) + misfit + h - p + s)]
}

/// Likelihood of an outcome under the two factors; `kept_larger` tells of a kept size beside it that is larger, or smaller.
fn likelihood(outcome: Outcome, kept_larger: Option<bool>, unrelated: f64, [small, large]: [f64; 2]) -> f64 {
    let (only_small, only_large) = (small * (1.0 - large), large * (1.0 - small));
    let fits = (1.0 - small) * (1.0 - large);
    let misfit = match kept_larger {
        None => only_small + only_large,
        Some(true) => only_small,
        Some(false) => only_large,
    };
    match outcome {
        Outcome::Kept => fits,
        Outcome::TooSmall => only_small,
        Outcome::TooLarge => only_large,
        Outcome::SizeReason => misfit,
        // The kept size may fit better than one that fitted too: then that is as good a reason as any.
        Outcome::UnknownReason => misfit + if kept_larger.is_some() { fits } else { unrelated * fits },
        Outcome::OtherReason | Outcome::Pending => 1.0,
    }
}

/// Likelihood of having chosen this position, the latent size known: of an inner size the density of the noise there, of the last of a
/// run the chance of having wanted anything beyond the middle to the next, of a size without alternatives one.
fn chosen(x: f64, offered: &[f64], shift: f64, scale: f64, u: f64) -> f64 {
    let below = offered.iter().copied().filter(|&o| o < x).reduce(f64::max);
    let above = offered.iter().copied().filter(|&o| o > x).reduce(f64::min);
    let at = |bound: f64| (bound + shift - u) / scale;
    let mixture = |of: &dyn Fn(f64) -> f64| CHOICE.iter().map(|&(w, v)| w * of(v)).sum::<f64>();
    match (below, above) {
        (None, None) => 1.0,
        (None, Some(next)) => mixture(&|v| phi(at(0.5 * (x + next)) / v.sqrt())),
        (Some(next), None) => mixture(&|v| phi(-at(0.5 * (x + next)) / v.sqrt())),
        (Some(_), Some(_)) => mixture(&|v| libm::exp(-0.5 * at(x) * at(x) / v) / v.sqrt()),
    }
}

/// Position of a purchase and all positions its article is offered in.
fn positions(model: &Model, purchase: &Purchase<'_>) -> (f64, Vec<f64>) {
    let article = model.article(purchase.article.expect("an article")).expect("in the model");
    let labels = &model.scales[usize::from(article.scale)].labels;
    let x = labels.iter().find(|l| l.text == purchase.size).expect("on the scale").position;
    (x, article.sizes.iter().map(|s| labels[usize::from(s.label)].position).collect())
}

/// Whether another size of the article was kept, and if so whether the nearest is larger than this one.
fn kept_larger(model: &Model, history: &[Purchase<'_>], purchase: &Purchase<'_>) -> Option<bool> {
    let (here, _) = positions(model, purchase);
    let others = history.iter().filter(|p| p.article == purchase.article && p.size != purchase.size);
    let kept = others.filter(|p| p.outcome == Outcome::Kept).map(|p| positions(model, p).0 - here);
    kept.min_by(|a, b| a.abs().total_cmp(&b.abs())).map(|away| away > 0.0)
}

/// The exact posterior. Each purchase's garment is integrated out on its own, also where two are sizes of one article.
pub(crate) fn posterior(model: &Model, history: &[Purchase<'_>], body: &Features, grid: Grid) -> Exact {
    let groups = model.groups.len();
    let mean: Vec<f64> = model.groups.iter().map(|g| g.size.mean(&body.0)).collect();
    let axis: Vec<Vec<f64>> = (0..groups)
        .map(|g| {
            let reach = 7.0 * model.covariance[(g, g)].sqrt();
            (0..grid.size).map(|i| mean[g] + reach * (2.0 * i as f64 / (grid.size - 1) as f64 - 1.0)).collect()
        })
        .collect();
    let traits = model.traits().map(|t| nodes(Gaussian::new(t.mean(&body.0), t.variance), grid.traits));
    let inverse = model.covariance.clone().try_inverse().expect("a covariance has an inverse");

    let mut total = 0.0;
    let mut moments = vec![[0.0; 2]; groups + 2];
    for &(h, of_h) in &traits[0] {
        for &(p, of_p) in &traits[1] {
            let say = |g: usize| says(model, history, g, &axis[g], h, p, grid);
            let said: Vec<Vec<f64>> = (0..groups).map(say).collect();
            // At most two groups: the second loop has one turn where there is one.
            for (i, &u) in axis[0].iter().enumerate() {
                for j in 0..if groups == 2 { grid.size } else { 1 } {
                    let mut d = vec![u - mean[0]];
                    let mut weight = of_h * of_p * said[0][i];
                    if groups == 2 {
                        d.push(axis[1][j] - mean[1]);
                        weight *= said[1][j];
                    }
                    let square: f64 = (0..groups)
                        .flat_map(|a| (0..groups).map(move |b| (a, b)))
                        .map(|(a, b)| d[a] * inverse[(a, b)] * d[b])
                        .sum();
                    weight *= libm::exp(-0.5 * square);
                    total += weight;
                    let latents = d.iter().zip(&mean).map(|(d, m)| d + m).chain([h, p]);
                    for (moment, x) in moments.iter_mut().zip(latents) {
                        moment[0] += weight * x;
                        moment[1] += weight * x * x;
                    }
                }
            }
        }
    }
    let of = |[first, second]: [f64; 2]| (first / total, second / total - (first / total) * (first / total));
    Exact {
        sizes: moments[..groups].iter().map(|&m| of(m)).collect(),
        traits: [of(moments[groups]), of(moments[groups + 1])],
    }
}

/// Likelihood of all of one group's purchases at every latent size, fussiness and preference given.
fn says(model: &Model, history: &[Purchase<'_>], g: usize, sizes: &[f64], h: f64, p: f64, grid: Grid) -> Vec<f64> {
    let mut said = vec![1.0; sizes.len()];
    for purchase in history {
        let article = model.article(purchase.article.expect("an article")).expect("in the model");
        if model.group_of(article) != g || purchase.outcome == Outcome::Pending {
            continue;
        }
        let labels = &model.scales[usize::from(article.scale)].labels;
        let size = article.sizes.iter().find(|s| labels[usize::from(s.label)].text == purchase.size).expect("sold");
        let (x, offered) = positions(model, purchase);
        let beside = kept_larger(model, history, purchase);
        let garment = garment_nodes(article.offset, size.deviation, article.spread, grid.garment);
        let (terms, choice) = (&model.groups[g].outcome, &model.groups[g].choice);
        for (said, &u) in said.iter_mut().zip(sizes) {
            let chosen = chosen(x, &offered, choice.awareness * article.offset.mean(), choice.scale, u);
            let outcome: f64 = garment
                .iter()
                .map(|&[b, s, w]| {
                    let both = probits(terms, terms.chosen_slope, x, [u, h, p], b, s);
                    w * likelihood(purchase.outcome, beside, terms.unrelated, both)
                })
                .sum();
            *said *= chosen * outcome;
        }
    }
    said
}

/// Exact chances of too small, fits and too large, both at once ruled out after everything unknown is integrated out.
pub(crate) fn chances(
    terms: &OutcomeTerms,
    slope: f64,
    x: f64,
    believed: [Gaussian; 3],
    garment: &[[f64; 3]],
) -> [f64; 3] {
    let [sizes, fussiness, preference] = believed.map(|b| nodes(b, 15));
    let mut sums = [0.0; 3];
    for &(u, a) in &sizes {
        for &(h, b) in &fussiness {
            for &(p, c) in &preference {
                for &[runs, s, w] in garment {
                    let [small, large] = probits(terms, slope, x, [u, h, p], runs, s);
                    let weight = a * b * c * w;
                    sums[0] += weight * small * (1.0 - large);
                    sums[1] += weight * (1.0 - small) * (1.0 - large);
                    sums[2] += weight * large * (1.0 - small);
                }
            }
        }
    }
    let total: f64 = sums.iter().sum();
    sums.map(|s| s / total)
}
