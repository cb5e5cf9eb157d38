//! Tests that any partitioning of the customers gives the same model.

use super::columns::Columns;
use super::events::{MemoryStore, Partition, PartitionStore, copy_sites, each_customers_lines};
use super::fit::Stores;
use super::fixed_point::Merge;
use super::graph::Graph;
use super::publish::Learned;
use super::settings::Settings;
use super::state::{Beliefs, Broadcast, Parameters, StartCounts};
use super::sweep::{SweepOptions, SweepSums, sweep_in_threads};
use super::tables::Tables;
use super::tiny;
use super::trained::Trained;
use super::training::Training;
use super::training_size::TrainingSize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use tiny::{Random, columns, draw};

/// The customers in `count` partitions, in an order drawn from `seed`; 0 keeps the order.
fn partitioned(tables: &Tables<'_>, count: usize, seed: u64, settings: &Settings) -> Stores {
    let mut customers: Vec<_> = (0..tables.customers()).collect();
    if seed > 0 {
        Random::new(seed).shuffle(&mut customers);
    }
    let size = customers.len().div_ceil(count);
    let store = Box::new(MemoryStore::default());
    let stores = tables.store(|i| customers[i], size, store, settings);
    let (stores, _) = stores.expect("memory");
    assert_eq!(stores.all.partitions(), count);
    stores
}

const PARTITIONINGS: [(usize, u64); 5] = [(1, 0), (2, 0), (7, 0), (1, 3), (7, 4)];

/// Trains in partitions.
fn trained(columns: &Columns, (count, seed): (usize, u64), settings: &Settings) -> Trained {
    let tables =
        Tables::read(Cow::Borrowed(columns), &Settings::default()).expect("a usable history");
    let stores = partitioned(&tables, count, seed, settings);
    let training = Training::from_parts(tables.graph, stores, settings.clone());
    let learned = training.run(&mut |_| ()).and_then(Learned::into_trained);
    let mut trained = learned.expect("memory");
    trained.customers.sort_by_key(|(id, _)| *id);
    // Each customer's purchases keep their order.
    trained.events.sort_by_key(|sites| sites.customer);
    trained
}

#[test]
fn a_model_of_columns_given_away_is_the_same() {
    let columns = columns(&draw(5, 80, 8, 2));
    let settings = Settings { sweeps: 3, ..Settings::default() };
    let trained = |columns: Cow<'_, Columns>| {
        let in_memory = |_: &TrainingSize| -> Result<Box<dyn PartitionStore>, crate::error::Error> {
            Ok(Box::new(MemoryStore::default()))
        };
        let training =
            Training::new(columns, &settings, None, in_memory).expect("a usable history");
        let summary = training.summary();
        (summary, training.run(&mut |_| ()).and_then(Learned::into_trained).expect("memory"))
    };
    let (kept, given) = (trained(Cow::Borrowed(&columns)), trained(Cow::Owned(columns.clone())));
    assert_eq!((kept.0, &kept.1.model), (given.0, &given.1.model));
    assert_eq!((kept.1.customers, kept.1.events), (given.1.customers, given.1.events));
}

#[test]
fn the_model_does_not_depend_on_the_partitions() {
    let columns = columns(&draw(3, 300, 12, 2));
    let bytes = |trained: &Trained| crate::format::write(&trained.model).expect("can be written");
    let settings = Settings { sweeps: 8, min_customers: 3, ..Settings::default() };
    let sampled = Settings { sample_customers: 100, ..settings.clone() };
    for settings in [settings, sampled] {
        let first = trained(&columns, PARTITIONINGS[0], &settings);
        for partitioning in &PARTITIONINGS[1..] {
            let again = trained(&columns, *partitioning, &settings);
            assert_eq!(again.model, first.model, "{partitioning:?}");
            assert_eq!(again.known, first.known, "{partitioning:?}");
            assert_eq!(again.customers, first.customers, "{partitioning:?}");
            assert_eq!(again.events, first.events, "{partitioning:?}");
            assert_eq!(bytes(&again), bytes(&first), "{partitioning:?}");
        }
    }
}

