//! Tests of trainings that continue from another one, on small shops.

use super::PreviousTraining;
use crate::math::Gaussian;
use crate::model::Group;
use crate::outcome::Outcome;
use crate::train::columns::{Columns, MeasurementColumn};
use crate::train::events::MemoryStore;
use crate::train::publish::Learned;
use crate::train::settings::Settings;
use crate::train::tiny::{columns, draw};
use crate::train::trained::Trained;
use crate::train::training::Training;
use std::borrow::Cow;

fn settings() -> Settings {
    Settings { sweeps: 30, ..Settings::default() }
}

/// The history of the tests: 400 customers and 16 articles.
fn history() -> Columns {
    columns(&draw(9, 400, 16, 2))
}

/// The rows of a history that `keep` accepts.
fn rows_of(all: &Columns, keep: impl Fn(usize) -> bool) -> Columns {
    let rows: Vec<usize> = (0..all.outcome.len()).filter(|row| keep(*row)).collect();
    let mut some = all.clone();
    let codes = |codes: &mut Vec<u32>| *codes = rows.iter().map(|&row| codes[row]).collect();
    codes(&mut some.customer.codes);
    codes(&mut some.article.codes);
    codes(&mut some.size.codes);
    some.outcome = rows.iter().map(|&row| all.outcome[row]).collect();
    for column in [&mut some.group, &mut some.category, &mut some.brand] {
        column.iter_mut().for_each(|column| codes(&mut column.codes));
    }
    for ids in [&mut some.order, &mut some.line].into_iter().flatten() {
        *ids = rows.iter().map(|&row| ids[row]).collect();
    }
    some.system.iter_mut().for_each(|column| codes(&mut column.codes));
    some.day.iter_mut().for_each(|days| *days = rows.iter().map(|&row| days[row]).collect());
    for (_, column) in &mut some.measurements {
        match column {
            MeasurementColumn::Number(numbers) => {
                *numbers = rows.iter().map(|&row| numbers[row]).collect();
            }
            MeasurementColumn::Word(words) => codes(&mut words.codes),
        }
    }
    some
}

fn begin(columns: &Columns, settings: &Settings, before: Option<&PreviousTraining>) -> Training {
    let store = |_: &_| -> Result<Box<dyn crate::train::PartitionStore>, _> {
        Ok(Box::new(MemoryStore::default()))
    };
    Training::new(Cow::Borrowed(columns), settings, before, store).expect("a usable history")
}

fn run(training: Training) -> Learned {
    training.run(&mut |_| ()).expect("memory")
}

/// What a training has kept. Its customers have the same indices as those of later histories.
fn kept(learned: &Learned) -> PreviousTraining {
    use crate::train::{PartitionSource, PartitionStore};
    let mut copy = MemoryStore::default();
    let (mut lines, mut sites) = (Vec::new(), Vec::new());
    for index in 0..learned.partitions() {
        learned.keep_partition(index, &mut lines, &mut sites).expect("memory");
        copy.add(&lines, sites.len()).expect("memory");
        copy.write_sites(index, &sites).expect("memory");
        assert_eq!(copy.partitions(), index + 1);
    }
    let customers = (0..1000).map(Some).collect();
    let tables = learned.tables().expect("tables that can be written");
    let outcomes = learned.outcomes();
    PreviousTraining { tables, outcomes, partitions: Box::new(copy), customers }
}

fn trained(learned: Learned) -> Trained {
    learned.into_trained().expect("memory")
}

/// How far two trainings differ in the offsets of their articles, in standard deviations.
fn distance(a: &Trained, b: &Trained) -> f64 {
    let apart = |a: Gaussian, b: Gaussian| (a.mean() - b.mean()).abs() / b.variance().sqrt();
    let pairs = a.model.articles.iter().zip(&b.model.articles);
    pairs.map(|(a, b)| apart(a.offset, b.offset)).fold(0.0, f64::max)
}

#[test]
fn without_a_change_nothing_changes() {
    let columns = history();
    let first = run(begin(&columns, &settings(), None));
    let before = kept(&first);
    let again = begin(&columns, &settings(), Some(&before));
    assert_eq!((again.refusal(), again.changed_customers()), (None, Some(0)));
    let again = trained(run(again));
    assert!(again.sweeps.is_empty());
    let first = trained(first);
    assert!(distance(&again, &first) < 1e-6, "{}", distance(&again, &first));
    assert_eq!(again.customers, first.customers);
    for (again, first) in again.model.groups.iter().zip(&first.model.groups) {
        // The terms of purchases made are learned on.
        let terms = again.purchase.terms.as_flattened().iter();
        let apart = terms.zip(first.purchase.terms.as_flattened()).map(|(a, b)| (a - b).abs());
        assert!(apart.fold(0.0, f64::max) < 0.02, "{again:?} {first:?}");
        let purchase = first.purchase.clone();
        assert_eq!(Group { purchase, ..again.clone() }, *first);
    }
}

