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
pub(super) struct Chances<'c> {
    /// Probability of each size to be chosen.
    pub(super) chosen: &'c [f64],
    /// Computes the chance of a size to fit.
    pub(super) fits: &'c dyn Fn(usize) -> f64,
    pub(super) rule: AdviceRule,
}

/// Which of an article's sizes the shop offers, which of these are in stock, and which the
/// customer's own returns rule out.
pub(super) struct Availability {
    pub(super) offered: Vec<bool>,
    pub(super) in_stock: Vec<bool>,
    pub(super) refused: Vec<bool>,
}

impl Availability {
    /// The sizes that may be advised: those in stock that are not ruled out, or all in stock if
    /// none is left.
    pub(super) fn open(&self) -> Vec<bool> {
        self.not_refused(&self.in_stock)
    }

    fn not_refused(&self, sizes: &[bool]) -> Vec<bool> {
        let left: Vec<bool> =
            sizes.iter().zip(&self.refused).map(|(&size, &refused)| size && !refused).collect();
        if left.contains(&true) { left } else { sizes.to_vec() }
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
    availability: &Availability,
    chances: &Chances<'_>,
) -> (Ranking, Option<Missed>) {
    let mut ranking = chances.rank(&availability.open());
    if !availability.in_stock.contains(&false) {
        return (ranking, None);
    }
    let all = chances.rank(&availability.not_refused(&availability.offered));
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
struct Scored {
    score: f64,
    size: Ranked,
}

impl Chances<'_> {
    /// Ranks the open sizes by score. The score never exceeds that of the choice alone, so the
    /// chance to fit is computed only for sizes that can still reach the best two.
    fn rank(&self, open: &[bool]) -> Ranking {
        let open = &self.not_rare(open);
        let top = self.best_two(open);
        let ranked = |n: usize| top.get(n).map(|scored| scored.size);
        let ranking = |status| Ranking { best: ranked(0), next: ranked(1), status };
        let Some(best) = top.first() else { return ranking(Status::Unsure) };
        if self.chosen.iter().all(|&chosen| chosen < UNSURE) {
            return ranking(Status::Unsure);
        }
        // A size that is shown as more likely to fit than the advised one must be named too.
        if let Some(fitter) = self.fitter(best.size, open) {
            return Ranking { next: Some(fitter), ..ranking(Status::Between) };
        }
        let stretch = (1.0 + self.rule.weight) / 3.0;
        let near = |next: &Scored| {
            next.score - best.score > stretch * libm::log(BETWEEN)
                && best.size.size.abs_diff(next.size.size) == 1
        };
        ranking(if top.get(1).is_some_and(near) { Status::Between } else { Status::Advised })
    }

    /// The open sizes that customers like this one do not choose too rarely; all open ones if there
    /// is none.
    fn not_rare(&self, open: &[bool]) -> Vec<bool> {
        let usual = |(&open, &chosen): (&bool, &f64)| open && chosen >= AdviceRule::MIN_CHOSEN;
        let left: Vec<bool> = open.iter().zip(self.chosen).map(usual).collect();
        if left.contains(&true) { left } else { open.to_vec() }
    }

    /// The at most two open sizes with the highest scores, best first; the earlier one first among
    /// equals.
    fn best_two(&self, open: &[bool]) -> Vec<Scored> {
        // By insertion: sizes are few, and the standard library's sort would add several kB to what
        // the browser loads.
        let chosen = self.chosen;
        let mut order: Vec<usize> = Vec::with_capacity(chosen.len());
        for i in (0..chosen.len()).filter(|&i| open[i]) {
            let at = order.partition_point(|&before| chosen[before].total_cmp(&chosen[i]).is_ge());
            order.insert(at, i);
        }
        let mut top: Vec<Scored> = Vec::with_capacity(3);
        for size in order {
            let by_choice = libm::log(chosen[size].max(1e-300));
            if top.len() == 2 && by_choice < top[1].score {
                break;
            }
            let fits = (self.fits)(size);
            let score = by_choice + self.rule.weight * libm::log(fits.max(1e-300));
            let at = top.iter().take_while(|t| t.score >= score).count();
            top.insert(at, Scored { score, size: Ranked { size, fits } });
            top.truncate(2);
        }
        top
    }

    /// The open size most likely to fit, of those within reach of the best one, if that is not the
    /// best one itself.
    fn fitter(&self, best: Ranked, open: &[bool]) -> Option<Ranked> {
        let reach = usize::from(self.rule.reach);
        let within = best.size.saturating_sub(reach)..=best.size.saturating_add(reach);
        let others = within.filter(|&i| i != best.size && open.get(i) == Some(&true));
        let fitter = others
            .map(|size| Ranked { size, fits: (self.fits)(size) })
            .reduce(|best, next| if next.fits > best.fits { next } else { best })?;
        (fitter.fits > best.fits).then_some(fitter)
    }
}
