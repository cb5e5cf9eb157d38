//! The baselines that the model is compared with: the class prior, the share of returns, the
//! customer's modal size and the article's modal size, counted on the training history.

use crate::history::HistoryRows;
use crate::metrics::outcome_class;
use inseam::model::{Article, Model};
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
    /// Share of the purchases that came back, with one row of each added.
    pub(crate) return_prior: f64,
}

/// Counts of the purchases of one customer or of one article.
#[derive(Default)]
struct PurchaseCounts {
    purchases: u32,
    /// Number of purchases kept, by canonical label.
    kept_sizes: BTreeMap<String, u32>,
    /// The rows of the purchases kept.
    kept_rows: Vec<u32>,
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
        let mut kept_or_returned = [1.0; 2];
        for (row, &outcome) in columns.outcome.iter().enumerate() {
            if outcome == Outcome::Pending {
                continue;
            }
            if let Some(class) = outcome_class(outcome) {
                classes[class] += 1.0;
            }
            kept_or_returned[usize::from(outcome != Outcome::Kept)] += 1.0;
            let customer = customers.entry(columns.customer.text(row)).or_default();
            let article = articles.entry(columns.article.text(row)).or_default();
            for counts in [customer, article] {
                counts.purchases += 1;
                if outcome == Outcome::Kept {
                    counts.kept_rows.push(row as u32);
                    let size = columns.size.values[columns.size.codes[row] as usize].as_str();
                    match counts.kept_sizes.get_mut(size) {
                        Some(n) => *n += 1,
                        None => drop(counts.kept_sizes.insert(size.to_owned(), 1)),
                    }
                }
            }
        }
        let total: f64 = classes.iter().sum();
        let [kept, returned] = kept_or_returned;
        Self {
            columns,
            customers,
            articles,
            class_prior: classes.map(|n| n / total),
            return_prior: returned / (kept + returned),
        }
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

    /// The size that the customer has kept most often of articles in the fit group that the model
    /// has found, sizes in which the article is sold first; the article's modal size for a customer
    /// who has kept none.
    pub(crate) fn customer_mode_in_group(
        &self,
        model: &Model,
        customer: &str,
        id: &str,
        article: &Article,
    ) -> Option<&str> {
        let rows = self.customers.get(customer).map_or(&[][..], |c| &c.kept_rows);
        let labels = &model.scales[usize::from(article.scale)].labels;
        let offered = |label: &str| {
            article.sizes.iter().any(|size| labels[usize::from(size.label)].text == label)
        };
        let group = model.group_of(article);
        let mode = HistoryRows::new(self.columns).modal_size_in_group(rows, model, group, offered);
        mode.or_else(|| self.article_mode(id))
    }

    /// The customer's modal size among all purchases kept; for a new customer the article's.
    pub(crate) fn customer_mode(&self, customer: &str, article: &str) -> Option<&str> {
        let customer = self.customers.get(customer).and_then(PurchaseCounts::modal_size);
        customer.or_else(|| self.article_mode(article))
    }
}
