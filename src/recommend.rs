//! A posterior and an article to advice: the size to take, the chances of every size, and why.
//!
//! Two models on the same latents. The choice model says what this customer would take, habit and taste included; the outcome model says what
//! happens then. Advice maximises both together, so that it speaks up against habit where the outcomes are clear and keeps to habit
//! where they are not.

use crate::infer::{Posterior, SizedGarment, choice};
use crate::model::{Article, Model};

/// Exponent of P(fits) beside the chance of the choice. On simulated shops, where the truth is known, every exponent above 0 beats habit, and higher
/// ones beat it further; on real rentals the kept size is named less often with each step. 2 gives up little of either.
const OUTCOME_WEIGHT: i32 = 2;
/// A neighbour this close to the best, as a share of its score, means "between sizes".
const BETWEEN: f64 = 0.8;
/// Below this share of all sizes' score the best size is no advice.
const UNSURE: f64 = 0.30;

/// Whether there is one size to name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// One size stands out.
    Advised,
    /// Two neighbouring sizes are about as good.
    Between,
    /// Too little is known; a size is named for completeness only.
    Unsure,
}

impl Status {
    /// `advised`, `between` or `unsure`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Advised => "advised",
            Self::Between => "between",
            Self::Unsure => "unsure",
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
    /// The next best size in stock.
    pub alternative: Option<usize>,
    /// What the advice rests on, weightiest first.
    pub reasons: Vec<Reason>,
}

/// Advises on one article. `in_stock` says which labels can be had; `preference` in steps is how much larger (positive) or smaller
/// than their latent size the customer likes to wear this.
#[must_use]
pub fn advise<'m>(
    model: &'m Model,
    posterior: &Posterior,
    article: &Article,
    preference: f64,
    in_stock: &dyn Fn(&str) -> bool,
) -> Advice<'m> {
    let sizes = size_chances(model, posterior, article, preference);
    let scores: Vec<f64> = sizes.iter().map(score).collect();
    let total: f64 = scores.iter().sum();
    let mut order: Vec<usize> = (0..sizes.len()).filter(|&i| in_stock(sizes[i].label)).collect();
    // total_cmp with the index behind it: the same order everywhere, even at equal scores.
    order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
    let size = order.first().copied();
    let alternative = order.get(1).copied();
    let status = match (size, alternative) {
        (Some(best), _) if scores[best] < UNSURE * total => Status::Unsure,
        (Some(best), Some(next)) if scores[next] > BETWEEN * scores[best] && best.abs_diff(next) == 1 => {
            Status::Between
        }
        (Some(_), _) => Status::Advised,
        (None, _) => Status::Unsure,
    };
    Advice { reasons: reasons(model, posterior, article), sizes, size, status, alternative }
}

/// Of the choice and the outcome together: what ranks the sizes.
fn score(size: &SizeChance<'_>) -> f64 {
    (0..OUTCOME_WEIGHT).fold(size.chosen, |score, _| score * size.fits)
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
    let terms = &model.groups[group].choice;
    let size = posterior.size(group);
    let wanted = crate::math::Gaussian::new(size.mean() + preference, size.variance());
    let variance = wanted.variance() + terms.awareness * terms.awareness * article.offset.variance();
    let labels = &model.scales[usize::from(article.scale)].labels;
    let mut sizes: Vec<SizeChance<'m>> = (0..article.sizes.len())
        .map(|i| {
            let garment = SizedGarment::of(model, article, i);
            let distance = garment.position() + terms.awareness * article.offset.mean() - wanted.mean();
            let popularity = libm::exp(terms.popularity * article.sizes[i].log_share);
            let [too_small, fits, too_large] = garment.chances(model, posterior, group, wanted);
            SizeChance {
                label: &labels[usize::from(article.sizes[i].label)].text,
                position: garment.position(),
                chosen: popularity * choice::density(distance, variance, terms.scale),
                too_small,
                fits,
                too_large,
            }
        })
        .collect();
    let total: f64 = sizes.iter().map(|s| s.chosen).sum();
    let even = 1.0 / sizes.len() as f64;
    for s in &mut sizes {
        // A customer further from every size than the noise can reach: no size is likelier than another.
        s.chosen = if total > 1e-280 { s.chosen / total } else { even };
    }
    sizes
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
    let clear = |b: crate::math::Gaussian| b.mean().abs() > 0.25 && b.mean().abs() > 1.64 * b.sd();
    let brand = &model.brands[article.brand as usize];
    if clear(article.offset) {
        reasons.push(Reason::ArticleRuns { steps: article.offset.mean() });
    }
    if !brand.name.is_empty() && clear(brand.offset) {
        reasons.push(Reason::BrandRuns { steps: brand.offset.mean() });
    }
    reasons
}
