//! An article as it would be believed if less were known of how it runs: what the advice would be
//! then says how much of it comes of that.

use crate::math::Gaussian;
use crate::model::{Article, ArticleSize, Brand, Model};

/// What is not to be known of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Less {
    /// Nothing of the article itself: it is taken for any of its brand.
    Article,
    /// Nothing of its brand either: it is taken for any of its fit group.
    Brand,
}

/// An article with what is believed of it, and where it is said of its brand, replaced by what
/// their parent expects.
#[must_use]
pub fn knowing_less(model: &Model, article: &Article, less: Less) -> Article {
    let brand = Some(&model.brands[article.brand as usize]).filter(|_| less == Less::Article);
    typical(model, article, brand)
}

/// What is known of any article of a brand before it is sold, in the sizes of another; of one that
/// the model does not know, where there is none.
pub(super) fn typical(model: &Model, article: &Article, brand: Option<&Brand>) -> Article {
    let group = &model.groups[model.group_of(article)];
    let [brand_offset, article_offset, deviation] = group.offset_variance;
    let [brand_spread, article_spread] = group.spread_variance;
    let prior = |variance| Gaussian::new(0.0, variance);
    let fresh =
        |size: &ArticleSize| ArticleSize { deviation: prior(deviation), popularity: 0.0, ..*size };
    Article {
        offset: brand.map_or(prior(brand_offset), |b| b.offset).widen(article_offset),
        grade: prior(group.grade_variance),
        spread: brand.map_or(prior(brand_spread), |b| b.spread).widen(article_spread),
        cut: 0.0,
        sizes: article.sizes.iter().map(fresh).collect(),
        ..article.clone()
    }
}
