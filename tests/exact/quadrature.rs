//! The posterior of one customer by brute force: every latent on a grid, every factor as
//! `model/README.md` states it.
//!
//! The outcome of a chosen size is not taken for evidence on the latent size but through the
//! choice's outcome shift, so there is no joint density to integrate. Instead the messages of the
//! documentation are passed as functions on grids, no Gaussian fitted to any of them, until they
//! stand.

use inseam::Model;
use inseam::infer::Purchase;
use inseam::math::Gaussian;
use inseam::model::{Article, ArticleSize, Choice, Features, OutcomeTerms, TRAITS};
use inseam::outcome::Outcome;
use nalgebra::{DMatrix, SymmetricEigen};

/// How fine the grids are.
#[derive(Clone, Copy)]
pub(crate) struct Grid {
    /// Points of the latent size, evenly spaced over 7 sd of the prior on both sides.
    pub(crate) size: usize,
    /// Gauss-Hermite nodes for fussiness and preference.
    pub(crate) traits: usize,
    /// Points of the wish for length, evenly spaced over 6 sd of the prior on both sides.
    pub(crate) length: usize,
    /// Gauss-Hermite nodes for an offset, for a deviation, and for a spread.
    pub(crate) garment: [usize; 3],
}

pub(crate) const USUAL: Grid = Grid { size: 113, traits: 9, length: 25, garment: [7, 3, 5] };
pub(crate) const FINE: Grid = Grid { size: 169, traits: 11, length: 37, garment: [9, 4, 6] };

/// Means and variances: of the latent sizes by group, then of fussiness, preference and length.
#[derive(Debug)]
pub(crate) struct Exact {
    pub(crate) sizes: Vec<(f64, f64)>,
    pub(crate) traits: [(f64, f64); TRAITS],
}

/// Nodes and weights for the expectation under N(0, 1): Golub and Welsch (1969), by the
/// eigenvectors of the Jacobi matrix.
pub(crate) fn hermite(n: usize) -> Vec<(f64, f64)> {
    let jacobi =
        DMatrix::from_fn(
            n,
            n,
            |i, j| if i.abs_diff(j) == 1 { (i.max(j) as f64).sqrt() } else { 0.0 },
        );
    let eigen = SymmetricEigen::new(jacobi);
    (0..n)
        .map(|i| (eigen.eigenvalues[i], eigen.eigenvectors[(0, i)] * eigen.eigenvectors[(0, i)]))
        .collect()
}

fn nodes(belief: Gaussian, n: usize) -> Vec<(f64, f64)> {
    hermite(n).into_iter().map(|(x, w)| (belief.mean() + belief.sd() * x, w)).collect()
}

/// Points evenly spaced over so many sd on both sides, with the density there.
fn even(belief: Gaussian, reach: f64, n: usize) -> Vec<(f64, f64)> {
    let at = |i: usize| reach * (2.0 * i as f64 / (n - 1) as f64 - 1.0);
    (0..n).map(|i| (belief.mean() + belief.sd() * at(i), libm::exp(-0.5 * at(i) * at(i)))).collect()
}

fn phi(x: f64) -> f64 {
    0.5 * libm::erfc(-x / std::f64::consts::SQRT_2)
}

/// Too small, fits and too large, everything known: whether it is too large is asked of what is not
/// too small. `fixed` is what the basis makes of the outcome terms, `slope` that of position less
/// latent size, `runs` offset and deviation.
pub(crate) fn classes(
    t: &OutcomeTerms,
    fixed: [f64; 2],
    slope: f64,
    away: f64,
    [h, p]: [f64; 2],
    [runs, s]: [f64; 2],
) -> [f64; 3] {
    let misfit = slope * away + t.slope * runs;
    let (small, large) = (phi(fixed[0] - misfit + h + p + s), phi(fixed[1] + misfit + h - p + s));
    [small, (1.0 - small) * (1.0 - large), (1.0 - small) * large]
}

/// A size that could be taken: position, length, logarithm of its weight.
type Offered = [f64; 3];

/// The chance to take the size of this index, everything known.
fn taken(offers: &[Offered], index: usize, scale: f64, v: f64, wish: f64) -> f64 {
    let weight = |[x, length, appeal]: Offered| {
        let tail = 1.0 + (x - v) / scale * (x - v) / scale / 3.0;
        libm::exp(appeal + length * wish - 0.5 * length * length) / (tail * tail)
    };
    weight(offers[index]) / offers.iter().map(|&o| weight(o)).sum::<f64>()
}

