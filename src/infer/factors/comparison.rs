//! The comparison of two sizes that the customer tried on side by side (`model/README.md`,
//! section 3, bracketing and exchange).

use super::message::{bounded, damp};
use super::purchase::{PurchaseFactors, SIGN};
use crate::infer::article_latents::ArticleLatents;
use crate::infer::belief::Belief;
use crate::infer::probit::{Answers, LinearTerm, Projection, mixed_messages};
use crate::infer::sites::{OutcomeSites, Sites};
use crate::math::Gaussian;

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
            LinearTerm::new(latents.offset, weight),
            LinearTerm::new(latents.grade, weight * self.garment.graded_position()),
        ];
        let projection = Projection::new(weight * (self.garment.position + 0.5 * away), &terms);
        let (_, fresh) = mixed_messages(projection, &terms, Answers { yes: 1.0, no: 0.0 });
        let renewed = |old: Gaussian, i: usize| {
            damp(old, bounded(fresh[i], terms[i]).scale(self.share), damping)
        };
        sites.factors[k] = OutcomeSites {
            size: damp(old.size, fresh[0], damping),
            article: ArticleLatents {
                offset: renewed(old.article.offset, 1),
                grade: renewed(old.article.grade, 2),
                ..old.article
            },
            ..old
        };
        belief.observe(self.axis, sites.factors[k].size.remove(old.size));
    }
}
