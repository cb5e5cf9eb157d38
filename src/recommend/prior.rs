//! An article at the prior of its brand or fit group: comparing advice with and without this shows
//! how much of it rests on evidence about the article (`model/README.md`, section 7, reasons).

use crate::math::Gaussian;
use crate::model::{Article, ArticleSize, Brand, Model};

/// Whose prior replaces the beliefs about an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parent {
    /// Its brand's: without evidence on the article itself.
    Brand,
    /// Its fit group's: without evidence on the article or its brand.
    Group,
}

/// The article with all beliefs replaced by the parent's prior.
#[must_use]
pub fn article_prior(model: &Model, article: &Article, parent: Parent) -> Article {
    let brand = Some(&model.brands[article.brand as usize]).filter(|_| parent == Parent::Brand);
    unseen_article(model, article, brand)
}

/// An unseen article of this brand in the sizes of `article`; of an unknown brand if there is none.
pub(super) fn unseen_article(model: &Model, article: &Article, brand: Option<&Brand>) -> Article {
    let group = &model.groups[model.group_of(article)];
    let (offset, spread) = (group.offset_variance, group.spread_variance);
    let prior = |variance| Gaussian::new(0.0, variance);
    let unseen = |size: &ArticleSize| ArticleSize { popularity: 0.0, ..*size };
    Article {
        offset: brand.map_or(prior(offset.brand), |b| b.offset).widen(offset.article),
        grade: prior(group.grade_variance),
        spread: brand.map_or(prior(spread.brand), |b| b.spread).widen(spread.article),
        choice_offset: 0.0,
        sizes: article.sizes.iter().map(unseen).collect(),
        ..article.clone()
    }
}
