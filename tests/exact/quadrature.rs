//! The exact posterior of one customer: every latent on a grid, every factor as in
//! `model/README.md`.
//!
//! The outcome of a chosen size is evidence on the latent size only through the choice's outcome
//! shift, so there is no joint density to integrate. Instead, the documented messages are passed as
//! functions on grids, without fitting Gaussians, until they no longer change.

use inseam::Model;
use inseam::infer::Purchase;
use inseam::math::Gaussian;
use inseam::model::{ArticleSize, Choice, Features, OutcomeTerms, TRAITS};
use inseam::outcome::Outcome;
use nalgebra::{DMatrix, SymmetricEigen};

/// Numbers of grid points.
#[derive(Clone, Copy)]
pub(crate) struct Grid {
    /// Points of the latent size, evenly spaced over 7 prior standard deviations on both sides.
    pub(crate) size: usize,
    /// Gauss-Hermite nodes for fussiness and preference.
    pub(crate) traits: usize,
    /// Points of the wish for length, evenly spaced over 6 prior standard deviations on both sides.
    pub(crate) length: usize,
    /// Gauss-Hermite nodes for an offset, for a grade, and for a spread.
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

/// Points evenly spaced over `reach` standard deviations on both sides, with their densities.
fn even(belief: Gaussian, reach: f64, n: usize) -> Vec<(f64, f64)> {
    let at = |i: usize| reach * (2.0 * i as f64 / (n - 1) as f64 - 1.0);
    (0..n).map(|i| (belief.mean() + belief.sd() * at(i), libm::exp(-0.5 * at(i) * at(i)))).collect()
}

fn phi(x: f64) -> f64 {
    0.5 * libm::erfc(-x / std::f64::consts::SQRT_2)
}

/// Chances of too small, fits and too large where all latents are known. `fixed` is the fixed part
/// of the probits, `slope` that of position minus latent size, `away` this difference, `runs`
/// the offset plus the grade times the position.
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

/// A size on offer: position, length and logarithm of its weight.
type Offered = [f64; 3];

/// Probability that the size of this index is taken, where all latents are known.
fn taken(offers: &[Offered], index: usize, scale: f64, v: f64, wish: f64) -> f64 {
    let weight = |[x, length, appeal]: Offered| {
        let tail = 1.0 + (x - v) / scale * (x - v) / scale / 3.0;
        libm::exp(appeal + length * wish - 0.5 * length * length) / (tail * tail)
    };
    weight(offers[index]) / offers.iter().map(|&o| weight(o)).sum::<f64>()
}

/// One purchase: its likelihood, and its messages on the grids.
struct Likelihood<'m> {
    group: usize,
    x: f64,
    offers: Vec<Offered>,
    index: usize,
    chosen: bool,
    /// Weights of too small, fits and too large in the outcome; `None` for no evidence.
    classes: Option<[f64; 3]>,
    /// Whether it may have come back for another reason than its size; that is then the class in
    /// the place of "fits".
    unexplained: bool,
    /// Position of the size of the article that was kept instead, minus this one, if there is no
    /// reason; steps.
    away: Option<f64>,
    offset: Gaussian,
    grade: Gaussian,
    spread: Gaussian,
    choice_offset: f64,
    thresholds: [f64; 2],
    terms: &'m OutcomeTerms,
    choice: &'m Choice,
    /// Message to fussiness and preference, at each pair of them.
    traits: Vec<f64>,
    /// Message of the choice to the latent size, at each wish for length and each size.
    by_choice: Vec<f64>,
    /// Message of the outcome to the latent size, at each pair of traits and each size, for a size
    /// that was not chosen.
    by_outcome: Vec<f64>,
    /// The fixed part of the probits for which `outcomes` was computed.
    fixed: Option<[f64; 2]>,
    /// Chances of the three classes at each offset, pair of traits and size.
    outcomes: Vec<[f64; 3]>,
}

