//! The size scales of a history, one for each size run, with the starting positions of their
//! labels.

use super::articles::{ArticleRecord, ONLY_GROUP};
use super::group_sizes::{RunOfGroup, group_sizes};
use super::groups::{group_index, groups_of_runs};
use super::held_runs::held_runs;
use super::label_order::Rank;
use super::nodes::{GroupSizes, ScaleNode, TablesBefore};
use super::presumed_sizes::{RunOffers, presumed_sizes};
use super::rows::CustomerRows;
use super::run_labels::{RunLabels, overlap};
use super::shared_bodies::{BoughtSize, SharedBodies};
use super::size_runs::{SizeRun, label_counts, size_runs};
use super::start_positions::{Ruler, UNKNOWN_STEPS, ascending, place_unread, start_positions};
use super::unread_labels::label_coordinates;
use crate::error::Error;
use crate::size::{Axis, Family, Placement, placements, understood};
use crate::train::columns::Columns;
use crate::train::size_report::{PositionSource, RunReport, SizeReport};
use std::collections::{BTreeMap, BTreeSet};

/// The size runs of a history, each with its labels and its fit group.
pub(super) struct Scales<'k> {
    pub(super) runs: Vec<SizeRun>,
    /// By run.
    labels: Vec<RunLabels<'k>>,
    /// By run: where its labels lie by who buys them, if some cannot be read.
    coordinates: Vec<Option<Vec<f64>>>,
    /// By run: the first run of its fit group.
    leaders: Vec<usize>,
    /// By run: the name of its fit group.
    pub(super) groups: Vec<String>,
}

