//! Which public table the sizes of a fit group belong to.

use super::articles::ONLY_GROUP;
use super::nodes::GroupSizes;
use super::run_labels::RunLabels;
use super::size_runs::SizeRun;
use crate::size::{Axis, Family};
use std::collections::BTreeMap;

/// One run of a fit group.
pub(super) struct RunOfGroup<'s, 'k> {
    pub(super) run: &'s SizeRun,
    pub(super) labels: &'s RunLabels<'k>,
    /// The name of its fit group.
    pub(super) group: &'s str,
}

/// What the runs of one fit group tell about its sizes.
pub(super) fn group_sizes<'s, 'k: 's>(
    runs: impl Iterator<Item = RunOfGroup<'s, 'k>>,
) -> GroupSizes {
    let (mut families, mut placed, mut all) = (BTreeMap::<Family, f64>::new(), 0.0, 0.0);
    let mut named = None;
    for RunOfGroup { run, labels, group } in runs {
        if run.group == group && group != ONLY_GROUP {
            named = Some(group);
        }
        for (&n, rank) in labels.counts.values().zip(&labels.ranks) {
            let n = n as f64 + 0.5;
            all += n;
            placed += if run.known { n } else { 0.0 };
            if let Some(rank) = rank {
                *families.entry(rank.family).or_default() += n;
            }
        }
    }
    let letters = families.get(&Family::Letter).is_some_and(|n| *n > 0.5 * all);
    let commonest = families.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|most| most.0);
    GroupSizes {
        axis: match named {
            Some(name) => Some(Axis::guess(name)),
            None => commonest.and_then(axis_of_family),
        },
        named: named.is_some(),
        letters,
        placed: placed > 0.5 * all,
    }
}

/// The axis of labels that no name explains.
fn axis_of_family(family: Family) -> Option<Axis> {
    match family {
        Family::Letter | Family::Clothing => Some(Axis::Women),
        Family::Shoe => Some(Axis::ShoesWomen),
        Family::ChildShoe => Some(Axis::ShoesChildren),
        Family::Waist => Some(Axis::Waist),
        Family::Collar => Some(Axis::Men),
        Family::Height | Family::Age => Some(Axis::Children),
        Family::Bra => Some(Axis::Bra),
        Family::Girth | Family::Ring | Family::OneSize => None,
    }
}
