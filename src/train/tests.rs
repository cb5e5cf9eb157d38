//! Tests that any partitioning of the customers gives the same model.

use super::events::{MemoryStore, PartitionStore, store_partitions};
use super::fixed_point::Merge;
use super::publish::Learned;
use super::settings::Settings;
use super::state::{Beliefs, Broadcast, Parameters, StartCounts};
use super::sweep::{SweepOptions, SweepSums, sweep_in_threads};
use super::tiny;
use super::trained::Trained;
use super::training::{Tables, Training};
use tiny::{Random, columns, draw};

/// The customers in `count` partitions, in an order drawn from `seed`; 0 keeps the order.
fn partitioned(tables: &Tables<'_>, count: usize, seed: u64) -> MemoryStore {
    let mut customers: Vec<_> = tables.customers().map(|(purchases, _)| purchases).collect();
    if seed > 0 {
        Random::new(seed).shuffle(&mut customers);
    }
    let size = customers.len().div_ceil(count);
    let mut store = MemoryStore::default();
    store_partitions(&tables.graph, customers.into_iter(), size, &mut store).expect("memory");
    assert_eq!(store.partitions(), count);
    store
}

const PARTITIONINGS: [(usize, u64); 5] = [(1, 0), (2, 0), (7, 0), (1, 3), (7, 4)];

#[test]
fn the_model_does_not_depend_on_the_partitions() {
    let columns = columns(&draw(3, 300, 12, 2));
    let trained = |(count, seed)| {
        let tables = Tables::read(&columns, None).expect("a usable history");
        let settings = Settings { sweeps: 8, min_customers: 3, ..Settings::default() };
        let store = Box::new(partitioned(&tables, count, seed));
        let training = Training::from_parts(tables.graph, store, settings);
        let learned = training.run(&mut |_| ()).and_then(Learned::into_trained);
        let mut trained = learned.expect("memory");
        trained.customers.sort_by_key(|(id, _)| *id);
        // Each customer's purchases keep their order.
        trained.events.sort_by_key(|sites| sites.customer);
        trained
    };
    let bytes = |trained: &Trained| crate::format::write(&trained.model).expect("can be written");
    let first = trained(PARTITIONINGS[0]);
    for partitioning in &PARTITIONINGS[1..] {
        let again = trained(*partitioning);
        assert_eq!(again.model, first.model, "{partitioning:?}");
        assert_eq!(again.known, first.known, "{partitioning:?}");
        assert_eq!(again.customers, first.customers, "{partitioning:?}");
        assert_eq!(again.events, first.events, "{partitioning:?}");
        assert_eq!(bytes(&again), bytes(&first), "{partitioning:?}");
    }
}

#[test]
fn sums_of_partitions_merge_to_the_sums_of_all() {
    let columns = columns(&draw(3, 300, 12, 2));
    let tables = Tables::read(&columns, None).expect("a usable history");
    let graph = &tables.graph;
    let options = SweepOptions { damping: 1.0, regress: true };
    let sums = |(count, seed)| -> SweepSums {
        let mut store = partitioned(&tables, count, seed);
        let counts = StartCounts::new(graph, &store).expect("memory");
        let mut parameters = Parameters::start(graph, &counts);
        parameters.refresh();
        let beliefs = &Beliefs::prior(graph, &parameters);
        let broadcast = Broadcast { graph, parameters: &parameters, beliefs };
        sweep_in_threads(broadcast, &mut store, options).expect("memory")
    };
    let first = sums(PARTITIONINGS[0]);
    for partitioning in &PARTITIONINGS[1..] {
        assert_eq!(sums(*partitioning), first, "{partitioning:?}");
    }
    let mut twice = SweepSums::new(graph, options.regress);
    twice.merge(&first);
    assert_eq!(twice, first);
}