/// The deviation of a size at x with what the article's grade makes of it: the two are never seen
/// apart.
pub(crate) fn graded(article: &Article, index: usize, x: f64) -> Gaussian {
    let (own, grade) = (article.sizes[index].deviation, article.grade);
    Gaussian::new(own.mean() + x * grade.mean(), own.variance() + x * x * grade.variance())
}

/// One purchase as the factors see it, and what they have to say.
struct Line<'m> {
    group: usize,
    x: f64,
    offers: Vec<Offered>,
    index: usize,
    chosen: bool,
    /// Weights of too small, fits and too large in what was said; `None` for no evidence.
    said: Option<[f64; 3]>,
    /// Whether it may have come back for another reason, which says nothing of the size: then that
    /// takes the place of "fits".
    unexplained: bool,
    /// Steps to the size of the article that was kept instead, where no reason was given.
    away: Option<f64>,
    offset: Gaussian,
    deviation: Gaussian,
    spread: Gaussian,
    cut: f64,
    thresholds: [f64; 2],
    terms: &'m OutcomeTerms,
    choice: &'m Choice,
    /// What it says of fussiness and preference, at each pair of them.
    traits: Vec<f64>,
    /// What it says of the latent size, at each wish for length and each size; of a size that was
    /// chosen.
    by_choice: Vec<f64>,
    /// What it says of the latent size, at each pair of traits and each size; of a size that was
    /// not chosen.
    by_outcome: Vec<f64>,
    /// For which fixed part of the probits `outcomes` is, and the chances of the three classes at
    /// each offset, pair of traits and size.
    fixed: Option<[f64; 2]>,
    outcomes: Vec<[f64; 3]>,
}

