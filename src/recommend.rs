//! A posterior and an article to advice: the size to take, the chances of every size, and why.
//!
//! Two models on the same latents. The choice model says what this customer would take, habit and
//! taste included; the outcome model says what happens then. Advice maximises both together, so
//! that it speaks up against habit where the outcomes are clear and keeps to habit where they are
//! not.

mod cost;
mod less;
mod question;
mod rank;

pub use cost::{Costs, Expected, advise_by_cost};
pub use less::{Less, knowing_less};
pub use question::{Question, Worth, questions};
pub use rank::Missed;

use crate::infer::{Posterior, SizedGarment, choice, choice_noise, offered_sizes};
use crate::math::Gaussian;
use crate::model::{Article, LENGTH, Model};
use rank::{Stock, in_stock_of};

/// Whether there is one size to name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// One size stands out.
    Advised,
    /// Two neighbouring sizes are about as good, or the one that the customer would take fits
    /// clearly less likely than its neighbour.
    Between,
    /// Too little is known; a size is named for completeness only.
    Unsure,
    /// Two sizes ordered together, of which one comes back, cost the shop least: only where it has
    /// said what things cost it ([`Costs`]).
    Both,
}

impl Status {
    /// `advised`, `between`, `unsure` or `both`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Advised => "advised",
            Self::Between => "between",
            Self::Unsure => "unsure",
            Self::Both => "both",
        }
    }
}

/// The chances of one size.
#[derive(Clone, Debug, PartialEq)]
pub struct SizeChance<'m> {
    /// The label.
    pub label: &'m str,
    /// Position of the label, steps.
    pub position: f64,
    /// Chance that this customer would choose the size.
    pub chosen: f64,
    /// Chance that it is too small if they took it.
    pub too_small: f64,
    /// Chance that it fits if they took it.
    pub fits: f64,
    /// Chance that it is too large if they took it.
    pub too_large: f64,
    /// How much larger than its label it turns out, as far as is known, steps.
    pub runs: f64,
}

impl SizeChance<'_> {
    fn chances_mut(&mut self) -> [&mut f64; 4] {
        [&mut self.chosen, &mut self.too_small, &mut self.fits, &mut self.too_large]
    }
}

/// One thing that the advice rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reason {
    /// So many purchases in this fit group are known.
    History {
        /// How many.
        purchases: u32,
    },
    /// Nothing in this fit group, but so many purchases elsewhere.
    OtherGroups {
        /// How many.
        purchases: u32,
    },
    /// Body measurements are known.
    Measurements,
    /// Nothing is known of the customer.
    NoHistory,
    /// The article runs large (positive) or small (negative), as far as is known clearly.
    ArticleRuns {
        /// By so many steps.
        steps: f64,
    },
    /// The article's brand runs large or small.
    BrandRuns {
        /// By so many steps.
        steps: f64,
    },
}

/// Advice on one article for one customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Advice<'m> {
    /// Every size of the article in the order of its scale.
    pub sizes: Vec<SizeChance<'m>>,
    /// The size to take, as an index into `sizes`; `None` only where no size is in stock.
    pub size: Option<usize>,
    /// Whether it stands out.
    pub status: Status,
    /// The next best size in stock; of two to order together the other.
    pub alternative: Option<usize>,
    /// The size that would be advised if everything could be had, where it is another and can't.
    pub missed: Option<Missed>,
    /// What the decision and its alternatives can be expected to cost, where the shop has said what
    /// things cost it.
    pub expected: Option<Expected>,
    /// What the advice rests on, weightiest first.
    pub reasons: Vec<Reason>,
}

/// Advises on one article. `in_stock` says which labels can be had; `preference` in steps is how
/// much larger (positive) or smaller than their latent size the customer likes to wear this.
#[must_use]
pub fn advise<'m>(
    model: &'m Model,
    posterior: &Posterior,
    article: &Article,
    preference: f64,
    in_stock: &dyn Fn(&str) -> bool,
) -> Advice<'m> {
    advise_one_of(model, &[(1.0, posterior)], article, preference, in_stock)
}

/// Advises one of several persons, it is not known whom: each weight is the chance that it is for a
/// customer believed so. The chances of every size are the weighted means, the reasons those of the
/// first. Weights should sum to 1, as those of
/// [`Personas::mixture`](crate::infer::Personas::mixture) do.
///
/// # Panics
/// If there is no person.
#[must_use]
pub fn advise_one_of<'m>(
    model: &'m Model,
    persons: &[(f64, &Posterior)],
    article: &Article,
    preference: f64,
    in_stock: &dyn Fn(&str) -> bool,
) -> Advice<'m> {
    let sizes = mixed_chances(model, persons, article, preference);
    let chosen: Vec<f64> = sizes.iter().map(|s| s.chosen).collect();
    let stock = Stock {
        had: sizes.iter().map(|s| in_stock(s.label)).collect(),
        refused: sizes.iter().map(|s| refused(persons, article, s.position)).collect(),
    };
    let (ranked, missed) = in_stock_of(&stock, &chosen, &|i| sizes[i].fits);
    Advice {
        reasons: reasons(model, persons[0].1, article),
        size: ranked.best.map(|(i, _)| i),
        alternative: ranked.next.map(|(i, _)| i),
        status: ranked.status,
        missed,
        expected: None,
        sizes,
    }
}

