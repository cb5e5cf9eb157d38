//! What a case shows about rules of advice.

use super::cases::Case;
use super::rule::{Observed, Success};
use crate::train::off_policy::CLIP;

/// A case with what it shows.
pub(super) struct Shown<'c> {
    pub(super) case: &'c Case<'c>,
    pub(super) success: Success,
    pub(super) observed: Observed,
    /// Weight of the case for a rule that names the size taken.
    pub(super) importance: f64,
}

impl<'c> Shown<'c> {
    /// `None` for a case that shows nothing.
    pub(super) fn new(case: &'c Case<'c>, success: Success) -> Option<Self> {
        let observed = success.observed(case.evidence)?;
        let importance = observed.weight / case.chosen[case.taken].max(CLIP);
        Some(Self { case, success, observed, importance })
    }

    /// 1 for a success, otherwise 0.
    pub(super) fn y(&self) -> f64 {
        f64::from(u8::from(self.observed.success))
    }

    /// The predicted probability of success in a size with these chances.
    pub(super) fn predicted(&self, chances: [f64; 3]) -> f64 {
        self.success.predicted(self.case.unrelated, chances)
    }

    /// The doubly robust term of a rule that names this size.
    pub(super) fn doubly_robust(&self, named: usize) -> f64 {
        let predicted = self.predicted(self.case.chances[named]);
        let error = if named == self.case.taken { self.y() - predicted } else { 0.0 };
        self.observed.weight * predicted + self.importance * error
    }
}
