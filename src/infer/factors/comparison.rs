//! The comparison of two sizes that the customer tried on side by side (`model/README.md`,
//! section 3, bracketing and exchange).

use super::message::{bounded, damp};
use super::purchase::{PurchaseFactors, SIGN};
use crate::infer::article;
use crate::infer::belief::Belief;
use crate::infer::probit::{Answers, LinearTerm, Projection, mixed_messages};
use crate::infer::sites::{OutcomeSites, Sites};

/// Probit units per step between the size needed and the middle of the two sizes: the noise of a
/// comparison has a standard deviation of one step.
const COMPARISON_SLOPE: f64 = 1.0;

impl PurchaseFactors<'_> {
    /// Updates the comparison with a kept size that lies `away` steps from this one.
    ///
    /// The kept size was the nearer one, so the size needed lies beyond the middle of the two, on
    /// the side of the kept size. The comparison takes the place of the outcome factor on that
    /// side and uses its sites.
    pub(super) fn pass_comparison(
        &self,
        away: f64,
        belief: &mut Belief,
        sites: &mut Sites,
        damping: f64,
    ) {
        let k = usize::from(away < 0.0);
        let old = sites.factors[k];
        let weight = SIGN[k] * COMPARISON_SLOPE;
        let latents = &self.garment.latents;
        let terms = [
            LinearTerm::new(belief.size(self.axis).remove(old.size), -weight),
            LinearTerm::new(latents[article::OFFSET], weight),
            LinearTerm::new(latents[article::DEVIATION], weight),
            LinearTerm::new(latents[article::GRADE], weight * self.garment.graded_position()),
        ];
        let projection = Projection::new(weight * (self.garment.position + 0.5 * away), &terms);
        let (_, fresh) = mixed_messages(projection, &terms, Answers { yes: 1.0, no: 0.0 });
        let mut new = OutcomeSites { size: damp(old.size, fresh[0], damping), ..old };
        let to_article = fresh.into_iter().zip(terms).skip(1);
        for (i, (fresh, term)) in
            [article::OFFSET, article::DEVIATION, article::GRADE].into_iter().zip(to_article)
        {
            new.article[i] = damp(old.article[i], bounded(fresh, term).scale(self.share), damping);
        }
        sites.factors[k] = new;
        belief.observe(self.axis, sites.factors[k].size.remove(old.size));
    }
}
