//! Where the belief about a customer comes from: training, or, as on a product page, the customer's
//! history and the public model.

use crate::history::{HistoryRows, rows_by_customer};
use crate::predict::{features, posterior_from_belief};
use inseam::infer::{Posterior, posterior};
use inseam::model::{CustomerBelief, MeasurementValue, Model};
use inseam::train::{Columns, Trained};
use std::collections::HashMap;

/// Finds the belief that training stored about a customer, by their id.
pub(crate) type BeliefLookup<'a> = dyn Fn(&str) -> Option<&'a CustomerBelief> + Sync + 'a;

/// Where the belief about a customer comes from.
pub(crate) enum CustomerBeliefs<'a> {
    /// Training stored it.
    Stored(&'a BeliefLookup<'a>),
    /// Inferred from the customer's history, as in the browser.
    FromHistory(&'a CustomerHistories<'a>),
}

impl CustomerBeliefs<'_> {
    /// The posterior of a customer with these measurements, by name.
    pub(crate) fn posterior<'v>(
        &self,
        model: &Model,
        customer: &str,
        measurements: impl FnOnce() -> Vec<(&'v str, MeasurementValue)>,
    ) -> Posterior {
        match self {
            Self::Stored(belief) => posterior_from_belief(model, belief(customer), measurements),
            Self::FromHistory(histories) => {
                let features = features(model, &measurements());
                posterior(model, &histories.purchases(customer), &features)
            }
        }
    }
}

/// The purchases of every customer, by id.
pub(crate) struct CustomerHistories<'c> {
    rows: HistoryRows<'c>,
    by_customer: HashMap<&'c str, Vec<u32>>,
}

impl<'c> CustomerHistories<'c> {
    pub(crate) fn new(columns: &'c Columns) -> Self {
        let ids = columns.customer.values.iter().map(String::as_str);
        Self {
            rows: HistoryRows::new(columns),
            by_customer: ids.zip(rows_by_customer(columns)).collect(),
        }
    }

    fn purchases(&self, customer: &str) -> Vec<inseam::infer::Purchase<'_>> {
        let rows = self.by_customer.get(customer).map_or(&[][..], Vec::as_slice);
        rows.iter().map(|&row| self.rows.purchase(row as usize)).collect()
    }
}

/// The beliefs of a training about its customers, by id.
pub(crate) fn trained_beliefs<'t>(
    trained: &'t Trained,
    history: &'t Columns,
) -> HashMap<&'t str, &'t CustomerBelief> {
    let ids = &history.customer.values;
    trained.customers.iter().map(|(id, belief)| (ids[*id as usize].as_str(), belief)).collect()
}
