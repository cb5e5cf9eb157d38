//! Which size to name: among all sizes, and among those in stock (`model/README.md`, section 7).

use super::advice::{Missed, Status};

/// Exponent of P(fits) next to the probability of the choice. On simulated shops, where the truth
/// is known, every exponent above 0 beats habit, and higher ones beat it by more. On real rentals
/// each increase names the kept size less often. 2 gives up little of either.
const OUTCOME_WEIGHT: i32 = 2;
/// The status is "between" if a neighbour has at least this share of the best size's score.
const BETWEEN: f64 = 0.8;
/// The status is also "between" if a neighbour's chance to fit is higher by more than this: the
/// best size is then what the customer would take by habit, not what most likely fits.
const FITS_BETTER: f64 = 0.05;
/// Below this probability to be chosen, the best size is no advice.
const UNSURE: f64 = 0.30;

/// Which of an article's sizes are in stock, and which the customer's own returns rule out.
pub(super) struct Availability {
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

/// Ranks the sizes in stock. Also returns the size that would be advised if every size were in
/// stock, where that is another one.
///
/// `chosen` is the probability of each size to be chosen, `fits` computes its chance to fit.
pub(super) fn rank_in_stock(
    availability: &Availability,
    chosen: &[f64],
    fits: &dyn Fn(usize) -> f64,
) -> (Ranking, Option<Missed>) {
    let mut ranking = rank(chosen, fits, &availability.open());
    if !availability.in_stock.contains(&false) {
        return (ranking, None);
    }
    let all = rank(chosen, fits, &availability.not_refused(&vec![true; chosen.len()]));
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
            ranking.status = Status::Advised;
            None
        }
        found => Some(Missed {
            size: wanted.size,
            substitute_acceptable: found.is_some_and(|found| found.fits >= BETWEEN * wanted.fits),
        }),
    };
    (ranking, missed)
}

/// A size with its score: the probability of the choice times a power of the chance to fit.
struct Scored {
    score: f64,
    size: Ranked,
}

/// Ranks the open sizes by score. The score never exceeds the probability of the choice, so `fits`
/// is computed only for sizes that can still reach the best two.
fn rank(chosen: &[f64], fits: &dyn Fn(usize) -> f64, open: &[bool]) -> Ranking {
    let top = best_two(chosen, fits, open);
    let ranked = |n: usize| top.get(n).map(|scored| scored.size);
    let ranking = |status| Ranking { best: ranked(0), next: ranked(1), status };
    match &top[..] {
        [] => ranking(Status::Unsure),
        [best, ..] if chosen[best.size.size] < UNSURE => ranking(Status::Unsure),
        [best, next]
            if next.score > BETWEEN * best.score
                && best.size.size.abs_diff(next.size.size) == 1 =>
        {
            ranking(Status::Between)
        }
        [Scored { size: best, .. }, ..] => {
            match best_neighbour(best.size, fits, open)
                .filter(|next| next.fits > best.fits + FITS_BETTER)
            {
                Some(next) => Ranking { next: Some(next), ..ranking(Status::Between) },
                None => ranking(Status::Advised),
            }
        }
    }
}

/// The at most two open sizes with the highest scores, best first; the earlier one first among
/// equals.
fn best_two(chosen: &[f64], fits: &dyn Fn(usize) -> f64, open: &[bool]) -> Vec<Scored> {
    // By insertion: sizes are few, and the standard library's sort would add several kB to what the
    // browser loads.
    let mut order: Vec<usize> = Vec::with_capacity(chosen.len());
    for i in (0..chosen.len()).filter(|&i| open[i]) {
        let at = order.partition_point(|&before| chosen[before].total_cmp(&chosen[i]).is_ge());
        order.insert(at, i);
    }
    let mut top: Vec<Scored> = Vec::with_capacity(3);
    for size in order {
        if top.len() == 2 && chosen[size] < top[1].score {
            break;
        }
        let fits = fits(size);
        let score = (0..OUTCOME_WEIGHT).fold(chosen[size], |score, _| score * fits);
        let at = top.iter().take_while(|t| t.score >= score).count();
        top.insert(at, Scored { score, size: Ranked { size, fits } });
        top.truncate(2);
    }
    top
}

/// The open neighbour of a size that is most likely to fit.
fn best_neighbour(size: usize, fits: &dyn Fn(usize) -> f64, open: &[bool]) -> Option<Ranked> {
    let neighbours = [size.checked_sub(1), Some(size + 1)].into_iter().flatten();
    let ranked = neighbours
        .filter(|&i| open.get(i) == Some(&true))
        .map(|i| Ranked { size: i, fits: fits(i) });
    ranked.reduce(|best, next| if next.fits > best.fits { next } else { best })
}
