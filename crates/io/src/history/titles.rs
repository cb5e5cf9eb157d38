//! Articles whose ids tell variants apart: their titles tell which are one product.

use inseam::train::{Coded, Columns};
use std::collections::HashMap;

/// Makes one article of the variants of a product, if each article has only one size and titles
/// tell which variants belong together. An empty title tells nothing. Returns whether it has.
pub(super) fn join_variants(columns: &mut Columns, titles: &Coded) -> bool {
    let mut sizes: HashMap<u32, u32> = HashMap::new();
    let mut articles_of_title: HashMap<u32, u32> = HashMap::new();
    let mut several = false;
    let titled = |title: u32| titles.values.get(title as usize).is_some_and(|t| !t.is_empty());
    for (row, &article) in columns.article.codes.iter().enumerate() {
        let (size, title) = (columns.size.codes[row], titles.codes[row]);
        if article == Coded::MISSING || size == Coded::MISSING {
            continue;
        }
        if *sizes.entry(article).or_insert(size) != size {
            return false;
        }
        if titled(title) {
            several |= *articles_of_title.entry(title).or_insert(article) != article;
        }
    }
    if !several {
        return false;
    }
    // Articles of rows without a title stay as they are.
    let first_title = columns.article.values.len() as u32;
    columns.article.values.extend(titles.values.iter().cloned());
    for (article, &title) in columns.article.codes.iter_mut().zip(&titles.codes) {
        if *article != Coded::MISSING && titled(title) {
            *article = first_title + title;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use inseam::size::Label;

    #[test]
    fn variants_of_a_title_are_one_article() {
        let history = |articles: [&str; 3]| Columns {
            article: articles.iter().collect(),
            size: ["M", "L", "M"].iter().collect::<Coded>().map(|s| Label::parse(&s).unwrap()),
            ..Columns::default()
        };
        let titles: Coded = ["Dress", "Dress", "Shirt"].iter().collect();
        let mut columns = history(["d-m", "d-l", "s-m"]);
        assert!(join_variants(&mut columns, &titles));
        assert_eq!([0, 1, 2].map(|row| columns.article.text(row)), ["Dress", "Dress", "Shirt"]);
        let mut columns = history(["d", "d", "s"]);
        assert!(!join_variants(&mut columns, &titles));
        assert_eq!(columns.article.text(0), "d");
    }
}
