//! Which size to name: of all, and of those that can be had.

use super::Status;

/// Exponent of P(fits) beside the chance of the choice. On simulated shops, where the truth is
/// known, every exponent above 0 beats habit, and higher ones beat it further; on real rentals the
/// kept size is named less often with each step. 2 gives up little of either.
const OUTCOME_WEIGHT: i32 = 2;
/// A neighbour this close to the best, as a share of its score, means "between sizes".
const BETWEEN: f64 = 0.8;
/// A neighbour whose chance to fit is greater by this much than the best's means "between sizes"
/// too: the best is then what they would take, by habit, and not what most likely fits.
const FITS_BETTER: f64 = 0.05;
/// A best size less likely to be chosen than this is no advice.
const UNSURE: f64 = 0.30;

/// The sizes of an article that can be had, and those that its customer's own returns speak
/// against.
pub(super) struct Stock {
    pub(super) had: Vec<bool>,
    pub(super) refused: Vec<bool>,
}

impl Stock {
    /// The sizes to advise of: what came back as too small is not advised again, nor anything
    /// smaller, unless nothing else is left to name.
    pub(super) fn open(&self) -> Vec<bool> {
        self.of(&self.had)
    }

    fn of(&self, had: &[bool]) -> Vec<bool> {
        let left: Vec<bool> =
            had.iter().zip(&self.refused).map(|(&had, &refused)| had && !refused).collect();
        if left.contains(&true) { left } else { had.to_vec() }
    }
}

/// A size that would be advised if it could be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missed {
    /// Its index.
    pub size: usize,
    /// Whether the size advised in its place would do: its chance to fit is not much less.
    pub would_do: bool,
}

/// Ranks the sizes that can be had, and says what is missed.
pub(super) fn in_stock_of(
    stock: &Stock,
    chosen: &[f64],
    fits: &dyn Fn(usize) -> f64,
) -> (Ranked, Option<Missed>) {
    let mut ranked = rank(chosen, fits, &stock.open());
    if !stock.had.contains(&false) {
        return (ranked, None);
    }
    let all = rank(chosen, fits, &stock.of(&vec![true; chosen.len()]));
    let Some((wanted, best)) = all.best.filter(|_| all.status != Status::Unsure) else {
        // Too little is known, whatever can be had.
        ranked.status = Status::Unsure;
        return (ranked, None);
    };
    let missed = match ranked.best {
        Some((size, _)) if size == wanted => None,
        // Between two sizes of which one is gone, the other is simply the size to take.
        Some((size, _))
            if all.status == Status::Between && all.next.is_some_and(|(next, _)| next == size) =>
        {
            ranked.status = Status::Advised;
            None
        }
        found => Some(Missed {
            size: wanted,
            would_do: found.is_some_and(|(_, fits)| fits >= BETWEEN * best),
        }),
    };
    (ranked, missed)
}

/// The best two sizes, each with its chance to fit, and whether the first stands out.
pub(super) struct Ranked {
    pub(super) best: Option<(usize, f64)>,
    pub(super) next: Option<(usize, f64)>,
    pub(super) status: Status,
}

/// Ranks sizes by the chance of the choice times a power of the chance to fit. As that is never
/// above the first factor, sizes that nobody would choose are not looked at.
fn rank(chosen: &[f64], fits: &dyn Fn(usize) -> f64, open: &[bool]) -> Ranked {
    // By insertion: sizes are few, and the library's sort would be several kB of what the browser
    // loads. Between equals the first comes first.
    let mut order: Vec<usize> = Vec::with_capacity(chosen.len());
    for i in (0..chosen.len()).filter(|&i| open[i]) {
        let at = order.partition_point(|&before| chosen[before].total_cmp(&chosen[i]).is_ge());
        order.insert(at, i);
    }
    // (score, index, chance to fit), best first; at most two.
    let mut top: Vec<(f64, usize, f64)> = Vec::with_capacity(3);
    for i in order {
        if top.len() == 2 && chosen[i] < top[1].0 {
            break;
        }
        let fits = fits(i);
        let score = (0..OUTCOME_WEIGHT).fold(chosen[i], |score, _| score * fits);
        let at = top.iter().take_while(|t| t.0 >= score).count();
        top.insert(at, (score, i, fits));
        top.truncate(2);
    }
    let of = |n: usize| top.get(n).map(|&(_, i, fits)| (i, fits));
    let ranked = |status| Ranked { best: of(0), next: of(1), status };
    match top[..] {
        [] => ranked(Status::Unsure),
        [best, ..] if chosen[best.1] < UNSURE => ranked(Status::Unsure),
        [best, next] if next.0 > BETWEEN * best.0 && best.1.abs_diff(next.1) == 1 => {
            ranked(Status::Between)
        }
        [best, ..] => {
            match better_fitting(best.1, fits, open).filter(|next| next.1 > best.2 + FITS_BETTER) {
                Some(next) => Ranked { next: Some(next), ..ranked(Status::Between) },
                None => ranked(Status::Advised),
            }
        }
    }
}

/// The neighbour of a size that fits most likely, with that chance.
fn better_fitting(size: usize, fits: &dyn Fn(usize) -> f64, open: &[bool]) -> Option<(usize, f64)> {
    let neighbours = [size.checked_sub(1), Some(size + 1)].into_iter().flatten();
    let fitting = neighbours.filter(|&i| open.get(i) == Some(&true)).map(|i| (i, fits(i)));
    fitting.reduce(|best, next| if next.1 > best.1 { next } else { best })
}
