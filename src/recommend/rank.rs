//! Which size to name: among all sizes, and among those in stock (`model/README.md`, section 7).

use super::advice::{Missed, Status};
use crate::model::AdviceRule;

/// The status is "between" if a neighbour's score is at least this share of the best size's, where
/// P(fits) has a weight of 2; other weights stretch all ratios, and the share with them.
const BETWEEN: f64 = 0.8;
/// A missed size may be replaced by one whose chance to fit is at least this share of its own.
const ACCEPTABLE: f64 = 0.8;
/// If no size is chosen with at least this probability, too little is known for advice.
const UNSURE: f64 = 0.30;

/// The chances that rank the sizes of an article.
#[derive(Clone, Copy)]
pub(super) struct Chances<'c> {
    /// Probability of each size to be chosen.
    pub(super) chosen: &'c [f64],
    /// Computes the chance of a size to fit.
    pub(super) fits: &'c dyn Fn(usize) -> f64,
    pub(super) rule: AdviceRule,
}

/// Which of an article's sizes the shop offers, which of these are in stock, and which the
/// customer's own returns rule out. An empty slice of `offered` or `in_stock` stands for all sizes,
/// one of `refused` for none.
#[derive(Clone, Copy)]
pub(super) struct Availability<'a> {
    pub(super) offered: &'a [bool],
    pub(super) in_stock: &'a [bool],
    pub(super) refused: &'a [bool],
}

impl Availability<'_> {
    /// Whether every size is in stock.
    fn is_complete(&self) -> bool {
        !self.in_stock.contains(&false)
    }

    /// Whether the size of this index is in stock.
    pub(super) fn in_stock(&self, size: usize) -> bool {
        self.in_stock.get(size) != Some(&false)
    }

    /// Of `sizes` sizes, those that may be advised: those in stock that are not ruled out, or all
    /// in stock if none is left.
    pub(super) fn open(&self, sizes: usize) -> Open<'_> {
        let open = Open(*self);
        if (0..sizes).any(|size| open.has(size)) {
            return open;
        }
        Open(Availability { refused: &[], ..*self })
    }

    /// The same, if every size offered were in stock.
    fn as_if_in_stock(&self) -> Self {
        Self { in_stock: self.offered, ..*self }
    }
}

/// The sizes that may be advised.
#[derive(Clone, Copy)]
pub(super) struct Open<'a>(Availability<'a>);

impl Open<'_> {
    /// Whether the size of this index is one of them.
    pub(super) fn has(&self, size: usize) -> bool {
        self.0.in_stock(size) && self.0.refused.get(size) != Some(&true)
    }
}

/// A size and its chance to fit.
#[derive(Clone, Copy)]
pub(super) struct Ranked {
    pub(super) size: usize,
    pub(super) fits: f64,
}

/// The best two sizes, and whether the first is clearly best.
pub(super) struct Ranking {
    pub(super) best: Option<Ranked>,
    pub(super) next: Option<Ranked>,
    pub(super) status: Status,
}

/// Ranks the sizes in stock. Also returns the size that would be advised if every size offered were
/// in stock, where that is another one.
pub(super) fn rank_in_stock(
    availability: &Availability<'_>,
    chances: &Chances<'_>,
) -> (Ranking, Option<Missed>) {
    let sizes = chances.chosen.len();
    let mut ranking = chances.rank(availability.open(sizes));
    if availability.is_complete() {
        return (ranking, None);
    }
    let all = chances.rank(availability.as_if_in_stock().open(sizes));
    let Some(wanted) = all.best.filter(|_| all.status != Status::Unsure) else {
        // Too little is known, whatever is in stock.
        ranking.status = Status::Unsure;
        return (ranking, None);
    };
    let missed = match ranking.best {
        Some(found) if found.size == wanted.size => None,
        // Of two equally good sizes one is out of stock: the other is clearly best.
        Some(found)
            if all.status == Status::Between
                && all.next.is_some_and(|next| next.size == found.size) =>
        {
            // Unless another one in stock is more likely to fit.
            if ranking.next.is_none_or(|next| next.fits <= found.fits) {
                ranking.status = Status::Advised;
            }
            None
        }
        found => Some(Missed {
            size: wanted.size,
            substitute_acceptable: found
                .is_some_and(|found| found.fits >= ACCEPTABLE * wanted.fits),
        }),
    };
    (ranking, missed)
}

