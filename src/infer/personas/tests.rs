use super::search::{MOST, search};
use super::*;
use crate::infer::posterior;
use crate::outcome::Outcome;

/// A shop of dresses in sizes 32 to 44, a step each, and of capes; customers' sizes have an sd of
/// 1.3 steps.
fn model() -> Model {
    crate::format::read(include_bytes!("../../../tests/golden/shop.inseam"))
        .expect("a usable model")
}

/// Dresses in these sizes, of one article after the other.
fn dresses<'a>(sizes: &[&'a str]) -> Vec<Purchase<'a>> {
    const ARTICLES: [&str; 5] = ["dresses-0", "dresses-1", "dresses-2", "dresses-3", "dresses-4"];
    let of = |(i, &size): (usize, &&'a str)| Purchase {
        article: Some(ARTICLES[i % 5]),
        size,
        ..Purchase::default()
    };
    sizes.iter().enumerate().map(of).collect()
}

fn unmeasured(model: &Model) -> Features {
    Features::of(&model.measurements, &|_| None)
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
    // Each is believed to be of the size they buy, and that is what a customer with those purchases
    // alone is believed to be.
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
    // What is said of whoever it is for is said by the two of them.
    let of_the_two: f64 = account
        .mixture()
        .iter()
        .filter(|(_, p)| [small, large].iter().any(|q| q.posterior == *p))
        .map(|c| c.0)
        .sum();
    assert!(of_the_two > 0.5, "{of_the_two}");
}

#[test]
fn one_gift_makes_nobody() {
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
fn one_person_is_the_customer_that_posterior_knows() {
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
    // Nothing is known of what is pending, or nowhere.
    let account = personas(&model, &history, &unmeasured(&model));
    assert_eq!(account.list()[0].purchases, [0, 1, 2, 4]);
    assert_eq!(account.list()[0].posterior.ignored(), 1);
    assert_eq!([3, 5].map(|i| account.chances(i)[0]), [0.0; 2]);
    assert!(account.chances(4)[0] > 0.5);
}

#[test]
fn the_measured_body_is_the_owners() {
    let model = model();
    let heavy = crate::model::MeasurementValue::Number(80.0);
    let body = Features::of(&model.measurements, &|name| (name == "weight").then_some(&heavy));
    let history = dresses(&["32", "44", "32", "44", "34", "44", "34", "34"]);
    let account = personas(&model, &history, &body);
    let [first, second] = account.list() else { panic!("{} personas", account.list().len()) };
    assert!(second.posterior.measured() && !first.posterior.measured());
    assert_eq!(second.purchases, [1, 3, 5]);
}

#[test]
fn what_was_tried_on_is_one_persons() {
    let model = model();
    let mut history = dresses(&["34", "44", "34", "44", "34", "44"]);
    // The small person tries an article on in two sizes; by its size alone the larger would be
    // anybody's.
    let tried = Purchase { article: Some("capes-1"), size: "Bee", ..Purchase::default() };
    history.push(tried);
    history.push(Purchase { size: "Fox", outcome: Outcome::UnknownReason, ..tried });
    let account = personas(&model, &history, &unmeasured(&model));
    assert_eq!(account.list().len(), 2);
    let with =
        |purchase: usize| account.list().iter().position(|p| p.purchases.contains(&purchase));
    assert_eq!(with(6), with(7));
    assert_eq!(account.chances(6), account.chances(7));
    // Kept, both of them, they may be two persons'.
    history[7].outcome = Outcome::Kept;
    let account = personas(&model, &history, &unmeasured(&model));
    assert!(account.chances(6) != account.chances(7));
}

#[test]
fn nobody_wears_womens_and_girls_sizes() {
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

/// Log weight of a way, up to what all ways have in common, straight from the definition: the
/// restaurant's seats, and every person's purchases in turn.
fn log_weight(model: &Model, lines: &[Line], person: &[usize], unknown: &Posterior) -> f64 {
    let persons = 1 + person.iter().max().unwrap();
    let mut total = 0.0;
    for p in 0..persons {
        let mut belief = unknown.belief.clone();
        for (n, line) in (0..person.len()).filter(|&i| person[i] == p).enumerate() {
            let stats = lines[line].event(model).pass(
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
            total += libm::log(seats)
                + stats.choice.unwrap().log_evidence
                + stats.outcome_log_evidence.unwrap();
        }
    }
    total
}

/// All ways to give `n` purchases to persons, numbered in the order in which they come up.
fn all_ways(n: usize) -> Vec<Vec<usize>> {
    (1..n).fold(vec![vec![0]], |ways, _| {
        let longer = |way: Vec<usize>| {
            let next = (1 + way.iter().max().unwrap()).min(MOST - 1);
            (0..=next).map(move |p| [way.as_slice(), &[p]].concat())
        };
        ways.into_iter().flat_map(longer).collect()
    })
}

#[test]
fn the_likeliest_of_all_ways_are_found_with_their_weights() {
    let model = model();
    let unknown = Posterior::prior(&model, &unmeasured(&model));
    for sizes in [
        ["38", "36", "38", "40", "38", "36", "38"],
        ["34", "44", "34", "44", "32", "42", "34"],
        ["36", "36", "44", "36", "40", "36", "42"],
    ] {
        let history = dresses(&sizes);
        let (lines, _) = history::read(&model, &history);
        let found = search(&model, &lines, &units(&lines), None, &unknown.belief);
        let mut all: Vec<(f64, Vec<usize>)> = all_ways(sizes.len())
            .into_iter()
            .map(|w| (log_weight(&model, &lines, &w, &unknown), w))
            .collect();
        assert_eq!(all.len(), 715);
        all.sort_by(|a, b| b.0.total_cmp(&a.0));
        let of_best = all.iter().find(|(_, w)| *w == found[0].person).unwrap().0;
        assert!(
            of_best > all[0].0 - 0.5,
            "{sizes:?}: {:?} is better than {:?}",
            all[0].1,
            found[0].person
        );
        // Weights are chances among the ways found.
        for way in &found {
            let log = all.iter().find(|(_, w)| *w == way.person).unwrap().0;
            assert!(
                (libm::log(way.weight / found[0].weight) - (log - of_best)).abs() < 1e-9,
                "{sizes:?}: {way:?}"
            );
        }
        assert!((found.iter().map(|w| w.weight).sum::<f64>() - 1.0).abs() < 1e-12);
        // What was found is most of what there is.
        let total: f64 = all.iter().map(|(log, _)| libm::exp(log - all[0].0)).sum();
        let missing = 1.0 - libm::exp(of_best - all[0].0) / found[0].weight / total;
        assert!(missing < 0.5, "{sizes:?}: {missing}");
    }
}

#[test]
fn an_absurd_model_is_no_panic() {
    let mut model = model();
    model.groups[0].choice.scale = f64::MIN_POSITIVE;
    model.groups[0].outcome.slope = f64::MAX;
    let account = personas(&model, &dresses(&["36", "44", "36"]), &unmeasured(&model));
    assert!(!account.list().is_empty() && !account.mixture().is_empty());
}