/// A shop learns from a sample where it has at least twice as many customers as are wanted.
#[test]
fn a_sample_is_swept_over_first() {
    let columns = columns(&draw(3, 300, 12, 2));
    let sweeps = |sample_customers: usize| {
        let settings = Settings { sweeps: 5, sample_customers, ..Settings::default() };
        let reports = trained(&columns, (2, 0), &settings).sweeps;
        reports.iter().map(|report| (report.sample, report.sweep)).collect::<Vec<_>>()
    };
    let tables =
        Tables::read(Cow::Borrowed(&columns), &Settings::default()).expect("a usable history");
    let half = tables.customers() / 2;
    let over_all = |sweeps: usize| (1..=sweeps).map(|sweep| (false, sweep));
    let seven = (1..=7).map(|sweep| (true, sweep));
    assert_eq!(sweeps(half + 1), over_all(5).collect::<Vec<_>>());
    assert_eq!(sweeps(half), seven.chain(over_all(4)).collect::<Vec<_>>());
    let size = |sample_customers: usize| {
        let settings = Settings { sample_customers, ..Settings::default() };
        let size = TrainingSize::of(&columns, &settings).expect("a usable history");
        [size.max_sweeps, size.sample_customers, size.sample_sweeps]
    };
    assert_eq!((size(half + 1), size(half)), ([18, 0, 0], [4, half, 27]));
    // About so many customers, but never one without purchases.
    let settings = Settings { sample_customers: 100, ..Settings::default() };
    let sample = partitioned(&tables, 1, 0, &settings).sample.expect("a sample");
    let mut customers = 0;
    each_customers_lines(&tables.graph, &sample, |_, lines| {
        assert!(!lines.is_empty());
        customers += 1;
    })
    .expect("memory");
    assert!((75..125).contains(&customers), "{customers}");
}

#[test]
fn sums_of_partitions_merge_to_the_sums_of_all() {
    let columns = columns(&draw(3, 300, 12, 2));
    let tables =
        Tables::read(Cow::Borrowed(&columns), &Settings::default()).expect("a usable history");
    let graph = &tables.graph;
    let options = SweepOptions { damping: 1.0, learn: true, regress: true };
    let sums = |(count, seed)| -> SweepSums {
        let store = partitioned(&tables, count, seed, &Settings::default()).all;
        let counts = StartCounts::new(graph, &*store).expect("memory");
        let mut parameters = Parameters::start(graph, &counts);
        parameters.refresh();
        let beliefs = &Beliefs::prior(graph, &parameters);
        let broadcast = Broadcast { graph, parameters: &parameters, beliefs };
        sweep_in_threads(broadcast, &*store, options).expect("memory")
    };
    let first = sums(PARTITIONINGS[0]);
    for partitioning in &PARTITIONINGS[1..] {
        assert_eq!(sums(*partitioning), first, "{partitioning:?}");
    }
    let mut twice = SweepSums::new(graph, options.regress);
    twice.merge(&first);
    assert_eq!(twice, first);
}

/// The sites of every customer of a store, by their index.
fn sites_of(graph: &Graph, store: &dyn PartitionStore) -> BTreeMap<u32, String> {
    let (mut partition, mut sites) = (Partition::default(), BTreeMap::new());
    for index in 0..store.partitions() {
        partition.read(store, index).expect("memory");
        partition.each_customer(graph, |view| {
            let own = format!("{:?} {:?}", view.sites, view.popularity_sites);
            sites.insert(view.customer.id, own);
        });
    }
    sites
}

#[test]
fn a_sample_gets_the_sites_that_its_customers_have_among_all() {
    let columns = columns(&draw(3, 300, 12, 2));
    let tables =
        Tables::read(Cow::Borrowed(&columns), &Settings::default()).expect("a usable history");
    let graph = &tables.graph;
    let settings = Settings { sample_customers: 100, ..Settings::default() };
    for (count, seed) in PARTITIONINGS {
        let Stores { mut all, sample, .. } = partitioned(&tables, count, seed, &settings);
        let mut sample = sample.expect("a sample");
        let before = sites_of(graph, &sample);
        let counts = StartCounts::new(graph, &*all).expect("memory");
        let mut parameters = Parameters::start(graph, &counts);
        parameters.refresh();
        let beliefs = &Beliefs::prior(graph, &parameters);
        let broadcast = Broadcast { graph, parameters: &parameters, beliefs };
        let options = SweepOptions { damping: 1.0, learn: false, regress: false };
        sweep_in_threads(broadcast, &*all, options).expect("memory");
        all.end_sweep(&mut Vec::new).expect("memory");
        copy_sites(graph, &*all, &mut sample).expect("memory");
        let (all, sample) = (sites_of(graph, &*all), sites_of(graph, &sample));
        assert!(sample.len() > 70 && sample.keys().eq(before.keys()));
        assert!(sample.iter().all(|(id, sites)| all[id] == *sites && before[id] != *sites));
    }
}