/// A size with its score: the logarithm of P(chosen) P(fits)^weight.
#[derive(Clone, Copy)]
struct Scored {
    score: f64,
    size: Ranked,
}

impl Chances<'_> {
    /// Ranks the open sizes by score, without those that customers like this one choose too rarely,
    /// unless all are. The score never exceeds that of the choice alone, so the chance to fit is
    /// computed only for sizes that can still reach the best two.
    fn rank(&self, open: Open<'_>) -> Ranking {
        let mut ranking = Ranking { best: None, next: None, status: Status::Unsure };
        let Some(lead) = self.most_chosen(open) else { return ranking };
        let usual = self.chosen[lead] >= AdviceRule::MIN_CHOSEN;
        let least = if usual { AdviceRule::MIN_CHOSEN } else { f64::NEG_INFINITY };
        let is_candidate = |size: usize| self.chosen[size] >= least && open.has(size);
        let [best, next] = self.best_two(lead, &is_candidate);
        let Some(best) = best else { return ranking };
        ranking.best = Some(best.size);
        ranking.next = next.map(|next| next.size);
        if self.chosen.iter().all(|&chosen| chosen < UNSURE) {
            return ranking;
        }
        // A size that is shown as more likely to fit than the advised one must be named too.
        if let Some(fitter) = self.fitter(best.size, &is_candidate) {
            return Ranking { next: Some(fitter), status: Status::Between, ..ranking };
        }
        let stretch = (1.0 + self.rule.weight) / 3.0;
        let near = |next: Scored| {
            best.size.size.abs_diff(next.size.size) == 1
                && next.score - best.score > stretch * libm::log(BETWEEN)
        };
        ranking.status = if next.is_some_and(near) { Status::Between } else { Status::Advised };
        ranking
    }

    /// The open size that is chosen most often; the earlier one of equals.
    fn most_chosen(&self, open: Open<'_>) -> Option<usize> {
        let mut lead: Option<usize> = None;
        for (size, chosen) in self.chosen.iter().enumerate() {
            // Whether a size is open takes longer to find out.
            if lead.is_none_or(|lead| *chosen > self.chosen[lead]) && open.has(size) {
                lead = Some(size);
            }
        }
        lead
    }

    /// The at most two candidates with the highest scores, best first; of equal ones first the one
    /// that is chosen more often, then the earlier one. `lead` is the one chosen most often: known
    /// first, it spares the computation of most others.
    fn best_two(&self, lead: usize, is_candidate: &dyn Fn(usize) -> bool) -> [Option<Scored>; 2] {
        let mut top: [Option<Scored>; 2] = [None, None];
        let others = (0..self.chosen.len()).filter(|&size| size != lead && is_candidate(size));
        for size in std::iter::once(lead).chain(others) {
            let chosen = self.chosen[size];
            let by_choice = libm::log(chosen.max(1e-300));
            if top[1].is_some_and(|second| by_choice < second.score) {
                continue;
            }
            let fits = (self.fits)(size);
            // With a weight of 0 the logarithm takes no part, and takes time.
            let by_fits = match self.rule.weight {
                0.0 => 0.0,
                weight => weight * libm::log(fits.max(1e-300)),
            };
            let score = by_choice + by_fits;
            let scored = Scored { score, size: Ranked { size, fits } };
            let beats = |other: Option<Scored>| {
                other.is_none_or(|other| {
                    score > other.score
                        || score == other.score && chosen > self.chosen[other.size.size]
                })
            };
            if beats(top[0]) {
                top = [Some(scored), top[0]];
            } else if beats(top[1]) {
                top[1] = Some(scored);
            }
        }
        top
    }

    /// The candidate most likely to fit, of those within reach of the best one, if that is not the
    /// best one itself.
    fn fitter(&self, best: Ranked, is_candidate: &dyn Fn(usize) -> bool) -> Option<Ranked> {
        let reach = usize::from(self.rule.reach);
        let end = best.size.saturating_add(reach).min(self.chosen.len() - 1);
        let within = best.size.saturating_sub(reach)..=end;
        let others = within.filter(|&size| size != best.size && is_candidate(size));
        let fitter = others
            .map(|size| Ranked { size, fits: (self.fits)(size) })
            .reduce(|best, next| if next.fits > best.fits { next } else { best })?;
        (fitter.fits > best.fits).then_some(fitter)
    }
}
