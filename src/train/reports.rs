//! What training reports besides the model: what became of the rows, and what each sweep found.

/// What was done to the rows on the way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct HistorySummary {
    /// Rows given.
    pub rows: usize,
    /// Rows that repeat an earlier one in every column; counted once.
    pub duplicates: usize,
    /// Rows still inside their return window; not evidence.
    pub pending: usize,
    /// Returns without a reason whose direction a kept size of the same article and customer names
    /// (bracketing, exchange).
    pub named_by_bracket: usize,
    /// Distinct customers, articles and brands with purchases that are evidence.
    pub customers: usize,
    /// Distinct articles, those of the catalogue included.
    pub articles: usize,
}

/// What one sweep found, for progress and convergence.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SweepReport {
    /// Number of the sweep, from 1.
    pub sweep: usize,
    /// Of how many at the most.
    pub of: usize,
    /// Mean log evidence of an outcome given everything else, nats: minus the leave-one-out log
    /// loss.
    pub outcome_log_evidence: f64,
    /// Mean log density of a chosen position given everything else, nats.
    pub choice_log_evidence: f64,
}
