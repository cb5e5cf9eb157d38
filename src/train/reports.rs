//! What training reports besides the model: what became of the rows, and what each sweep found.

/// What became of the rows of a history.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct HistorySummary {
    /// Rows of the history.
    pub rows: usize,
    /// Rows that repeat an earlier one in every column; counted once.
    pub duplicates: usize,
    /// Rows still inside their return window; not evidence.
    pub pending: usize,
    /// Returns without a direction whose direction follows from another size of the article that
    /// the customer kept (bracketing, exchange).
    pub named_by_bracket: usize,
    /// Distinct customers with purchases that are evidence.
    pub customers: usize,
    /// Distinct articles, those of the catalogue included.
    pub articles: usize,
}

/// What one sweep found, for progress and convergence.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SweepReport {
    /// Number of the sweep, from 1, over the sample or over all customers.
    pub sweep: usize,
    /// Maximal number of sweeps.
    pub max_sweeps: usize,
    /// Whether it was over the sample on which hyperparameters are learned first.
    pub sample: bool,
    /// Mean log evidence of an outcome under its cavity, nats: minus the leave-one-out log loss.
    pub outcome_log_evidence: f64,
    /// Mean log evidence of a choice under its cavity, nats.
    pub choice_log_evidence: f64,
}
