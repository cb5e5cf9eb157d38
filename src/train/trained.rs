//! What training returns: the public model, and the private beliefs that belong to it.

use super::purchase_sites::PurchaseSites;
use super::reports::{HistorySummary, SweepReport};
use crate::model::{CustomerBelief, Model};

/// A trained model with its private beliefs.
#[derive(Clone, Debug)]
pub struct Trained {
    /// The public model.
    pub model: Model,
    /// The server's model, without noise and with every estimate; `None` where it is the public
    /// one.
    pub known: Option<Model>,
    /// The belief about each customer, with the index of the customer's id among the distinct texts
    /// of the customer column.
    pub customers: Vec<(u32, CustomerBelief)>,
    /// The sites of each purchase.
    pub events: Vec<PurchaseSites>,
    /// For each fit group the prior variances of a choice offset, steps squared, and of a size's
    /// popularity, a log weight squared. The model itself does not need them. Whoever takes a
    /// purchase out of the beliefs again does.
    pub choice_variances: Vec<[f64; 2]>,
    /// What became of the rows.
    pub summary: HistorySummary,
    /// One report for each sweep.
    pub sweeps: Vec<SweepReport>,
}

impl Trained {
    /// The server's model.
    #[must_use]
    pub fn known(&self) -> &Model {
        self.known.as_ref().unwrap_or(&self.model)
    }
}
