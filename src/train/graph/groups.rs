//! The fit groups of a history: those that the shop names, and those found among size runs.

use super::articles::ONLY_GROUP;
use super::shared_bodies::SharedBodies;
use super::size_runs::SizeRun;
use crate::error::Error;
use crate::model::MAX_GROUPS;
use crate::train::columns::history_error;
use std::collections::BTreeSet;

/// Standard errors that an estimate may be off.
const CONFIDENCE: f64 = 2.0;
/// Two runs may fit the same body if their sizes' correlation may be at least this ...
const SAME_BODY: f64 = 0.9;
/// ... and is at least this.
const LEAST_CORRELATION: f64 = 0.7;
/// Customers' articles in both of two runs that a correlation needs.
const MIN_PURCHASES: f64 = 15.0;
/// With fewer, runs that share this part of their purchases by label are one fit group.
const MIN_OVERLAP: f64 = 0.5;
/// Most fit groups that are found; the others of a model's are left to those that shops name.
const MAX_FOUND: usize = MAX_GROUPS - 8;

/// For each run the first run of its fit group. Runs of a named fit group stay together: the shop
/// knows better. Without fit groups, two runs are one group if the same bodies explain both.
pub(super) fn groups_of_runs(
    runs: &[SizeRun],
    bodies: &SharedBodies,
    overlap: impl Fn(usize, usize) -> f64,
) -> Vec<usize> {
    let mut leader_of: Vec<usize> = Vec::with_capacity(runs.len());
    for (run, SizeRun { group, .. }) in runs.iter().enumerate() {
        let leaders: Vec<usize> =
            (0..run).filter(|&r| leader_of[r] == r && runs[r].group == *group).collect();
        if group != ONLY_GROUP {
            leader_of.push(leaders.first().copied().unwrap_or(run));
            continue;
        }
        let full = leaders.len() >= MAX_FOUND;
        let alike = leaders.into_iter().map(|l| (likeness(l, run, bodies, &overlap), l));
        let nearest = alike.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let nearest = nearest.map(|(_, leader)| leader);
        let joins = |leader: &usize| full || is_same_body(*leader, run, bodies, &overlap);
        leader_of.push(nearest.filter(joins).unwrap_or(run));
    }
    leader_of
}

/// How like two runs are: the correlation of their sizes, or else their common labels.
fn likeness(
    a: usize,
    b: usize,
    bodies: &SharedBodies,
    overlap: &impl Fn(usize, usize) -> f64,
) -> f64 {
    let shared = bodies.between(a, b).filter(|shared| shared.purchases >= MIN_PURCHASES);
    shared.map_or_else(|| overlap(a, b), |shared| shared.correlation)
}

fn is_same_body(
    a: usize,
    b: usize,
    bodies: &SharedBodies,
    overlap: &impl Fn(usize, usize) -> f64,
) -> bool {
    match bodies.between(a, b).filter(|shared| shared.purchases >= MIN_PURCHASES) {
        Some(shared) => {
            shared.correlation >= LEAST_CORRELATION
                && shared.correlation + CONFIDENCE * shared.standard_error >= SAME_BODY
        }
        None => overlap(a, b) >= MIN_OVERLAP,
    }
}

/// The distinct names of fit groups, sorted.
///
/// # Errors
/// [`Error::History`] for more than a model may have.
pub(super) fn group_names<'n>(names: impl Iterator<Item = &'n str>) -> Result<Vec<String>, Error> {
    let groups: Vec<String> =
        names.map(str::to_owned).collect::<BTreeSet<_>>().into_iter().collect();
    if groups.len() > MAX_GROUPS {
        return Err(history_error(format!(
            "{} fit groups, at most {MAX_GROUPS} are possible; map them to fewer under [history.groups], or name the column \
             `category` instead of `group`",
            groups.len()
        )));
    }
    Ok(groups)
}

/// Index of a fit group among the sorted names.
pub(super) fn group_index(groups: &[String], name: &str) -> u16 {
    groups.binary_search_by(|g| g.as_str().cmp(name)).map_or(0, |i| i as u16)
}
