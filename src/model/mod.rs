//! What a trained model believes: plain immutable values, and look-up in them.
//!
//! Nothing here knows how the beliefs came about (`train`) or how they are stored
//! ([`crate::format`]). Positions, offsets and latent sizes are in *steps*, one step being one
//! women's dress size (EU 38 to 40).

mod article;
mod customer;
mod group;
mod measurement;
mod trend;

pub use article::{Article, ArticleSize, Brand, KEY_BITS, article_key};
pub use customer::{CustomerBelief, GroupEvidence};
pub use group::{BASIS, Choice, Group, OutcomeTerms, Returns, Scale, ScaleLabel, SizePrior};
pub use measurement::{Features, Measurement, MeasurementKind, MeasurementValue};
pub use trend::Trend;

use nalgebra::DMatrix;

/// Upper limit on fit groups: covariance work grows with the cube of it.
pub const MAX_GROUPS: usize = 32;

/// The immutable beliefs of one trained shop: everything public, nothing of any customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Fit groups; indices into this are the `group` of scales and brands.
    pub groups: Vec<Group>,
    /// Covariance of a customer's latent sizes between fit groups about their regression, steps
    /// squared, G x G.
    pub covariance: DMatrix<f64>,
    /// Priors of a customer's traits, each its variance and its regression on the measurement
    /// features: fussiness h, how readily they call anything a misfit; preference p, positive likes
    /// it loose, and so calls more too small and less too large; length l, negative wears petite,
    /// positive long; returning w, how readily they send things back for other reasons than size,
    /// probit units.
    pub traits: [SizePrior; TRAITS],
    /// How readily something is called a misfit, from month to month.
    pub trend: Trend,
    /// Body measurements the model knows how to use.
    pub measurements: Vec<Measurement>,
    /// Size scales: one per fit group and size system met in the history.
    pub scales: Vec<Scale>,
    /// Brands within fit groups and categories: the parents of articles.
    pub brands: Vec<Brand>,
    /// Articles, sorted by key, keys unique.
    pub articles: Vec<Article>,
}

/// Number of a customer's traits.
pub const TRAITS: usize = 4;
/// Index of the trait that says how long a customer wears things.
pub const LENGTH: usize = 2;
/// Index of the trait that says how readily a customer sends things back for other reasons than
/// size.
pub const RETURNING: usize = 3;

impl Model {
    /// The article with this shop id, by its [`article_key`]; `None` if the model has never met it.
    #[must_use]
    pub fn article(&self, id: &str) -> Option<&Article> {
        let key = article_key(id);
        self.articles.binary_search_by_key(&key, |a| a.key).ok().map(|i| &self.articles[i])
    }

    /// Adds articles to those that are held, replacing what it holds of the same keys: a page may
    /// know some of a shop's articles only.
    pub fn hold(&mut self, articles: Vec<Article>) {
        for article in articles {
            match self.articles.binary_search_by_key(&article.key, |a| a.key) {
                Ok(at) => self.articles[at] = article,
                Err(at) => self.articles.insert(at, article),
            }
        }
    }

    /// Takes the articles of these keys out of those that are held.
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

    /// The fit group of an article, as an index.
    #[must_use]
    pub fn group_of(&self, article: &Article) -> usize {
        usize::from(self.brands[article.brand as usize].group)
    }
}