impl<'m> Line<'m> {
    fn of(model: &'m Model, history: &[Purchase<'_>], purchase: &Purchase<'_>) -> Self {
        let article = model.article(purchase.article.expect("an article")).expect("in the model");
        let labels = &model.scales[usize::from(article.scale)].labels;
        let label = |s: &ArticleSize| &labels[usize::from(s.label)];
        let index =
            article.sizes.iter().position(|s| label(s).text == purchase.size).expect("sold");
        let position = |p: &Purchase<'_>| {
            labels.iter().find(|l| l.text == p.size).expect("on the scale").position
        };
        let x = position(purchase);
        let group = model.group_of(article);
        let others =
            history.iter().filter(|p| p.article == purchase.article && p.outcome == Outcome::Kept);
        let away = others.map(|p| position(p) - x).filter(|away| *away != 0.0);
        // Of a bracket: the nearest size kept, and whether it is larger.
        let away = away.min_by(|a, b| a.abs().total_cmp(&b.abs()));
        let larger = away.map(|away| away > 0.0);
        let group_returns = &model.groups[group].returns;
        let back = phi(group_returns.intercept);
        let unrelated = back * group_returns.unexplained / (1.0 - back);
        let terms = &model.groups[group].outcome;
        let said = match (purchase.outcome, larger) {
            (Outcome::Kept, _) => Some([0.0, 1.0, 0.0]),
            (Outcome::TooSmall, _) | (Outcome::SizeReason, Some(true)) => Some([1.0, 0.0, 0.0]),
            (Outcome::TooLarge, _) | (Outcome::SizeReason, Some(false)) => Some([0.0, 0.0, 1.0]),
            (Outcome::SizeReason, None) => Some([1.0, 0.0, 1.0]),
            (Outcome::UnknownReason, None) => Some([1.0, unrelated, 1.0]),
            // The size kept is the nearer: compared, not judged by itself.
            (Outcome::UnknownReason, Some(_)) => Some([0.0, 1.0, 0.0]),
            (Outcome::OtherReason | Outcome::Pending, _) => None,
        };
        Self {
            group,
            x,
            offers: article
                .sizes
                .iter()
                .map(|s| (label(s), s.popularity))
                .map(|(l, q)| [l.position, l.length, l.appeal + q])
                .collect(),
            index,
            chosen: !purchase.advised && article.sizes.len() > 1,
            said,
            unexplained: purchase.outcome == Outcome::UnknownReason && away.is_none(),
            away: away.filter(|_| purchase.outcome == Outcome::UnknownReason),
            offset: article.offset,
            deviation: graded(article, index, x),
            cut: article.cut,
            thresholds: label(&article.sizes[index]).thresholds,
            spread: article.spread,
            terms,
            choice: &model.groups[group].choice,
            traits: vec![],
            by_choice: vec![],
            by_outcome: vec![],
            fixed: None,
            outcomes: vec![],
        }
    }

    fn slope(&self) -> f64 {
        if self.chosen { self.terms.chosen_slope } else { self.terms.slope }
    }

    /// The chances of the three classes at each offset, pair of traits and size, with deviation and
    /// spread integrated out.
    fn tabulate(&mut self, fixed: [f64; 2], customer: &Customer, grid: Grid) {
        if self.fixed == Some(fixed) {
            return;
        }
        self.fixed = Some(fixed);
        let (deviations, spreads) =
            (nodes(self.deviation, grid.garment[1]), nodes(self.spread, grid.garment[2]));
        self.outcomes.clear();
        for (b, _) in nodes(self.offset, grid.garment[0]) {
            for &[h, p, _] in &customer.traits {
                for (u, _) in &customer.sizes[self.group] {
                    let mut sum = [0.0; 3];
                    for &(r, of_r) in &deviations {
                        for &(s, of_s) in &spreads {
                            if let Some(away) = self.away {
                                let beyond = u - b - r - self.x - 0.5 * away;
                                sum[1] += of_r * of_s * phi(beyond * away.signum());
                                continue;
                            }
                            let mut one = classes(
                                self.terms,
                                fixed,
                                self.slope(),
                                self.x - u,
                                [h, p],
                                [b + r, s],
                            );
                            if self.unexplained {
                                one[1] = 1.0;
                            }
                            sum.iter_mut()
                                .zip(one)
                                .for_each(|(sum, one)| *sum += of_r * of_s * one);
                        }
                    }
                    self.outcomes.push(sum);
                }
            }
        }
    }

    /// Passes this purchase's messages anew, where `believed` is all that is known without it.
    fn pass(&mut self, believed: &Joint, customer: &Customer, grid: Grid) {
        let (wishes, sizes) = (&customer.wishes, &customer.sizes[self.group]);
        let offsets = nodes(self.offset, grid.garment[0]);
        let at = |n: usize| n * sizes.len()..(n + 1) * sizes.len();
        // Offset and class as believed after the outcome, if any.
        let mut after: Vec<[f64; 3]> = offsets.iter().map(|&(_, w)| [0.0, w, 0.0]).collect();
        if let Some(said) = self.said {
            let size = believed.size(self.group);
            let chosen = self.chosen.then_some(self.x - size.0);
            let basis = OutcomeTerms::basis(self.x, size.1, chosen, self.choice.scale);
            let e =
                chosen.map_or(0.0, |away| OutcomeTerms::distance(away, size.1, self.choice.scale));
            let fixed = self.terms.fixed(&basis);
            let label = if self.chosen { self.thresholds } else { [0.0; 2] };
            self.tabulate(
                [0, 1].map(|k| fixed[k] + self.terms.lean * e + label[k]),
                customer,
                grid,
            );
            let pairs = customer.traits.len();
            self.traits = vec![0.0; pairs];
            self.by_outcome = vec![0.0; pairs * sizes.len()];
            for (n, &(_, of_b)) in offsets.iter().enumerate() {
                after[n] = [0.0; 3];
                for t in 0..pairs {
                    let known = &believed.sizes[self.group][at(t)];
                    let all: f64 = known.iter().sum();
                    let outcomes = &self.outcomes[at(n * pairs + t)];
                    for (i, (outcome, known)) in outcomes.iter().zip(known).enumerate() {
                        for class in 0..3 {
                            let joint = of_b * said[class] * outcome[class];
                            self.by_outcome[t * sizes.len() + i] += joint;
                            self.traits[t] += joint * known / all;
                            after[n][class] += joint * known;
                        }
                    }
                }
            }
        }
        if self.chosen {
            if self.away.is_none() {
                self.by_outcome.clear();
            }
            let total: f64 = after.iter().flatten().sum();
            let [small, large] = self.choice.outcome_shift;
            let mut said = vec![0.0; wishes.len() * sizes.len()];
            for (after, (b, _)) in after.iter().zip(&offsets) {
                for (weight, shift) in after.iter().zip([small, 0.0, large]) {
                    if *weight == 0.0 {
                        continue;
                    }
                    for (said, ((wish, _), (u, _))) in said
                        .iter_mut()
                        .zip(wishes.iter().flat_map(|w| sizes.iter().map(move |u| (w, u))))
                    {
                        let v = u - self.choice.awareness * b - self.cut - shift;
                        *said += weight / total
                            * taken(&self.offers, self.index, self.choice.scale, v, *wish);
                    }
                }
            }
            self.by_choice = said;
        } else {
            self.traits.clear();
        }
        if self.away.is_some() {
            self.traits.clear();
        }
    }
}

