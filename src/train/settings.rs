//! The settings of a training, with their ranges and defaults.

use super::model_term::ModelTerm;
use super::privacy::Privacy;

/// The settings of a training. `Settings::default()` suits most shops.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Most sweeps over the history; 1 to 1000, default 18.
    pub sweeps: usize,
    /// Training stops once a sweep changes the mean log evidence of a purchase by less than this;
    /// default 4e-4.
    pub tolerance: f64,
    /// Weight of fresh messages against those of the sweep before, above 0 to 1; default 0.5.
    pub damping: f64,
    /// The public model replaces the belief about an article, a brand or a size with fewer
    /// customers than this by its parent's prior; default 1, which publishes every belief.
    pub min_customers: usize,
    /// Hyperparameters are learned on a sample of about so many customers, drawn by a digest of
    /// their ids, before all customers are swept over; default 50,000. A shop with fewer than twice
    /// as many learns on all.
    pub sample_customers: usize,
    /// Publishes the beliefs about articles with noise that protects each customer; default none.
    pub privacy: Option<Privacy>,
    /// Whether a shopper's height, weight, age and sex tell their size before customers with
    /// measurements do, from the survey and the standards of [`crate::body`]; default false.
    pub body_prior: bool,
    /// A term of the model to leave out; default none.
    pub without: Option<ModelTerm>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            sweeps: 18,
            tolerance: 4e-4,
            damping: 0.5,
            min_customers: 1,
            sample_customers: 50_000,
            privacy: None,
            body_prior: false,
            without: None,
        }
    }
}