impl<'k> Scales<'k> {
    /// Finds the runs and their fit groups; without `search`, one run for each fit group and size
    /// system that the history names. With the tables of `before`, their runs and fit groups.
    ///
    /// # Errors
    /// [`Error::History`] for too many labels in a fit group, and where articles do not suit the
    /// runs before.
    pub(super) fn find(
        columns: &Columns,
        rows: &CustomerRows,
        records: &[ArticleRecord<'k>],
        search: bool,
        before: Option<TablesBefore<'_>>,
    ) -> Result<Self, Error> {
        let runs = match before {
            Some(before) => held_runs(records, before)?,
            None => size_runs(records, search)?,
        };
        let labels: Vec<RunLabels<'k>> =
            runs.iter().map(|run| RunLabels::new(label_counts(records, &run.articles))).collect();
        let coordinates = label_coordinates(columns, rows, records, &runs, &labels);
        if let Some(before) = before {
            let group = |scale: &ScaleNode| scale.group;
            let groups =
                before.scales.iter().map(|scale| before.groups[usize::from(scale.group)].clone());
            let leader = |scale: &ScaleNode| {
                before.scales.iter().position(|other| group(other) == group(scale))
            };
            let leaders = before.scales.iter().filter_map(leader).collect();
            return Ok(Self { runs, labels, coordinates, leaders, groups: groups.collect() });
        }
        let bodies = if runs.iter().filter(|run| run.group == ONLY_GROUP).count() > 1 {
            shared_bodies(columns, rows, records, &runs, &labels)
        } else {
            SharedBodies::new(runs.len())
        };
        let leaders = groups_of_runs(&runs, &bodies, |a, b| overlap(&labels[a], &labels[b]));
        let groups = names(&runs, &labels, &leaders);
        Ok(Self { runs, labels, coordinates, leaders, groups })
    }

    /// The scale of every run. `groups` are the names of the fit groups.
    pub(super) fn nodes(&self, groups: &[String]) -> Vec<ScaleNode> {
        (0..self.runs.len()).map(|run| self.node(run, groups)).collect()
    }

    fn node(&self, run: usize, groups: &[String]) -> ScaleNode {
        let SizeRun { group: given, system, known, searched, .. } = &self.runs[run];
        let RunLabels { counts, ranks } = &self.labels[run];
        let axis = Axis::guess(given);
        let labels: Vec<String> = counts.keys().map(|&l| l.to_owned()).collect();
        let texts: Vec<&str> = counts.keys().copied().collect();
        let placed = placements(&texts, *system, axis);
        let named = |(placed, rank): (&Placement, &Option<Rank>)| match axis {
            Axis::Children => 0.0,
            _ if *known => placed.length,
            _ => rank.map_or(placed.length, |rank| rank.length),
        };
        let lengths = placed.iter().zip(ranks).map(named).collect();
        let start = if *known {
            known_positions(&placed, counts)
        } else {
            let start = start_positions(ranks, &self.rulers(run));
            match &self.coordinates[run] {
                Some(coordinates) => place_unread(start, ranks, counts, coordinates),
                None => start,
            }
        };
        let group = group_index(groups, &self.groups[run]);
        ScaleNode {
            group,
            given: given.clone(),
            system: *system,
            searched: *searched,
            labels,
            start,
            lengths,
            known: *known,
            ascending: ascending(ranks),
        }
    }

    /// What the sizes of every fit group tell. `groups` are the names of the fit groups.
    pub(super) fn group_sizes(&self, groups: &[String]) -> Vec<GroupSizes> {
        let of_group = |name: &String| {
            let runs = self.runs.iter().zip(&self.labels).zip(&self.groups);
            let runs = runs.map(|((run, labels), group)| RunOfGroup { run, labels, group });
            group_sizes(runs.filter(|run| run.group == name))
        };
        groups.iter().map(of_group).collect()
    }

    /// The sizes that each article without a list of sizes is presumed to be sold in, besides those
    /// that it was: article and labels.
    pub(super) fn presumed(&self, records: &[ArticleRecord<'k>]) -> Vec<(usize, Vec<&'k str>)> {
        let runs = self.runs.iter().zip(&self.labels).filter(|(run, _)| run.searched);
        runs.flat_map(|(run, labels)| {
            let articles = || run.articles.iter().filter(|&&a| !records[a].listed);
            let offers = RunOffers::new(labels, articles().map(|&a| &records[a]));
            articles().map(move |&a| (a, presumed_sizes(&records[a], labels, &offers)))
        })
        .filter(|(_, sizes)| !sizes.is_empty())
        .collect()
    }

    /// What was found, with the positions that the labels start from.
    pub(super) fn report(&self, nodes: &[ScaleNode]) -> SizeReport {
        let mut report = SizeReport::default();
        let mut unknown: BTreeMap<&str, u64> = BTreeMap::new();
        let mut by_group: Vec<usize> = (0..self.runs.len()).collect();
        by_group.sort_by_key(|&run| (self.leaders[run], run));
        for run in by_group {
            let (found, node, labels) = (&self.runs[run], &nodes[run], &self.labels[run]);
            let mut sizes: Vec<(f64, &str, u64)> = labels
                .counts
                .iter()
                .zip(&node.start)
                .map(|((&label, &purchases), &start)| (start, label, purchases))
                .collect();
            sizes.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
            let purchases = labels.counts.values().sum();
            report.purchases += purchases;
            report.runs.push(RunReport {
                group: self.groups[run].clone(),
                group_is_found: self.groups[run] != found.group,
                system: found.system,
                source: if found.known { PositionSource::Table } else { PositionSource::Labels },
                articles: found.articles.len(),
                purchases,
                labels: sizes.into_iter().map(|(_, label, n)| (label.to_owned(), n)).collect(),
            });
            let names: Vec<&str> = labels.counts.keys().copied().collect();
            let read = labels.counts.iter().zip(understood(&names));
            for ((label, n), _) in read.filter(|(_, understood)| !understood) {
                *unknown.entry(label).or_default() += n;
            }
        }
        report.not_understood = unknown.into_iter().map(|(l, n)| (l.to_owned(), n)).collect();
        report.not_understood.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        report
    }

    /// The rulers of a run's families. Runs of one fit group that share labels of a family share
    /// its ruler, so that a label has one position in all of them.
    fn rulers(&self, run: usize) -> BTreeMap<Family, Ruler> {
        let families: BTreeSet<Family> =
            self.labels[run].ranks.iter().flatten().map(|rank| rank.family).collect();
        let kin = (0..self.runs.len()).filter(|&other| {
            other == run
                || self.leaders[other] == self.leaders[run]
                    && overlap(&self.labels[run], &self.labels[other]) >= COMMON_RULER
        });
        let kin: Vec<usize> = kin.collect();
        families
            .into_iter()
            .map(|family| {
                let bought: Vec<(f64, f64)> =
                    kin.iter().flat_map(|&other| self.labels[other].bought(family)).collect();
                (family, Ruler::new(family, bought))
            })
            .collect()
    }
}

/// Overlap of two runs of one group from which on they share a ruler.
const COMMON_RULER: f64 = 0.2;

/// Gathers which sizes customers bought in which runs.
fn shared_bodies(
    columns: &Columns,
    rows: &CustomerRows,
    records: &[ArticleRecord<'_>],
    runs: &[SizeRun],
    labels: &[RunLabels<'_>],
) -> SharedBodies {
    let sizes: Vec<BTreeMap<&str, f64>> = labels.iter().map(RunLabels::standardised).collect();
    // By code of the size, then by run.
    let size_of: Vec<Vec<Option<f64>>> = columns
        .size
        .values
        .iter()
        .map(|label| sizes.iter().map(|sizes| sizes.get(label.as_str()).copied()).collect())
        .collect();
    let mut run_of = vec![usize::MAX; columns.article.values.len()];
    for (run, SizeRun { articles, .. }) in runs.iter().enumerate() {
        articles.iter().filter_map(|&a| records[a].code).for_each(|c| run_of[c as usize] = run);
    }
    let bought = |&row: &u32| {
        let article = columns.article.codes[row as usize];
        let run = run_of[article as usize];
        let sizes = size_of.get(columns.size.codes[row as usize] as usize)?;
        let size = (*sizes.get(run)?)?;
        Some(BoughtSize { run, article, size })
    };
    let mut bodies = SharedBodies::new(runs.len());
    let mut sizes = Vec::new();
    for (_, rows) in rows.evidence() {
        sizes.clear();
        sizes.extend(rows.iter().filter_map(bought));
        bodies.add_customer(&mut sizes);
    }
    bodies
}

/// The name of each run's fit group: the shop's, or the sizes of its first run.
fn names(runs: &[SizeRun], labels: &[RunLabels<'_>], leaders: &[usize]) -> Vec<String> {
    let found = |group: &str| {
        let same = |&r: &usize| leaders[r] == r && runs[r].group == group;
        group == ONLY_GROUP && (0..runs.len()).filter(same).count() > 1
    };
    let mut names: Vec<String> = Vec::with_capacity(runs.len());
    for (run, SizeRun { group, .. }) in runs.iter().enumerate() {
        let leader = leaders[run];
        let name = if leader < run {
            names[leader].clone()
        } else if found(group) {
            let name = labels[run].name();
            let taken = |name: &String| names.contains(name);
            let numbered = (2..).map(|n| format!("{name} ({n})"));
            let mut choices = std::iter::once(name.clone()).chain(numbered);
            choices.find(|name| !taken(name)).expect("numbers without end")
        } else {
            group.clone()
        };
        names.push(name);
    }
    names
}

/// The positions of a public table. Labels that the table does not know lie near the middle; no two
/// share one position.
fn known_positions(placed: &[Placement], counts: &BTreeMap<&str, u64>) -> Vec<f64> {
    let known = || {
        let labels = placed.iter().zip(counts.values());
        labels.filter_map(|(placed, &n)| Some((placed.position?, n as f64 + 0.5)))
    };
    let total: f64 = known().map(|(_, n)| n).sum();
    let mean = known().map(|(x, n)| x * n).sum::<f64>() / total;
    let mut next = mean;
    placed
        .iter()
        .map(|placed| {
            placed.position.unwrap_or_else(|| {
                next += UNKNOWN_STEPS;
                next
            })
        })
        .collect()
}
