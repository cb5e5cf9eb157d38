//! One customer's history to their posterior: purchases are placed against the model, then
//! expectation propagation runs over them (`model/README.md`, section 5).

use super::belief::Belief;
use super::choice_model::{Choosing, OfferedSize};
use super::evidence::{Evidence, kept_beside};
use super::factors::{Garment, PurchaseFactors, SizeChoice};
use super::garment::SizedGarment;
use super::placement::{locate, menu};
use super::posterior::{Posterior, RefusedSize};
use super::profile::{self, Chosen, MISFIT_SCALE, Profile, RECENCY};
use super::purchase::Purchase;
use super::sites::Sites;
use crate::math::Gaussian;
use crate::model::{Features, LENGTH, Model};
use crate::outcome::Outcome;

/// Maximal number of passes over a history.
///
/// Each pass moves the means by a sixth or less of what the pass before did, so four passes leave
/// the messages settled to about 1e-3.
const MAX_PASSES: usize = 4;
/// Passes end once none moves a mean by more than this, steps or probit units.
const SETTLED: f64 = 5e-3;

/// One purchase that is evidence, placed against a model.
#[derive(Clone, Debug)]
pub(crate) struct PlacedPurchase {
    /// Index in the history.
    pub(crate) at: usize,
    /// Index of the fit group.
    pub(crate) axis: usize,
    /// Index, among the placed purchases, of the size of the same article that the customer kept
    /// instead of this one.
    pub(crate) beside: Option<usize>,
    garment: Garment,
    evidence: Evidence,
    /// The sizes that the customer could choose from.
    offers: Vec<OfferedSize>,
    /// Index of the size taken.
    taken: usize,
    advised: bool,
    refused: Option<RefusedSize>,
}

impl PlacedPurchase {
    /// The factors of this purchase.
    pub(crate) fn factors<'m>(&'m self, model: &'m Model) -> PurchaseFactors<'m> {
        let group = &model.groups[self.axis];
        PurchaseFactors {
            axis: self.axis,
            garment: self.garment,
            evidence: self.evidence,
            menu: SizeChoice::new(&self.offers, self.taken, &group.choice.others)
                .filter(|_| !self.advised),
            terms: &group.outcome,
            choice: &group.choice,
            returns: &group.returns,
            share: 1.0,
        }
    }
}

/// The posterior of a customer with this history and these body features.
///
/// Purchases that cannot be placed are counted in [`Posterior::ignored`]; pending purchases are no
/// evidence.
#[must_use]
pub fn posterior(model: &Model, history: &[Purchase<'_>], body: &Features) -> Posterior {
    let mut posterior = Posterior::prior(model, body);
    let (purchases, ignored) = place_history(model, history);
    posterior.ignored = ignored;
    settle(model, &mut posterior, purchases.iter());
    posterior
}

/// The purchases of a history that are evidence, and the number of those that cannot be placed.
/// Pending purchases are neither.
pub(super) fn place_history(
    model: &Model,
    history: &[Purchase<'_>],
) -> (Vec<PlacedPurchase>, usize) {
    let mut ignored = 0;
    let mut located = Vec::with_capacity(history.len());
    for (at, purchase) in history.iter().enumerate().filter(|(_, p)| p.outcome != Outcome::Pending)
    {
        match locate(model, purchase) {
            Some((axis, SizedGarment(garment))) => located.push((at, purchase, axis, garment)),
            None => ignored += 1,
        }
    }
    let seen: Vec<_> = located
        .iter()
        .map(|(_, p, _, garment)| (p.article.unwrap_or_default(), garment.position, p.outcome))
        .collect();
    let mut placed = Vec::with_capacity(located.len());
    for (i, (at, purchase, axis, garment)) in located.into_iter().enumerate() {
        let (offers, taken) = menu(model, purchase, garment.position);
        let kept = purchase.outcome == Outcome::Kept;
        placed.push(PlacedPurchase {
            at,
            axis,
            beside: if kept { None } else { kept_beside(&seen, i) },
            garment,
            evidence: Evidence::new(&seen, i),
            offers,
            taken,
            advised: purchase.advised,
            refused: refused(model, purchase, garment.position),
        });
    }
    (placed, ignored)
}

/// The size that a purchase rules out: one returned as too small or too large.
fn refused(model: &Model, purchase: &Purchase<'_>, position: f64) -> Option<RefusedSize> {
    let too_small = purchase.outcome == Outcome::TooSmall;
    if !too_small && purchase.outcome != Outcome::TooLarge {
        return None;
    }
    let article = purchase.article.and_then(|id| model.article(id))?.key;
    Some(RefusedSize { article, position, too_small })
}

/// Adds these purchases to a posterior that has none of them: expectation propagation until the
/// sites settle.
pub(super) fn settle<'l>(
    model: &'l Model,
    posterior: &mut Posterior,
    purchases: impl Iterator<Item = &'l PlacedPurchase>,
) {
    let mut updates: Vec<(PurchaseFactors<'_>, Sites)> = Vec::new();
    for purchase in purchases {
        posterior.purchases[purchase.axis] += 1;
        posterior.refused.extend(purchase.refused);
        updates.push((purchase.factors(model), Sites::default()));
    }
    let mut choosing = Choosing::default();
    let mut misfits = vec![0.0; updates.len()];
    for _ in 0..MAX_PASSES {
        let before: Vec<f64> = posterior.belief.means().collect();
        for ((factors, sites), misfit) in updates.iter_mut().zip(&mut misfits) {
            *misfit = factors.pass(&mut posterior.belief, sites, 1.0, &mut choosing).misfit;
        }
        let moved = |(after, before): (f64, f64)| (after - before).abs() > SETTLED;
        if !posterior.belief.means().zip(before).any(moved) {
            break;
        }
    }
    for (axis, profile) in posterior.profiles.iter_mut().enumerate() {
        *profile = profile_on(axis, &posterior.belief, &updates, &misfits);
    }
}

/// The posterior of the latent size on one axis, on a grid; the latest choice has the most weight.
/// `None` without any choice.
///
/// `misfits` are the probabilities that each purchase was too small or too large.
fn profile_on(
    axis: usize,
    belief: &Belief,
    updates: &[(PurchaseFactors<'_>, Sites)],
    misfits: &[f64],
) -> Option<Profile> {
    let mut prior = belief.clone();
    let mut choices = Vec::new();
    let mut weight = 1.0;
    for ((factors, sites), misfit) in
        updates.iter().zip(misfits).rev().filter(|((factors, _), _)| factors.axis == axis)
    {
        let Some(choice) = factors.menu else { continue };
        prior.observe(axis, Gaussian::FLAT.remove(sites.choice.size));
        choices.push(Chosen {
            choice,
            scale: factors.garment.noise * (1.0 + (MISFIT_SCALE - 1.0) * misfit),
            shift: factors.known_shift(),
            others: factors.choice.others.share,
            weight,
        });
        weight *= RECENCY;
    }
    (!choices.is_empty())
        .then(|| profile::profile(prior.size(axis), belief.traits[LENGTH].into(), &choices))
}
