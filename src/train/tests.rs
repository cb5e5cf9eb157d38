//! Tests that any partitioning of the customers gives the same model.

use super::events::{Partition, into_partitions};
use super::fixed_point::Merge;
use super::settings::Settings;
use super::state::{Beliefs, Broadcast, Parameters, StartCounts};
use super::sweep::{SweepOptions, SweepSums, sweep};
use super::tiny;
use super::trained::Trained;
use super::training::{Prepared, prepare, train_partitions};
use tiny::{Random, columns, draw};

/// The customers in `count` partitions, in an order drawn from `seed`; 0 keeps the order.
fn partitioned(prepared: Prepared, count: usize, seed: u64) -> Vec<Partition> {
    let Prepared { graph, mut customers, .. } = prepared;
    if seed > 0 {
        Random::new(seed).shuffle(&mut customers);
    }
    let size = customers.len().div_ceil(count);
    let partitions = into_partitions(&graph, customers, size);
    assert_eq!(partitions.len(), count);
    partitions
}

const PARTITIONINGS: [(usize, u64); 5] = [(1, 0), (2, 0), (7, 0), (1, 3), (7, 4)];

#[test]
fn the_model_does_not_depend_on_the_partitions() {
    let columns = columns(&draw(3, 300, 12, 2));
    let prepared = || prepare(&columns, None).expect("a usable history");
    let trained = |(count, seed)| {
        let Prepared { graph, summary, .. } = prepared();
        let settings = Settings { sweeps: 8, min_customers: 3, ..Settings::default() };
        let partitions = partitioned(prepared(), count, seed);
        let mut trained = train_partitions(&graph, partitions, summary, &settings, &mut |_| ());
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
    let prepared = || prepare(&columns, None).expect("a usable history");
    let graph = prepared().graph;
    let sums = |(count, seed)| -> SweepSums {
        let mut partitions = partitioned(prepared(), count, seed);
        let counts = StartCounts::of_partitions(&graph, &partitions);
        let mut parameters = Parameters::start(&graph, &counts);
        parameters.refresh();
        let beliefs = &Beliefs::prior(&graph, &parameters);
        let broadcast = Broadcast { graph: &graph, parameters: &parameters, beliefs };
        let options = SweepOptions { damping: 1.0, regress: true };
        // Merged from the last to the first: the order does not matter either.
        let mut all = SweepSums::new(&graph, options.regress);
        for partition in partitions.iter_mut().rev() {
            all.merge(&sweep(broadcast, std::iter::once(partition), options));
        }
        all
    };
    let first = sums(PARTITIONINGS[0]);
    for partitioning in &PARTITIONINGS[1..] {
        assert_eq!(sums(*partitioning), first, "{partitioning:?}");
    }
}