#[test]
fn a_few_changes_give_nearly_the_model_of_training_from_nothing() {
    let mut all = history();
    // The last two customers are new, and so is every purchase of the last article; some purchases
    // come back later.
    let customers = all.customer.values.len() as u32;
    let article = all.article.values.len() as u32 - 1;
    let known = |columns: &Columns, row: usize| {
        columns.customer.codes[row] < customers - 2 && columns.article.codes[row] != article
    };
    let before_returns = rows_of(&all, |row| known(&all, row));
    let late: Vec<usize> = (0..all.outcome.len())
        .filter(|&row| known(&all, row) && all.outcome[row] == Outcome::Kept)
        .step_by(40)
        .collect();
    late.iter().for_each(|&row| all.outcome[row] = Outcome::TooSmall);
    let mut changed: Vec<u32> = (0..all.outcome.len())
        .filter(|row| all.outcome[*row] != Outcome::Pending)
        .filter(|row| !known(&all, *row) || late.contains(row))
        .map(|row| all.customer.codes[row])
        .collect();
    changed.sort_unstable();
    changed.dedup();

    let before = kept(&run(begin(&before_returns, &settings(), None)));
    let continued = begin(&all, &settings(), Some(&before));
    assert_eq!(continued.refusal(), None);
    assert_eq!(continued.changed_customers(), Some(changed.len()));
    assert!(changed.len() * 2 < customers as usize, "{} changed", changed.len());
    let continued = trained(run(continued));
    let whole = trained(run(begin(&all, &settings(), None)));
    assert_eq!(continued.model.articles.len(), whole.model.articles.len());
    assert_eq!(continued.events.len(), whole.events.len());
    let apart = distance(&continued, &whole);
    assert!(apart < 0.5, "{apart} standard deviations");
}

#[test]
fn the_messages_that_are_kept_are_those_of_all_purchases() {
    let all = history();
    let before = kept(&run(begin(&all, &settings(), None)));
    // A customer, an article and some purchases are gone, and others have come back.
    let is_left =
        |row: usize| all.customer.codes[row] != 3 && all.article.codes[row] != 5 && row % 50 != 7;
    let mut now = rows_of(&all, is_left);
    let kept_rows = (0..now.outcome.len()).filter(|&row| now.outcome[row] == Outcome::Kept);
    let late: Vec<usize> = kept_rows.step_by(60).collect();
    late.iter().for_each(|&row| now.outcome[row] = Outcome::TooLarge);
    let continued = begin(&now, &settings(), Some(&before));
    assert_eq!(continued.refusal(), None);
    assert!(continued.changed_customers() > Some(late.len() / 2));
    let continued = run(continued);
    let (messages, summed) = continued.messages_twice();
    assert_eq!(messages, Some(&summed));
    // And another training can continue from there.
    let before = kept(&continued);
    let again = begin(&now, &settings(), Some(&before));
    assert_eq!((again.refusal(), again.changed_customers()), (None, Some(0)));
    let again = run(again);
    assert_eq!(again.messages_twice().0, Some(&summed));
}

#[test]
fn what_does_not_suit_the_training_before_begins_from_nothing() {
    let columns = history();
    let before = kept(&run(begin(&columns, &settings(), None)));
    let refusal = |columns: &Columns, settings: &Settings, before: &PreviousTraining| {
        let training = begin(columns, settings, Some(before));
        assert_eq!(training.changed_customers(), None);
        training.refusal().expect("a reason").to_owned()
    };
    let other = Settings { damping: 0.6, ..settings() };
    assert!(refusal(&columns, &other, &before).contains("settings"));
    let mut hats = columns.clone();
    let groups = hats.group.as_mut().expect("fit groups");
    groups.values.iter_mut().for_each(|name| *name = format!("new {name}"));
    hats.catalogue.clear();
    assert!(refusal(&hats, &settings(), &before).contains("is new"));
    let damaged = PreviousTraining { tables: before.tables[1..].to_vec(), ..before };
    let why = refusal(&columns, &settings(), &damaged);
    assert!(why.contains("cannot be read") || why.contains("settings"), "{why}");
}

#[test]
fn a_customer_with_another_measurement_gets_new_messages() {
    let columns = history();
    let first = run(begin(&columns, &settings(), None));
    let before = kept(&first);
    let mut heavier = columns.clone();
    let (_, MeasurementColumn::Number(weights)) = &mut heavier.measurements[0] else {
        panic!("the first measurement is a number");
    };
    let row = weights.iter().position(|weight| weight.is_finite()).expect("a known weight");
    let customer = columns.customer.codes[row];
    let own =
        weights.iter_mut().zip(&columns.customer.codes).filter(|(_, code)| **code == customer);
    own.for_each(|(weight, _)| *weight += 10.0);

    let continued = begin(&heavier, &settings(), Some(&before));
    assert_eq!((continued.refusal(), continued.changed_customers()), (None, Some(1)));
    let (first, continued) = (trained(first), trained(run(continued)));
    for ((id, before), (other, after)) in first.customers.iter().zip(&continued.customers) {
        assert_eq!(id, other);
        assert_eq!(before != after, *id == customer, "customer {id}");
    }
}
