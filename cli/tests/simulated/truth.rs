//! The truth about advice in a simulated shop: whether a size would fit a customer.

use super::{Shop, number};
use std::collections::HashMap;

type Row = HashMap<String, String>;

/// One size of an article.
pub(crate) struct TrueSize {
    pub(crate) label: String,
    /// Position of the label, steps.
    pub(crate) position: f64,
    /// Offset of this size about its article's, steps.
    deviation: f64,
}

/// One article.
pub(crate) struct TrueArticle {
    pub(crate) id: String,
    pub(crate) brand: String,
    pub(crate) group: String,
    pub(crate) system: String,
    offset: f64,
    spread: f64,
    pub(crate) sizes: Vec<TrueSize>,
}

/// One customer in one fit group.
pub(crate) struct TrueCustomer {
    pub(crate) id: String,
    pub(crate) group: String,
    size: f64,
    fussiness: f64,
}

/// The truth of a whole shop.
pub(crate) struct Truth {
    pub(crate) articles: Vec<TrueArticle>,
    pub(crate) customers: Vec<TrueCustomer>,
    fits: Box<dyn Fn(f64, f64) -> f64>,
}

impl Truth {
    /// Reads the truth that was written with a shop.
    pub(crate) fn read(shop: &Shop) -> Self {
        let mut sizes: HashMap<String, Vec<TrueSize>> = HashMap::new();
        for row in shop.rows("truth_sizes") {
            let (position, deviation) = (number(&row, "position"), number(&row, "deviation"));
            let size = TrueSize { label: row["size"].clone(), position, deviation };
            sizes.entry(row["article_id"].clone()).or_default().push(size);
        }
        let articles = shop.rows("catalogue").into_iter().zip(shop.rows("truth_articles"));
        let articles = articles.map(|(listed, truth): (Row, Row)| TrueArticle {
            id: truth["article_id"].clone(),
            brand: listed["brand"].clone(),
            group: listed["group"].clone(),
            system: listed["size_system"].clone(),
            offset: number(&truth, "offset"),
            spread: number(&truth, "spread"),
            sizes: sizes.remove(&truth["article_id"]).unwrap(),
        });
        let customers = shop.rows("truth_customers").into_iter().map(|row| TrueCustomer {
            id: row["customer_id"].clone(),
            group: row["group"].clone(),
            size: number(&row, "size"),
            fussiness: number(&row, "fussiness"),
        });
        Self {
            articles: articles.collect(),
            customers: customers.collect(),
            fits: Box::new(shop.fits()),
        }
    }

    /// The probability that a size of an article fits a customer; `None` for a size that the
    /// article does not have.
    pub(crate) fn fits(
        &self,
        customer: &TrueCustomer,
        article: &TrueArticle,
        label: &str,
    ) -> Option<f64> {
        let size = article.sizes.iter().find(|size| size.label == label)?;
        let misfit = size.position + size.deviation + article.offset - customer.size;
        Some((self.fits)(misfit, customer.fussiness + article.spread))
    }

    /// The probability that the best size of an article fits a customer.
    pub(crate) fn best(&self, customer: &TrueCustomer, article: &TrueArticle) -> f64 {
        let all = article.sizes.iter().filter_map(|s| self.fits(customer, article, &s.label));
        all.fold(0.0, f64::max)
    }

    /// An article of a fit group that `accepts`: any one, but the same in every run.
    pub(crate) fn article_of_group(
        &self,
        group: &str,
        i: usize,
        accepts: impl Fn(&TrueArticle) -> bool,
    ) -> Option<&TrueArticle> {
        let nth = |k: usize| &self.articles[(i * 7919 + k * 104_729) % self.articles.len()];
        (0..50).map(nth).find(|a| accepts(a) && a.group == group)
    }
}
