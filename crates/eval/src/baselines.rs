//! The baselines that the model is compared with: the class prior, the customer's modal size and
//! the article's modal size, counted on the training history.

use crate::metrics::outcome_class;
use inseam::outcome::Outcome;
use inseam::train::Columns;
use std::collections::{BTreeMap, HashMap};

/// Counts of a training history, by the shop's own ids.
pub(crate) struct Baselines<'c> {
    columns: &'c Columns,
    customers: HashMap<&'c str, PurchaseCounts>,
    articles: HashMap<&'c str, PurchaseCounts>,
    /// Shares of too small, fits and too large among the known outcomes, with one row of each
    /// added.
    pub(crate) class_prior: [f64; 3],
}

/// Counts of the purchases of one customer or of one article.
#[derive(Default)]
struct PurchaseCounts {
    purchases: u32,
    /// Number of purchases kept, by canonical label.
    kept_sizes: BTreeMap<String, u32>,
}

impl PurchaseCounts {
    /// The size kept most often; of equally frequent ones the first by text.
    fn modal_size(&self) -> Option<&str> {
        self.kept_sizes
            .iter()
            .max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)))
            .map(|(size, _)| size.as_str())
    }
}

impl<'c> Baselines<'c> {
    pub(crate) fn new(columns: &'c Columns) -> Self {
        let mut customers: HashMap<&str, PurchaseCounts> = HashMap::new();
        let mut articles: HashMap<&str, PurchaseCounts> = HashMap::new();
        let mut classes = [1.0; 3];
        for (row, &outcome) in columns.outcome.iter().enumerate() {
            if outcome == Outcome::Pending {
                continue;
            }
            if let Some(class) = outcome_class(outcome) {
                classes[class] += 1.0;
            }
            let customer = customers.entry(columns.customer.text(row)).or_default();
            let article = articles.entry(columns.article.text(row)).or_default();
            for counts in [customer, article] {
                counts.purchases += 1;
                if outcome == Outcome::Kept {
                    let size = columns.size.values[columns.size.codes[row] as usize].as_str();
                    match counts.kept_sizes.get_mut(size) {
                        Some(n) => *n += 1,
                        None => drop(counts.kept_sizes.insert(size.to_owned(), 1)),
                    }
                }
            }
        }
        let total: f64 = classes.iter().sum();
        Self { columns, customers, articles, class_prior: classes.map(|n| n / total) }
    }

    /// Number of rows of the training history.
    pub(crate) fn rows(&self) -> usize {
        self.columns.outcome.len()
    }

    /// Number of purchases of a customer.
    pub(crate) fn customer_purchases(&self, customer: &str) -> u32 {
        self.customers.get(customer).map_or(0, |t| t.purchases)
    }

    /// Number of purchases of an article.
    pub(crate) fn article_purchases(&self, article: &str) -> u32 {
        self.articles.get(article).map_or(0, |t| t.purchases)
    }

    /// The article's modal size.
    pub(crate) fn article_mode(&self, article: &str) -> Option<&str> {
        self.articles.get(article).and_then(PurchaseCounts::modal_size)
    }

    /// The customer's modal size; for a new customer the article's.
    pub(crate) fn customer_mode(&self, customer: &str, article: &str) -> Option<&str> {
        let customer = self.customers.get(customer).and_then(PurchaseCounts::modal_size);
        customer.or_else(|| self.article_mode(article))
    }
}
