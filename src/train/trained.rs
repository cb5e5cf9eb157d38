//! What training gives: the public model, and the private beliefs that come with it.

use super::purchase_sites::PurchaseSites;
use super::reports::{HistorySummary, SweepReport};
use crate::model::{CustomerBelief, Model};

/// A trained model, and the private beliefs that come with it.
#[derive(Clone, Debug)]
pub struct Trained {
    /// The public model.
    pub model: Model,
    /// The model with nothing withheld and no noise, for the server; `None` where that is the
    /// public one.
    pub known: Option<Model>,
    /// Index of each customer's id among the distinct texts of the customer column, and what is
    /// believed of them.
    pub customers: Vec<(u32, CustomerBelief)>,
    /// What each purchase said.
    pub events: Vec<PurchaseSites>,
    /// For each fit group the prior variances of a cut, steps squared, and of a size's popularity:
    /// the model has no need of them, but what a purchase said of these can't be taken out without.
    pub leaves: Vec<[f64; 2]>,
    /// What was done to the rows on the way.
    pub summary: HistorySummary,
    /// One report a sweep.
    pub sweeps: Vec<SweepReport>,
}

impl Trained {
    /// The model as the server knows it.
    #[must_use]
    pub fn known(&self) -> &Model {
        self.known.as_ref().unwrap_or(&self.model)
    }
}
