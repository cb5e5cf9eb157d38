//! Counts that the starting parameters are computed from. Partitions merge them exactly.

use crate::error::Error;
use crate::infer::Evidence;
use crate::outcome::Outcome;
use crate::train::events::{OrderLine, PartitionStore, each_customers_lines};
use crate::train::fixed_point::{Merge, Sum};
use crate::train::graph::Graph;
use std::collections::{BTreeMap, HashMap};

/// Counts of one fit group.
#[derive(Clone, Debug, Default)]
pub(crate) struct GroupCounts {
    /// Quarters of purchases that were too small, fit and were too large.
    outcome_quarters: [u64; 3],
    /// Halves of purchases that came back for another reason than their size.
    other_halves: u64,
    /// Returns of a size while another size of the article was kept.
    bracketed: u64,
    purchases: u64,
    /// Of the starting positions of the sizes bought, steps.
    positions: Sum,
}

impl GroupCounts {
    fn count(&mut self, outcome: Outcome, evidence: Evidence, position: f64) {
        self.bracketed += u64::from(matches!(evidence, Evidence::Bracketed(_)));
        let quarters = &mut self.outcome_quarters;
        match outcome {
            Outcome::TooSmall => quarters[0] += 4,
            Outcome::Kept => quarters[1] += 4,
            Outcome::TooLarge => quarters[2] += 4,
            Outcome::SizeReason => [0, 2].into_iter().for_each(|k| quarters[k] += 2),
            Outcome::UnknownReason if evidence != Evidence::Unknown => {}
            Outcome::UnknownReason => {
                // Half of the returns without a reason count as misfits: without misfits there
                // would be nothing to learn from.
                [0, 2].into_iter().for_each(|k| quarters[k] += 1);
                self.other_halves += 1;
            }
            Outcome::OtherReason => self.other_halves += 2,
            Outcome::Pending => {}
        }
        self.purchases += 1;
        self.positions.add(position);
    }

    /// Purchases that were too small, fit and were too large.
    pub(super) fn outcomes(&self) -> [f64; 3] {
        self.outcome_quarters.map(|quarters| quarters as f64 / 4.0)
    }

    /// Purchases that came back for another reason than their size.
    pub(super) fn other_returns(&self) -> f64 {
        self.other_halves as f64 / 2.0
    }

    /// Mean starting position of the sizes bought, steps; 0 without purchases.
    pub(super) fn mean_position(&self) -> f64 {
        if self.purchases > 0 { self.positions.get() / self.purchases as f64 } else { 0.0 }
    }

    /// Share of the purchases that came back while another size was kept; 0 without purchases.
    pub(super) fn bracketed_share(&self) -> f64 {
        if self.purchases > 0 { self.bracketed as f64 / self.purchases as f64 } else { 0.0 }
    }
}

impl Merge for GroupCounts {
    fn merge(&mut self, other: &Self) {
        for (a, b) in self.outcome_quarters.iter_mut().zip(other.outcome_quarters) {
            *a += b;
        }
        self.other_halves += other.other_halves;
        self.bracketed += other.bracketed;
        self.purchases += other.purchases;
        self.positions.merge(&other.positions);
    }
}

/// Counts of some partitions.
#[derive(Clone, Debug)]
pub(crate) struct StartCounts {
    /// By fit group.
    pub(super) groups: Vec<GroupCounts>,
    pub(super) days: DayCounts,
}

/// Purchases of each day.
#[derive(Clone, Debug, Default)]
pub(crate) struct DayCounts(BTreeMap<i32, u64>);

impl StartCounts {
    pub(crate) fn new(graph: &Graph, store: &dyn PartitionStore) -> Result<Self, Error> {
        let groups = vec![GroupCounts::default(); graph.groups.len()];
        let mut counts = Self { groups, days: DayCounts::default() };
        each_customers_lines(graph, store, |_, lines| {
            lines.iter().for_each(|line| counts.count(graph, line));
        })?;
        Ok(counts)
    }

    fn count(&mut self, graph: &Graph, line: &OrderLine) {
        let position = graph.start_position(line.slot);
        let group = &mut self.groups[graph.group_of(line.article)];
        group.count(line.outcome, line.evidence, position);
        self.days.count(line.day);
    }
}

impl DayCounts {
    pub(crate) fn new(graph: &Graph, store: &dyn PartitionStore) -> Result<Self, Error> {
        let mut counts: HashMap<i32, u64> = HashMap::new();
        each_customers_lines(graph, store, |_, lines| {
            lines.iter().for_each(|line| *counts.entry(line.day).or_default() += 1);
        })?;
        Ok(Self(counts.into_iter().collect()))
    }

    fn count(&mut self, day: i32) {
        *self.0.entry(day).or_default() += 1;
    }

    pub(super) fn purchases(&self) -> u64 {
        self.0.values().sum()
    }

    /// The day of the purchase of this rank, from 0.
    pub(super) fn day(&self, rank: u64) -> i32 {
        let mut before = 0;
        let found = self.0.iter().find(|(_, count)| {
            before += **count;
            before > rank
        });
        *found.expect("a rank below the number of purchases").0
    }
}

impl Merge for StartCounts {
    fn merge(&mut self, other: &Self) {
        self.groups.merge(&other.groups);
        for (&day, count) in &other.days.0 {
            *self.days.0.entry(day).or_default() += count;
        }
    }
}