/// A customer's latents on their grids.
struct Customer {
    /// Points of the latent size in each group, and their density.
    sizes: Vec<Vec<(f64, f64)>>,
    /// Joint density of two groups' sizes; empty where there is one.
    both: Vec<f64>,
    /// Pairs of fussiness and preference, and their weight.
    traits: Vec<[f64; 3]>,
    wishes: Vec<(f64, f64)>,
}

/// What is believed of a customer, on the grids; sums to one in each.
struct Joint {
    /// Of each group, at each pair of traits and each size.
    sizes: Vec<Vec<f64>>,
    wishes: Vec<f64>,
    moments: Vec<(f64, f64)>,
}

impl Joint {
    fn size(&self, group: usize) -> (f64, f64) {
        self.moments[group]
    }
}

fn moments<'p>(points: impl Iterator<Item = (f64, &'p f64)> + Clone) -> (f64, f64) {
    let total: f64 = points.clone().map(|(_, w)| w).sum();
    let mean = points.clone().map(|(x, w)| x * w).sum::<f64>() / total;
    (mean, points.map(|(x, w)| (x - mean) * (x - mean) * w).sum::<f64>() / total)
}

impl Customer {
    fn of(model: &Model, body: &Features, lines: &[Line<'_>], grid: Grid) -> Self {
        let prior = |g: usize| {
            Gaussian::new(model.groups[g].size.mean(&body.phi), model.covariance[(g, g)])
        };
        let sizes: Vec<_> =
            (0..model.groups.len()).map(|g| even(prior(g), 7.0, grid.size)).collect();
        let mut both = Vec::new();
        if let [of, other] = sizes.as_slice() {
            let inverse =
                model.covariance.clone().try_inverse().expect("a covariance has an inverse");
            for (u, _) in of {
                for (w, _) in other {
                    let d = [u - prior(0).mean(), w - prior(1).mean()];
                    let square: f64 =
                        (0..4).map(|i| d[i / 2] * inverse[(i / 2, i % 2)] * d[i % 2]).sum();
                    both.push(libm::exp(-0.5 * square));
                }
            }
        }
        let [h, p, l, _] =
            model.traits.each_ref().map(|t| Gaussian::new(t.mean(&body.phi), t.variance));
        let traits = nodes(h, grid.traits)
            .into_iter()
            .flat_map(|(h, v)| nodes(p, grid.traits).into_iter().map(move |(p, w)| [h, p, v * w]))
            .collect();
        // Where no length was on offer, the wish for it stays as it is.
        let lengths = lines.iter().flat_map(|l| &l.offers).any(|o| o[1] != 0.0);
        let wishes = if lengths { even(l, 6.0, grid.length) } else { nodes(l, 2) };
        Self { sizes, both, traits, wishes }
    }

    /// All that is believed but by the line of this index.
    fn without(&self, lines: &[Line<'_>], skip: usize) -> Joint {
        let used = || lines.iter().enumerate().filter(|(i, _)| *i != skip).map(|(_, l)| l);
        let groups = self.sizes.len();
        let mut joint = Joint {
            sizes: self.sizes.iter().map(|s| vec![0.0; s.len() * self.traits.len()]).collect(),
            wishes: vec![0.0; self.wishes.len()],
            moments: vec![],
        };
        let mut of_traits = vec![0.0; self.traits.len()];
        for (t, &[_, _, weight]) in self.traits.iter().enumerate() {
            let weight =
                used().filter(|l| !l.traits.is_empty()).fold(weight, |w, l| w * l.traits[t]);
            for (w, (_, of_wish)) in self.wishes.iter().enumerate() {
                let said: Vec<Vec<f64>> = (0..groups)
                    .map(|g| {
                        let n = self.sizes[g].len();
                        let mut said = vec![1.0; n];
                        for line in used().filter(|l| l.group == g) {
                            for (message, at) in
                                [(&line.by_choice, w * n), (&line.by_outcome, t * n)]
                            {
                                if !message.is_empty() {
                                    said.iter_mut().zip(&message[at..]).for_each(|(s, m)| *s *= m);
                                }
                            }
                        }
                        said
                    })
                    .collect();
                let known: Vec<Vec<f64>> = match said.as_slice() {
                    [one] => vec![
                        one.iter()
                            .zip(&self.sizes[0])
                            .map(|(s, (_, density))| s * density)
                            .collect(),
                    ],
                    [of, other] => {
                        let mut known = vec![vec![0.0; of.len()], vec![0.0; other.len()]];
                        for (i, row) in self.both.chunks(other.len()).enumerate() {
                            for (j, density) in row.iter().enumerate() {
                                let p = of[i] * other[j] * density;
                                known[0][i] += p;
                                known[1][j] += p;
                            }
                        }
                        known
                    }
                    _ => panic!("one or two groups"),
                };
                let weight = weight * of_wish;
                for (out, known) in joint.sizes.iter_mut().zip(&known) {
                    let n = known.len();
                    out[t * n..]
                        .iter_mut()
                        .zip(known)
                        .for_each(|(out, known)| *out += weight * known);
                }
                let all: f64 = known[0].iter().sum::<f64>() * weight;
                joint.wishes[w] += all;
                of_traits[t] += all;
            }
        }
        for (g, sizes) in self.sizes.iter().enumerate() {
            let points = sizes.iter().map(|(u, _)| *u).cycle().zip(&joint.sizes[g]);
            joint.moments.push(moments(points));
        }
        for i in 0..2 {
            joint.moments.push(moments(self.traits.iter().map(|t| t[i]).zip(&of_traits)));
        }
        joint.moments.push(moments(self.wishes.iter().map(|(l, _)| *l).zip(&joint.wishes)));
        // How readily they send back for other reasons is the same for all here.
        joint.moments.push((0.0, 1.0));
        joint
    }
}

/// The exact posterior. Each purchase's garment is integrated out on its own, also where two are
/// sizes of one article.
pub(crate) fn posterior(
    model: &Model,
    history: &[Purchase<'_>],
    body: &Features,
    grid: Grid,
) -> Exact {
    let evident = history.iter().filter(|p| p.outcome != Outcome::Pending);
    let mut lines: Vec<Line<'_>> = evident.map(|p| Line::of(model, history, p)).collect();
    let customer = Customer::of(model, body, &lines, grid);
    let all = usize::MAX;
    let mut found = customer.without(&lines, all);
    for pass in 0.. {
        for i in 0..lines.len() {
            let believed = customer.without(&lines, i);
            lines[i].pass(&believed, &customer, grid);
        }
        let before = std::mem::replace(&mut found, customer.without(&lines, all)).moments;
        let moved = before
            .iter()
            .zip(&found.moments)
            .map(|(a, b)| (a.0 - b.0).abs().max((a.1 - b.1).abs()));
        if moved.fold(0.0, f64::max) < 1e-7 {
            break;
        }
        assert!(pass < 60, "the messages do not settle");
    }
    let (sizes, traits) = found.moments.split_at(model.groups.len());
    Exact { sizes: sizes.to_vec(), traits: traits.try_into().expect("the traits") }
}

/// Exact chances of too small, fits and too large of a size that was not chosen.
pub(crate) fn chances(
    terms: &OutcomeTerms,
    x: f64,
    believed: [Gaussian; 3],
    garment: [Gaussian; 3],
) -> [f64; 3] {
    let fixed = terms.fixed(&OutcomeTerms::basis(x, believed[0].variance(), None, 1.0));
    let [sizes, fussiness, preference] = believed.map(|b| nodes(b, 13));
    let runs = Gaussian::new(
        garment[0].mean() + garment[1].mean(),
        garment[0].variance() + garment[1].variance(),
    );
    let (runs, spreads) = (nodes(runs, 9), nodes(garment[2], 7));
    let mut sums = [0.0; 3];
    for &(u, a) in &sizes {
        for &(h, b) in &fussiness {
            for &(p, c) in &preference {
                for &(b_and_r, d) in &runs {
                    for &(s, e) in &spreads {
                        let one = classes(terms, fixed, terms.slope, x - u, [h, p], [b_and_r, s]);
                        let weight = a * b * c * d * e;
                        sums.iter_mut().zip(one).for_each(|(sum, one)| *sum += weight * one);
                    }
                }
            }
        }
    }
    sums
}