impl<'m> Likelihood<'m> {
    fn new(model: &'m Model, history: &[Purchase<'_>], purchase: &Purchase<'_>) -> Self {
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
        // The nearest size kept, and whether it is larger.
        let away = away.min_by(|a, b| a.abs().total_cmp(&b.abs()));
        let larger = away.map(|away| away > 0.0);
        let group_returns = &model.groups[group].returns;
        let back = phi(group_returns.intercept);
        let unrelated = back * group_returns.unexplained / (1.0 - back);
        let terms = &model.groups[group].outcome;
        let classes = match (purchase.outcome, larger) {
            (Outcome::Kept, _) => Some([0.0, 1.0, 0.0]),
            (Outcome::TooSmall, _) | (Outcome::SizeReason, Some(true)) => Some([1.0, 0.0, 0.0]),
            (Outcome::TooLarge, _) | (Outcome::SizeReason, Some(false)) => Some([0.0, 0.0, 1.0]),
            (Outcome::SizeReason, None) => Some([1.0, 0.0, 1.0]),
            (Outcome::UnknownReason, None) => Some([1.0, unrelated, 1.0]),
            // The kept size was nearer: a comparison instead of an outcome.
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
            classes,
            unexplained: purchase.outcome == Outcome::UnknownReason && away.is_none(),
            away: away.filter(|_| purchase.outcome == Outcome::UnknownReason),
            offset: article.offset,
            grade: article.grade,
            choice_offset: article.choice_offset,
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

    /// Computes `outcomes`, with grade and spread integrated out.
    fn tabulate(&mut self, fixed: [f64; 2], customer: &Customer, grid: Grid) {
        if self.fixed == Some(fixed) {
            return;
        }
        self.fixed = Some(fixed);
        let (grades, spreads) =
            (nodes(self.grade, grid.garment[1]), nodes(self.spread, grid.garment[2]));
        self.outcomes.clear();
        for (b, _) in nodes(self.offset, grid.garment[0]) {
            for &[h, p, _] in &customer.traits {
                for (u, _) in &customer.sizes[self.group] {
                    let mut sum = [0.0; 3];
                    for &(grade, of_grade) in &grades {
                        let runs = b + self.x * grade;
                        for &(s, of_s) in &spreads {
                            if let Some(away) = self.away {
                                let beyond = u - runs - self.x - 0.5 * away;
                                sum[1] += of_grade * of_s * phi(beyond * away.signum());
                                continue;
                            }
                            let mut one = classes(
                                self.terms,
                                fixed,
                                self.slope(),
                                self.x - u,
                                [h, p],
                                [runs, s],
                            );
                            if self.unexplained {
                                one[1] = 1.0;
                            }
                            sum.iter_mut()
                                .zip(one)
                                .for_each(|(sum, one)| *sum += of_grade * of_s * one);
                        }
                    }
                    self.outcomes.push(sum);
                }
            }
        }
    }

    /// Computes this purchase's messages again; `cavity` is the posterior without it.
    fn pass(&mut self, cavity: &Joint, customer: &Customer, grid: Grid) {
        let offsets = nodes(self.offset, grid.garment[0]);
        // Joint weights of offset and class after the outcome, if there is one.
        let after = match self.classes {
            Some(classes) => self.pass_outcome(classes, &offsets, cavity, customer, grid),
            None => offsets.iter().map(|&(_, w)| [0.0, w, 0.0]).collect(),
        };
        if self.chosen {
            if self.away.is_none() {
                self.by_outcome.clear();
            }
            self.pass_choice(&after, &offsets, customer);
        } else {
            self.traits.clear();
        }
        if self.away.is_some() {
            self.traits.clear();
        }
    }

    /// Computes the messages of the outcome, and the joint weights of offset and class.
    fn pass_outcome(
        &mut self,
        classes: [f64; 3],
        offsets: &[(f64, f64)],
        cavity: &Joint,
        customer: &Customer,
        grid: Grid,
    ) -> Vec<[f64; 3]> {
        let n = customer.sizes[self.group].len();
        let at = |row: usize| row * n..(row + 1) * n;
        let size = cavity.size(self.group);
        let chosen = self.chosen.then_some(self.x - size.0);
        let basis = OutcomeTerms::basis(self.x, size.1, chosen, self.choice.scale);
        let e = chosen.map_or(0.0, |away| OutcomeTerms::distance(away, size.1, self.choice.scale));
        let fixed = self.terms.fixed(&basis);
        let label = if self.chosen { self.thresholds } else { [0.0; 2] };
        let fixed = [0, 1].map(|k| fixed[k] + self.terms.lean * e + label[k]);
        self.tabulate(fixed, customer, grid);
        let pairs = customer.traits.len();
        self.traits = vec![0.0; pairs];
        self.by_outcome = vec![0.0; pairs * n];
        let mut after = vec![[0.0; 3]; offsets.len()];
        for (after, (row, &(_, of_b))) in after.iter_mut().zip(offsets.iter().enumerate()) {
            for t in 0..pairs {
                let known = &cavity.sizes[self.group][at(t)];
                let all: f64 = known.iter().sum();
                let outcomes = &self.outcomes[at(row * pairs + t)];
                for (i, (outcome, known)) in outcomes.iter().zip(known).enumerate() {
                    for class in 0..3 {
                        let joint = of_b * classes[class] * outcome[class];
                        self.by_outcome[t * n + i] += joint;
                        self.traits[t] += joint * known / all;
                        after[class] += joint * known;
                    }
                }
            }
        }
        after
    }

    /// Computes the message of the choice, given the joint weights of offset and class.
    fn pass_choice(&mut self, after: &[[f64; 3]], offsets: &[(f64, f64)], customer: &Customer) {
        let (wishes, sizes) = (&customer.wishes, &customer.sizes[self.group]);
        let total: f64 = after.iter().flatten().sum();
        let [small, large] = self.choice.outcome_shift;
        let mut message = vec![0.0; wishes.len() * sizes.len()];
        for (after, (b, _)) in after.iter().zip(offsets) {
            for (weight, shift) in after.iter().zip([small, 0.0, large]) {
                if *weight == 0.0 {
                    continue;
                }
                for (out, ((wish, _), (u, _))) in message
                    .iter_mut()
                    .zip(wishes.iter().flat_map(|w| sizes.iter().map(move |u| (w, u))))
                {
                    let v = u - self.choice.awareness * b - self.choice_offset - shift;
                    *out += weight / total
                        * taken(&self.offers, self.index, self.choice.scale, v, *wish);
                }
            }
        }
        self.by_choice = message;
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

/// The posterior of a customer on the grids.
struct Joint {
    /// For each group the weight at each pair of traits and each size.
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
    fn new(model: &Model, body: &Features, purchases: &[Likelihood<'_>], grid: Grid) -> Self {
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
        // If no offered size has a length, the wish for length keeps its prior.
        let lengths = purchases.iter().flat_map(|l| &l.offers).any(|o| o[1] != 0.0);
        let wishes = if lengths { even(l, 6.0, grid.length) } else { nodes(l, 2) };
        Self { sizes, both, traits, wishes }
    }

    /// The posterior without the purchase of this index.
    fn without(&self, purchases: &[Likelihood<'_>], skip: usize) -> Joint {
        let used: Vec<&Likelihood<'_>> =
            purchases.iter().enumerate().filter(|(i, _)| *i != skip).map(|(_, p)| p).collect();
        let mut joint = Joint {
            sizes: self.sizes.iter().map(|s| vec![0.0; s.len() * self.traits.len()]).collect(),
            wishes: vec![0.0; self.wishes.len()],
            moments: vec![],
        };
        let mut of_traits = vec![0.0; self.traits.len()];
        for (t, &[_, _, weight]) in self.traits.iter().enumerate() {
            let with_traits = used.iter().filter(|p| !p.traits.is_empty());
            let weight = with_traits.fold(weight, |w, p| w * p.traits[t]);
            for (w, (_, of_wish)) in self.wishes.iter().enumerate() {
                let known = self.marginals(&self.size_messages(&used, t, w));
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
        joint.moments = self.moments(&joint, &of_traits);
        joint
    }

    /// For each group the product of all messages to the latent size, at the pair of traits t and
    /// the wish w.
    fn size_messages(&self, used: &[&Likelihood<'_>], t: usize, w: usize) -> Vec<Vec<f64>> {
        let of_group = |g: usize| {
            let n = self.sizes[g].len();
            let mut product = vec![1.0; n];
            for purchase in used.iter().filter(|p| p.group == g) {
                for (message, at) in [(&purchase.by_choice, w * n), (&purchase.by_outcome, t * n)] {
                    if !message.is_empty() {
                        product.iter_mut().zip(&message[at..]).for_each(|(p, m)| *p *= m);
                    }
                }
            }
            product
        };
        (0..self.sizes.len()).map(of_group).collect()
    }

    /// For each group the density of the latent size, from the messages to all groups.
    fn marginals(&self, messages: &[Vec<f64>]) -> Vec<Vec<f64>> {
        match messages {
            [one] => {
                vec![one.iter().zip(&self.sizes[0]).map(|(s, (_, density))| s * density).collect()]
            }
            [first, second] => {
                let mut marginals = vec![vec![0.0; first.len()], vec![0.0; second.len()]];
                for (i, row) in self.both.chunks(second.len()).enumerate() {
                    for (j, density) in row.iter().enumerate() {
                        let p = first[i] * second[j] * density;
                        marginals[0][i] += p;
                        marginals[1][j] += p;
                    }
                }
                marginals
            }
            _ => panic!("one or two groups"),
        }
    }

    /// Mean and variance of each latent.
    fn moments(&self, joint: &Joint, of_traits: &[f64]) -> Vec<(f64, f64)> {
        let mut all = Vec::new();
        for (g, sizes) in self.sizes.iter().enumerate() {
            let points = sizes.iter().map(|(u, _)| *u).cycle().zip(&joint.sizes[g]);
            all.push(moments(points));
        }
        for i in 0..2 {
            all.push(moments(self.traits.iter().map(|t| t[i]).zip(of_traits)));
        }
        all.push(moments(self.wishes.iter().map(|(l, _)| *l).zip(&joint.wishes)));
        // The purchases here are no evidence on the readiness to return, so it has its prior.
        all.push((0.0, 1.0));
        all
    }
}

/// The exact posterior. The garments of different purchases are integrated out separately, even if
/// they are sizes of one article.
pub(crate) fn posterior(
    model: &Model,
    history: &[Purchase<'_>],
    body: &Features,
    grid: Grid,
) -> Exact {
    let evident = history.iter().filter(|p| p.outcome != Outcome::Pending);
    let mut purchases: Vec<Likelihood<'_>> =
        evident.map(|p| Likelihood::new(model, history, p)).collect();
    let customer = Customer::new(model, body, &purchases, grid);
    let all = usize::MAX;
    let mut found = customer.without(&purchases, all);
    for pass in 0.. {
        for i in 0..purchases.len() {
            let cavity = customer.without(&purchases, i);
            purchases[i].pass(&cavity, &customer, grid);
        }
        let before = std::mem::replace(&mut found, customer.without(&purchases, all)).moments;
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

/// Exact chances of too small, fits and too large of a size that was not chosen, given the beliefs
/// about offset, grade and spread.
pub(crate) fn chances(
    terms: &OutcomeTerms,
    x: f64,
    believed: [Gaussian; 3],
    garment: [Gaussian; 3],
) -> [f64; 3] {
    let fixed = terms.fixed(&OutcomeTerms::basis(x, believed[0].variance(), None, 1.0));
    let [sizes, fussiness, preference] = believed.map(|b| nodes(b, 13));
    // Offset and grade only occur together.
    let [offset, grade, _] = garment;
    let runs = Gaussian::new(
        offset.mean() + x * grade.mean(),
        offset.variance() + x * x * grade.variance(),
    );
    let (runs, spreads) = (nodes(runs, 9), nodes(garment[2], 7));
    let mut sums = [0.0; 3];
    for &(u, a) in &sizes {
        for &(h, b) in &fussiness {
            for &(p, c) in &preference {
                for &(runs, d) in &runs {
                    for &(s, e) in &spreads {
                        let one = classes(terms, fixed, terms.slope, x - u, [h, p], [runs, s]);
                        let weight = a * b * c * d * e;
                        sums.iter_mut().zip(one).for_each(|(sum, one)| *sum += weight * one);
                    }
                }
            }
        }
    }
    sums
}