/// One of a family sending a size back doesn't rule it out for the others.
fn refused(persons: &[(f64, &Posterior)], article: &Article, position: f64) -> bool {
    let refusing = persons.iter().filter(|(_, person)| person.refuses(article, position));
    refusing.map(|(weight, _)| weight).sum::<f64>() > 0.5
}

/// The advised size alone, for scoring many pairs: what [`advise`] says of all sizes in stock,
/// without the chances of the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pick<'m> {
    /// Label of the advised size.
    pub label: &'m str,
    /// Label of the next best size; `None` for an article in one size.
    pub next: Option<&'m str>,
    /// Chance that the advised size fits.
    pub fits: f64,
    /// Whether it stands out.
    pub status: Status,
}

/// Picks a size of an article; `None` only for one without sizes, which no valid model has.
#[must_use]
pub fn pick<'m>(model: &'m Model, posterior: &Posterior, article: &Article) -> Option<Pick<'m>> {
    pick_in_stock(model, posterior, article, 0.0, &|_| true)
}

/// Picks a size of an article among those in stock, as [`advise`] would; `None` where there are
/// none.
#[must_use]
pub fn pick_in_stock<'m>(
    model: &'m Model,
    posterior: &Posterior,
    article: &Article,
    preference: f64,
    in_stock: &dyn Fn(&str) -> bool,
) -> Option<Pick<'m>> {
    let group = model.group_of(article);
    let chosen = chosen_shares(model, posterior, article, preference);
    let wanted = wanted(posterior, group, preference);
    let fits =
        |i: usize| SizedGarment::new(model, article, i).chances(model, posterior, group, wanted)[1];
    let labels = &model.scales[usize::from(article.scale)].labels;
    let label = |i: usize| labels[usize::from(article.sizes[i].label)].text.as_str();
    let position = |i: usize| labels[usize::from(article.sizes[i].label)].position;
    let stock = Stock {
        had: (0..chosen.len()).map(|i| in_stock(label(i))).collect(),
        refused: (0..chosen.len()).map(|i| posterior.refuses(article, position(i))).collect(),
    };
    let (ranked, _) = in_stock_of(&stock, &chosen, &fits);
    let (best, fits) = ranked.best?;
    Some(Pick {
        label: label(best),
        next: ranked.next.map(|(i, _)| label(i)),
        fits,
        status: ranked.status,
    })
}

/// Picks a size among those in stock for one of several persons, as [`advise_one_of`] would; `None`
/// where there are none.
///
/// # Panics
/// If there is no person.
#[must_use]
pub fn pick_one_of<'m>(
    model: &'m Model,
    persons: &[(f64, &Posterior)],
    article: &Article,
    preference: f64,
    in_stock: &dyn Fn(&str) -> bool,
) -> Option<Pick<'m>> {
    // Nearly every account is one person's, for whom not every size has to be looked at.
    if let [(_, alone)] = persons {
        return pick_in_stock(model, alone, article, preference, in_stock);
    }
    let advice = advise_one_of(model, persons, article, preference, in_stock);
    let label = |i: usize| advice.sizes[i].label;
    let best = advice.size?;
    Some(Pick {
        label: label(best),
        next: advice.alternative.map(label),
        fits: advice.sizes[best].fits,
        status: advice.status,
    })
}

/// The chances of every size of an article; `chosen` sums to one over them.
#[must_use]
pub fn size_chances<'m>(
    model: &'m Model,
    posterior: &Posterior,
    article: &Article,
    preference: f64,
) -> Vec<SizeChance<'m>> {
    let group = model.group_of(article);
    let wanted = wanted(posterior, group, preference);
    let labels = &model.scales[usize::from(article.scale)].labels;
    chosen_shares(model, posterior, article, preference)
        .into_iter()
        .enumerate()
        .map(|(i, chosen)| {
            let garment = SizedGarment::new(model, article, i);
            let [too_small, fits, too_large] = garment.chances(model, posterior, group, wanted);
            let label = &labels[usize::from(article.sizes[i].label)].text;
            SizeChance {
                label,
                position: garment.position(),
                chosen,
                too_small,
                fits,
                too_large,
                runs: garment.runs(),
            }
        })
        .collect()
}

