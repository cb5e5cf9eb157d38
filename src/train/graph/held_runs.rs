//! The size runs of a history before, continued: articles keep their run, so that a few new
//! purchases never sort a shop's sizes anew, and new articles join the likeliest run.

use super::articles::ArticleRecord;
use super::nodes::TablesBefore;
use super::run_likelihood::{ArticleSales, log_likelihoods, profile};
use super::size_runs::{SizeRun, class, label_counts};
use crate::error::Error;
use crate::size::System;
use crate::train::columns::history_error;
use std::collections::{BTreeMap, HashMap};

/// The runs of `before` with the articles of now. Each run is a scale of `before`, in their order.
///
/// # Errors
/// [`Error::History`] for a fit group or a size system that is new, and for a run that has lost all
/// of its articles.
pub(super) fn held_runs(
    records: &[ArticleRecord<'_>],
    before: TablesBefore<'_>,
) -> Result<Vec<SizeRun>, Error> {
    let mut runs: Vec<SizeRun> = before
        .scales
        .iter()
        .map(|scale| SizeRun {
            group: scale.given.clone(),
            system: scale.system,
            articles: Vec::new(),
            known: scale.known,
            searched: scale.searched,
        })
        .collect();
    let suits = |run: &SizeRun, a: &ArticleRecord<'_>| {
        run.group == a.class.group && run.system == a.class.system
    };
    let mut new: BTreeMap<(&str, System), Vec<usize>> = BTreeMap::new();
    for (index, record) in records.iter().enumerate() {
        let at = before.articles.binary_search_by_key(&record.key, |node| node.key);
        let run = at.map(|at| usize::from(before.articles[at].scale));
        match run.ok().filter(|&run| suits(&runs[run], record)) {
            Some(run) => runs[run].articles.push(index),
            None => new.entry((&record.class.group, record.class.system)).or_default().push(index),
        }
    }
    for ((group, system), articles) in new {
        let of_class = |&run: &usize| runs[run].group == group && runs[run].system == system;
        let choices: Vec<usize> = (0..runs.len()).filter(of_class).collect();
        if choices.is_empty() {
            return Err(history_error(format!(
                "the fit group {group:?} with sizes of the system {} is new",
                system.name()
            )));
        }
        let likeliest = likeliest_runs(records, &runs, &choices, &articles);
        articles.into_iter().zip(likeliest).for_each(|(a, run)| runs[run].articles.push(a));
    }
    runs.iter_mut().for_each(|run| run.articles.sort_unstable());
    if runs.iter().any(|run| run.articles.is_empty()) {
        return Err(history_error("all articles of a size run are gone".to_owned()));
    }
    Ok(runs)
}

/// For each of the `articles` the run among the `choices` that explains its sizes best, with the
/// runs that its brand and category have so far.
fn likeliest_runs(
    records: &[ArticleRecord<'_>],
    runs: &[SizeRun],
    choices: &[usize],
    articles: &[usize],
) -> Vec<usize> {
    let members: Vec<usize> =
        choices.iter().flat_map(|&run| &runs[run].articles).chain(articles).copied().collect();
    let counts = label_counts(records, &members);
    let index: HashMap<&str, usize> = counts.keys().enumerate().map(|(i, &l)| (l, i)).collect();
    let sales = |articles: &[usize]| -> Vec<ArticleSales> {
        let of = |&a: &usize| ArticleSales {
            labels: records[a].sizes.iter().map(|(l, &n)| (index[l], n.max(1) as f64)).collect(),
            class: 0,
        };
        articles.iter().map(of).collect()
    };
    let uniform = vec![1.0 / counts.len() as f64; counts.len()];
    let everything = profile(&uniform, sales(&members).iter());
    let own = sales(articles);
    let mut best = vec![(f64::NEG_INFINITY, choices[0]); articles.len()];
    for &run in choices {
        let of_run = profile(&everything, sales(&runs[run].articles).iter());
        let mut classes: HashMap<(&str, &str), f64> = HashMap::new();
        for &a in &runs[run].articles {
            *classes.entry(class(&records[a])).or_default() += 1.0;
        }
        let size = runs[run].articles.len() as f64 / members.len() as f64;
        for ((best, likelihood), &a) in
            best.iter_mut().zip(log_likelihoods(&own, &of_run)).zip(articles)
        {
            let same_class = classes.get(&class(&records[a])).copied().unwrap_or(0.0);
            let total = likelihood + libm::log(same_class + size);
            if total > best.0 {
                *best = (total, run);
            }
        }
    }
    best.into_iter().map(|(_, run)| run).collect()
}

#[cfg(test)]
mod tests {
    use crate::train::graph::{CustomerRows, Graph};
    use crate::train::tiny::{columns, draw};

    #[test]
    fn known_articles_stay_and_new_ones_join_the_run_of_their_sizes() {
        let all = columns(&draw(3, 200, 12, 2));
        let rows = CustomerRows::read(&all).expect("a usable history");
        let (whole, _) = Graph::build(&all, &rows, Vec::new(), true, None).expect("a graph");
        // As if every third article were new.
        let mut before = whole.clone();
        before.articles.retain(|node| node.key % 3 != 0);
        let (now, _) = Graph::build(&all, &rows, Vec::new(), true, Some(&before)).expect("a graph");
        assert!(before.articles.len() < whole.articles.len());
        let scales =
            |graph: &Graph| -> Vec<u16> { graph.articles.iter().map(|a| a.scale).collect() };
        assert_eq!(scales(&now), scales(&whole));
        assert_eq!(now.groups, whole.groups);
        // A fit group that was never seen is no run of the others.
        before.scales.iter_mut().for_each(|scale| scale.given = "hats".to_owned());
        let refused = Graph::build(&all, &rows, Vec::new(), true, Some(&before));
        let message = refused.unwrap_err().to_string();
        assert!(message.contains("is new"), "{message}");
    }
}
