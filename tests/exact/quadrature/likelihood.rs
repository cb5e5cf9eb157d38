//! One purchase and its messages as functions on the grids.

use super::customer::Customer;
use super::grid::{Grid, nodes};
use super::probabilities::{
    Offered, classes, fixed, knowledge, noise_variance, others_take, phi, taken,
};
use inseam::Model;
use inseam::infer::Purchase;
use inseam::math::Gaussian;
use inseam::model::{ArticleSize, Choice, OutcomeTerms};
use inseam::outcome::Outcome;

/// One purchase: its likelihood on the grids.
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
    terms: &'m OutcomeTerms,
    choice: &'m Choice,
    /// At each pair of traits, each wish for length and each size.
    pub(super) values: Vec<f64>,
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
            spread: article.spread,
            terms,
            choice: &model.groups[group].choice,
            values: vec![],
        }
    }

    fn slope(&self) -> f64 {
        if self.chosen { self.terms.chosen_slope } else { self.terms.slope }
    }

    /// Computes the likelihood, with offset, grade and spread integrated out.
    ///
    /// With the share of the others, choice and outcome are another person's, and tell nothing
    /// about the customer.
    pub(super) fn tabulate(&mut self, customer: &Customer, grid: Grid) {
        let offsets = nodes(self.offset, grid.garment[0]);
        let (wishes, sizes) = (&customer.wishes, &customer.sizes[self.group]);
        let share = if self.chosen { self.choice.others.share } else { 0.0 };
        let others = if self.chosen { share * self.others(&offsets, grid) } else { 0.0 };
        self.values = Vec::with_capacity(customer.traits.len() * wishes.len() * sizes.len());
        // By offset, wish and size: the probability of the choice.
        let choices: Vec<f64> = offsets
            .iter()
            .flat_map(|(b, _)| wishes.iter().map(move |(wish, _)| (b, wish)))
            .flat_map(|(b, wish)| sizes.iter().map(move |(u, _)| (b, wish, u)))
            .map(|(b, wish, u)| self.choice_of(*b, *wish, *u))
            .collect();
        for &[h, p, _] in &customer.traits {
            let outcomes: Vec<f64> = offsets
                .iter()
                .flat_map(|(b, _)| sizes.iter().map(move |(u, _)| (b, u)))
                .map(|(b, u)| self.outcome_of(*b, *u, [h, p], grid))
                .collect();
            for w in 0..wishes.len() {
                for i in 0..sizes.len() {
                    let own: f64 = (offsets.iter().enumerate())
                        .map(|(row, (_, of_b))| {
                            let choice = choices[(row * wishes.len() + w) * sizes.len() + i];
                            of_b * choice * outcomes[row * sizes.len() + i]
                        })
                        .sum();
                    self.values.push((1.0 - share) * own + others);
                }
            }
        }
    }

    fn choice_of(&self, offset: f64, wish: f64, size: f64) -> f64 {
        if !self.chosen {
            return 1.0;
        }
        let v = size - self.choice.awareness * offset - self.choice_offset;
        taken(&self.offers, self.index, self.choice.scale, v, wish)
    }

    /// Probability of the outcome, with grade and spread integrated out.
    fn outcome_of(&self, offset: f64, size: f64, traits: [f64; 2], grid: Grid) -> f64 {
        let Some(classes) = self.classes else { return 1.0 };
        let mut sum = 0.0;
        for &(grade, of_grade) in &nodes(self.grade, grid.garment[1]) {
            let runs = offset + self.x * grade;
            for &(s, of_s) in &nodes(self.spread, grid.garment[2]) {
                sum += of_grade * of_s * self.outcome_at(classes, size, traits, [runs, s]);
            }
        }
        sum
    }

    fn outcome_at(
        &self,
        weights: [f64; 3],
        size: f64,
        traits: [f64; 2],
        [runs, s]: [f64; 2],
    ) -> f64 {
        if let Some(away) = self.away {
            let beyond = size - runs - self.x - 0.5 * away;
            return phi(beyond * away.signum());
        }
        let fixed = fixed(self.terms, self.x, self.chosen);
        let noise = if self.chosen { 0.0 } else { knowledge(self.terms, self.choice.scale) };
        let slope = self.slope();
        let mut one = classes(self.terms, fixed, noise, slope, self.x - size, traits, [runs, s]);
        if self.unexplained {
            one[1] = 1.0;
        }
        weights.iter().zip(one).map(|(weight, one)| weight * one).sum()
    }

    /// Probability of choice and outcome for another person: one with average traits, whose latent
    /// size lies around the size taken with the noise of a choice.
    fn others(&self, offsets: &[(f64, f64)], grid: Grid) -> f64 {
        let choice = others_take(&self.offers, self.index, &self.choice.others);
        if self.away.is_some() {
            return choice; // The comparison is a factor of its own.
        }
        let size = Gaussian::new(self.x, noise_variance(self.choice.scale));
        let mut outcome = 0.0;
        for (u, of_u) in nodes(size, 13) {
            for &(b, of_b) in offsets {
                outcome += of_u * of_b * self.outcome_of(b, u, [0.0; 2], grid);
            }
        }
        choice * outcome
    }
}
