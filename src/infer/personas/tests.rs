//! Personas on a small shop: how many are found, whose purchases are whose, and that the search
//! agrees with an enumeration of all assignments.

use super::account::units;
use super::personas;
use super::search::{MAX_PERSONS, search};
use crate::infer::history::{PlacedPurchase, place_history};
use crate::infer::{Posterior, Purchase, posterior};
use crate::model::{Features, Model};
use crate::outcome::Outcome;

/// A shop with dresses in sizes 32 to 44, one step apart, and capes. Customers' latent sizes have a
/// standard deviation of 1.3 steps.
fn model() -> Model {
    crate::format::read(include_bytes!("../../../tests/golden/shop.inseam"))
        .expect("a usable model")
}

/// Purchases of dresses in these sizes, of five articles in turn.
fn dresses<'a>(sizes: &[&'a str]) -> Vec<Purchase<'a>> {
    const ARTICLES: [&str; 5] = ["dresses-0", "dresses-1", "dresses-2", "dresses-3", "dresses-4"];
    let dress = |(i, &size): (usize, &&'a str)| Purchase {
        article: Some(ARTICLES[i % 5]),
        size,
        ..Purchase::default()
    };
    sizes.iter().enumerate().map(dress).collect()
}

fn unmeasured(model: &Model) -> Features {
    Features::new(&model.measurements, &|_| None)
}

#[test]
fn two_bodies_are_two_personas() {
    let model = model();
    let history = dresses(&["34", "44", "34", "44", "32", "42", "34", "44", "34"]);
    let account = personas(&model, &history, &unmeasured(&model));
    let [small, large] = account.list() else { panic!("{} personas", account.list().len()) };
    assert_eq!(small.purchases, [0, 2, 4, 6, 8]);
    assert_eq!(large.purchases, [1, 3, 5, 7]);
    assert!((small.share - 6.0 / 10.0).abs() < 1e-12 && (large.share - 4.0 / 10.0).abs() < 1e-12);
    // Each persona has the posterior of a customer with their purchases alone.
    let alone: Vec<Purchase<'_>> = history.iter().step_by(2).copied().collect();
    assert_eq!(small.posterior, posterior(&model, &alone, &unmeasured(&model)));
    let sizes = [small, large].map(|p| p.posterior.size(0).mean());
    assert!((sizes[0] + 2.2).abs() < 0.7 && (sizes[1] - 2.6).abs() < 0.9, "{sizes:?}");
    for purchase in 0..history.len() {
        let chances = account.chances(purchase);
        assert!(
            chances[purchase % 2] > 0.9 && chances.iter().sum::<f64>() < 1.0 + 1e-9,
            "{purchase}: {chances:?}"
        );
    }
    // The mixture consists mostly of these two.
    let weight_of_both: f64 = account
        .mixture()
        .iter()
        .filter(|(_, p)| [small, large].iter().any(|q| q.posterior == *p))
        .map(|c| c.0)
        .sum();
    assert!(weight_of_both > 0.5, "{weight_of_both}");
}

#[test]
fn one_gift_is_no_persona() {
    let model = model();
    let history = dresses(&["36", "34", "36", "36", "44", "34", "36", "36"]);
    let account = personas(&model, &history, &unmeasured(&model));
    assert_eq!(account.list().len(), 1);
    assert_eq!(account.list()[0].posterior, posterior(&model, &history, &unmeasured(&model)));
    assert_eq!(account.list()[0].share, 1.0);
    let own: Vec<f64> = (0..history.len()).map(|i| account.chances(i)[0]).collect();
    let least = own.iter().enumerate().min_by(|a, b| a.1.total_cmp(b.1)).map(|(i, _)| i);
    assert_eq!(least, Some(4), "{own:?}");
    assert!(own[4] < 0.96 && own[0] > 0.99, "{own:?}");
}

#[test]
fn a_single_persona_has_the_posterior_of_the_whole_history() {
    let model = model();
    let mut history = dresses(&["36", "38", "36", "38", "36"]);
    history[1].outcome = Outcome::TooLarge;
    history[3].outcome = Outcome::Pending;
    history.push(Purchase { group: Some("hats"), size: "M", ..Purchase::default() });
    for n in 0..=history.len() {
        let account = personas(&model, &history[..n], &unmeasured(&model));
        let one = posterior(&model, &history[..n], &unmeasured(&model));
        assert_eq!(account.list().len(), 1, "{n}");
        assert_eq!(account.list()[0].posterior, one, "{n}");
        assert!((account.mixture().iter().map(|c| c.0).sum::<f64>() - 1.0).abs() < 1e-12, "{n}");
        assert!(account.mixture().is_sorted_by(|a, b| a.0 >= b.0), "{n}");
        assert_eq!(account.mixture()[0].1, one, "{n}");
    }
    // Pending purchases, and those that cannot be placed, belong to nobody.
    let account = personas(&model, &history, &unmeasured(&model));
    assert_eq!(account.list()[0].purchases, [0, 1, 2, 4]);
    assert_eq!(account.list()[0].posterior.ignored(), 1);
    assert_eq!([3, 5].map(|i| account.chances(i)[0]), [0.0; 2]);
    assert!(account.chances(4)[0] > 0.5);
}

#[test]
fn the_measurements_are_the_owners() {
    let model = model();
    let heavy = crate::model::MeasurementValue::Number(80.0);
    let body = Features::new(&model.measurements, &|name| (name == "weight").then_some(&heavy));
    let history = dresses(&["32", "44", "32", "44", "34", "44", "34", "34"]);
    let account = personas(&model, &history, &body);
    let [first, second] = account.list() else { panic!("{} personas", account.list().len()) };
    assert!(second.posterior.measured() && !first.posterior.measured());
    assert_eq!(second.purchases, [1, 3, 5]);
}

