//! Decisions by cost on the golden shop: the decision with the lowest expected cost is taken.

use inseam::infer::{Posterior, Purchase, posterior};
use inseam::model::{Features, Model};
use inseam::outcome::Outcome;
use inseam::recommend::{Advice, Costs, Request, Status, advise};

fn model() -> Model {
    inseam::format::read(include_bytes!("golden/shop.inseam")).expect("a usable model")
}

fn customer(model: &Model, sizes: &[&str]) -> Posterior {
    let bought = |size| Purchase {
        article: Some("dresses-0"),
        size,
        outcome: Outcome::Kept,
        ..Purchase::default()
    };
    posterior(model, &sizes.iter().copied().map(bought).collect::<Vec<_>>(), &Features::default())
}

fn by_cost<'m>(model: &'m Model, person: &Posterior, stock: &[&str], costs: &Costs) -> Advice<'m> {
    let article = model.article("dresses-1").expect("an article");
    let had = |label: &str| stock.is_empty() || stock.contains(&label);
    let request = Request::new(model, person, article);
    advise(&Request { in_stock: &had, costs: Some(*costs), ..request })
}

#[test]
fn the_decision_is_the_cheapest_and_does_not_change_the_size() {
    let model = model();
    let article = model.article("dresses-1").expect("an article");
    let mut seen = Vec::new();
    for person in [
        customer(&model, &[]),
        customer(&model, &["36"]),
        customer(&model, &["38", "38", "40", "38"]),
    ] {
        let usual = advise(&Request::new(&model, &person, article));
        assert_eq!(usual.expected, None);
        for lost_sale in [0.0, 0.5, 3.0, 30.0] {
            for (spare, hesitant) in [(0.0, 0.0), (0.4, 0.2), (1.0, 0.9), (20.0, 1.0)] {
                let costs = Costs { lost_sale, spare, hesitant };
                let advice = by_cost(&model, &person, &[], &costs);
                assert_eq!((advice.size, &advice.sizes), (usual.size, &usual.sizes));
                let expected = advice.expected.expect("costs were given");
                let both = expected.both.expect("there are others");
                let one = (1.0 - advice.sizes[advice.size.unwrap()].fits) * (1.0 + lost_sale);
                assert!((expected.one - one).abs() < 1e-12);
                // At best the second size always fits.
                assert!((spare..=spare + one).contains(&both), "{expected:?}");
                let cheapest = expected.one.min(both).min(expected.none);
                let taken = match advice.status {
                    Status::Both => both,
                    Status::Unsure => expected.none,
                    Status::Advised | Status::Between => expected.one,
                };
                assert_eq!(taken, cheapest, "{costs:?}: {:?} of {expected:?}", advice.status);
                seen.push(advice.status);
            }
        }
    }
    for status in [Status::Both, Status::Unsure, Status::Advised] {
        assert!(seen.contains(&status), "{status:?} is never the cheapest");
    }
}

#[test]
fn the_second_size_is_in_stock_and_on_the_side_of_the_likelier_misfit() {
    let model = model();
    let person = customer(&model, &["36", "40"]);
    let free = Costs { spare: 0.0, ..Costs::default() };
    let all = by_cost(&model, &person, &[], &free);
    assert_eq!(all.status, Status::Both);
    let [best, other] = [all.size.unwrap(), all.alternative.unwrap()];
    assert_eq!(best.abs_diff(other), 1, "{best} and {other}");
    let label = |i: usize| all.sizes[i].label;
    // If misfits are mostly on one side, the second size lies on that side.
    let mut clear = 0;
    for kept in ["32", "34", "36", "38", "40", "42"] {
        let advice = by_cost(&model, &customer(&model, &[kept, kept]), &[], &free);
        let [best, other] = [advice.size.unwrap(), advice.alternative.unwrap()];
        let doubt = &advice.sizes[best];
        if doubt.too_small > 2.0 * doubt.too_large || doubt.too_large > 2.0 * doubt.too_small {
            assert_eq!(
                other > best,
                doubt.too_small > doubt.too_large,
                "{kept}: {other} beside {doubt:?}"
            );
            clear += 1;
        }
    }
    assert!(clear > 0);
    let stock: Vec<&str> = (0..all.sizes.len()).filter(|&i| i != other).map(label).collect();
    let left = by_cost(&model, &person, &stock, &free);
    assert!(left.alternative.is_some_and(|i| i != other));
    let alone = by_cost(&model, &person, &[label(best)], &free);
    assert_eq!(alone.expected.expect("costs were given").both, None);
    assert_ne!(alone.status, Status::Both);
}

#[test]
fn nothing_is_decided_by_cost_if_the_best_size_is_out_of_stock() {
    let model = model();
    let person = customer(&model, &["38", "38", "38"]);
    let all = by_cost(&model, &person, &[], &Costs::default());
    let best = all.size.unwrap();
    let far: Vec<&str> = all
        .sizes
        .iter()
        .enumerate()
        .filter(|(i, _)| i.abs_diff(best) > 1)
        .map(|(_, s)| s.label)
        .collect();
    let costs = Costs { spare: 0.0, ..Costs::default() };
    let advice = by_cost(&model, &person, &far, &costs);
    let missed = advice.missed.expect("the best size is out of stock");
    assert_eq!((missed.size, missed.substitute_acceptable), (best, false));
    assert_eq!(advice.expected, None);
    assert!(Costs::default().is_valid());
    for unsound in [
        Costs { lost_sale: f64::NAN, ..costs },
        Costs { lost_sale: -1.0, ..costs },
        Costs { spare: f64::INFINITY, ..costs },
        Costs { hesitant: 1.1, ..costs },
    ] {
        assert!(!unsound.is_valid(), "{unsound:?}");
    }
}
