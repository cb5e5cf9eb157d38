//! Whether a purchase comes back, for whatever reason: what the model says beside what customer and
//! article alone say.

use crate::predict::{self, Bought, Pair};
use inseam::infer::Posterior;
use inseam::math::Gaussian;
use inseam::model::{MeasurementValue, Model, article_key};
use inseam::outcome::Outcome;
use inseam::train::{Columns, PurchaseSites, Trained};
use inseam_io::failure::Failure;
use inseam_io::pipeline::Pipeline;
use inseam_io::progress::Progress;
use inseam_io::stores;
use inseam_io::training;
use std::collections::HashMap;
use std::path::Path;

/// How readily each article comes back for other reasons than its size, by key. Not in the public
/// file: it is the shop's business.
pub struct Articles(HashMap<u64, Gaussian>);

impl Articles {
    /// Sums what the purchases said.
    fn of(messages: impl Iterator<Item = (u64, Gaussian)>) -> Self {
        let mut sums: HashMap<u64, Gaussian> = HashMap::new();
        for (article, said) in messages {
            let sum = sums.entry(article).or_insert(Gaussian::FLAT);
            *sum = sum.combine(said);
        }
        Self(sums)
    }

    /// From a training.
    pub fn trained(trained: &Trained) -> Self {
        Self::of(
            trained
                .events
                .iter()
                .map(|e| (e.article, e.messages[PurchaseSites::ARTICLE_RETURNING])),
        )
    }

    /// From the private file beside a model.
    pub fn read(model: &Path) -> Result<Self, Failure> {
        let events = stores::read_messages(model)?.events;
        Ok(Self::of(
            events.iter().map(|e| (e.article, e.messages[PurchaseSites::ARTICLE_RETURNING])),
        ))
    }

    /// Chance that a purchase of this article comes back.
    pub fn chance(
        &self,
        model: &Model,
        customer: &Posterior,
        article: &str,
        bought: &Bought,
    ) -> f64 {
        let said = self.0.get(&article_key(article)).copied().unwrap_or(Gaussian::FLAT);
        bought.garment.returned(model, customer, bought.group, said, bought.chances)
    }
}

/// A model of who sends back, and what comes back, that knows nothing of size.
pub struct Alone {
    trained: Trained,
    customers: HashMap<String, usize>,
    articles: Articles,
}

impl Alone {
    /// Trained on the same purchases, every return counting as one for another reason; `None` where
    /// all returns are for their size.
    pub fn train(
        pipeline: &Pipeline,
        columns: &Columns,
        progress: Progress,
    ) -> Result<Option<Self>, Failure> {
        if !columns
            .outcome
            .iter()
            .any(|o| matches!(o, Outcome::UnknownReason | Outcome::OtherReason))
        {
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
        let articles = Articles::trained(&trained);
        Ok(Some(Self { trained, customers, articles }))
    }

    /// Chance that a purchase comes back; `None` for a size that cannot be placed.
    pub fn chance<'v>(
        &self,
        customer: &str,
        pair: Pair<'_>,
        body: impl FnOnce() -> Vec<(&'v str, MeasurementValue)>,
    ) -> Option<f64> {
        let model = self.trained.known();
        let known = self.customers.get(customer).map(|&i| &self.trained.customers[i].1);
        let posterior = predict::believed(model, known, body);
        let bought = predict::predict(model, &posterior, pair).purchase?;
        Some(self.articles.chance(model, &posterior, pair.article, &bought))
    }
}
