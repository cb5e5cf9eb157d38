//! A small catalogue for tests: article number i has the id `a` followed by i, and is in fit group
//! 0.

use crate::model::article_key;
use crate::train::columns::CatalogueEntry;

/// The catalogue's entry of an article with these attributes.
pub(crate) fn entry(article: usize, attributes: [&str; 2]) -> CatalogueEntry {
    let attributes = attributes.map(str::to_owned).to_vec();
    CatalogueEntry { article: format!("a{article}"), attributes, ..CatalogueEntry::default() }
}

/// Keys and fit groups of the first `count` articles.
pub(crate) fn keys(count: usize) -> Vec<(u64, u16)> {
    (0..count).map(|i| (article_key(&format!("a{i}")), 0)).collect()
}
