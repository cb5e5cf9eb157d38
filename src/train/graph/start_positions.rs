//! Starting positions of the labels of a scale that no public table knows.

use super::label_order::Rank;
use crate::math::{StraightLine, quantile};
use crate::size::Family;
use std::collections::{BTreeMap, BTreeSet};

/// Sd of the starting positions of the sizes bought, steps: about that of dress sizes. Quantiles
/// are nearer to what training learns than the numbers themselves. The numbers jump where a run is
/// coarse, and a stray number of another run would stretch the scale.
const BOUGHT_SD: f64 = 2.0;
/// Steps from a letter to the next (see [`crate::size::position`]).
const LETTER_STEPS: f64 = 1.5;
/// Distance between labels that are not understood, steps. They start near the middle, and training
/// moves each by its purchases; no two may share one position.
pub(super) const UNKNOWN_STEPS: f64 = 0.02;

/// The positions of the labels of one family.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ruler {
    /// Letters, so many steps apart.
    Letters,
    /// Numbers, rising, and their positions: normal quantiles of the sizes bought.
    Numbers(Vec<(f64, f64)>),
}

impl Ruler {
    /// `bought` are numbers and purchases.
    pub(super) fn new(family: Family, mut bought: Vec<(f64, f64)>) -> Self {
        if family == Family::Letter {
            return Self::Letters;
        }
        bought.sort_by(|a, b| a.0.total_cmp(&b.0));
        let total: f64 = bought.iter().map(|(_, n)| n).sum();
        let mut below = 0.0;
        let of_number = |same: &[(f64, f64)]| {
            let n: f64 = same.iter().map(|(_, n)| n).sum();
            below += n;
            (same[0].0, BOUGHT_SD * quantile((below - 0.5 * n) / total))
        };
        Self::Numbers(bought.chunk_by(|a, b| a.0 == b.0).map(of_number).collect())
    }

    /// Steps; 0 for a number that nobody bought.
    fn place(&self, value: f64) -> f64 {
        match self {
            Self::Letters => LETTER_STEPS * value,
            Self::Numbers(numbers) => numbers
                .binary_search_by(|(number, _)| number.total_cmp(&value))
                .map_or(0.0, |at| numbers[at].1),
        }
    }
}

/// The starting position of each label, steps. `rulers` has the families of the ranks.
pub(super) fn start_positions(
    ranks: &[Option<Rank>],
    rulers: &BTreeMap<Family, Ruler>,
) -> Vec<f64> {
    let unknown = ranks.iter().filter(|rank| rank.is_none()).count();
    let mut next = -0.5 * UNKNOWN_STEPS * unknown.saturating_sub(1) as f64;
    ranks
        .iter()
        .map(|rank| match rank {
            Some(rank) => rulers[&rank.family].place(rank.value),
            None => {
                next += UNKNOWN_STEPS;
                next - UNKNOWN_STEPS
            }
        })
        .collect()
}

/// Moves the labels that cannot be read to where their buyers are: along the line from coordinates
/// to the positions of the labels that can be read, or else so that the sizes bought have a mean of
/// 0 and an sd of two steps.
pub(super) fn place_unread(
    mut start: Vec<f64>,
    ranks: &[Option<Rank>],
    counts: &BTreeMap<&str, u64>,
    coordinates: &[f64],
) -> Vec<f64> {
    let bought = |n: &u64| *n as f64 + 0.5;
    let mut line = StraightLine::default();
    for (((x, rank), start), n) in coordinates.iter().zip(ranks).zip(&start).zip(counts.values()) {
        if rank.is_some() {
            line.add(*x, *start, bought(n));
        }
    }
    let bought = coordinates.iter().copied().zip(counts.values().map(bought)).collect();
    let ruler = Ruler::new(Family::Clothing, bought);
    let line = line.rising();
    for ((start, rank), &x) in start.iter_mut().zip(ranks).zip(coordinates) {
        if rank.is_none() {
            // The first position keeps labels of equal coordinates apart.
            *start +=
                line.map_or_else(|| ruler.place(x), |(intercept, slope)| intercept + slope * x);
        }
    }
    start
}

/// The labels of a scale that must keep their order: indices by rising rank, one list for each
/// family and length. Labels of equal rank are left out after the first.
pub(super) fn ascending(ranks: &[Option<Rank>]) -> Vec<Vec<usize>> {
    let mut lists: BTreeMap<(Family, i64), Vec<(f64, usize)>> = BTreeMap::new();
    for (i, rank) in ranks.iter().enumerate() {
        if let Some(rank) = rank {
            lists.entry(rank.kind()).or_default().push((rank.value, i));
        }
    }
    let mut lists: Vec<Vec<usize>> = lists
        .into_values()
        .map(|mut list| {
            list.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let mut seen = BTreeSet::new();
            list.retain(|(value, _)| seen.insert(value.to_bits()));
            list.into_iter().map(|(_, i)| i).collect()
        })
        .collect();
    lists.retain(|list: &Vec<usize>| list.len() > 1);
    lists
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rank(family: Family, value: f64) -> Option<Rank> {
        Some(Rank { family, value, length: 0.0 })
    }

    #[test]
    fn numbers_keep_their_order_and_unknown_labels_stay_apart() {
        let ranks = [
            rank(Family::Shoe, 38.0),
            None,
            rank(Family::Shoe, 36.0),
            rank(Family::Shoe, 40.0),
            None,
        ];
        let bought = vec![(40.0, 2.0), (36.0, 5.0), (38.0, 5.0), (40.0, 3.0)];
        let rulers = [(Family::Shoe, Ruler::new(Family::Shoe, bought))];
        let start = start_positions(&ranks, &rulers.into());
        assert!(start[2] < start[0] && start[0] < start[3], "{start:?}");
        assert!((start[0] - start[2] - (start[3] - start[0])).abs() < 1e-12, "{start:?}");
        assert!(start[1] != start[4] && start[1].abs() < 0.1, "{start:?}");
        assert_eq!(ascending(&ranks), [[2, 0, 3]]);
    }

    #[test]
    fn letters_are_a_letter_step_apart() {
        let ruler = Ruler::new(Family::Letter, vec![(0.0, 1.0)]);
        assert_eq!(ruler.place(1.0) - ruler.place(0.0), LETTER_STEPS);
        // One number alone lies in the middle.
        assert_eq!(Ruler::new(Family::Shoe, vec![(40.0, 3.0)]).place(40.0), 0.0);
    }
}
