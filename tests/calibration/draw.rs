//! Draws customers, garments and purchases from a model.

use inseam::Model;
use inseam::math::{Gaussian, cdf, quantile};
use inseam::model::{Article, ArticleSize, LENGTH, Others, OutcomeTerms, RETURNING, TRAITS};
use inseam::outcome::Outcome;

/// SplitMix64 (Steele, Lea and Flood 2014).
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Uniform on (0, 1).
    pub(crate) fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (((z ^ (z >> 31)) >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    pub(crate) fn normal(&mut self) -> f64 {
        quantile(self.uniform())
    }

    pub(crate) fn gaussian(&mut self, g: Gaussian) -> f64 {
        g.mean() + g.sd() * self.normal()
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        ((self.uniform() * n as f64) as usize).min(n - 1)
    }
}

/// One article's true latents.
pub(crate) struct Garment {
    pub(crate) offset: f64,
    pub(crate) grade: f64,
    pub(crate) spread: f64,
    pub(crate) returning: f64,
}

impl Garment {
    /// Draws the latents from the model's beliefs about the article.
    pub(crate) fn draw(model: &Model, article: &Article, chance: &mut Chance) -> Self {
        let returning = model.groups[model.group_of(article)].returns.article_variance;
        Self {
            offset: chance.gaussian(article.offset),
            grade: chance.gaussian(article.grade),
            spread: chance.gaussian(article.spread),
            returning: returning.sqrt() * chance.normal(),
        }
    }
}

/// One customer's true latents.
pub(crate) struct Customer {
    pub(crate) sizes: [f64; 2],
    pub(crate) traits: [f64; TRAITS],
}

impl Customer {
    /// Draws from the prior of a model with two fit groups and without measurements.
    pub(crate) fn draw(model: &Model, chance: &mut Chance) -> Self {
        let c = &model.covariance;
        let (a, b) = (chance.normal(), chance.normal());
        let first = c[(0, 0)].sqrt();
        let slope = c[(0, 1)] / first;
        let own = (c[(1, 1)] - slope * slope).sqrt();
        let mean = |g: usize| model.groups[g].size.intercept;
        let traits = std::array::from_fn(|i| {
            model.traits[i].intercept + model.traits[i].variance.sqrt() * chance.normal()
        });
        Self { sizes: [mean(0) + first * a, mean(1) + slope * a + own * b], traits }
    }

    /// Draws which size of an article the customer takes, and the outcome.
    pub(crate) fn buy(
        &self,
        model: &Model,
        article: &Article,
        garment: &Garment,
        chance: &mut Chance,
    ) -> (usize, Outcome) {
        let group = model.group_of(article);
        let (outcome, choice) = (&model.groups[group].outcome, &model.groups[group].choice);
        // An only size is not a chosen one.
        let chosen = article.sizes.len() > 1;
        let other = chosen && chance.uniform() < choice.others.share;
        let taken = if other {
            take_for_another(model, article, &choice.others, chance)
        } else {
            let v = self.sizes[group] - choice.awareness * garment.offset - article.choice_offset;
            self.choose(model, article, v, choice.scale, chance)
        };
        let label = &model.scales[usize::from(article.scale)].labels
            [usize::from(article.sizes[taken].label)];
        let x = label.position;
        let k = if chosen { outcome.chosen_slope } else { outcome.slope };
        let runs = outcome.slope * (garment.offset + garment.grade * x);
        let fixed = outcome.fixed(&OutcomeTerms::basis(x));
        // What a customer knows of a fit beforehand does not show in an only size.
        let unknown = if chosen { 0.0 } else { outcome.slope - outcome.chosen_slope };
        let noise_variance = choice.scale * choice.scale * FREEDOM / (FREEDOM - 2.0);
        let sd = (1.0 + unknown * unknown * noise_variance).sqrt();
        let (h, p, s) = match other {
            true => (0.0, 0.0, garment.spread),
            false => (self.traits[0], self.traits[1], garment.spread),
        };
        let size = match other {
            true => x + noise_variance.sqrt() * chance.normal(),
            false => self.sizes[group],
        };
        let misfit = k * (x - size) + runs;
        let small = chance.uniform() < cdf((fixed[0] - misfit + h + p + s) / sd);
        let large = chance.uniform() < cdf((fixed[1] + misfit + h - p + s) / sd);
        let returns = &model.groups[group].returns;
        let back =
            chance.uniform() < cdf(returns.intercept + self.traits[RETURNING] + garment.returning);
        let outcome = match (back, small, large) {
            (true, ..) => Outcome::OtherReason,
            (false, true, _) => Outcome::TooSmall,
            (false, false, true) => Outcome::TooLarge,
            _ => Outcome::Kept,
        };
        (taken, outcome)
    }

    fn choose(
        &self,
        model: &Model,
        article: &Article,
        v: f64,
        scale: f64,
        chance: &mut Chance,
    ) -> usize {
        let labels = &model.scales[usize::from(article.scale)].labels;
        let weights: Vec<f64> = article
            .sizes
            .iter()
            .map(|size| {
                let label = &labels[usize::from(size.label)];
                let tail =
                    1.0 + (label.position - v) * (label.position - v) / (FREEDOM * scale * scale);
                let wish = label.length * (self.traits[LENGTH] - 0.5 * label.length);
                let power = -0.5 * (FREEDOM + 1.0);
                libm::exp(label.appeal + size.popularity + wish) * libm::pow(tail, power)
            })
            .collect();
        one_of(&weights, chance)
    }
}

/// Degrees of freedom of the choice's noise.
const FREEDOM: f64 = 7.0;

/// An index, with a probability in proportion to its weight.
fn one_of(weights: &[f64], chance: &mut Chance) -> usize {
    let mut left = chance.uniform() * weights.iter().sum::<f64>();
    weights
        .iter()
        .position(|w| {
            left -= w;
            left < 0.0
        })
        .unwrap_or(weights.len() - 1)
}

/// The size taken for another person.
fn take_for_another(
    model: &Model,
    article: &Article,
    others: &Others,
    chance: &mut Chance,
) -> usize {
    let labels = &model.scales[usize::from(article.scale)].labels;
    let weight = |size: &ArticleSize| {
        let label = &labels[usize::from(size.label)];
        let away = label.position - others.mean;
        libm::exp(label.appeal + size.popularity - 0.5 * away * away / others.variance)
    };
    one_of(&article.sizes.iter().map(weight).collect::<Vec<_>>(), chance)
}
