//! What the model has to beat: the class prior, the customer's modal size, the article's.

use inseam::outcome::Outcome;
use inseam::size::Label;
use inseam::train::{Coded, Columns};
use std::collections::{BTreeMap, HashMap};

/// Counts of the training history, by the shop's own ids.
pub struct Baselines<'c> {
    columns: &'c Columns,
    customers: HashMap<&'c str, Tally>,
    articles: HashMap<&'c str, Tally>,
    /// Share of too small, fits and too large among known outcomes.
    pub prior: [f64; 3],
}

/// Purchases of one customer or of one article.
#[derive(Default)]
pub struct Tally {
    /// How many.
    pub purchases: u32,
    /// Of each size kept, by canonical label.
    sizes: BTreeMap<String, u32>,
}

impl Tally {
    /// The size kept most often; of equals the first by text.
    fn mode(&self) -> Option<&str> {
        self.sizes
            .iter()
            .max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)))
            .map(|(size, _)| size.as_str())
    }
}

/// The class of an outcome whose class is known.
pub fn class(outcome: Outcome) -> Option<usize> {
    match outcome {
        Outcome::TooSmall => Some(0),
        Outcome::Kept => Some(1),
        Outcome::TooLarge => Some(2),
        _ => None,
    }
}

impl<'c> Baselines<'c> {
    pub fn of(columns: &'c Columns) -> Self {
        let canonical = canonical(&columns.size);
        let mut out =
            Self { columns, customers: HashMap::new(), articles: HashMap::new(), prior: [1.0; 3] };
        for (row, &outcome) in columns.outcome.iter().enumerate() {
            if outcome == Outcome::Pending {
                continue;
            }
            if let Some(k) = class(outcome) {
                out.prior[k] += 1.0;
            }
            let customer = out.customers.entry(columns.customer.text(row)).or_default();
            let article = out.articles.entry(columns.article.text(row)).or_default();
            for tally in [customer, article] {
                tally.purchases += 1;
                if outcome == Outcome::Kept {
                    let size = &canonical[columns.size.codes[row] as usize];
                    match tally.sizes.get_mut(size) {
                        Some(n) => *n += 1,
                        None => drop(tally.sizes.insert(size.clone(), 1)),
                    }
                }
            }
        }
        let total: f64 = out.prior.iter().sum();
        out.prior = out.prior.map(|n| n / total);
        out
    }

    /// Rows counted.
    pub fn rows(&self) -> usize {
        self.columns.outcome.len()
    }

    /// Purchases of a customer in the training history.
    pub fn history(&self, customer: &str) -> u32 {
        self.customers.get(customer).map_or(0, |t| t.purchases)
    }

    /// Purchases of an article in the training history.
    pub fn support(&self, article: &str) -> u32 {
        self.articles.get(article).map_or(0, |t| t.purchases)
    }

    /// The article's modal size.
    pub fn article_mode(&self, article: &str) -> Option<&str> {
        self.articles.get(article).and_then(Tally::mode)
    }

    /// The customer's modal size; for a new customer the article's.
    pub fn customer_mode(&self, customer: &str, article: &str) -> Option<&str> {
        self.customers.get(customer).and_then(Tally::mode).or_else(|| self.article_mode(article))
    }
}

/// Canonical text of every distinct label; an unreadable one as it is.
pub fn canonical(sizes: &Coded) -> Vec<String> {
    sizes
        .values
        .iter()
        .map(|s| Label::parse(s).map_or_else(|_| s.clone(), Label::into_string))
        .collect()
}
