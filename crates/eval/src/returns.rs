//! The probability that a purchase comes back for any reason, by the model and, for comparison, by
//! a model of customers and articles that ignores sizes.

use crate::predict::{PurchasePrediction, posterior_from_belief, predict};
use inseam::infer::{Posterior, Purchase};
use inseam::math::Gaussian;
use inseam::model::{MeasurementValue, Model, article_key};
use inseam::outcome::Outcome;
use inseam::train::{Columns, Trained};
use inseam_io::failure::Failure;
use inseam_io::pipeline::Pipeline;
use inseam_io::progress::Progress;
use inseam_io::stores;
use inseam_io::training;
use std::collections::HashMap;
use std::path::Path;

/// Beliefs about how readily each article comes back for reasons other than its size, by article
/// key. The public file does not contain them, because they are the shop's business. Without them,
/// as by default, every article has the prior of its fit group.
#[derive(Default)]
pub struct ArticleReturns(HashMap<u64, Gaussian>);

impl ArticleReturns {
    /// Adds the message from one purchase of an article.
    fn add(&mut self, article: u64, message: Gaussian) {
        let belief = self.0.entry(article).or_insert(Gaussian::FLAT);
        *belief = belief.combine(message);
    }

    /// The beliefs of a training.
    pub(crate) fn from_training(trained: &Trained) -> Self {
        let mut found = Self::default();
        trained.events.iter().for_each(|e| found.add(e.article, e.messages.article_returning));
        found
    }

    /// The beliefs in the private file beside a model.
    ///
    /// # Errors
    /// If the file cannot be read or belongs to another model.
    pub fn read(model: &Path) -> Result<Self, Failure> {
        let mut found = Self::default();
        stores::visit_messages(model, &mut |e| found.add(e.article, e.messages.article_returning))?;
        Ok(found)
    }

    /// The probability that a purchase of this article comes back, for its size or for any other
    /// reason (`model/README.md`, section 3.1).
    #[must_use]
    pub fn return_probability(
        &self,
        model: &Model,
        customer: &Posterior,
        article: &str,
        purchase: &PurchasePrediction,
    ) -> f64 {
        let belief = self.0.get(&article_key(article)).copied().unwrap_or(Gaussian::FLAT);
        let probabilities = purchase.probabilities;
        purchase.garment.returned(model, customer, purchase.group, belief, probabilities)
    }
}

/// A model of which customers send back and which articles come back; it ignores sizes.
pub(crate) struct SizeBlindReturns {
    trained: Trained,
    /// Index into the trained customers, by id.
    customers: HashMap<String, usize>,
    articles: ArticleReturns,
}

impl SizeBlindReturns {
    /// Trains on the same purchases, with every return counted as one for another reason; `None`
    /// where all returns are for size.
    pub(crate) fn train(
        pipeline: &Pipeline,
        columns: &Columns,
        progress: Progress,
    ) -> Result<Option<Self>, Failure> {
        let not_for_size = |o: &Outcome| matches!(o, Outcome::UnknownReason | Outcome::OtherReason);
        if !columns.outcome.iter().any(not_for_size) {
            return Ok(None);
        }
        let mut columns = columns.clone();
        for outcome in &mut columns.outcome {
            if !matches!(outcome, Outcome::Kept | Outcome::Pending) {
                *outcome = Outcome::OtherReason;
            }
        }
        let trained = training::train_on(pipeline, &columns, "training without sizes", progress)?;
        let customers = trained.customers.iter().enumerate();
        let customers = customers
            .map(|(i, (id, _))| (columns.customer.values[*id as usize].clone(), i))
            .collect();
        let articles = ArticleReturns::from_training(&trained);
        Ok(Some(Self { trained, customers, articles }))
    }

    /// The probability that a purchase comes back; `None` for a size without a position.
    pub(crate) fn return_probability<'v>(
        &self,
        customer: &str,
        purchase: &Purchase<'_>,
        day: Option<i32>,
        measurements: impl FnOnce() -> Vec<(&'v str, MeasurementValue)>,
    ) -> Option<f64> {
        let model = self.trained.known();
        let belief = self.customers.get(customer).map(|&i| &self.trained.customers[i].1);
        let posterior = posterior_from_belief(model, belief, measurements);
        let predicted = predict(model, &posterior, purchase, day).purchase?;
        let article = purchase.article.unwrap_or_default();
        Some(self.articles.return_probability(model, &posterior, article, &predicted))
    }
}

/// What predicts that a purchase comes back.
pub(crate) struct ReturnModels {
    pub(crate) articles: ArticleReturns,
    /// For comparison; `None` where all returns are for size.
    pub(crate) size_blind: Option<SizeBlindReturns>,
}
