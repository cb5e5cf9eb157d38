//! A history read against a model: what of it can be placed, each purchase with what it was chosen
//! from and what it says.

use super::choice::{Choosing, Offer};
use super::event::{Event, Garment};
use super::evidence::{Evidence, kept_beside};
use super::messages::Messages;
use super::profile::{self, Chosen, MISFIT_SCALE, Profile, RECENCY};
use super::{Belief, Posterior, Purchase, Refused, menu, place};
use crate::math::Gaussian;
use crate::model::{LENGTH, Model};
use crate::outcome::Outcome;

/// Passes over a history at the most, and what the last may have moved a mean by, steps or probit
/// units: each moves it by a sixth or less of what the one before did, so that the messages settle
/// to 1e-3.
const PASSES: usize = 4;
const SETTLED: f64 = 5e-3;

/// One purchase that is evidence.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Index in the history.
    pub(crate) at: usize,
    /// Index of the fit group.
    pub(crate) axis: usize,
    /// Index, among the lines, of the size of the same article that was kept instead of this one.
    pub(crate) beside: Option<usize>,
    garment: Garment,
    evidence: Evidence,
    /// What could be taken, and what was.
    offers: Vec<Offer>,
    taken: usize,
    advised: bool,
    refused: Option<Refused>,
}

impl Line {
    /// As the message passing sees it.
    pub(crate) fn event<'m>(&'m self, model: &'m Model) -> Event<'m> {
        let group = &model.groups[self.axis];
        Event {
            axis: self.axis,
            garment: self.garment,
            evidence: self.evidence,
            // Who takes the only size there is has not chosen it.
            menu: (!self.advised && self.offers.len() > 1)
                .then_some((self.offers.as_slice(), self.taken)),
            terms: &group.outcome,
            choice: &group.choice,
            returns: &group.returns,
            trend: [0.0; 2],
            share: 1.0,
        }
    }
}

/// The purchases of a history that are evidence, and the number of those that cannot be placed.
/// Pending ones are neither.
pub(crate) fn read(model: &Model, history: &[Purchase<'_>]) -> (Vec<Line>, usize) {
    let mut ignored = 0;
    let mut placed = Vec::with_capacity(history.len());
    for (at, purchase) in history.iter().enumerate().filter(|(_, p)| p.outcome != Outcome::Pending)
    {
        match place(model, purchase) {
            Some(found) => placed.push((at, purchase, found)),
            None => ignored += 1,
        }
    }
    let seen: Vec<_> = placed
        .iter()
        .map(|(_, p, (_, g))| (p.article.unwrap_or_default(), g.position, p.outcome))
        .collect();
    let line = |(i, &(at, purchase, (axis, garment))): (
        usize,
        &(usize, &Purchase<'_>, (usize, Garment)),
    )| {
        let (offers, taken) = menu(model, purchase, garment.position);
        let article = purchase.article.and_then(|id| model.article(id)).map(|a| a.key);
        let too_small = purchase.outcome == Outcome::TooSmall;
        let refused = article.filter(|_| too_small || purchase.outcome == Outcome::TooLarge);
        Line {
            at,
            axis,
            beside: if purchase.outcome == Outcome::Kept { None } else { kept_beside(&seen, i) },
            garment,
            evidence: Evidence::of(&seen, i),
            offers,
            taken,
            advised: purchase.advised,
            refused: refused.map(|article| Refused {
                article,
                position: garment.position,
                too_small,
            }),
        }
    };
    (placed.iter().enumerate().map(line).collect(), ignored)
}

/// Takes these purchases into a belief that had none of them: expectation propagation until the
/// messages settle.
pub(crate) fn settle<'l>(
    model: &'l Model,
    posterior: &mut Posterior,
    lines: impl Iterator<Item = &'l Line>,
) {
    let mut events: Vec<(Event<'_>, Messages)> = Vec::new();
    for line in lines {
        posterior.purchases[line.axis] += 1;
        posterior.refused.extend(line.refused);
        events.push((line.event(model), Messages::default()));
    }
    let mut choosing = Choosing::default();
    let mut weights = vec![[0.0; 2]; events.len()];
    for _ in 0..PASSES {
        let before: Vec<f64> = posterior.belief.means().collect();
        for ((event, messages), weights) in events.iter_mut().zip(&mut weights) {
            *weights = event.pass(&mut posterior.belief, messages, 1.0, &mut choosing).weights;
        }
        let moved = |(after, before): (f64, f64)| (after - before).abs() > SETTLED;
        if !posterior.belief.means().zip(before).any(moved) {
            break;
        }
    }
    for (axis, profile) in posterior.profiles.iter_mut().enumerate() {
        *profile = profile_on(axis, &posterior.belief, &events, &weights);
    }
}

/// What a history's choices on one axis say node by node, the latest first in weight; `None`
/// without any. `weights` are those of too small and too large in each outcome.
fn profile_on(
    axis: usize,
    belief: &Belief,
    events: &[(Event<'_>, Messages)],
    weights: &[[f64; 2]],
) -> Option<Profile> {
    let mut prior = belief.clone();
    let mut choices = Vec::new();
    let mut weight = 1.0;
    for ((event, messages), outcome) in
        events.iter().zip(weights).rev().filter(|((event, _), _)| event.axis == axis)
    {
        let Some((offers, taken)) = event.menu else { continue };
        prior.observe(axis, Gaussian::FLAT.remove(messages.choice.size));
        choices.push(Chosen {
            offers,
            taken,
            scale: event.garment.noise * (1.0 + (MISFIT_SCALE - 1.0) * (outcome[0] + outcome[1])),
            shift: event.known_shift() + event.outcome_shift(outcome),
            weight,
        });
        weight *= RECENCY;
    }
    let length = belief.traits[LENGTH];
    (!choices.is_empty())
        .then(|| profile::profile(prior.size(axis), [length.mean(), length.variance()], &choices))
}
