//! The model of one shop: everything public, nothing about any customer.

use super::article::{Article, Brand, article_key};
use super::group::{Group, SizePrior};
use super::measurement::Measurement;
use super::scale::Scale;
use super::trend::Trend;
use nalgebra::DMatrix;

/// Maximal number of fit groups: the cost of the covariance grows with its cube.
pub const MAX_GROUPS: usize = 32;

/// The trained model of one shop.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Fit groups. The `group` of scales and brands is an index into this.
    pub groups: Vec<Group>,
    /// Covariance between fit groups of a customer's latent sizes about their regression, steps
    /// squared; G x G.
    pub covariance: DMatrix<f64>,
    /// Priors of a customer's traits, in this order: fussiness h, how readily they report any
    /// misfit; preference p, positive for customers who like a loose fit and so report too small
    /// more and too large less often; length l, negative for petite, positive for long; returning
    /// w, how readily they return things for other reasons than size. All but length are in probit
    /// units.
    pub traits: [SizePrior; TRAITS],
    /// How readily customers report misfits, over time.
    pub trend: Trend,
    /// Body measurements that the model uses.
    pub measurements: Vec<Measurement>,
    /// Size scales: one for each size run or size system of a fit group.
    pub scales: Vec<Scale>,
    /// Brands within fit groups and categories: the parents of articles.
    pub brands: Vec<Brand>,
    /// Articles, sorted by key, keys unique.
    pub articles: Vec<Article>,
}

/// Number of a customer's traits.
pub const TRAITS: usize = 4;
/// Index of the trait length.
pub const LENGTH: usize = 2;
/// Index of the trait returning.
pub const RETURNING: usize = 3;

impl Model {
    /// The article with this shop id, by its [`article_key`]; `None` if the model does not know it.
    #[must_use]
    pub fn article(&self, id: &str) -> Option<&Article> {
        self.article_index(id).map(|i| &self.articles[i])
    }

    /// The index among [`articles`](Self::articles) of the article with this shop id.
    #[must_use]
    pub fn article_index(&self, id: &str) -> Option<usize> {
        let key = article_key(id);
        self.articles.binary_search_by_key(&key, |a| a.key).ok()
    }

    /// Adds articles, and replaces those with the same keys. A page may hold only some of a shop's
    /// articles.
    pub fn hold(&mut self, articles: Vec<Article>) {
        for article in articles {
            match self.articles.binary_search_by_key(&article.key, |a| a.key) {
                Ok(at) => self.articles[at] = article,
                Err(at) => self.articles.insert(at, article),
            }
        }
    }

    /// Removes the articles with these keys.
    pub fn release(&mut self, keys: std::ops::Range<u64>) {
        let at = |key: u64| self.articles.partition_point(|a| a.key < key);
        let held = at(keys.start)..at(keys.end).max(at(keys.start));
        self.articles.drain(held);
    }

    /// Index of the fit group of this name.
    #[must_use]
    pub fn group_index(&self, name: &str) -> Option<usize> {
        self.groups.iter().position(|g| g.name == name)
    }

    /// Index of an article's fit group.
    #[must_use]
    pub fn group_of(&self, article: &Article) -> usize {
        usize::from(self.brands[article.brand as usize].group)
    }
}
