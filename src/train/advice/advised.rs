//! What the probability of an advised size lacks: half Newton steps on the cases in which customers
//! happened to take the size that the rule of their fit group names.

use super::rule::{Success, WEIGHTS};
use super::shown::Shown;
use crate::infer::{Evidence, Projection, class_chances};
use crate::math::{Score, pdf};
use crate::train::fixed_point::ScoreSum;
use crate::train::learn::newton_step;
use crate::train::state::Parameters;
use crate::train::threads::sum_items;

/// Passes over the cases; each takes half a Newton step.
const PASSES: usize = 8;
/// Prior precision of what the advised size lacks about 0: sd a tenth.
const ADVISED_PRECISION: f64 = 100.0;

/// A case whose size some rule names, in single precision: 40 bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct AdvisedCase {
    group: u16,
    /// One bit for each of [`WEIGHTS`]: whether that rule names the size.
    rules: u8,
    class: Class,
    importance: f32,
    /// The arguments of too small and too large for the latent size that the choice shows.
    shown: [[f32; 2]; 2],
    /// Those from which the outcome's class is inferred.
    own: [[f32; 2]; 2],
}

/// What the outcome tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Small,
    Fits,
    Large,
    SmallOrLarge,
}

impl AdvisedCase {
    /// `None` for a case that tells nothing about a size that some rule names.
    pub(super) fn new(shown: &Shown<'_>) -> Option<Self> {
        const { assert!(WEIGHTS.len() <= 8) };
        let &Shown { case, success, importance, .. } = shown;
        if !matches!(success, Success::Fitted { .. }) {
            return None;
        }
        let class = Class::of(case.evidence)?;
        let names = |&(_, weight): &(usize, f64)| case.ranking.named(weight) == case.taken;
        let rules = WEIGHTS.into_iter().enumerate().filter(names);
        let rules = rules.fold(0, |bits, (rule, _)| bits | 1 << rule);
        let stored = |p: [Projection; 2]| p.map(|p| [p.mean as f32, p.variance as f32]);
        (rules != 0).then(|| Self {
            group: case.group as u16,
            rules,
            class,
            importance: importance as f32,
            shown: stored(case.shown()),
            own: stored(case.own()),
        })
    }

    /// How far the outcome lies from the predicted probabilities of too small and too large, and
    /// how fast these grow with their arguments. `advised` is what is learned so far.
    fn residuals(&self, advised: [f64; 2]) -> [Score; 2] {
        let at = |stored: [[f32; 2]; 2]| {
            [0, 1].map(|k| {
                let [mean, variance] = stored[k].map(f64::from);
                Projection { mean: mean + advised[k], variance }
            })
        };
        let [small, fits, large] = match self.class {
            Class::Small => [1.0, 0.0, 0.0],
            Class::Fits => [0.0, 1.0, 0.0],
            Class::Large => [0.0, 0.0, 1.0],
            Class::SmallOrLarge => {
                let [small, large] = at(self.own).map(Projection::probability);
                let [small, _, large] = class_chances(small, large);
                [small / (small + large), 0.0, large / (small + large)]
            }
        };
        let shown = at(self.shown);
        let importance = f64::from(self.importance);
        [(0, small, 1.0), (1, large, fits + large)].map(|(k, yes, asked)| {
            let sd = shown[k].variance.sqrt();
            let score = yes - asked * shown[k].probability();
            let information = asked * pdf(shown[k].mean / sd) / sd;
            Score { score, information }.weighed(importance)
        })
    }
}

impl Class {
    /// Returns for another reason than size fitted; those without a reason tell nothing.
    fn of(evidence: Evidence) -> Option<Self> {
        match evidence {
            Evidence::Known(0) => Some(Self::Small),
            Evidence::Known(1) | Evidence::Unrelated => Some(Self::Fits),
            Evidence::Known(_) => Some(Self::Large),
            Evidence::SmallOrLarge => Some(Self::SmallOrLarge),
            Evidence::Unknown | Evidence::Bracketed(_) | Evidence::None => None,
        }
    }
}

/// Learns what the advised size lacks in every fit group, under the rules that are chosen.
pub(super) fn learn_advised(cases: &[Vec<AdvisedCase>], parameters: &mut Parameters) {
    for _ in 0..PASSES {
        let groups = &parameters.groups;
        let add = |case: &AdvisedCase, sums: &mut Vec<[ScoreSum; 2]>| {
            let group = usize::from(case.group);
            let rule = WEIGHTS.iter().position(|&weight| weight == groups[group].advice.weight);
            if rule.is_some_and(|rule| case.rules & (1 << rule) != 0) {
                let residuals = case.residuals(groups[group].outcome.advised);
                sums[group].iter_mut().zip(residuals).for_each(|(sum, score)| sum.add(score));
            }
        };
        let none = || vec![[ScoreSum::default(); 2]; groups.len()];
        let sums = sum_items(cases, none, add);
        for (group, sums) in parameters.groups.iter_mut().zip(sums) {
            for (advised, sum) in group.outcome.advised.iter_mut().zip(sums) {
                *advised += newton_step(sum.get(), ADVISED_PRECISION, *advised);
            }
        }
    }
}
