//! The rules that training chooses from, and what counts as success.

use crate::infer::Evidence;
use crate::model::AdviceRule;

/// The weights of P(fits) that are tried. The first is the choice alone, the last in effect P(fits)
/// alone.
pub(super) const WEIGHTS: [f64; 8] = [0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 64.0];

/// What counts as success in a fit group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Success {
    /// That a purchase fitted. Returns without a reason say nothing on that, so those with one
    /// stand for them: they have this weight, at least 1.
    Fitted { return_weight: f64 },
    /// That it was kept, where nobody says why something comes back.
    Kept,
}

/// An observation of success.
#[derive(Clone, Copy, Debug)]
pub(super) struct Observed {
    pub(super) success: bool,
    pub(super) weight: f64,
}

impl Success {
    /// What a purchase with this evidence says; `None` if nothing.
    pub(super) fn observed(self, evidence: Evidence) -> Option<Observed> {
        let kept = evidence == Evidence::Known(1);
        match self {
            Self::Kept => {
                Some(Observed { success: kept, weight: 1.0 }).filter(|_| evidence != Evidence::None)
            }
            Self::Fitted { return_weight } => match evidence {
                Evidence::Known(1) => Some(Observed { success: true, weight: 1.0 }),
                Evidence::Unrelated => Some(Observed { success: true, weight: return_weight }),
                Evidence::Known(_) | Evidence::SmallOrLarge => {
                    Some(Observed { success: false, weight: return_weight })
                }
                Evidence::Unknown | Evidence::Bracketed(_) | Evidence::None => None,
            },
        }
    }

    /// The predicted probability of success in a size with these chances. `unrelated` is the
    /// probability of a return for another reason.
    pub(super) fn predicted(self, unrelated: f64, chances: [f64; 3]) -> f64 {
        match self {
            Self::Fitted { .. } => chances[1],
            Self::Kept => (1.0 - unrelated) * chances[1],
        }
    }
}

/// The sizes of a case in the order in which a rule names them.
#[derive(Clone, Debug, Default)]
pub(super) struct Ranking {
    /// For each size the logarithms of P(chosen) and P(fits).
    logs: Vec<[f64; 2]>,
}

impl Ranking {
    /// Replaces the sizes.
    pub(super) fn fill(&mut self, chosen: &[f64], chances: &[[f64; 3]]) {
        let log = |(&chosen, [_, fits, _]): (&f64, &[f64; 3])| match chosen < AdviceRule::MIN_CHOSEN
        {
            true => [f64::NEG_INFINITY, 0.0],
            false => [libm::log(chosen), libm::log(fits.max(1e-300))],
        };
        self.logs.clear();
        self.logs.extend(chosen.iter().zip(chances).map(log));
    }

    /// The size with the highest score P(chosen) P(fits)^weight, of those that customers like this
    /// one do not choose too rarely; the first among equals.
    pub(super) fn named(&self, weight: f64) -> usize {
        let score = |i: usize| self.logs[i][0] + weight * self.logs[i][1];
        (1..self.logs.len()).fold(0, |best, i| if score(i) > score(best) { i } else { best })
    }
}