#[test]
fn sizes_tried_on_together_belong_to_one_person() {
    let model = model();
    let mut history = dresses(&["34", "44", "34", "44", "34", "44"]);
    // The smaller person tries on an article in two sizes; the larger size alone could be either
    // person's.
    let tried = Purchase { article: Some("capes-1"), size: "Bee", ..Purchase::default() };
    history.push(tried);
    history.push(Purchase { size: "Fox", outcome: Outcome::UnknownReason, ..tried });
    let account = personas(&model, &history, &unmeasured(&model));
    assert_eq!(account.list().len(), 2);
    let with =
        |purchase: usize| account.list().iter().position(|p| p.purchases.contains(&purchase));
    assert_eq!(with(6), with(7));
    assert_eq!(account.chances(6), account.chances(7));
    // If both are kept, they may belong to two persons.
    history[7].outcome = Outcome::Kept;
    let account = personas(&model, &history, &unmeasured(&model));
    assert!(account.chances(6) != account.chances(7));
}

#[test]
fn womens_and_girls_sizes_belong_to_different_persons() {
    let mut model = model();
    let mut history = dresses(&["36", "38", "36", "38", "36", "38", "36", "36"]);
    for purchase in history.iter_mut().skip(1).step_by(2) {
        *purchase = Purchase { article: Some("capes-1"), size: "Cat", ..Purchase::default() };
    }
    assert_eq!(personas(&model, &history, &unmeasured(&model)).list().len(), 1);
    model.groups[1].name = "girls' capes".into();
    let account = personas(&model, &history, &unmeasured(&model));
    let purchases: Vec<&[usize]> = account.list().iter().map(|p| p.purchases.as_slice()).collect();
    assert_eq!(purchases, [[0, 2, 4, 6], [1, 3, 5, 7]]);
}

/// Log weight of an assignment, up to a term that all assignments share, straight from the
/// definition: the restaurant's seats, and each person's purchases in turn.
fn log_weight(
    model: &Model,
    purchases: &[PlacedPurchase],
    person: &[usize],
    unknown: &Posterior,
) -> f64 {
    let persons = 1 + person.iter().max().unwrap();
    let mut total = 0.0;
    for p in 0..persons {
        let mut belief = unknown.belief.clone();
        for (n, i) in (0..person.len()).filter(|&i| person[i] == p).enumerate() {
            let stats = purchases[i].factors(model).pass(
                &mut belief,
                &mut Default::default(),
                1.0,
                &mut Default::default(),
            );
            let seats = if p == 0 {
                n as f64 + 1.0
            } else if n == 0 {
                0.05
            } else {
                n as f64
            };
            total +=
                libm::log(seats) + stats.choice_log_evidence + stats.outcome_log_evidence.unwrap();
        }
    }
    total
}

/// All assignments of `n` purchases to persons, who are numbered in the order of their first
/// purchase.
fn all_assignments(n: usize) -> Vec<Vec<usize>> {
    (1..n).fold(vec![vec![0]], |assignments, _| {
        let longer = |before: Vec<usize>| {
            let next = (1 + before.iter().max().unwrap()).min(MAX_PERSONS - 1);
            (0..=next).map(move |p| [before.as_slice(), &[p]].concat())
        };
        assignments.into_iter().flat_map(longer).collect()
    })
}

#[test]
fn the_most_probable_assignments_are_found_with_their_weights() {
    let model = model();
    let unknown = Posterior::prior(&model, &unmeasured(&model));
    for sizes in [
        ["38", "36", "38", "40", "38", "36", "38"],
        ["34", "44", "34", "44", "32", "42", "34"],
        ["36", "36", "44", "36", "40", "36", "42"],
    ] {
        let history = dresses(&sizes);
        let (purchases, _) = place_history(&model, &history);
        let found = search(&model, &purchases, &units(&purchases), None, &unknown.belief);
        let mut all: Vec<(f64, Vec<usize>)> = all_assignments(sizes.len())
            .into_iter()
            .map(|w| (log_weight(&model, &purchases, &w, &unknown), w))
            .collect();
        assert_eq!(all.len(), 715);
        all.sort_by(|a, b| b.0.total_cmp(&a.0));
        let best = all.iter().find(|(_, w)| *w == found[0].person).unwrap().0;
        assert!(
            best > all[0].0 - 0.5,
            "{sizes:?}: {:?} is better than {:?}",
            all[0].1,
            found[0].person
        );
        // Weights are probabilities among the assignments found.
        for assignment in &found {
            let log = all.iter().find(|(_, w)| *w == assignment.person).unwrap().0;
            assert!(
                (libm::log(assignment.weight / found[0].weight) - (log - best)).abs() < 1e-9,
                "{sizes:?}: {assignment:?}"
            );
        }
        assert!((found.iter().map(|w| w.weight).sum::<f64>() - 1.0).abs() < 1e-12);
        // The assignments found have most of the total weight.
        let total: f64 = all.iter().map(|(log, _)| libm::exp(log - all[0].0)).sum();
        let missing = 1.0 - libm::exp(best - all[0].0) / found[0].weight / total;
        assert!(missing < 0.5, "{sizes:?}: {missing}");
    }
}

#[test]
fn an_absurd_model_does_not_panic() {
    let mut model = model();
    model.groups[0].choice.scale = f64::MIN_POSITIVE;
    model.groups[0].outcome.slope = f64::MAX;
    let account = personas(&model, &dresses(&["36", "44", "36"]), &unmeasured(&model));
    assert!(!account.list().is_empty() && !account.mixture().is_empty());
}
