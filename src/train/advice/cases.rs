//! One purchase as a case of advice: the chances of every size as they were before it.

use super::rule::Ranking;
use crate::infer::{Evidence, Garment, OfferedSize, Projection, PurchaseFactors};
use crate::math::Gaussian;
use crate::model::{LENGTH, TRAITS};
use crate::train::events::Partition;
use crate::train::leave_one_out::{LeaveOneOut, each_left_out};
use crate::train::state::Broadcast;

/// A purchase, with beliefs that leave it out.
pub(super) struct Case<'c> {
    pub(super) group: usize,
    pub(super) evidence: Evidence,
    /// Index of the size taken among the sizes on offer.
    pub(super) taken: usize,
    /// Probability that it comes back for another reason than its size, whatever the size.
    pub(super) unrelated: f64,
    /// Probability of each size to be taken.
    pub(super) chosen: &'c [f64],
    /// Chances of too small, fits and too large in each size, for a customer who did not choose it.
    pub(super) chances: &'c [[f64; 3]],
    /// The order in which a rule names the sizes.
    pub(super) ranking: &'c Ranking,
    /// The factors of the size taken.
    factors: PurchaseFactors<'c>,
    /// The latent size as far as the customer shows it by this choice, without its outcome.
    ///
    /// Who takes the size that a rule names has, on average, a latent size nearer to it than the
    /// others. The model knows that, so it is no reason to correct a probability. But as far as
    /// customers choose by what the model does not know, their choice shows that instead.
    shown_size: Gaussian,
    size: Gaussian,
    traits: [Gaussian; TRAITS],
}

impl Case<'_> {
    /// The arguments of too small and too large in the size taken.
    pub(super) fn own(&self) -> [Projection; 2] {
        self.factors.projections(self.size, self.traits)
    }

    /// The same for the latent size that the choice shows.
    pub(super) fn shown(&self) -> [Projection; 2] {
        self.factors.projections(self.shown_size, self.traits)
    }
}

/// Calls `f` with every purchase whose size was chosen among several.
pub(super) fn each_case(
    broadcast: Broadcast<'_>,
    partition: &mut Partition<'_>,
    mut f: impl FnMut(&Case<'_>),
) {
    let mut buffers = Buffers::default();
    each_left_out(broadcast, partition, |purchase| {
        let several = purchase.popularity_sites.len() > 1;
        if several && purchase.line.evidence != Evidence::None {
            buffers.case(broadcast, purchase, &mut f);
        }
    });
}

/// Buffers that serve from purchase to purchase.
#[derive(Default)]
struct Buffers {
    offers: Vec<OfferedSize>,
    chances: Vec<[f64; 3]>,
    ranking: Ranking,
}

impl Buffers {
    /// Calls `f` with one purchase.
    fn case(
        &mut self,
        broadcast: Broadcast<'_>,
        purchase: &LeaveOneOut<'_>,
        f: &mut impl FnMut(&Case<'_>),
    ) {
        let &LeaveOneOut { line, sites, size, traits, factors, .. } = purchase;
        let Self { offers, chances, ranking } = self;
        let taken = broadcast.fill_menu(line, purchase.z, purchase.popularity_sites, offers);
        let chosen = factors.choice_chances(offers, size, traits[LENGTH].into());
        chances.clear();
        chances.extend(offers.iter().map(|offer| {
            let garment = Garment { position: offer.position, ..factors.garment };
            PurchaseFactors { garment, ..factors }.chances(size, traits)
        }));
        ranking.fill(&chosen, chances);
        let knowledge = 1.0 - factors.terms.chosen_slope / factors.terms.slope;
        let shown = (1.0 - knowledge * knowledge).max(0.0);
        f(&Case {
            group: broadcast.graph.group_of(line.article),
            evidence: line.evidence,
            taken,
            unrelated: factors.returned(traits),
            chosen: &chosen,
            chances,
            ranking,
            factors,
            shown_size: size.combine(sites.choice.size.scale(shown)),
            size,
            traits,
        });
    }
}
