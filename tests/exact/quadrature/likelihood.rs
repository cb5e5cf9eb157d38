//! One purchase and its messages as functions on the grids.

use super::customer::{Customer, Joint};
use super::grid::{Grid, nodes};
use super::probabilities::{Offered, classes, phi, taken};
use inseam::Model;
use inseam::infer::Purchase;
use inseam::math::Gaussian;
use inseam::model::{ArticleSize, Choice, OutcomeTerms};
use inseam::outcome::Outcome;

/// One purchase: its likelihood, and its messages on the grids.
pub(super) struct Likelihood<'m> {
    pub(super) group: usize,
    x: f64,
    pub(super) offers: Vec<Offered>,
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
    pub(super) traits: Vec<f64>,
    /// Message of the choice to the latent size, at each wish for length and each size.
    pub(super) by_choice: Vec<f64>,
    /// Message of the outcome to the latent size, at each pair of traits and each size, for a size
    /// that was not chosen.
    pub(super) by_outcome: Vec<f64>,
    /// The fixed part of the probits for which `outcomes` was computed.
    fixed: Option<[f64; 2]>,
    /// Chances of the three classes at each offset, pair of traits and size.
    outcomes: Vec<[f64; 3]>,
}

impl<'m> Likelihood<'m> {
    pub(super) fn new(model: &'m Model, history: &[Purchase<'_>], purchase: &Purchase<'_>) -> Self {
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
    pub(super) fn pass(&mut self, cavity: &Joint, customer: &Customer, grid: Grid) {
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
