//! What a protocol measured.

use super::ablation::AblatedModel;
use crate::baselines::Baselines;
use crate::kept_size::KeptSizeCase;
use crate::measured_purchase::MeasuredPurchase;
use crate::off_policy::{MeasuredChoice, RuleCase, SuccessSummary, rule_cases};
use inseam::model::Model;
use inseam::train::Columns;
use serde::Serialize;

/// A protocol with its settings.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "protocol", rename_all = "snake_case")]
pub enum Protocol {
    /// On a table of purchases that training has not seen.
    Test,
    /// Trained on what came before a day, measured on what came after.
    After {
        /// The day, as 2026-01-31.
        day: String,
        /// Number of days before it whose purchases are not used.
        gap_days: u16,
        /// Number of purchases in those days.
        between: usize,
    },
    /// On random parts of the purchases.
    RandomSplits {
        /// Number of splits.
        splits: u16,
    },
    /// By folds of customers, on each customer's last kept purchase.
    LastKept {
        /// Number of folds.
        folds: u16,
        /// Whether earlier rows of the same day are known.
        same_day: bool,
    },
    /// By folds of customers, on each customer's first purchase, without any history.
    NewCustomers {
        /// Number of folds.
        folds: u16,
    },
}

/// Purchases that a protocol measured.
pub struct PurchaseResults {
    /// The protocol.
    pub protocol: Protocol,
    pub(crate) purchases: Vec<MeasuredPurchase>,
    /// What the purchases tell of success; `None` where nothing came back.
    pub(crate) successes: Option<SuccessSummary>,
    /// Number of rows of the history that the baselines are counted on.
    pub(crate) training_rows: usize,
    /// Shares of too small, fits and too large in that history.
    pub(crate) class_prior: [f64; 3],
    /// Share of that history that came back.
    pub(crate) return_prior: f64,
    /// The whole model, then the model without each term; empty unless asked for.
    pub(crate) ablation: Vec<AblatedModel>,
    /// The choices of a size that tell what rules would do; empty unless asked for.
    pub cases: Vec<RuleCase>,
}

impl PurchaseResults {
    pub(super) fn new(
        protocol: Protocol,
        purchases: Vec<MeasuredPurchase>,
        successes: Option<SuccessSummary>,
        baselines: &Baselines<'_>,
    ) -> Self {
        Self {
            protocol,
            purchases,
            successes,
            training_rows: baselines.rows(),
            class_prior: baselines.class_prior,
            return_prior: baselines.return_prior,
            ablation: Vec::new(),
            cases: Vec::new(),
        }
    }

    /// The choices of a size that tell what rules would do, in the order of the table.
    pub(crate) fn choices(&self) -> impl Iterator<Item = &MeasuredChoice> {
        self.purchases.iter().filter_map(|purchase| purchase.choice.as_deref())
    }

    /// The same with the cases, from the table and the model that were measured.
    pub(super) fn with_cases(mut self, model: &Model, table: &Columns) -> Self {
        self.cases = rule_cases(model, table, self.choices());
        self
    }
}

/// Kept purchases whose size a protocol predicted.
pub struct KeptSizeResults {
    /// The protocol.
    pub protocol: Protocol,
    /// The purchases, by fold.
    pub cases: Vec<KeptSizeCase>,
    /// Number of rows of the history.
    pub(crate) history_rows: usize,
}
