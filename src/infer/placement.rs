//! Placement: which fit group and which size of which article a purchase refers to, and which sizes
//! the customer could choose from.

use super::article_latents::ArticleLatents;
use super::choice_model::OfferedSize;
use super::factors::Garment;
use super::garment::{SizedGarment, choice_noise};
use super::purchase::Purchase;
use crate::math::{Gaussian, Moments};
use crate::model::{Article, ArticleSize, Model, ScaleLabel};
use crate::size::{Axis, Label, System, position, same_name};

/// The fit group of a purchase, as an index, and the size of the garment. The purchase's outcome
/// plays no part.
///
/// `None` if the model knows neither the article nor the fit group, or cannot place the label.
#[must_use]
pub fn locate(model: &Model, purchase: &Purchase<'_>) -> Option<(usize, SizedGarment)> {
    let article = purchase.article.and_then(|id| model.article(id));
    // Most labels are written as the model writes them; parsing those would be wasted.
    if let Some(article) = article
        && let Some(found) = sold_size(model, article, purchase.size)
    {
        return Some(found);
    }
    let label = Label::parse(purchase.size).ok()?;
    match article {
        Some(article) => sold_size(model, article, label.as_str())
            .or_else(|| unsold_size(model, article, label.as_str())),
        None => size_elsewhere(model, purchase, label.as_str()),
    }
}

/// The size of an article that carries this label.
fn sold_size(model: &Model, article: &Article, text: &str) -> Option<(usize, SizedGarment)> {
    let index = sold_index(model, article, text)?;
    Some((model.group_of(article), SizedGarment::new(model, article, index)))
}

fn sold_index(model: &Model, article: &Article, text: &str) -> Option<usize> {
    let labels = labels(model, article);
    article.sizes.iter().position(|s| labels[usize::from(s.label)].text == text)
}

fn labels<'m>(model: &'m Model, article: &Article) -> &'m [ScaleLabel] {
    &model.scales[usize::from(article.scale)].labels
}

/// A size in which the article was never sold, but whose label is on the article's scale.
fn unsold_size(model: &Model, article: &Article, text: &str) -> Option<(usize, SizedGarment)> {
    let label = labels(model, article).iter().find(|l| l.text == text)?;
    let group = model.group_of(article);
    let garment = Garment {
        position: label.position,
        latents: ArticleLatents {
            offset: article.offset,
            grade: article.grade,
            spread: article.spread,
        },
        choice_offset: Moments { mean: article.choice_offset, variance: 0.0 },
        thresholds: label.thresholds,
        returning: Gaussian::new(0.0, model.groups[group].returns.article_variance),
        noise: choice_noise(model, article),
    };
    Some((group, SizedGarment(garment)))
}

/// A size of an article that the model does not know: its fit group, and its brand if the model
/// knows that, supply the priors.
fn size_elsewhere(
    model: &Model,
    purchase: &Purchase<'_>,
    text: &str,
) -> Option<(usize, SizedGarment)> {
    let group = model.group_index(purchase.group?)?;
    let on_scale = model
        .scales
        .iter()
        .filter(|s| {
            usize::from(s.group) == group
                && (purchase.system == System::Unspecified || s.system == purchase.system)
        })
        .find_map(|s| s.labels.iter().find(|l| l.text == text))
        .map(|l| l.position);
    let position = on_scale
        .or_else(|| position(text, purchase.system, Axis::guess(&model.groups[group].name)))?;
    let mut garment = SizedGarment::unknown(model, group, position);
    let brand = purchase.brand.and_then(|name| {
        model.brands.iter().find(|b| usize::from(b.group) == group && same_name(&b.name, name))
    });
    if let Some(brand) = brand {
        garment.0.latents.offset = brand.offset.widen(model.groups[group].offset_variance.article);
        garment.0.latents.spread = brand.spread.widen(model.groups[group].spread_variance.article);
    }
    Some((group, garment))
}

/// The sizes of an article, as the choice model sees them.
pub(crate) fn offered_sizes(model: &Model, article: &Article) -> Vec<OfferedSize> {
    let labels = labels(model, article);
    let offer = |size: &ArticleSize| {
        let label = &labels[usize::from(size.label)];
        OfferedSize {
            position: label.position,
            length: label.length,
            weight: libm::exp(label.appeal + size.popularity),
        }
    };
    article.sizes.iter().map(offer).collect()
}

/// For an article that the model does not know: number of sizes assumed on each side of the one
/// taken.
const ASSUMED_SIZES: usize = 3;

/// The sizes that a purchase was chosen from, and the index of the size taken.
///
/// For an article that the model does not know, these are assumed to be whole steps around the size
/// taken, which lies at `position`.
pub(super) fn menu(
    model: &Model,
    purchase: &Purchase<'_>,
    position: f64,
) -> (Vec<OfferedSize>, usize) {
    let Some(article) = purchase.article.and_then(|id| model.article(id)) else {
        let step = |i: usize| OfferedSize {
            position: position + i as f64 - ASSUMED_SIZES as f64,
            length: 0.0,
            weight: 1.0,
        };
        return ((0..=2 * ASSUMED_SIZES).map(step).collect(), ASSUMED_SIZES);
    };
    let mut offers = offered_sizes(model, article);
    // Compare texts, not positions: several labels may share a position and differ in length.
    let canonical = || Label::parse(purchase.size).ok();
    let sold = |text: &str| sold_index(model, article, text);
    let taken = sold(purchase.size).or_else(|| sold(canonical()?.as_str())).unwrap_or_else(|| {
        let weight = offers.iter().map(|o| o.weight).fold(f64::INFINITY, f64::min);
        let label = canonical()
            .and_then(|text| labels(model, article).iter().find(|l| l.text == text.as_str()));
        offers.push(OfferedSize { position, length: label.map_or(0.0, |l| l.length), weight });
        offers.len() - 1
    });
    (offers, taken)
}