/// The chances of every size for whichever of these persons it is.
fn mixed_chances<'m>(
    model: &'m Model,
    persons: &[(f64, &Posterior)],
    article: &Article,
    preference: f64,
) -> Vec<SizeChance<'m>> {
    let mut of_each = persons.iter().map(|(weight, posterior)| {
        let mut sizes = size_chances(model, posterior, article, preference);
        sizes.iter_mut().flat_map(SizeChance::chances_mut).for_each(|chance| *chance *= weight);
        sizes
    });
    let mut sum = of_each.next().unwrap_or_default();
    for sizes in of_each {
        for (sum, mut size) in sum.iter_mut().zip(sizes) {
            sum.chances_mut()
                .into_iter()
                .zip(size.chances_mut())
                .for_each(|(sum, chance)| *sum += *chance);
        }
    }
    sum
}

fn wanted(posterior: &Posterior, group: usize, preference: f64) -> Gaussian {
    let size = posterior.size(group);
    Gaussian::new(size.mean() + preference, size.variance())
}

/// The chance of each size of an article to be the one chosen; they sum to one.
fn chosen_shares(
    model: &Model,
    posterior: &Posterior,
    article: &Article,
    preference: f64,
) -> Vec<f64> {
    let group = model.group_of(article);
    let terms = &model.groups[group].choice;
    let wanted = wanted(posterior, group, preference);
    let variance =
        wanted.variance() + terms.awareness * terms.awareness * article.offset.variance();
    let mean = wanted.mean() - terms.awareness * article.offset.mean() - article.cut;
    let length = posterior.traits()[LENGTH];
    let (offers, noise) = (offered_sizes(model, article), choice_noise(model, article));
    if let Some(profile) = posterior.profile(group) {
        let shift = terms.awareness * article.offset.mean() + article.cut - preference;
        return choice::chances_over(
            &offers,
            noise,
            profile,
            shift,
            [length.mean(), length.variance()],
        );
    }
    choice::chances(&offers, noise, [mean, variance], [length.mean(), length.variance()])
}

fn reasons(model: &Model, posterior: &Posterior, article: &Article) -> Vec<Reason> {
    let group = model.group_of(article);
    let mut reasons = Vec::new();
    let (here, everywhere) = (posterior.purchases(group), posterior.all_purchases());
    if here > 0 {
        reasons.push(Reason::History { purchases: here });
    } else if everywhere > 0 {
        reasons.push(Reason::OtherGroups { purchases: everywhere });
    }
    if posterior.measured() {
        reasons.push(Reason::Measurements);
    }
    if reasons.is_empty() {
        reasons.push(Reason::NoHistory);
    }
    // Said only where it is at least a quarter step and its sign is all but certain.
    let clear = |b: Gaussian| b.mean().abs() > 0.25 && b.mean().abs() > 1.64 * b.sd();
    let brand = &model.brands[article.brand as usize];
    if clear(article.offset) {
        reasons.push(Reason::ArticleRuns { steps: article.offset.mean() });
    }
    if !brand.name.is_empty() && clear(brand.offset) {
        reasons.push(Reason::BrandRuns { steps: brand.offset.mean() });
    }
    reasons
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infer::{Purchase, posterior};
    use crate::model::Features;
    use crate::outcome::Outcome;

    #[test]
    fn advice_for_one_of_several_is_the_weighted_mean() {
        let model = crate::format::read(include_bytes!("../tests/golden/shop.inseam"))
            .expect("a usable model");
        let customer = |size: &str, outcome| {
            let bought =
                Purchase { article: Some("dresses-0"), size, outcome, ..Purchase::default() };
            posterior(&model, &[bought, bought, bought], &Features::default())
        };
        let (small, large) = (customer("34", Outcome::Kept), customer("40", Outcome::TooSmall));
        let article = model.article("dresses-0").expect("in the model");
        let of =
            |persons: &[(f64, &Posterior)]| advise_one_of(&model, persons, article, 0.5, &|_| true);
        let alone = [&small, &large].map(|p| advise(&model, p, article, 0.5, &|_| true));
        assert_eq!(of(&[(1.0, &small)]), alone[0]);
        let both = of(&[(0.75, &small), (0.25, &large)]);
        for (i, size) in both.sizes.iter().enumerate() {
            let mean = |f: fn(&SizeChance<'_>) -> f64| {
                0.75 * f(&alone[0].sizes[i]) + 0.25 * f(&alone[1].sizes[i])
            };
            assert!((size.chosen - mean(|s| s.chosen)).abs() < 1e-15, "{}", size.label);
            assert!((size.fits - mean(|s| s.fits)).abs() < 1e-15, "{}", size.label);
            assert!(
                (size.too_small + size.fits + size.too_large - 1.0).abs() < 1e-12,
                "{}",
                size.label
            );
        }
        assert_eq!(both.reasons, alone[0].reasons);
        // What came back too small is out for whom it did, and for the other is not.
        let position =
            |advice: &Advice<'_>| advice.size.map(|i| advice.sizes[i].position).expect("a size");
        assert!(
            position(&both) <= 0.0 && position(&alone[1]) > 1.0,
            "{} {}",
            position(&both),
            position(&alone[1])
        );
        assert_eq!(position(&of(&[(0.45, &small), (0.55, &large)])), position(&alone[1]));
    }
}
