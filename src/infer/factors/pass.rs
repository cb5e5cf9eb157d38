//! One pass over the factors of one purchase (`model/README.md`, section 5).

use super::choice::ChoiceEvidence;
use super::purchase::{FactorStats, PurchaseFactors};
use crate::infer::belief::Belief;
use crate::infer::choice_model::Choosing;
use crate::infer::evidence::Evidence;
use crate::infer::sites::Sites;
use crate::model::RETURNING;

impl PurchaseFactors<'_> {
    /// Replaces this purchase's sites by fresh messages, at `damping` of full strength, and updates
    /// the belief with them. The scores of the choice that learning needs stay in `choosing`.
    ///
    /// The choice runs first, so that the outcome factors see the latent size with this choice in
    /// it: choice and outcome are of one person, most probably the customer.
    pub(crate) fn pass(
        &self,
        belief: &mut Belief,
        sites: &mut Sites,
        damping: f64,
        choosing: &mut Choosing,
    ) -> FactorStats {
        let mut stats = FactorStats { own: 1.0, ..FactorStats::default() };
        if let Evidence::Bracketed(away) = self.evidence {
            self.pass_comparison(away, belief, sites, damping);
        }
        let choice = self.choice_evidence(belief, sites, &mut stats, choosing);
        let returned = self.returned_by(belief.traits[RETURNING].remove(sites.returned.customer));
        self.weigh_persons(belief, sites, returned, choice.as_ref(), &mut stats);
        if let Some(choice) = choice {
            self.pass_choice(&choice, belief, sites, damping, &mut stats, choosing);
        }
        self.pass_outcome(belief, sites, returned, damping, &mut stats);
        self.pass_return(belief, sites, damping, &mut stats);
        stats
    }

    /// Records how probable it is that the purchase is for the customer, and the log evidence of
    /// its outcome for either person. `returned` is the chance that it comes back for another
    /// reason.
    fn weigh_persons(
        &self,
        belief: &Belief,
        sites: &Sites,
        returned: f64,
        choice: Option<&ChoiceEvidence>,
        stats: &mut FactorStats,
    ) {
        let share = choice.map_or(1.0, |choice| choice.own_share(self.choice.others.share));
        stats.own = share;
        let Some(customer) = self.outcome_likelihood(belief, sites, returned, choice) else {
            return;
        };
        let other = if share < 1.0 { self.others_likelihood(returned) } else { 0.0 };
        let (own, others) = (share * customer, (1.0 - share) * other);
        stats.own = own / (own + others);
        stats.outcome_log_evidence = Some(libm::log(own + others));
    }
}
