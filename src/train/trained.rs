//! What training returns: the public model, and the private beliefs that belong to it.

use super::reports::{HistorySummary, SweepReport};
use super::size_report::SizeReport;
use crate::model::{ChoiceVariances, CustomerBelief, Model, PurchaseRecord};

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
    /// Each purchase with its messages. The customer is the index of the customer's id among the
    /// distinct texts of the customer column.
    pub events: Vec<PurchaseRecord<u32>>,
    /// For each fit group the prior variances that the model itself does not need. They are needed
    /// to compute beliefs again without some of the purchases.
    pub choice_variances: Vec<ChoiceVariances>,
    /// What became of the rows.
    pub summary: HistorySummary,
    /// What training found out about the sizes.
    pub sizes: SizeReport,
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
