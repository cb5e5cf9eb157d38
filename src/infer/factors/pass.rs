//! One pass over the factors of one purchase (`model/README.md`, section 5).

use super::purchase::{FactorStats, PurchaseFactors};
use crate::infer::belief::Belief;
use crate::infer::choice_model::Choosing;
use crate::infer::evidence::Evidence;
use crate::infer::sites::Sites;
use crate::math::Gaussian;

impl PurchaseFactors<'_> {
    /// Replaces this purchase's sites by fresh messages, at `damping` of full strength, and updates
    /// the belief with them. The scores of the choice that learning needs stay in `choosing`.
    ///
    /// The choice's old message is removed before the outcome factors run: their terms include how
    /// far the size lies from the one expected before this choice.
    pub(crate) fn pass(
        &self,
        belief: &mut Belief,
        sites: &mut Sites,
        damping: f64,
        choosing: &mut Choosing,
    ) -> FactorStats {
        let mut stats = FactorStats::default();
        if let Evidence::Bracketed(away) = self.evidence {
            self.pass_comparison(away, belief, sites, damping);
        }
        belief.observe(self.axis, Gaussian::FLAT.remove(sites.choice.size));
        self.pass_outcome(belief, sites, damping, &mut stats);
        self.pass_return(belief, sites, damping, &mut stats);
        if stats.returned.is_some() && stats.outcome_log_evidence.is_none() {
            // The log evidence of a mixture is already there; that of a known outcome is the sum
            // over its factors.
            let factors = stats.pulls.iter().flatten().chain(&stats.returned);
            stats.outcome_log_evidence = Some(factors.map(|p| p.log_evidence).sum());
        }
        self.pass_choice(belief, sites, damping, &mut stats, choosing);
        stats
    }
}
