//! The factor "comes back for another reason than its size" (`model/README.md`, section 3).

use super::message::{bounded, damp};
use super::purchase::{FactorStats, PurchaseFactors};
use crate::infer::belief::Belief;
use crate::infer::evidence::Evidence;
use crate::infer::probit::{Answers, LinearTerm, Projection, mixed_messages};
use crate::infer::sites::{ReturnSites, Sites};
use crate::math::Gaussian;
use crate::model::{RETURNING, TRAITS};

impl PurchaseFactors<'_> {
    /// Chance that the purchase comes back for another reason than its size.
    pub(crate) fn returned(&self, traits: [Gaussian; TRAITS]) -> f64 {
        self.returned_by(traits[RETURNING])
    }

    /// The same, given the belief about the customer's readiness to return.
    pub(super) fn returned_by(&self, customer: Gaussian) -> f64 {
        self.return_projection(customer).0.probability()
    }

    /// The projection, and its latents: the readiness of the customer and of the article.
    fn return_projection(&self, customer: Gaussian) -> (Projection, [LinearTerm; 2]) {
        let terms = [LinearTerm::new(customer, 1.0), LinearTerm::new(self.garment.returning, 1.0)];
        (Projection::new(self.returns.intercept, &terms), terms)
    }

    /// Updates this factor. `stats.unrelated` is the weight of "yes".
    ///
    /// Every purchase is evidence here; the outcome factors apply to what does not come back for
    /// another reason. The exception is the lesser of two sizes tried on: that one of them comes
    /// back does not depend on the customer's readiness.
    pub(super) fn pass_return(
        &self,
        belief: &mut Belief,
        sites: &mut Sites,
        damping: f64,
        stats: &mut FactorStats,
    ) {
        let answers = match self.evidence {
            Evidence::Bracketed(_) | Evidence::None => return,
            _ => Answers { yes: stats.unrelated, no: 1.0 - stats.unrelated },
        };
        let old = sites.returned;
        let (projection, terms) =
            self.return_projection(belief.traits[RETURNING].remove(old.customer));
        let (pull, fresh) = mixed_messages(projection, &terms, answers);
        sites.returned = ReturnSites {
            customer: damp(old.customer, fresh[0], damping),
            article: damp(old.article, bounded(fresh[1], terms[1]).scale(self.share), damping),
        };
        belief.traits[RETURNING] =
            belief.traits[RETURNING].remove(old.customer).combine(sites.returned.customer);
        stats.returned = Some(pull);
    }
}
